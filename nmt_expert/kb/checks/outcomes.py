"""What rules conclude fits their role, their factor, and the house rules of safety."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.conditions import SIDE, bound_somewhere
from nmt_expert.model.base import URGENT
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import (
    OUTCOME_OF_ROLE,
    Advise,
    Candidate,
    Caution,
    Conclude,
    Outcome,
    Refer,
    Rule,
    Treat,
)


def _outcomes(survey: Survey) -> Iterator[tuple[Rule, int, Outcome]]:
    for rule in survey.rules.values():
        for n, outcome in enumerate(rule.then):
            yield rule, n, outcome


class OutcomeFitsRole(Check):
    """A rule's role says what it may conclude."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome of another role."""
        for rule, n, outcome in _outcomes(survey):
            if not isinstance(outcome, OUTCOME_OF_ROLE[rule.role]):
                says = f"a rule of role {rule.role} cannot conclude this"
                consequence = "It would be drawn at the wrong time."
                remedy = "Change the role, or what 'then' says."
                yield survey.fault("rule", rule.id, ("then", n), says, consequence, remedy)


class DecisiveOnlyOpposes(Check):
    """Nothing found proves a factor; only what speaks against one may be decisive."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a decisive support."""
        for rule, n, outcome in _outcomes(survey):
            is_decisive = isinstance(outcome, Conclude) and outcome.strength == "decisive"
            if is_decisive and rule.role == "support":
                says = "a support cannot be decisive"
                consequence = "Nothing could speak against the conclusion any more."
                path = ("then", n, "strength")
                remedy = "Use hallmark or less; decisive is for role oppose."
                yield survey.fault("rule", rule.id, path, says, consequence, remedy)


class FactorAgrees(Check):
    """A conclusion's factor is the one that ``knowledge/conclusions.yml`` gives it."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome."""
        for rule, n, outcome in _outcomes(survey):
            if not isinstance(outcome, Conclude) or outcome.conclude not in survey.conclusions:
                continue
            kind = survey.conclusions[outcome.conclude]
            if kind.candidate_only:
                says = f"{kind.id} is only ever a candidate"
                remedy = "Conclude another kind, or make this a candidate rule."
                yield survey.fault(
                    "rule", rule.id, ("then", n, "conclude"), says, "It is not weighed.", remedy
                )
            elif kind.factor != outcome.factor in survey.draft.declared("factor"):
                says = f"{kind.id} belongs to {kind.factor}, not {outcome.factor}"
                consequence = "It would be counted for the wrong factor."
                yield survey.fault(
                    "rule",
                    rule.id,
                    ("then", n, "factor"),
                    says,
                    consequence,
                    f"Write {kind.factor}.",
                )


class ConcludedSiteFits(Check):
    """A candidate or conclusion is drawn at the kind of site it is about."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome."""
        for rule, n, outcome in _outcomes(survey):
            if not isinstance(outcome, Candidate | Conclude):
                continue
            name = outcome.candidate if isinstance(outcome, Candidate) else outcome.conclude
            kind = survey.conclusions.get(name)
            kinds = survey.kinds_of(outcome.site)
            if kind and kinds and kind.site not in kinds:
                says = f"{name} is about a {kind.site}, not {outcome.site}"
                yield survey.fault(
                    "rule",
                    rule.id,
                    ("then", n, "site"),
                    says,
                    "It would mean nothing.",
                    f"Name a {kind.site}, or a variable for one.",
                )


class SidedConclusionHasSide(Check):
    """What rests on a side keeps it; what is drawn of an unsided site names none.

    A rule without sides may still speak of a sided site: it concerns both.
    """

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome."""
        for rule, n, outcome in _outcomes(survey):
            if not isinstance(outcome, Candidate | Conclude | Treat):
                continue
            if (
                outcome.side is None
                and self._sided(survey, outcome.site)
                and SIDE in bound_somewhere(rule.when)
            ):
                says = f"{outcome.site} has sides and the rule knows which, but no side is given"
                path = ("then", n, "site")
                yield survey.fault(
                    "rule", rule.id, path, says, "Both would be meant.", f"Add side: {SIDE}."
                )
            elif outcome.side in ("left", "right") and not self._sided(survey, outcome.site):
                says = f"{outcome.site} has no left and right"
                yield survey.fault(
                    "rule", rule.id, ("then", n, "side"), says, "", "Leave the side out."
                )

    @staticmethod
    def _sided(survey: Survey, term: str | None) -> bool:
        """Whether the site, or anything the variable may stand for, has sides."""
        if term is None:
            return False
        kinds = survey.kinds_of(term) if term.startswith("$") else frozenset()
        return any(
            site.sided for site in survey.sites.values() if site.id == term or site.kind in kinds
        )


class FlagFitsUse(Check):
    """A flag is raised as the kind it is declared to be."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome."""
        for rule, n, outcome in _outcomes(survey):
            match outcome:
                case Refer(flag=name, kind=kind):
                    key, used_as = "flag", str(kind)
                case Caution(caution=name):
                    key, used_as = "caution", "caution"
                case Advise(advice=name, to=str()):
                    key, used_as = "advice", "finding"
                case _:
                    continue
            flag = survey.flags.get(name)
            if flag and flag.kind != used_as:
                says = f"{name} is declared as {flag.kind}, but raised as {used_as}"
                yield survey.fault(
                    "rule",
                    rule.id,
                    ("then", n, key),
                    says,
                    "It would be listed in the wrong place.",
                    "Raise it as that, or declare another.",
                )


class SuppressionFitsUrgency(Check):
    """An emergency or same-day referral holds back all treatment; a perpetuating factor none."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a referral."""
        for rule, n, outcome in _outcomes(survey):
            if not isinstance(outcome, Refer):
                continue
            if outcome.urgency in URGENT and "all" not in outcome.suppress:
                says = f"a referral of urgency {outcome.urgency} must suppress all treatment"
                consequence = "Treatment would be proposed to someone who must be seen first."
                yield survey.fault(
                    "rule", rule.id, ("then", n), says, consequence, "Add suppress: [all]."
                )
            if outcome.kind == "perpetuating_factor" and outcome.suppress:
                says = "a perpetuating factor never suppresses treatment"
                yield survey.fault(
                    "rule", rule.id, ("then", n, "suppress"), says, "", "Leave suppress out."
                )


class SuppressedPlaceIsRegion(Check):
    """Suppression and cautions name regions, groups or zones: places where hands would be."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        for rule, n, outcome in _outcomes(survey):
            match outcome:
                case Refer(suppress=names):
                    key = "suppress"
                case Caution(site=names):
                    key = "site"
                case _:
                    continue
            for m, name in enumerate(names):
                if not survey.kinds_of(name) <= {"region", "group", "zone"}:
                    says = f"{name} is no region"
                    yield survey.fault(
                        "rule",
                        rule.id,
                        ("then", n, key, m),
                        says,
                        "Nothing would be held back there.",
                        "Name a region, a group or a zone.",
                    )
