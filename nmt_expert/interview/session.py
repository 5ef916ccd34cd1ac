"""The interview as a value: the replies so far, what follows from them, and what is asked next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from nmt_expert.assessment import Reasoning, reason
from nmt_expert.engine import Engine
from nmt_expert.interview.agenda import Agenda
from nmt_expert.interview.bearing import (
    LEADING,
    RANKING,
    REFERRAL,
    Bearing,
    Outlook,
    Weight,
)
from nmt_expert.interview.grid import ABOUT, gridded
from nmt_expert.interview.handed import handed
from nmt_expert.interview.ledger import Ledger, single_sided
from nmt_expert.interview.merged import merged
from nmt_expert.interview.order import FIRST, HANDS_ON, next_of
from nmt_expert.interview.parking import settled
from nmt_expert.interview.prompts import Prompt, Wanted, prompts_of
from nmt_expert.interview.replies import Reply, answers_of
from nmt_expert.interview.steps import asked_prompt, step_name
from nmt_expert.model.assessment import Referral
from nmt_expert.model.base import URGENT
from nmt_expert.model.case import (
    Activities,
    Answer,
    Case,
    Client,
    Complaint,
    ComplaintSite,
    Earlier,
    Visit,
)
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Place

SETTINGS = "settings"
ACTIVITIES = "activities"
"""The name of the step that holds the client's own activities."""
GOES_ON = "full"
"""The name of the step by which a delta visit goes on as a full interview."""
Reasoner = Callable[[Case], Reasoning]
Closer = Callable[[Reasoning], bool]
"""Whether what is known allows the interview to stop."""
Foresight = Callable[[Reasoning], Bearing]
"""What each open question could still change."""


@dataclass(frozen=True)
class Step:
    """One prompt that was replied to, and the answers the reply made.

    ``prompt`` is unique within the interview: a list that is asked again, for new items or because
    something happens now, gets a number behind its name.
    ``activities`` is not None where the client's own activities were scored.
    """

    prompt: str
    answers: tuple[Answer, ...]
    late: bool = False
    activities: Activities | None = None

    @cached_property
    def single_sided(self) -> tuple[Answer, ...]:
        """The answers, one side each."""
        return tuple(one for answer in self.answers for one in single_sided(answer))


@dataclass(frozen=True)
class Interrupt:
    """Referrals of urgency emergency or same day that the last reply brought about."""

    referrals: tuple[Referral, ...]


