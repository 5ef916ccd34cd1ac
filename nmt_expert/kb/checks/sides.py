"""Rules that know a side keep to it."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey, Used
from nmt_expert.kb.conditions import SIDE, bound_somewhere
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import BandCondition, CandidateCondition, FindingCondition

POINTED_AT = ("finding", "candidate", "band")
"""Which key of a condition a fault points at: the first of these that it has."""


class ConditionKeepsSide(Check):
    """Where a rule knows the side, each condition on a sided place names it, or says ``any``."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition that leaves its side out."""
        for used in survey.used:
            atom = used.atom
            if not isinstance(atom, FindingCondition | CandidateCondition | BandCondition):
                continue
            if "side" in atom.model_fields_set or not self._knows_side(used, survey):
                continue
            if self._sided(atom, survey):
                key = next(k for k in POINTED_AT if k in atom.model_fields_set)
                says = f"{atom.site} has sides and the rule knows which, but no side is given"
                consequence = "It would be met on the other side too."
                remedy = f"Add side: {SIDE}, or side: any if either will do."
                yield survey.at_atom(used, key, says, consequence, remedy)

    @staticmethod
    def _knows_side(used: Used, survey: Survey) -> bool:
        rule = survey.rules.get(used.owner) if used.kind == "rule" else None
        return rule is not None and SIDE in bound_somewhere(rule.when)

    @staticmethod
    def _sided(atom: FindingCondition | CandidateCondition | BandCondition, survey: Survey) -> bool:
        """Whether every place that the condition may be about has sides."""
        finding = survey.findings.get(atom.finding) if isinstance(atom, FindingCondition) else None
        if isinstance(atom, FindingCondition) and (finding is None or not finding.sided):
            return False
        kinds = survey.kinds_of(atom.site or "") if (atom.site or "").startswith("$") else ()
        places = [s for s in survey.sites.values() if s.id == atom.site or s.kind in kinds]
        return bool(places) and all(site.sided for site in places)
