"""Findings have values that can be asked, and a normal one among them."""

import re
from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.finding import NON_ANSWERS, Bands, Finding

NONE_ASSUMED = "none_assumed"
"""The ``normal`` of a finding for which no value may be assumed."""


class NormalIsAValue(Check):
    """What "examined and unremarkable" means is one of the finding's values."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding."""
        for finding in survey.findings.values():
            if finding.normal not in (*finding.values, NONE_ASSUMED):
                says = f"the normal value {finding.normal!r} is not one of its values"
                remedy = (
                    f"Write normal: with one of {', '.join(finding.values)}, or {NONE_ASSUMED}."
                )
                path = ("normal",)
                yield survey.fault(
                    "finding", finding.id, path, says, "'None of these' would mean nothing.", remedy
                )


class UnremarkableIsAValue(Check):
    """What is unremarkable beside the normal value is another value of the finding."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        for finding in survey.findings.values():
            for n, value in enumerate(finding.unremarkable):
                if value not in finding.values or value == finding.normal:
                    says = f"{value!r} is not another of its values"
                    path = ("unremarkable", n)
                    remedy = did_you_mean(value, finding.values)
                    consequence = "It would name nothing that can be answered."
                    yield survey.fault("finding", finding.id, path, says, consequence, remedy)


class ValuesAreAnswers(Check):
    """The four non-answers are never values, and labels belong to values."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        for finding in survey.findings.values():
            for n, value in enumerate(finding.values):
                if value in (*NON_ANSWERS, NONE_ASSUMED):
                    says = f"{value!r} is a non-answer, not a value"
                    yield survey.fault(
                        "finding",
                        finding.id,
                        ("values", n),
                        says,
                        "Unknown would count as known.",
                        "Name it otherwise.",
                    )
            for value in finding.labels:
                if value not in finding.values:
                    says = f"label for {value!r}, which is no value"
                    yield survey.fault(
                        "finding",
                        finding.id,
                        ("labels", value),
                        says,
                        "It would never be shown.",
                        did_you_mean(value, finding.values),
                    )


class BandsCoverTheNumber(Check):
    """Bands follow each other from the least number to beyond the greatest, without a gap."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding."""
        for finding in survey.findings.values():
            if finding.number and (says := self._gap(finding, finding.number)):
                yield survey.fault(
                    "finding",
                    finding.id,
                    ("number",),
                    says,
                    "Some numbers would have no band.",
                    "Let each band begin where the one before ends.",
                )

    @staticmethod
    def _gap(finding: Finding, number: Bands) -> str:
        if finding.values != tuple(number.bands):
            return "its values are not its bands, in their order"
        reached = number.min
        for name, (low, high) in number.bands.items():
            if low != reached or high <= low:
                return f"band {name} should begin at {reached:g} and end above it"
            reached = high
        return "" if reached > number.max else f"the last band must end above {number.max:g}"


class RedFlagIsNeverUnsure(Check):
    """Doubt never weakens a red flag, so it is not asked for."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding."""
        for finding in survey.findings.values():
            if finding.kind == "red_flag" and finding.unsure:
                says = "a red flag is asked without degrees of sureness"
                yield survey.fault(
                    "finding",
                    finding.id,
                    ("kind",),
                    says,
                    "Doubt would weaken it.",
                    "Add unsure: false.",
                )


class SidedBySiteHasSite(Check):
    """A finding that takes its sides from its site has a site."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding."""
        for finding in survey.findings.values():
            if finding.sided == "site" and not finding.site:
                says = "'sided: site' but the finding has no site"
                yield survey.fault(
                    "finding",
                    finding.id,
                    ("sided",),
                    says,
                    "No side could be given.",
                    "Add site, or write sided: true.",
                )


class QuestionTextFits(Check):
    """``{site}`` and ``{side}`` stand in a question only where the finding has them."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a placeholder."""
        for finding in survey.findings.values():
            allowed = {"site"} if finding.site else set()
            allowed |= {"side"} if finding.sided else set()
            for key in ("question", "help", "terse"):
                for word in re.findall(r"\{([^}]*)\}?", getattr(finding, key) or ""):
                    if word not in allowed:
                        says = f"{{{word}}} cannot be filled in here"
                        yield survey.fault(
                            "finding",
                            finding.id,
                            (key,),
                            says,
                            "It would be printed as it is.",
                            "Take it out, or write the word itself.",
                        )


class OldIdIsClear(Check):
    """A synonym in the form of an id (a former id) leads to one entry only.

    Ordinary words may be shared: they help a search and are never taken for one of several.
    """

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a former id that leads to more than one entry."""
        for kind, records in (("finding", survey.findings), ("site", survey.sites)):
            owner = {name: name for name in records}
            for record in records.values():
                for n, synonym in enumerate(record.synonyms):
                    first = owner.setdefault(synonym, record.id) if "_" in synonym else record.id
                    if first != record.id:
                        says = f"the former id {synonym!r} already leads to {first}"
                        yield survey.fault(
                            kind,
                            record.id,
                            ("synonyms", n),
                            says,
                            "Old cases could not be read.",
                            "Keep it at one of them.",
                        )
