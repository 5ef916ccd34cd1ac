"""How a rule says it stands agrees with what it cites."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import Citation, Rule

UNREAD = ("recalled", "not recorded")
TITLE = 90


class BasisAgreesWithSources(Check):
    """``basis: read`` rests on a source that was read; what rests on none says so."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a rule."""
        for rule in survey.rules.values():
            read = any(self._was_read(survey, citation) for citation in rule.sources)
            if rule.basis == "read" and not read:
                says = "basis is 'read', but none of its sources was read"
                yield survey.fault(
                    "rule",
                    rule.id,
                    ("basis",),
                    says,
                    "It would look better founded than it is.",
                    "Cite what was read, or write another basis.",
                )
            elif rule.basis in ("recalled", "proposal") and read:
                says = f"basis is {rule.basis!r}, but one of its sources was read"
                yield survey.fault(
                    "rule",
                    rule.id,
                    ("basis",),
                    says,
                    "It would look worse founded than it is.",
                    "Write read, or cite it as recalled: true.",
                )

    @staticmethod
    def _was_read(survey: Survey, citation: Citation) -> bool:
        source = survey.sources.get(citation.source)
        return source is not None and not citation.recalled and source.read not in UNREAD


class LocatorAgreesWithSource(Check):
    """A locator "abstract" points to a source whose abstract was read."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a citation."""
        for rule in survey.rules.values():
            for n, citation in enumerate(rule.sources):
                source = survey.sources.get(citation.source)
                if (
                    source
                    and citation.locator == "abstract"
                    and source.read not in ("abstract", "full")
                ):
                    says = (
                        f"the abstract of {source.id} is cited, but what was read is: {source.read}"
                    )
                    yield survey.fault(
                        "rule",
                        rule.id,
                        ("sources", n, "locator"),
                        says,
                        "The reader would trust it too far.",
                        "Cite what was read.",
                    )


class TitleFitsOneLine(Check):
    """A title is a sentence that fits one line of a report."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a rule."""
        for rule in survey.rules.values():
            if len(rule.title) > TITLE:
                says = f"the title has {len(rule.title)} characters, more than {TITLE}"
                yield survey.fault("rule", rule.id, ("title",), says, "", "Shorten it.")


class TitleIsUnique(Check):
    """Two rules of one title could not be told apart in a report."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a repeated title."""
        first: dict[str, Rule] = {}
        for rule in survey.rules.values():
            other = first.setdefault(rule.title, rule)
            if other is not rule:
                says = f"the title is also that of {other.id}"
                yield survey.fault("rule", rule.id, ("title",), says, "", "Say what differs.")
