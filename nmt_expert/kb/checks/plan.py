"""What the plan proposes can be done, may be done, and is done by somebody."""

from collections.abc import Iterator
from functools import partial

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.checks.findings import NONE_ASSUMED
from nmt_expert.kb.checks.implication import always_needed
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import (
    Advise,
    Atom,
    CandidateCondition,
    FindingCondition,
    RelationCondition,
    Rule,
    Treat,
    holds,
)


def _treatments(survey: Survey) -> Iterator[tuple[Rule, int, Treat]]:
    for rule in survey.rules.values():
        for n, outcome in enumerate(rule.then):
            if isinstance(outcome, Treat):
                yield rule, n, outcome


class FocusHasTechnique(Check):
    """A focus says how it is treated."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a focus."""
        for rule, n, treat in _treatments(survey):
            if not treat.technique:
                says = "the focus names no technique"
                consequence = "Nobody could say what to do, and no caution could hold it back."
                remedy = "Add technique: with one or more of knowledge/techniques.yml."
                path = ("then", n, "technique")
                yield survey.fault("rule", rule.id, path, says, consequence, remedy)


class TechniqueIsNotBanned(Check):
    """A focus proposes no technique that it forbids itself."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a technique."""
        for rule, n, treat in _treatments(survey):
            for m, name in enumerate(treat.technique):
                if name in treat.bans:
                    says = f"{name} is proposed here and forbidden by the same focus"
                    consequence = "It would be withheld from itself."
                    remedy = "Take it out of technique or of bans."
                    path = ("then", n, "technique", m)
                    yield survey.fault("rule", rule.id, path, says, consequence, remedy)


class GuardedMuscleIsCleared(Check):
    """A focus on a named chest-wall or belly muscle waits for the answers that clear it.

    The plan holds such a muscle back anyway, so this is a warning; a variable may be any muscle.
    """

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a focus."""
        if survey.plan is None:
            return
        for rule, n, treat in _treatments(survey):
            if survey.plan.clearance_group not in survey.above.get(treat.site or "", ()):
                continue
            cleared = {
                one.site
                for one in always_needed(rule.when)
                if isinstance(one, CandidateCondition) and one.candidate == survey.plan.cleared_by
            }
            if treat.site not in cleared:
                says = f"{treat.site} is treated without waiting until it is cleared"
                consequence = "Only the plan's own filter would keep the hands off it."
                remedy = f"Add {{candidate: {survey.plan.cleared_by}, site: {treat.site}}}."
                path = ("then", n, "site")
                yield survey.fault("rule", rule.id, path, says, consequence, remedy)


class ReferralNamesSomebody(Check):
    """Advice that raises a declared flag says to whom the client goes."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome; referrals proper cannot be written without."""
        for rule in survey.rules.values():
            for n, outcome in enumerate(rule.then):
                if isinstance(outcome, Advise) and not outcome.to and self._flags(outcome, survey):
                    says = f"{outcome.advice} is a referral, but nobody is named to go to"
                    consequence = "It would be listed as mere advice."
                    path = ("then", n, "advice")
                    yield survey.fault("rule", rule.id, path, says, consequence, "Add to.")

    @staticmethod
    def _flags(advice: Advise, survey: Survey) -> bool:
        flag = survey.flags.get(advice.advice)
        return flag is not None and flag.kind == "finding"


class NormalFiresNothing(Check):
    """An examination in which all is as it should be raises and supports nothing."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a rule that normal values alone would fire."""
        for rule in survey.rules.values():
            if rule.role in ("refer", "caution", "support") and holds(
                rule.when, partial(_is_normal, survey)
            ):
                says = "normal values alone fire this rule"
                consequence = "It would be said of people in whom nothing is wrong."
                remedy = "Ask for something that is not normal too, or correct 'normal'."
                yield survey.fault("rule", rule.id, ("when",), says, consequence, remedy)


def _is_normal(survey: Survey, atom: Atom) -> bool:
    """Whether the condition is met when every finding has its normal value."""
    if not isinstance(atom, FindingCondition):
        return isinstance(atom, RelationCondition)
    finding = survey.findings.get(atom.finding)
    normal = {finding.normal, *finding.unremarkable} if finding else {NONE_ASSUMED}
    return bool(normal & set(atom.wanted))
