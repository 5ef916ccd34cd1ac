"""What is written down serves something; else it is either forgotten or misspelt."""

from collections.abc import Collection, Iterator

from nmt_expert.kb.anatomy import CHAINED
from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.checks.mentions import mentions
from nmt_expert.kb.checks.reached import fitting_pairs
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import Candidate, Conclude, FindingCondition, RelationCondition
from nmt_expert.model.site import RelationRow


class ValueIsUsed(Check):
    """Some rule or question uses every value but the normal and other unremarkable ones."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a finding; one that is used nowhere is reported elsewhere."""
        used: dict[str, set[str]] = {}
        for one in survey.used:
            if isinstance(one.atom, FindingCondition):
                used.setdefault(one.atom.finding, set()).update(one.atom.wanted)
        licence = survey.plan.licence_finding if survey.plan else None
        for finding in survey.findings.values():
            if finding.id not in used or finding.use == "outcome" or finding.id == licence:
                continue
            settled = used[finding.id] | {finding.normal, *finding.unremarkable}
            idle = [value for value in finding.values if value not in settled]
            if idle and finding.normal in finding.values:
                says = f"no rule uses the value {', '.join(idle)}"
                consequence = "Who answers it is asked for nothing."
                remedy = "Use it, join it with another, or list it as unremarkable."
                path = ("number",) if finding.number else ("values",)
                yield survey.fault("finding", finding.id, path, says, consequence, remedy)


class SourceIsCited(Check):
    """Something rests on every source."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a source."""
        cited = {one.name for one in mentions(survey) if one.category == "source"}
        for source in survey.sources:
            if source not in cited:
                says = "nothing cites this source"
                consequence = "A reader would look for what rests on it."
                yield survey.fault("source", source, (), says, consequence, "Cite it or delete it.")


class ConclusionIsDrawn(Check):
    """Some rule draws every kind of conclusion."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a kind."""
        outcomes = [outcome for rule in survey.rules.values() for outcome in rule.then]
        concluded = {one.conclude for one in outcomes if isinstance(one, Conclude)}
        drawn = {one.candidate for one in outcomes if isinstance(one, Candidate)}
        for kind in survey.conclusions.values():
            if kind.id not in (drawn if kind.candidate_only else concluded):
                says = "no rule concludes this" if not kind.candidate_only else "no rule draws this"
                consequence = "It would never be reported."
                remedy = "Write a rule for it, or delete it."
                yield survey.fault("conclusion", kind.id, (), says, consequence, remedy)


class PairIsUsed(Check):
    """Some condition can use every row of a relation, or the ranking or a chain does."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a row."""
        atoms = [one.atom for one in survey.used if isinstance(one.atom, RelationCondition)]
        used = {
            (pair.relation, pair.from_, pair.to, pair.side)
            for atom in dict.fromkeys(atoms)
            for pair in fitting_pairs(atom, survey)
        }
        explained = survey.certainty.explained_by if survey.certainty else ()
        free = {*CHAINED, *(name for way in explained for name in way)}
        for table in survey.tables.values():
            for n, row in enumerate(table.rows):
                if table.relation not in free and not self._is_used(table.relation, row, used):
                    says = "no condition could use this row"
                    consequence = "It would change nothing."
                    remedy = "Write a rule that uses the relation between such places."
                    path = ("rows", n)
                    yield survey.fault("relation", table.relation, path, says, consequence, remedy)

    @staticmethod
    def _is_used(relation: str, row: RelationRow, used: Collection[object]) -> bool:
        return any((relation, a, b, row.side) in used for a in row.from_ for b in row.to)
