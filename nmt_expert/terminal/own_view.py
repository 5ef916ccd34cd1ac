"""What the therapist thinks, asked before the report is shown; one key skips it."""

from typing import cast

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression, OwnReferral
from nmt_expert.model.words import URGENCY_WORDS
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.named_places import asked_places
from nmt_expert.terminal.page import Page

SKIP = Choice("skip", "Skip: show the report")
NO_FACTOR = Choice("", "No single one")
REFER = (
    Choice("", "Not said"),
    Choice("none", "No referral"),
    *(Choice(urgency, f"Refer: {URGENCY_WORDS[urgency].lower()}") for urgency in URGENCIES),
    Choice("unsure", "Not sure"),
)
WHERE = "Where would you work first? Names with r, l or b and commas (enter alone: not said):"


def own_view(asker: Asker, page: Page, kb: KnowledgeBase) -> Impression:
    """The person's own view; an empty impression when it is skipped."""
    factors = tuple(Choice(factor.id, factor.label) for factor in kb.factors.values())
    factor = asker.choose(
        "Before the report: which factor leads, in your own view?", (SKIP, *factors, NO_FACTOR)
    )
    if factor == SKIP.value:
        return Impression()
    sites = asked_places(asker, page, WHERE, kb)
    refer = asker.choose("Would you refer?", REFER)
    return Impression(
        factor=factor or None, sites=sites, refer=cast(OwnReferral, refer) if refer else None
    )
