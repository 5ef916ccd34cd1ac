"""Names must be declared: a misspelt one would silently never match."""

from collections.abc import Collection, Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.checks.mentions import Mention, mentions
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault

CONSEQUENCES = {
    "finding": "No question obtains it, so it could never be known.",
    "site": "No fact could ever be at it.",
    "relation": "No pair is known for it, so it could never hold.",
    "conclusion": "Nothing says what it means or which factor it belongs to.",
    "factor": "It could not be ranked.",
    "flag": "It has no words to be reported in.",
    "technique": "Nobody could look up what to do.",
    "source": "The reader could not look it up.",
}
"""By category: what goes wrong with a name of it that nobody declared."""

_LISTINGS = {"finding": "Findings: nmt-expert kb findings {word}"}


class UndeclaredName(Check):
    """Every name that one entry uses of another is declared."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a mention."""
        known: dict[str, Collection[str]] = {
            category: survey.draft.declared(category) for category in CONSEQUENCES
        }
        known["relation"] = {*known["relation"], *survey.tables}
        for mention in mentions(survey):
            if mention.name not in known[mention.category]:
                yield _undeclared(survey, mention, known[mention.category])


def _undeclared(survey: Survey, mention: Mention, known: Collection[str]) -> Fault:
    listing = _LISTINGS.get(mention.category, "").format(word=mention.name.split("_")[0])
    remedy = f"{did_you_mean(mention.name, known)} {listing}".strip()
    return survey.fault(
        mention.kind,
        mention.owner,
        mention.path,
        f"unknown {mention.category} {mention.name!r}",
        CONSEQUENCES[mention.category],
        remedy or "Declare it, or use a declared one.",
    )
