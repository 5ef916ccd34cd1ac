"""An attempt at its end beside the whole case: what every remark is read off.

Two results of the engine are looked at: over what the student asked, and over all that the case
holds. The key is the author's; where it and the engine part, the case says so and the key counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment import Reasoning, assess, reason
from nmt_expert.assessment.assess import assessment
from nmt_expert.assessment.possible import nothing_open
from nmt_expert.engine import Engine
from nmt_expert.model.assessment import Assessment, Conclusion, Firing, Input, Referral
from nmt_expert.model.base import SIDES, URGENCIES, URGENT, Urgency
from nmt_expert.model.case import ExpectedReferral
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, Refer, Role, atoms
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import Committed, Planned
from nmt_expert.practice.options import Option

MOST_RULES = 4
"""Rules that a remark rests on when many would do."""


@dataclass(frozen=True)
class Review:
    """``attempt`` is finished: it has a plan and at least one ranking."""

    attempt: Attempt
    engine: Engine

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base it was played with."""
        return self.attempt.kb

    @cached_property
    def seen(self) -> Assessment:
        """What follows from what was asked."""
        return assess(self.attempt.interview.case, self.kb, self.engine)

    @cached_property
    def held(self) -> Reasoning:
        """The run over all that the case holds."""
        return reason(self.attempt.case, self.kb, self.engine)

    @cached_property
    def whole(self) -> Assessment:
        """What follows from all that the case holds."""
        return assessment(self.attempt.case, self.held, nothing_open(self.held))

    @property
    def planned(self) -> Planned:
        """How the student ended."""
        assert self.attempt.planned is not None
        return self.attempt.planned

    @property
    def final(self) -> Committed:
        """The ranking the student ended with."""
        assert self.attempt.ranked is not None
        return self.attempt.ranked

    # Referrals

    @cached_property
    def red_flags(self) -> tuple[Referral, ...]:
        """The red flags that the whole case raises."""
        return tuple(one for one in self.whole.referrals if one.kind == "red_flag")

    @cached_property
    def needed(self) -> tuple[ExpectedReferral, ...]:
        """Every referral that must be made: those of the key, and the engine's red flags.

        Where the case says that the key and the engine part, the key alone counts.
        """
        named = {one.flag: one for one in self.attempt.case.key.referrals}
        if self.attempt.case.differs is None:
            for one in self.red_flags:
                named.setdefault(one.flag, ExpectedReferral(flag=one.flag, urgency=one.urgency))
        return tuple(sorted(named.values(), key=lambda one: (rank(one.urgency), one.flag)))

    @property
    def referred(self) -> Urgency | None:
        """The most urgent referral that the student makes."""
        return min((one.urgency for one in self.planned.referrals), key=rank, default=None)

    @property
    def sent_on(self) -> bool:
        """Whether an urgent flag came up and the client was sent on: then the rest may wait."""
        raised = {one.flag for one in self.seen.referrals if one.urgency in URGENT}
        urgent = any(one.flag in raised for one in self.needed)
        return urgent and self.referred in URGENT

    @property
    def at_once(self) -> bool:
        """Whether an emergency came up: then nothing more need be asked."""
        return any(one.urgency == "emergency" for one in self.seen.referrals)

    def raising(self, flag: str) -> tuple[str, ...]:
        """The rules by which the whole case raises a flag."""
        firings = [n for one in self.whole.referrals if one.flag == flag for n in one.firings]
        return rules_of(self.whole, firings)

    # Rules behind what was left open

    def waiting(self, option: Option) -> tuple[str, ...]:
        """The rules that at the end waited for something a question asks, urgent ones first."""
        asked = {item.finding for item in option.prompt.items}
        found = [
            one.rule
            for one in self.seen.undecided
            if asked & {name.partition("@")[0].partition("=")[0] for name in one.lacks}
        ]
        return tuple(sorted(dict.fromkeys(found), key=self._pressing))

    def using(self, option: Option) -> tuple[str, ...]:
        """The rules that use something a question asks, urgent ones first."""
        asked = {item.finding for item in option.prompt.items}
        rules = (
            rule.id
            for rule in self.kb.rules.values()
            if any(isinstance(a, FindingCondition) and a.finding in asked for a in atoms(rule.when))
        )
        return tuple(sorted(rules, key=self._pressing))

    def _pressing(self, rule: str) -> int:
        """Smaller is more urgent; a rule that refers nobody comes last."""
        then = self.kb.rules[rule].then
        return min((rank(o.urgency) for o in then if isinstance(o, Refer)), default=len(URGENCIES))

    def speaking(self, factor: str, role: Role) -> tuple[str, ...]:
        """The rules of a role that fired for a factor; else those that waited; else others."""
        fired = (one.rule for one in self.seen.firings)
        waiting = (one.rule for one in self.seen.undecided)
        for rules in (fired, waiting, self.kb.rules):
            found = [name for name in rules if self._is_about(name, factor, role)]
            if found:
                return tuple(dict.fromkeys(found))[:MOST_RULES]
        return ()

    def _is_about(self, rule: str, factor: str, role: Role) -> bool:
        known = self.kb.rules[rule]
        return known.role == role and factor in {getattr(o, "factor", None) for o in known.then}

    # What carries the result

    @cached_property
    def carrying(self) -> tuple[Conclusion, ...]:
        """The conclusions of the whole case that carry the key; else its leading factor's."""
        key = self.attempt.case.key
        named = {(one.conclude, one.site) for one in key.conclusions}
        leading = set(key.factors[0]) if key.factors else set()
        return tuple(
            one
            for one in self.whole.conclusions
            if ((one.conclude, one.site) in named if named else one.factor in leading)
            and one.band != "not_supported"
        )

    def unknown(self, found: Iterable[Input]) -> Iterator[Input]:
        """The answers, other than normal ones, that the student never came to."""
        had = {(one.finding, one.site, side) for one in self.seen.inputs for side in sides(one)}
        for one in found:
            finding = self.kb.findings[one.finding]
            ordinary = one.value in (finding.normal, *finding.unremarkable)
            if not ordinary and any((one.finding, one.site, s) not in had for s in sides(one)):
                yield one


def rank(urgency: Urgency) -> int:
    """Smaller is more urgent."""
    return URGENCIES.index(urgency)


def sides(one: Input) -> tuple[str | None, ...]:
    """Each side that an answer speaks of."""
    return SIDES if one.side == "both" else (one.side,)


def rules_of(result: Assessment, firings: Iterable[int]) -> tuple[str, ...]:
    """The rules behind firings, each once."""
    wanted = set(firings)
    return tuple(dict.fromkeys(one.rule for one in result.firings if one.n in wanted))


def behind(result: Assessment, firing: Firing) -> tuple[Input, ...]:
    """The answers that a firing rests on directly."""
    names = {name for met in firing.met for name in met.by}
    return tuple(one for one in result.inputs if one.id in names)
