"""Questions ask what exists, where it can be."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.model.errors import Fault
from nmt_expert.model.question import Ask
from nmt_expert.model.site import SiteKind

WRONG = "The question could not be asked."


class AskFitsFinding(Check):
    """An item names a place for a finding that has places, and none for one that has not."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an item."""
        for question in survey.questions.values():
            for n, ask in enumerate(question.ask):
                for key, says, remedy in self._objections(survey, ask):
                    yield survey.fault(
                        "question", question.id, ("ask", n, key), says, WRONG, remedy
                    )

    @staticmethod
    def _objections(survey: Survey, ask: Ask) -> Iterator[tuple[str, str, str]]:
        finding = survey.findings.get(ask.finding)
        if finding is None:
            return
        place = ask.site or ask.each
        if ask.site and ask.each:
            yield "each", "both 'site' and 'each' are given", "Keep one of them."
        elif place and not finding.site:
            yield "finding", f"{finding.id} has no site, but one is given", "Leave it out."
        elif finding.site and not place:
            yield "finding", f"{finding.id} needs a site", "Add site or each."
        elif place and not _kinds_asked(survey, ask) & set(finding.site):
            wanted = " or ".join(finding.site)
            yield (
                "site" if ask.site else "each",
                f"{finding.id} is found at a {wanted}, not at {place}",
                f"Ask it at a {wanted}.",
            )
        if ask.side and finding.sided is False:
            yield "side", f"{finding.id} has no left and right", "Leave the side out."


def _kinds_asked(survey: Survey, ask: Ask) -> frozenset[SiteKind]:
    """The kinds of site that an item would be asked of; all of them for a name nobody declared."""
    every = frozenset(site.kind for site in survey.sites.values())
    if ask.site:
        return survey.kinds_of(ask.site) or every
    kind = next((one for one in every if one == ask.each), None)
    if kind:
        return frozenset({kind})
    return survey.kinds_below.get(ask.each or "", every)


class QuestionAsksSomething(Check):
    """A question has items."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an empty question."""
        for question in survey.questions.values():
            if not question.ask:
                yield survey.fault(
                    "question",
                    question.id,
                    ("ask",),
                    "the question has no items",
                    WRONG,
                    "Name what it asks for.",
                )
