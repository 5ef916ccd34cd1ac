"""What waits for a reviewer, records and attempts, and how it is picked out and ordered."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Literal, Self, TypeVar

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import URGENT, Record
from nmt_expert.model.case import Client
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.model.words import URGENCY_WORDS
from nmt_expert.review.remarks import Remark, standing
from nmt_expert.review.seal import Amended, Signed
from nmt_expert.review.subjects import Subject, meant, subjects

State = Literal["open", "remarked", "signed", "amended"]
Which = Literal["all", "open", "mine", "flagged"]


class Said(Record):
    """A remark as it was made: by whom, when, in which entry of the record."""

    remark: Remark
    by: str
    at: str
    n: int


class Reviewed(Record):
    """Something finished, beside everything that reviewers said of it; times are in UTC.

    ``assessment`` is what the program concluded, ``impression`` what the person did.
    """

    id: str
    date: str
    finished: str
    assessment: Assessment
    impression: Impression = Impression()
    said: tuple[Said, ...] = ()
    signed: tuple[Signed, ...] = ()
    amended: tuple[Amended, ...] = ()

    @property
    @abstractmethod
    def whose(self) -> str:
        """The code of the client or student."""

    @property
    @abstractmethod
    def leads(self) -> str:
        """What makes it worth opening first, in a few words."""

    @property
    @abstractmethod
    def subjects(self) -> tuple[Subject, ...]:
        """What can be agreed or disagreed with, in the order of reading."""

    @property
    @abstractmethod
    def is_grave(self) -> bool:
        """Whether somebody should look at it soon, whatever was said of it."""

    @abstractmethod
    def meant(self, text: str, kb: KnowledgeBase) -> Subject:
        """The subject that a person names.

        Raises:
            InputInvalid: nothing or several things are called so.
        """

    def as_seen_by(self, reviewer: str) -> Self:
        """The same, with nobody else's remarks: who judges so is not led by another's judgement."""
        own = tuple(one for one in self.said if one.by == reviewer)
        return self.model_copy(update={"said": own})

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
    def is_disputed(self) -> bool:
        """Whether a reviewer does not agree with all of it."""
        return any(one.verdict != "agree" for one in self.remarks.values())


class Review(Reviewed):
    """A client's finished record."""

    client: Client

    @property
    def whose(self) -> str:
        """The client's code; empty where there is none."""
        return self.client.code or ""

    @property
    def leads(self) -> str:
        """The most urgent referral."""
        first = self.assessment.referrals[:1]
        return URGENCY_WORDS[first[0].urgency] if first else "none"

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Its flags, focus areas and conclusions."""
        return subjects(self.assessment)

    @property
    def is_grave(self) -> bool:
        """Whether it raised something urgent."""
        return any(line.urgency in URGENT for line in self.assessment.referrals)

    def meant(self, text: str, kb: KnowledgeBase) -> Subject:
        """A result; or one that was not drawn, by its whole key."""
        return meant(text, self.subjects, kb)


class Waiting(Record):
    """A line of the queue: ``kind`` is what it is, ``whose`` the client's or student's code."""

    id: str
    kind: Literal["record", "attempt"]
    whose: str
    finished: str
    state: State
    leads: str
    grave: bool
    disputed: bool
    reviewers: tuple[str, ...]


def waiting(one: Reviewed) -> Waiting:
    """What the queue tells of a record or an attempt."""
    return Waiting(
        id=one.id,
        kind="record" if isinstance(one, Review) else "attempt",
        whose=one.whose,
        finished=one.finished,
        state=one.state,
        leads=one.leads,
        grave=one.is_grave,
        disputed=one.is_disputed,
        reviewers=tuple(sorted(one.reviewers)),
    )


R = TypeVar("R", bound=Reviewed)


def queue(reviews: Iterable[R], which: Which = "all", me: str = "") -> tuple[R, ...]:
    """Those that are wanted, the longest waiting first; ``me`` is whose ``mine`` are."""
    wanted = {
        "all": lambda one: True,
        "open": lambda one: not one.is_locked,
        "mine": lambda one: me in one.reviewers,
        "flagged": lambda one: one.is_grave or one.is_disputed,
    }[which]
    return tuple(sorted(filter(wanted, reviews), key=lambda one: (one.finished, one.id)))
