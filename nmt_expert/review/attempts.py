"""A student's finished attempt as a reviewer reads it: what was done, what was said of it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import ComplaintSite
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.model.visit import Impression, OwnReferral
from nmt_expert.model.words import capital
from nmt_expert.model.written import WrittenRule
from nmt_expert.practice.attempt import Done
from nmt_expert.practice.events import Committed, Event, Planned
from nmt_expert.practice.remarks import HEADINGS, Score, worst
from nmt_expert.practice.remarks import Remark as Scored
from nmt_expert.review.queue import Reviewed
from nmt_expert.review.subjects import Subject, named, not_found

HEADING, REMARK = "heading:", "remark:"


class AttemptReview(Reviewed):
    """An attempt beside what reviewers said; ``assessment`` follows from what the student asked.

    ``rules`` are the texts of that day of the rules that the score names and that did not fire.
    """

    student: str
    case: PracticeCase
    events: tuple[Event, ...]
    score: Score
    rules: dict[str, WrittenRule]

    @property
    def whose(self) -> str:
        """The student's code."""
        return self.student

    @property
    def leads(self) -> str:
        """The verdict of the score; a missed flag is named as such."""
        missed = ", missed flag" if self.missed_flags else ""
        return f"{capital(self.score.verdict)}{missed}: {self.case.id}"

    @property
    def is_grave(self) -> bool:
        """Whether it was unsafe; a missed red flag always is."""
        return self.score.verdict == "unsafe"

    @property
    def missed_flags(self) -> int:
        """How many red flags were missed."""
        return len(self.score.about("red_flag"))

    @property
    def scored(self) -> dict[str, Scored]:
        """Every remark of the score by its key, heading by heading, the worst first."""
        found = {}
        number: Counter[str] = Counter()
        for heading in HEADINGS:
            for one in self.score.under(heading):
                number[one.matter] += 1
                again = f":{number[one.matter]}" if number[one.matter] > 1 else ""
                found[f"{REMARK}{one.matter}{again}"] = one
        return found

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Each heading, and under it the remarks of the score."""
        return tuple(self._subjects())

    def _subjects(self) -> Iterator[Subject]:
        for heading in HEADINGS:
            under = {key: one for key, one in self.scored.items() if one.heading == heading}
            whole = worst(tuple(under.values()))
            says = f"{capital(heading)}: {whole}" if under else f"{capital(heading)}: no remark"
            yield Subject(f"{HEADING}{heading}", says=says, unsafe=whole == "unsafe")
            for key, one in under.items():
                says = f"{capital(one.verdict)}: {one.says}"
                yield Subject(key, says=says, unsafe=one.verdict == "unsafe")

    def meant(self, text: str, kb: KnowledgeBase) -> Subject:
        """A heading or a remark, by its number or name."""
        found = named(text, self.subjects)
        if len(found) != 1:
            raise InputInvalid([not_found(text, found or self.subjects)])
        return found[0]

    @property
    def committed(self) -> tuple[Committed, ...]:
        """The rankings that the student stood by, in order."""
        return tuple(one for one in self.events if isinstance(one, Committed))

    @property
    def planned(self) -> Planned:
        """How the student ended."""
        return plan_of(self.events)


def plan_of(events: Iterable[Done]) -> Planned:
    """How an attempt ended; empty where it did not."""
    return next((one for one in events if isinstance(one, Planned)), Planned())


def impression_of(events: Iterable[Done]) -> Impression:
    """What the student thought in the end, as any person's own view."""
    done = tuple(events)
    last = next((one for one in reversed(done) if isinstance(one, Committed)), None)
    plan = plan_of(done)
    urgencies = {one.urgency for one in plan.referrals}
    refer: OwnReferral = next((one for one in URGENCIES if one in urgencies), "none")
    sites = dict.fromkeys(ComplaintSite(site=one.site, side=one.side) for one in plan.focus)
    return Impression(factor=last.leader if last else None, sites=tuple(sites), refer=refer)
