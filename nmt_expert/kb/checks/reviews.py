"""Signatures under rules: whether they still hold for the rules as they are."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.model.errors import Fault

OPEN = "The rule counts as unreviewed."


class SignatureHolds(Check):
    """Somebody signed the rule as it is now; one that was edited since is open again."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a rule that is gone, or that nobody signed since it was edited."""
        for name, review in survey.reviews.items():
            rule = survey.rules.get(name)
            if rule is None:
                says = "the rule that was signed is not there"
                remedy = "Delete the entry, or write the rule's id as it is now."
                yield survey.fault("rule_review", name, ("rule",), says, "", remedy)
            elif not review.of_version(rule.version):
                says = f"the rule was edited after it was signed; it is version {rule.version} now"
                remedy = f"Review it again: nmt-expert review rules {name}"
                yield survey.fault("rule_review", name, ("signed",), says, OPEN, remedy)