@dataclass(frozen=True)
class Interview:
    """An interview at one moment; a reply makes a new one, and nothing is ever changed.

    Settings that change conclusions are the first step, named ``settings``. With ``quick`` only
    questions marked for the quick interview are asked; without ``private`` no private question is,
    and their findings stay unknown. With ``foresight`` what can no longer matter is skipped.
    With an ``agenda``, until somebody goes on in full, only what is on it is asked: a delta visit.
    ``earlier`` visits and the words of the ``complaint`` are kept for the case.
    """

    kb: KnowledgeBase
    reasoner: Reasoner
    client: Client = field(default_factory=Client)
    visit: Visit = field(default_factory=Visit)
    name: str = "interview"
    quick: bool = False
    private: bool = True
    steps: tuple[Step, ...] = ()
    agenda: Agenda | None = None
    earlier: tuple[Earlier, ...] = ()
    complaint: str | None = None
    last: Prompt | None = field(default=None, compare=False)
    closer: Closer = field(default=lambda found: False, compare=False)
    foresight: Foresight | None = field(default=None, compare=False)

    @classmethod
    def begin(cls, kb: KnowledgeBase, engine: Engine, **given: Any) -> "Interview":
        """A new interview that reasons with ``engine``; ``given`` are the other fields."""
        outlook = Outlook(engine)
        begun = cls(
            kb,
            lambda case: reason(case, kb, engine),
            closer=outlook.may_stop,
            foresight=outlook.bearing,
        )
        return replace(begun, **given)

    # What is known

    @cached_property
    def ledger(self) -> Ledger:
        """The newest answer for everything that was asked."""
        return Ledger(answer for step in self.steps for answer in step.single_sided)

    @property
    def activities(self) -> Activities:
        """The client's own activities, as scored last."""
        scored = (step.activities for step in reversed(self.steps))
        return next((one for one in scored if one is not None), ())

    @cached_property
    def narrowed(self) -> Agenda | None:
        """What alone is asked; None for a full interview, or a delta visit that goes on as one."""
        return None if any(step.prompt == GOES_ON for step in self.steps) else self.agenda

    @cached_property
    def _settled(self) -> tuple[Reasoning, tuple[Answer, ...]]:
        """The reasoning over the answers in use, and the answers that are parked."""
        always = {a.finding for step in self.steps if step.prompt == SETTINGS for a in step.answers}
        return settled(
            self.ledger.answers,
            lambda used: self.reasoner(self._case(used)),
            self.kb,
            always,
            self.agenda.examined if self.agenda else (),
        )

    @property
    def reasoning(self) -> Reasoning:
        """What follows from the answers in use."""
        return self._settled[0]

    @property
    def parked(self) -> tuple[Answer, ...]:
        """Answers that are kept but not used, because their question no longer applies."""
        return self._settled[1]

    @property
    def case(self) -> Case:
        """The case as it stands, without what is parked."""
        parked = set(self.parked)
        return self._case(tuple(answer for answer in self.ledger.answers if answer not in parked))

    @property
    def urgent(self) -> tuple[Referral, ...]:
        """Referrals that withhold treatment output and must be acted on today."""
        return tuple(r for r in self.reasoning.referrals if r.urgency in URGENT)

    @cached_property
    def may_stop(self) -> bool:
        """Whether the red-flag questions are asked and the leading focus areas are settled.

        Before nothing but hands-on work is open it cannot be so, and is not worked out.
        """
        late = all(prompt.question.section in HANDS_ON for prompt in self.open)
        return late and self.closer(self.reasoning)

    # What is asked

    @property
    def next_prompt(self) -> Prompt | None:
        """What to ask now; None when everything that applies was asked."""
        waiting = self.narrowed.soonest(self.open) if self.narrowed else self.open
        return next_of(waiting, self.last, self._weight) or next(iter(self._late), None)

    @cached_property
    def open(self) -> tuple[Prompt, ...]:
        """Every prompt that applies now, can still matter and was not replied to."""
        asked = (i for i in self._asked if i.id not in self._idle)
        return merged(self._gridded(self._is_due, asked), self.kb)

    @cached_property
    def skipped(self) -> tuple[Prompt, ...]:
        """Prompts that apply but can no longer matter; they may be replied to like any other."""
        idle = (i for i in self._asked if i.id in self._idle)
        return merged(self._gridded(self.ledger.is_open, idle), self.kb)

    def _is_due(self, finding: str, place: Place) -> bool:
        listed = self.narrowed is None or self.narrowed.wants(finding, place)
        return listed and self.ledger.is_open(finding, place)

    def prompts_about(self, wanted: Wanted) -> tuple[Prompt, ...]:
        """The prompts that ask just what is wanted, whether it was answered or not."""
        return merged(self._gridded(wanted, self._asked), self.kb)

    def _gridded(self, wanted: Wanted, asked: Iterable[Instance]) -> tuple[Prompt, ...]:
        prompts = (prompt for one in asked for prompt in prompts_of(one, self.kb, wanted))
        return gridded(prompts, self.kb, self._suspicion)

    @cached_property
    def _bearing(self) -> Bearing | None:
        """What is still open could change; worked out once safety and the complaint are asked."""
        if self.narrowed:
            return None
        first = (i for i in self._asked if self.kb.questions[i.question].section in FIRST)
        items = (item for instance in first for item in instance.items)
        early = any(self.ledger.is_open(i.finding, place) for i in items for place in i.places)
        return None if early or self.foresight is None else self.foresight(self.reasoning)

    @cached_property
    def _idle(self) -> frozenset[str]:
        """The instances on which nothing more depends; in a quick interview, nothing leading."""
        bearing = self._bearing
        if bearing is None:
            return frozenset()
        least = LEADING if self.quick else RANKING
        return frozenset(
            instance.id
            for instance in self._asked
            if bearing.least(instance.items, self.ledger.is_open) > least
        )

    def _weight(self, prompt: Prompt) -> Weight:
        """The most that a prompt could still change."""
        return REFERRAL if self._bearing is None else self._bearing.least(prompt.items)

    def _suspicion(self, instance: Instance) -> int:
        """How much speaks for asking about a muscle or nerve: what made it a candidate."""
        about = {name: instance.bindings[name] for name in ABOUT if name in instance.bindings}
        return sum(
            len(met.by)
            for firing in self.reasoning.firings
            if firing.stratum == "candidate" and about.items() <= firing.bindings.items()
            for met in firing.met
        )

    @property
    def watch_list(self) -> tuple[Prompt, ...]:
        """What to ask when something is happening now: its list, then the first safety list."""
        questions = self.kb.questions.values()
        first = next((q.id for q in questions if q.section == "safety" and not q.on_demand), None)
        asked = [i for i in self.reasoning.instances if self.kb.questions[i.question].on_demand]
        asked += [i for i in self.reasoning.instances if i.question == first]
        return tuple(replace(p, again=True) for i in asked for p in prompts_of(i, self.kb))

    @cached_property
    def _asked(self) -> tuple[Instance, ...]:
        """The questions that apply and belong to this kind of interview, answered or not."""
        return tuple(self._applying())

    def _applying(self) -> Iterator[Instance]:
        again = self.agenda.examined if self.agenda else ()
        applying = {one.id: one for one in (*self.reasoning.instances, *again)}
        for instance in applying.values():
            question = self.kb.questions[instance.question]
            left_out = (
                question.on_demand
                or (self.quick and not question.quick and not self.narrowed)
                or (question.private and not self.private)
            )
            if not left_out:
                yield instance

    @property
    def _late(self) -> Iterator[Prompt]:
        """Prompts put off once come back at the end; put off again, they are left."""
        let_go = {
            (one.finding, one.site, one.side)
            for step in self.steps
            if step.late
            for answer in step.answers
            for one in single_sided(answer)
        }

        def waits(finding: str, place: Place) -> bool:
            left = (finding, place.site, place.side) in let_go
            return self.ledger.is_later(finding, place) and not left

        return (replace(prompt, late=True) for prompt in self._gridded(waits, self._asked))

    # What a reply does

    def answers(
        self, prompt: Prompt, reply: Reply, *, by: str | None = None, at: str | None = None
    ) -> tuple[Answer, ...]:
        """The answers a reply makes; asked again, it takes back nothing that was present."""
        made = answers_of(prompt, reply, self.kb, by=by, at=at)
        return tuple(a for a in made if self._may_stand(a)) if prompt.again else made

    def replied(self, prompt: Prompt, answers: tuple[Answer, ...]) -> "Interview":
        """The interview after these answers to a prompt."""
        before = sum(1 for step in self.steps if asked_prompt(step.prompt) == prompt.id)
        step = Step(step_name(prompt.id, before), answers, prompt.late)
        return replace(self, steps=(*self.steps, step), last=prompt)

    def taking(self, *steps: Step) -> "Interview":
        """The interview with steps that reply to no prompt, such as what is carried over."""
        return replace(self, steps=(*self.steps, *steps))

    def with_settings(self, answers: tuple[Answer, ...]) -> "Interview":
        """The interview with settings as its first answers; they are never parked or withdrawn."""
        kept = tuple(step for step in self.steps if step.prompt != SETTINGS)
        return replace(self, steps=(Step(SETTINGS, answers), *kept)) if answers else self

    def interrupt(self, before: "Interview") -> Interrupt | None:
        """The urgent referrals that were not there ``before``; None when there is no new one."""
        known = {(r.flag, r.urgency) for r in before.urgent}
        new = tuple(r for r in self.urgent if (r.flag, r.urgency) not in known)
        return Interrupt(new) if new else None

    @property
    def undoable(self) -> Step | None:
        """The last step that may be withdrawn; None before the first reply."""
        last = self.steps[-1] if self.steps else None
        if last is None or last.prompt in (SETTINGS, ACTIVITIES) or handed(last.prompt):
            return None
        return last

    def back(self) -> "Interview":
        """The interview before the last reply; the first prompt has nothing before it."""
        return replace(self, steps=self.steps[:-1], last=None) if self.undoable else self

    @cached_property
    def idle_steps(self) -> frozenset[str]:
        """Steps all of whose answers are parked."""
        if not self.parked:
            return frozenset()
        parked = set(self.parked)
        return frozenset(
            step.prompt
            for step in self.steps
            if step.answers and parked.issuperset(step.single_sided)
        )

    # How that is worked out

    def _may_stand(self, answer: Answer) -> bool:
        """Whether an answer to a prompt asked again takes back nothing that was present."""
        held = (self.ledger.newest(one) for one in single_sided(answer))
        return answer.value == "present" or not any(a and a.value == "present" for a in held)

    def _case(self, answers: tuple[Answer, ...]) -> Case:
        return Case(
            id=self.name,
            client=self.client,
            visit=self.visit,
            complaint=self._complaint(answers),
            answers=answers,
            activities=self.activities,
            earlier=self.earlier,
        )

    def _complaint(self, answers: tuple[Answer, ...]) -> Complaint:
        """The places marked on the body chart of the complaint; the one marked first is chief."""
        charted = self.kb.plan.complaint_finding
        sites = [
            ComplaintSite(site=a.site, side=a.side)
            for a in answers
            if a.finding == charted and a.value == "present" and a.site
        ]
        return Complaint(text=self.complaint, sites=tuple(sites))
