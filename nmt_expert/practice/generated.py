"""Clients without end, drawn from the rules: a target, what its rules need, and things beside it.

A seed is a client: over the same knowledge it gives the same one. The key is what the engine
concludes once everything has been asked, so it is the rule base's view and nobody else's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import TypeVar

from nmt_expert.assessment import Reasoning, reason
from nmt_expert.assessment.explains import Explainer
from nmt_expert.engine import Engine
from nmt_expert.model.base import SIDES
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import NmtError
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import Generated, PracticeCase
from nmt_expert.model.rule import Conclude, Refer, Rule
from nmt_expert.model.site import VARIABLE_KINDS
from nmt_expert.practice.made_up import Made, draft, finished, person
from nmt_expert.practice.satisfying import Bindings, Satisfier, Way
from nmt_expert.practice.soundness import asked_out

T = TypeVar("T")
MOST_TRIES = 200
"""So often a client is begun anew before a seed is given up."""
RULES = (2, 4)
"""How many rules speak for the target, at least and at most."""


class NoClient(NmtError):
    """No client came of a seed; another one will do."""


def generated(seed: int, kb: KnowledgeBase, engine: Engine) -> PracticeCase:
    """The client of a seed, sound in the sense of :mod:`nmt_expert.practice.soundness`.

    Raises:
        NoClient: none of the tries gave a client whose target the engine concludes.
    """
    assert kb.practice is not None, "the knowledge has nothing on practice"
    chance = Random(seed)
    maker = Maker(kb, engine, chance, kb.practice.generated)
    flagged = chance.random() < kb.practice.generated.red_flag_share
    factor = chance.choice(list(kb.factors))
    for _ in range(MOST_TRIES):
        if case := maker.tried(seed, factor, flagged):
            return case
    raise NoClient(f"Seed {seed} gave no client in {MOST_TRIES} tries. Take another one.")


@dataclass(frozen=True)
class Target:
    """A conclusion the client is to have, with rules that can support it there."""

    factor: str
    conclude: str
    site: str
    side: str | None
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Maker:
    """Makes one client after another, as ``chance`` has it."""

    kb: KnowledgeBase
    engine: Engine
    chance: Random
    wanted: Generated
    given: dict[str, list[Rule]] = field(default_factory=dict)

    @cached_property
    def _satisfier(self) -> Satisfier:
        return Satisfier(self.kb, self.chance, self.wanted.needs)

    def tried(self, seed: int, factor: str, flagged: bool) -> PracticeCase | None:
        """One try; None when its parts contradict each other or the engine does not agree."""
        target = self._target(factor)
        flag = self._flag() if flagged else None
        answers = self._answers(target, flag)
        who = answers and person(answers, self.wanted, self.kb, self.chance)
        if not answers or not who:
            return None
        topic = self.wanted.flag_topic if flag else target.factor
        about = (*([flag] if flag else []), *target.rules)
        case = draft(Made(seed, topic, answers, about), who, self.kb)
        if not case or not self._came_out(target, flag, self._from_the_answers(case)):
            return None
        found = asked_out(case, self.kb, self.engine)
        return finished(case, found) if self._came_out(target, flag, found) else None

    def _answers(self, target: Target, flag: Rule | None) -> tuple[Answer, ...] | None:
        """The complaint, what the target and the flag need, and what stands beside them."""
        answers = self._complaint(target)
        for rule in target.rules:
            own = _own(rule, target)
            answers = answers and (self._with(rule, answers, own) or answers)
        if answers and flag:
            answers = self._with(flag, answers)
        return self._beside(answers) if answers else None

    # The parts

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.kb)

    def _target(self, factor: str) -> Target:
        kinds = [k.id for k in self.kb.conclusions.values()
                 if k.factor == factor and not k.candidate_only]  # fmt: skip
        conclude = self.chance.choice(kinds)
        sites = [s for s in self.kb.sites.values() if s.kind == self.kb.conclusions[conclude].site]
        site = self.chance.choice(sites)
        side = self.chance.choice(SIDES) if site.sided else None
        rules = [r for r in self._supporting(conclude) if _term(r, conclude, site.id)]
        some = self._some(rules, self.chance.randint(*RULES))
        return Target(factor, conclude, site.id, side, tuple(some))

    def _supporting(self, conclude: str) -> list[Rule]:
        if conclude not in self.given:
            self.given[conclude] = [
                rule
                for rule in self.kb.rules.values()
                if rule.role == "support"
                and rule.status != "retired"
                and any(isinstance(o, Conclude) and o.conclude == conclude for o in rule.then)
            ]
        return self.given[conclude]

    def _complaint(self, target: Target) -> tuple[Answer, ...] | None:
        """Pain at one or two of the places that the target explains."""
        reached = self._explainer.reached(target.site)
        zones = sorted(s for s in reached if self.kb.sites[s].kind == "zone")
        if not zones:
            return None
        chosen = self.chance.sample(zones, min(len(zones), self.chance.choice((1, 2))))
        return tuple(self._pain(zone, target.side) for zone in chosen)

    def _pain(self, zone: str, side: str | None) -> Answer:
        sided = self.kb.is_sided(zone)
        named = (side or self.chance.choice(SIDES)) if sided else None
        return Answer.model_validate(
            {"finding": self.kb.plan.complaint_finding, "site": zone, "side": named}
        )

    def _flag(self) -> Rule:
        """A rule that raises a red flag, each flag as likely as any other."""
        raising: dict[str, list[Rule]] = {}
        for rule in self.kb.rules.values():
            for outcome in rule.then:
                if isinstance(outcome, Refer) and outcome.kind == "red_flag":
                    raising.setdefault(outcome.flag, []).append(rule)
        return self.chance.choice(raising[self.chance.choice(sorted(raising))])

    def _beside(self, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        """With what may keep it going, and with the half of what another rule needs."""
        for _ in range(self.chance.randint(*self.wanted.beside)):
            rule = self.chance.choice(self._others)
            more = self._with(rule, answers) or answers
            if rule.role == "support":
                new = [one for one in more if one not in answers]
                more = (*answers, *self._some(new, len(new) // 2))
            answers = more
        return answers

    @cached_property
    def _others(self) -> list[Rule]:
        """Rules whose findings may stand beside the target: evidence, and what keeps it going."""
        return [
            rule
            for rule in self.kb.rules.values()
            if rule.role == "support"
            or any(isinstance(o, Refer) and o.kind == "perpetuating_factor" for o in rule.then)
        ]

    def _with(
        self, rule: Rule, answers: tuple[Answer, ...], own: Bindings | None = None
    ) -> tuple[Answer, ...] | None:
        """The answers with what the rule needs; None when that cannot be."""
        way: Way = (own or {}, answers)
        ways = self._satisfier.ways(rule.when, way)
        return next((needs for _, needs in ways), None)

    def _some(self, items: Iterable[T], count: int) -> list[T]:
        found = list(items)
        return self.chance.sample(found, min(count, len(found)))

    # What came of it

    def _from_the_answers(self, case: PracticeCase) -> Reasoning:
        """What its answers alone lead to: cheaper than asking for them, and most tries end here."""
        told = Case(client=case.client, complaint=case.complaint, answers=case.answers)
        return reason(told, self.kb, self.engine)

    def _came_out(self, target: Target, flag: Rule | None, found: Reasoning) -> bool:
        """Whether the target is concluded, and just the flag that was meant is raised."""
        concluded = any(
            (key.conclude, key.site) == (target.conclude, target.site)
            and weighed.band in ("strong", "moderate")
            for key, weighed in found.weighed.items()
        )
        raised = {one.flag for one in found.referrals if one.kind == "red_flag"}
        meant = {o.flag for o in flag.then if isinstance(o, Refer)} if flag else set()
        return concluded and (meant <= raised if meant else not raised)


def _own(rule: Rule, target: Target) -> dict[str, str]:
    """The rule's variables as the target has them."""
    term = _term(rule, target.conclude, target.site) or ""
    own = {term: target.site} if term.startswith("$") else {}
    return own | ({"$side": target.side} if target.side else {})


def _term(rule: Rule, conclude: str, site: str) -> str | None:
    """How the rule names the site it concludes at, when it can be this one."""
    named = [o.site for o in rule.then if isinstance(o, Conclude) and o.conclude == conclude]
    return next((term for term in named if term == site or term in VARIABLE_KINDS), None)
