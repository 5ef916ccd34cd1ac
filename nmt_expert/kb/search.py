"""Finds entries by what a person types: parts of names, synonyms, abbreviations, small slips.

Capitals, accents, hyphens and underscores make no difference.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import Site, SiteKind
from nmt_expert.model.text import clean

T = TypeVar("T")
PLACES: tuple[SiteKind, ...] = ("zone", "region", "muscle", "nerve", "joint", "tendon")
LONGEST = 60
"""Characters that are looked at; nobody types more to find a name."""

EXACT, BEGINS, WORDS, INITIALS, WITHIN, MISSPELT = range(6)
"""How close a name is to what was typed; less is closer."""

_APART = re.compile(r"[\s_,()/-]+")
_ALIKE = 0.75
_SHORTEST_SLIP = 4
"""Letters: shorter words are too much like one another to be called misspelt."""


def find_places(
    text: str, kb: KnowledgeBase, kinds: Sequence[SiteKind] = PLACES
) -> tuple[Site, ...]:
    """The places of these kinds that ``text`` may mean, closest first; none for an empty text.

    Where two are as close, the order of ``kinds`` decides.
    """
    sites = [site for kind in kinds for site in kb.sites.values() if site.kind == kind]
    return best(text, sites, names_of)


def names_of(site: Site) -> tuple[str, ...]:
    """Everything a site may be found by."""
    return site.label, site.id, *site.synonyms


def best(
    text: str, things: Iterable[T], names: Callable[[T], Iterable[str]], loosest: int = MISSPELT
) -> tuple[T, ...]:
    """The things with a name like ``text``, closest first, else in their own order.

    Misspelt names count only where nothing else is found.
    """
    wanted = folded(text)
    if not wanted:
        return ()
    ranked = [(closeness(wanted, names(thing)), thing) for thing in things]
    found = [(rank, thing) for rank, thing in ranked if rank is not None and rank <= loosest]
    nearest = [pair for pair in found if pair[0] < MISSPELT] or found
    return tuple(thing for _, thing in sorted(nearest, key=lambda pair: pair[0]))


def closeness(wanted: str, names: Iterable[str]) -> int | None:
    """How close the closest of several names is to a folded text; None when none is like it."""
    ranks = (_of_one(wanted, folded(name)) for name in names)
    return min((rank for rank in ranks if rank is not None), default=None)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text in small letters without accents, with single spaces, and no longer than needed."""
    plain = unicodedata.normalize("NFKD", clean(text[: LONGEST * 2]))
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return _APART.sub(" ", bare.casefold()).strip()[:LONGEST]


def _of_one(wanted: str, name: str) -> int | None:
    words, parts = name.split(), wanted.split()
    if name == wanted:
        return EXACT
    if name.startswith(wanted):
        return BEGINS
    if all(any(word.startswith(part) for word in words) for part in parts):
        return WORDS
    if len(words) > 1 and wanted == "".join(word[0] for word in words):
        return INITIALS
    if all(part in name for part in parts):
        return WITHIN
    return MISSPELT if all(_slipped(part, words) for part in parts) else None


def _slipped(part: str, words: Iterable[str]) -> bool:
    """Whether a word was meant by something that differs in a letter or two."""
    if len(part) < _SHORTEST_SLIP:
        return part in words
    return any(
        part[0] == word[0]
        and abs(len(part) - len(word)) <= 2
        and SequenceMatcher(None, part, word).ratio() >= _ALIKE
        for word in words
    )
