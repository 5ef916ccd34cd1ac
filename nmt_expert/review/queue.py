"""Which records wait for a reviewer, and how they are picked out and ordered."""

from collections.abc import Iterable
from typing import Literal

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import URGENT, Record
from nmt_expert.model.case import Client
from nmt_expert.model.visit import Impression
from nmt_expert.review.remarks import Remark, standing
from nmt_expert.review.seal import Amended, Signed

State = Literal["open", "remarked", "signed", "amended"]
Which = Literal["all", "open", "mine", "flagged"]


class Said(Record):
    """A remark as it was made: by whom, when, in which entry of the record."""

    remark: Remark
    by: str
    at: str
    n: int


class Review(Record):
    """A finished record beside everything that reviewers said of it; ``finished`` is a time (UTC).

    ``student`` is the code of the student whose attempt it is; a client's record has none.
    """

    id: str
    client: Client
    date: str
    finished: str
    assessment: Assessment
    impression: Impression = Impression()
    student: str | None = None
    said: tuple[Said, ...] = ()
    signed: tuple[Signed, ...] = ()
    amended: tuple[Amended, ...] = ()

    @property
    def remarks(self) -> dict[str, Remark]:
        """The newest remark on each subject."""
        return standing(one.remark for one in self.said)

    @property
    def is_locked(self) -> bool:
        """Whether it is signed, and not opened again since."""
        return len(self.signed) > len(self.amended)

    @property
    def state(self) -> State:
        """How far the review is."""
        if self.is_locked:
            return "signed"
        return "amended" if self.signed else "remarked" if self.said else "open"

    @property
    def reviewers(self) -> frozenset[str]:
        """Everybody who remarked on it or signed it."""
        return frozenset({one.by for one in self.said} | {one.name for one in self.signed})

    @property
    def is_flagged(self) -> bool:
        """Whether it raised something urgent, or a reviewer does not agree with all of it."""
        urgent = any(line.urgency in URGENT for line in self.assessment.referrals)
        return urgent or any(one.verdict != "agree" for one in self.remarks.values())


def queue(reviews: Iterable[Review], which: Which = "all", me: str = "") -> tuple[Review, ...]:
    """The records that are wanted, the longest waiting first; ``me`` is who asks for mine."""
    wanted = {
        "all": lambda one: True,
        "open": lambda one: not one.is_locked,
        "mine": lambda one: me in one.reviewers,
        "flagged": lambda one: one.is_flagged,
    }[which]
    return tuple(sorted(filter(wanted, reviews), key=lambda one: (one.finished, one.id)))
