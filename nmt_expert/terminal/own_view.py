"""What the therapist thinks, asked before the report is shown; one key skips it."""

from typing import cast

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import ComplaintSite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import SiteKind
from nmt_expert.model.visit import Impression, OwnReferral
from nmt_expert.model.words import URGENCY_WORDS
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.named_places import named_places
from nmt_expert.terminal.page import Page

SKIP = Choice("skip", "Skip: show the report")
NO_FACTOR = Choice("", "No single one")
REFER = (
    Choice("", "Not said"),
    Choice("none", "No referral"),
    *(Choice(urgency, f"Refer: {URGENCY_WORDS[urgency].lower()}") for urgency in URGENCIES),
    Choice("unsure", "Not sure"),
)
WORK: tuple[SiteKind, ...] = ("muscle", "nerve", "joint", "tendon", "region")
WHERE = "Where would you work first? Names with r, l or b and commas (enter alone: not said):"


def own_view(asker: Asker, page: Page, kb: KnowledgeBase) -> Impression:
    """The person's own view; an empty impression when it is skipped."""
    factors = tuple(Choice(factor.id, factor.label) for factor in kb.factors.values())
    factor = asker.choose(
        "Before the report: which factor leads, in your own view?", (SKIP, *factors, NO_FACTOR)
    )
    if factor == SKIP.value:
        return Impression()
    sites = _where(asker, page, kb)
    refer = asker.choose("Would you refer?", REFER)
    return Impression(
        factor=factor or None, sites=sites, refer=cast(OwnReferral, refer) if refer else None
    )


def _where(asker: Asker, page: Page, kb: KnowledgeBase) -> tuple[ComplaintSite, ...]:
    while True:
        places = named_places(asker.write(WHERE), kb, WORK)
        if not isinstance(places, str):
            return places
        page.line(places, "caution")
