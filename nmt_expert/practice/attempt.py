"""A student with a case: what is known so far, what may be asked, and what was committed.

An attempt is a value like the interview it rests on: each step makes a new one. The answers come
from the case, which nobody sees; the engine is only told what was asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from nmt_expert.assessment import Reasoning
from nmt_expert.assessment.possible import item_key
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Step, Words
from nmt_expert.interview.bearing import Bearing, Outlook
from nmt_expert.interview.ledger import single_sided
from nmt_expert.interview.replay import Recording
from nmt_expert.model.case import Answer, Sure
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.events import (
    NOTHING,
    Asked,
    Committed,
    Hinted,
    Planned,
    Stand,
)
from nmt_expert.practice.options import Option, best_first, options

Done = Asked | Hinted | Committed | Planned
E = TypeVar("E", bound=Done)
PRESENTATION = "presentation"
"""The name of the step that holds what the student reads first."""


@dataclass(frozen=True)
class Attempt:
    """One attempt at one moment. ``events`` are what was done; all else follows from them."""

    case: PracticeCase
    interview: Interview
    outlook: Outlook
    events: tuple[Done, ...] = ()

    @classmethod
    def begin(cls, case: PracticeCase, kb: KnowledgeBase, engine: Engine) -> "Attempt":
        """The case as the student first sees it: the complaint and the age are known."""
        outlook = Outlook(engine)
        begun = Interview.begin(
            kb,
            engine,
            client=case.client,
            visit=case.visit,
            name=case.id,
            earlier=case.earlier,
            complaint=case.complaint.text,
            closer=outlook.may_stop,
            foresight=outlook.bearing,
        )
        begun = begun.with_settings(_of_the_room(case, kb))
        answers = tuple(_presented(case, kb))
        told = Step(PRESENTATION, answers, activities=case.activities or None)
        return cls(case, begun.taking(told), outlook)

    def resumed(self, events: Iterable[Done]) -> "Attempt":
        """The attempt after what was done in an earlier sitting."""
        done = tuple(events)
        steps = [Step(event.step, event.answers) for event in done if isinstance(event, Asked)]
        return replace(self, interview=self.interview.taking(*steps), events=self.events + done)

    def moments(self) -> Iterator[tuple[Done, "Attempt"]]:
        """Each thing that was done, with the attempt as it stood before it."""
        steps = self.interview.steps
        told = len(steps) - len(self.of(Asked))
        for n, event in enumerate(self.events):
            known = told + sum(isinstance(one, Asked) for one in self.events[:n])
            interview = replace(self.interview, steps=steps[:known], last=None)
            yield event, replace(self, interview=interview, events=self.events[:n])

    # What is known

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base it is played with."""
        return self.interview.kb

    @property
    def found(self) -> Reasoning:
        """What follows from what was asked so far."""
        return self.interview.reasoning

    @property
    def bearing(self) -> Bearing:
        """What each open question could still change."""
        return self.outlook.bearing(self.found)

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Everything done of one kind, in order."""
        return tuple(event for event in self.events if isinstance(event, kind))

    @property
    def minutes(self) -> float:
        """What asking, examining and hints have cost."""
        asked = sum(one.minutes for one in self.of(Asked))
        return round(asked + sum(one.minutes for one in self.of(Hinted)), 1)

    @property
    def planned(self) -> Planned | None:
        """How the student ended; None before the end."""
        return next(iter(self.of(Planned)), None)

    @property
    def ranked(self) -> Committed | None:
        """The ranking the student stands by now."""
        return next(iter(reversed(self.of(Committed))), None)

    @cached_property
    def noted(self) -> tuple[Answer, ...]:
        """What was found that is not normal, each side by itself: what a reason can rest on."""
        answers = (one for step in self.interview.steps for one in step.answers)
        return tuple(
            dict.fromkeys(
                one for answer in answers for one in single_sided(answer) if self._tells(one)
            )
        )

    def _tells(self, answer: Answer) -> bool:
        finding = self.kb.findings[answer.finding]
        ordinary = (finding.normal, *finding.unremarkable, *NON_ANSWERS)
        room = (self.kb.plan.licence_finding, *self._sessions)
        return answer.value not in ordinary and answer.finding not in room

    @property
    def _sessions(self) -> tuple[str, ...]:
        return (self.kb.plan.sessions.finding,) if self.kb.plan.sessions else ()

    # What may be asked

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Everything that may be asked now, as the interview would order it."""
        return options(self.interview, self.bearing)

    @property
    def best(self) -> Option | None:
        """What could change most; of equal worth, what the interview would ask first."""
        return next(iter(best_first(self.options)), None)

    # What the student does

    def ask(self, option: Option) -> "Attempt":
        """Put a question or examine, and see what the case holds."""
        best = self.best or option
        reply = Recording(self.case, self.kb).reply(option.prompt)
        answers = self.interview.answers(option.prompt, reply)
        after = self.interview.replied(option.prompt, answers)
        done = Asked(
            step=after.steps[-1].prompt,
            title=option.title,
            answers=answers,
            minutes=option.minutes,
            worth=option.worth,
            best=best.worth,
            better=best.title if best.worth < option.worth else "",
        )
        return replace(self, interview=after, events=(*self.events, done))

    def told(self, option: Option) -> str:
        """What was just learned from an option, in one line."""
        return Words(self.kb).told(option.prompt, self.of(Asked)[-1].answers)

    def hinted(self, hint: Hinted) -> "Attempt":
        """With a hint taken; it counts in the minutes."""
        return replace(self, events=(*self.events, hint))

    def commit(
        self,
        ranking: tuple[str, ...],
        sure: Sure,
        pro: tuple[str, ...] = (),
        contra: tuple[str, ...] = (),
        mind: tuple[Option, ...] = (),
    ) -> "Attempt":
        """Stand by a ranking; the engine's, of the same answers, is put beside it."""
        done = Committed(
            ranking=ranking,
            sure=sure,
            pro=pro,
            contra=contra,
            mind=tuple(option.title for option in mind),
            idle=tuple(option.title for option in mind if option.worth == NOTHING),
            engine=tuple(Stand(factor=f.factor, band=f.band) for f in self.found.factors),
        )
        return replace(self, events=(*self.events, done))

    def plan(self, planned: Planned) -> "Attempt":
        """End the attempt."""
        return replace(self, events=(*self.events, planned))


def key_of(answer: Answer) -> str:
    """How an answer is named among reasons."""
    return item_key(answer.finding, answer.site, answer.side)


def _presented(case: PracticeCase, kb: KnowledgeBase) -> Iterable[Answer]:
    pain = kb.plan.complaint_finding
    for place in case.complaint.sites:
        yield Answer(finding=pain, site=place.site, side=place.side)
    if case.client.age is not None:
        yield Answer(finding=kb.plan.age_finding, value=case.client.age)


def _of_the_room(case: PracticeCase, kb: KnowledgeBase) -> tuple[Answer, ...]:
    """What is true of the therapist and the visit, and so never asked of the client."""
    plan = kb.plan
    told = {answer.finding: answer for answer in case.answers}
    widest = Answer(finding=plan.licence_finding, value=plan.licence_order[-1])
    room = [told.get(plan.licence_finding, widest)]
    if plan.sessions:
        number = Answer(
            finding=plan.sessions.finding, value=plan.sessions.value_of(case.visit.number)
        )
        room.append(told.get(plan.sessions.finding, number))
    return tuple(room)
