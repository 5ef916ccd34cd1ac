"""Conditions can be met: their values, sites, sides and kinds are ones that occur."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey, Used
from nmt_expert.kb.conditions import wanted_values
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.finding import Finding
from nmt_expert.model.rule import (
    BandCondition,
    CandidateCondition,
    FindingCondition,
    RelationCondition,
)

NEVER = "The condition could never be met."


def _on_findings(survey: Survey) -> Iterator[tuple[Used, FindingCondition, Finding]]:
    """Every finding condition whose finding is known."""
    for used in survey.used:
        atom = used.atom
        if isinstance(atom, FindingCondition) and atom.finding in survey.findings:
            yield used, atom, survey.findings[atom.finding]


class ValueIsPossible(Check):
    """A condition asks for values that the finding can have."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a value; also where ``present`` is understood but cannot be."""
        for used, atom, finding in _on_findings(survey):
            listed = f"Values: {', '.join(finding.values)}."
            for step, value in wanted_values(atom):
                if value not in finding.values:
                    says = f"{finding.id} has no value {value!r}"
                    remedy = f"{did_you_mean(value, finding.values)} {listed}".strip()
                    path = (*used.path, *step)
                    yield survey.fault(used.kind, used.owner, path, says, NEVER, remedy)
            if atom.value is None and not atom.in_ and "present" not in finding.values:
                says = f"{finding.id} is never 'present'"
                yield survey.at_atom(used, "finding", says, NEVER, f"Name a value. {listed}")


class ValueOrList(Check):
    """A condition names one value or a list of them, not both."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition."""
        for used, atom, _ in _on_findings(survey):
            if atom.value is not None and atom.in_:
                says = "both 'value' and 'in' are given"
                yield survey.at_atom(used, "in", says, "One would be ignored.", "Keep 'in' alone.")


class SiteFitsFinding(Check):
    """A finding is asked for where it can be: at a fitting kind of site, or nowhere."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition."""
        for used, atom, finding in _on_findings(survey):
            if atom.site and not finding.site:
                says = f"{finding.id} has no site, but one is given"
                yield survey.at_atom(used, "site", says, NEVER, "Leave the site out.")
            elif finding.site and not atom.site:
                says = f"{finding.id} needs a site"
                remedy = f"Add site: a {' or '.join(finding.site)}, or a variable."
                yield survey.at_atom(used, "finding", says, "It would be met anywhere.", remedy)
            elif atom.site and not self._fits(survey, atom.site, finding):
                says = f"{finding.id} cannot be at {atom.site}, only at {' or '.join(finding.site)}"
                remedy = f"Name a {' or '.join(finding.site)}, or a variable for one."
                yield survey.at_atom(used, "site", says, NEVER, remedy)

    @staticmethod
    def _fits(survey: Survey, term: str, finding: Finding) -> bool:
        """Of a fitting kind, or a region or group that holds such; unknown names pass here."""
        kinds = survey.kinds_of(term) | survey.kinds_below.get(term, frozenset())
        return not kinds or bool(kinds & set(finding.site))


class SideFitsFinding(Check):
    """A side is asked for only of what has sides; ``$side`` may stand on anything."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition."""
        for used, atom, finding in _on_findings(survey):
            if atom.side not in ("left", "right", "$other"):
                continue
            site = survey.sites.get(atom.site or "")
            if finding.sided is False or (finding.sided == "site" and site and not site.sided):
                what = atom.site if finding.sided and site else finding.id
                says = f"{what} has no left and right, but side {atom.side!r} is asked for"
                yield survey.at_atom(used, "side", says, NEVER, "Leave the side out.")


class RelationCanHold(Check):
    """A relation condition names a kind the relation has, and ends of kinds it joins."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an end or kind."""
        for used in survey.used:
            atom = used.atom
            if not isinstance(atom, RelationCondition) or atom.relation not in survey.tables:
                continue
            table = survey.tables[atom.relation]
            if atom.kind is not None and atom.kind not in table.kinds:
                says = f"{atom.relation} has no kind {atom.kind!r}"
                remedy = (
                    did_you_mean(atom.kind, table.kinds)
                    or f"Kinds: {', '.join(table.kinds) or 'none'}."
                )
                yield survey.at_atom(used, "kind", says, NEVER, remedy)
            for key, term, allowed in (
                ("from", atom.from_, table.from_),
                ("to", atom.to, table.to),
            ):
                kinds = survey.kinds_of(term)
                if kinds and not kinds & set(allowed):
                    says = f"{key} of {atom.relation} is a {' or '.join(allowed)}, not {term}"
                    remedy = f"Name a {' or '.join(allowed)}, or a variable for one."
                    yield survey.at_atom(used, key, says, NEVER, remedy)


class ConclusionFitsSite(Check):
    """A candidate or band is asked for at the kind of site that its conclusion has."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition."""
        for used in survey.used:
            match used.atom:
                case (
                    CandidateCondition(candidate=name, site=term)
                    | BandCondition(band=name, site=term)
                ):
                    kind = survey.conclusions.get(name)
                    kinds = survey.kinds_of(term)
                    if kind and kinds and kind.site not in kinds:
                        says = f"{name} is about a {kind.site}, not {term}"
                        remedy = f"Name a {kind.site}, or a variable for one."
                        yield survey.at_atom(used, "site", says, NEVER, remedy)


class BandsOnlyInPlan(Check):
    """Only focus and advise rules may use what is weighed; all others come before the weighing."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a band."""
        for used in survey.used:
            if not isinstance(used.atom, BandCondition):
                continue
            role = survey.rules[used.owner].role if used.kind == "rule" else "question"
            if role not in ("focus", "advise"):
                says = f"a band in a {role}"
                consequence = "Bands are known only after the weighing, so it could never be met."
                yield survey.at_atom(
                    used, "band", says, consequence, "Use findings or a candidate."
                )
            elif (kind := survey.conclusions.get(used.atom.band)) and kind.candidate_only:
                says = f"{kind.id} is only ever a candidate"
                yield survey.at_atom(
                    used, "band", says, "It has no band.", "Use candidate: instead."
                )
