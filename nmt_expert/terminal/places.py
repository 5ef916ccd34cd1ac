"""Places as a person looks for them: by their names, and by the muscles that are felt there."""

from collections.abc import Iterable
from typing import NamedTuple

from nmt_expert.kb.referral_map import ReferralMap, Referred
from nmt_expert.kb.search import INITIALS, MISSPELT, WORDS, closeness, folded, names_of
from nmt_expert.model.site import Site
from nmt_expert.terminal.asking import Row


class Found(NamedTuple):
    """A row that may be meant; ``via`` is the muscle it was found by, if it was not by its name."""

    row: Row
    via: Referred | None = None


def rows_found(rows: Iterable[Row], text: str) -> list[Found]:
    """The rows that ``text`` may mean: by name, then by muscle, then with the text anywhere.

    A misspelt name counts only where nothing else is found.
    """
    wanted = folded(text)
    ranked = [_ranked(row, wanted) for row in rows] if wanted else []
    meant = [pair for pair in ranked if pair is not None]
    near = [pair for pair in meant if pair[0] < _SLIP] or meant
    return [found for _, found in sorted(near, key=lambda pair: pair[0])]


_MUSCLE, _ANYWHERE, _SLIP = 10.0, 20.0, 30.0
"""How near a row is by its muscle, by letters within a name, by a misspelt name."""


def _ranked(row: Row, wanted: str) -> tuple[float, Found] | None:
    """A row with how near it is, less being nearer; None when it is not meant."""
    named = closeness(wanted, row.words)
    if named is not None and named <= INITIALS:
        return named, Found(row)
    for n, muscle in enumerate(row.muscles):
        rank = closeness(wanted, names_of(muscle.site))
        if rank is not None and rank <= WORDS:
            return _MUSCLE + rank + n / 100, Found(row, muscle)
    if named is None:
        return None
    return (_SLIP if named == MISSPELT else _ANYWHERE), Found(row)


def felt_lines(site: Site, maps: ReferralMap) -> tuple[str, ...]:
    """The referral maps of a place: the muscles felt in a zone, or where a muscle is felt."""
    match site.kind:
        case "zone":
            return _listed("Muscles that may be felt here", maps.muscles(site.id))
        case "muscle":
            return _listed("May be felt in", maps.zones(site.id))
    return ()


def _listed(title: str, found: tuple[Referred, ...]) -> tuple[str, ...]:
    kinds = dict.fromkeys(one.kind for one in found)
    return tuple(
        f"{title}{f' ({kind})' if kind else ''}: "
        + "; ".join(one.site.label for one in found if one.kind == kind)
        + "."
        for kind in kinds
    )
