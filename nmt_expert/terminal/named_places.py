"""Places typed in one line, such as ``SCM r, upper trapezius b``, outside any prompt."""

from nmt_expert.kb.search import EXACT, closeness, find_places, folded, names_of
from nmt_expert.model.case import ComplaintSite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import Site, SiteKind
from nmt_expert.terminal.asking import Asker
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.typed import side_behind

MOST_SHOWN = 5
WORKED_ON: tuple[SiteKind, ...] = ("muscle", "nerve", "joint", "tendon", "region")
"""What hands can work on."""


def asked_places(
    asker: Asker, page: Page, question: str, kb: KnowledgeBase, *more: SiteKind
) -> tuple[ComplaintSite, ...]:
    """Places to work on, asked until all of a line can be used; ``more`` kinds may be named too."""
    while isinstance(places := named_places(asker.write(question), kb, (*WORKED_ON, *more)), str):
        page.line(places, "caution")
    return places


def named_places(
    text: str, kb: KnowledgeBase, kinds: tuple[SiteKind, ...]
) -> tuple[ComplaintSite, ...] | str:
    """The places of a line, in its order; or a sentence that says what cannot be used."""
    found = []
    for part in (part.strip() for part in text.split(",") if part.strip()):
        place = _place(part, kb, kinds)
        if isinstance(place, str):
            return place
        found.append(place)
    return tuple(dict.fromkeys(found))


def _place(part: str, kb: KnowledgeBase, kinds: tuple[SiteKind, ...]) -> ComplaintSite | str:
    words, side = side_behind(part)
    site = _site(words, kb, kinds)
    if isinstance(site, str):
        return site
    if kb.is_sided(site.id) and side is None:
        return f"{site.label} has two sides: add r, l or b."
    return ComplaintSite(site=site.id, side=side if kb.is_sided(site.id) else None)


def _site(words: str, kb: KnowledgeBase, kinds: tuple[SiteKind, ...]) -> Site | str:
    found = find_places(words, kb, kinds)
    exact = [site for site in found if closeness(folded(words), names_of(site)) == EXACT]
    if len(exact) == 1 or len(found) == 1:
        return (exact or list(found))[0]
    if not found:
        return "One of them is not a place that is known here."
    names = "; ".join(site.label for site in found[:MOST_SHOWN])
    return f"One of them could be: {names}. Say which."
