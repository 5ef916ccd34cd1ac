"""Rank the five factors by what they explain; all five are always there."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.explains import ComplaintZone
from nmt_expert.assessment.weighing import Weighed, decimal_text
from nmt_expert.model.assessment import FactorStanding
from nmt_expert.model.base import BANDS, Band
from nmt_expert.model.knowledge import KnowledgeBase

_ORDER: tuple[Band, ...] = (*BANDS, "not_supported")


class Standing(NamedTuple):
    """What a factor is ranked by, best first when sorted."""

    misses_chief: bool
    band: int
    minus_net: Fraction
    minus_explained: int
    fixed: int


def ranked(
    results: Mapping[Key, Weighed],
    explained: Mapping[Key, tuple[ComplaintZone, ...]],
    ids: Mapping[Key, str],
    chief: tuple[ComplaintZone, ...],
    kb: KnowledgeBase,
) -> tuple[FactorStanding, ...]:
    """Order by: explains the chief complaint, band, certainty, complaints explained, file order."""
    keys = {factor: [k for k in results if kb.conclusions[k.conclude].factor == factor]
            for factor in kb.factors}  # fmt: skip
    standings = {
        factor: _standing(keys[factor], results, explained, chief, fixed)
        for fixed, factor in enumerate(kb.factors)
    }
    ordered = sorted(kb.factors, key=lambda factor: standings[factor])
    return tuple(
        FactorStanding(
            factor=factor,
            rank=rank,
            band=_ORDER[standings[factor].band],
            certainty=decimal_text(-standings[factor].minus_net),
            explains=_explained_by(keys[factor], results, explained),
            conclusions=tuple(
                dict.fromkeys(
                    ids[k] for k in sorted(keys[factor], key=lambda k: (-results[k].net, k))
                )
            ),
        )
        for rank, factor in enumerate(ordered, start=1)
    )


def _standing(
    keys: list[Key],
    results: Mapping[Key, Weighed],
    explained: Mapping[Key, tuple[ComplaintZone, ...]],
    chief: tuple[ComplaintZone, ...],
    fixed: int,
) -> Standing:
    best = [
        (
            results[key].band == "not_supported" or not set(chief) & set(explained[key]),
            _ORDER.index(results[key].band),
            -results[key].net,
        )
        for key in keys
    ]
    count = len(_zones(keys, results, explained))
    misses, band, minus_net = min(best, default=(True, len(_ORDER) - 1, Fraction(0)))
    return Standing(misses, band, min(minus_net, Fraction(0)), -count, fixed)


def _zones(
    keys: list[Key],
    results: Mapping[Key, Weighed],
    explained: Mapping[Key, tuple[ComplaintZone, ...]],
) -> list[ComplaintZone]:
    supported = (key for key in keys if results[key].band != "not_supported")
    return list(dict.fromkeys(zone for key in supported for zone in explained[key]))


def _explained_by(
    keys: list[Key],
    results: Mapping[Key, Weighed],
    explained: Mapping[Key, tuple[ComplaintZone, ...]],
) -> tuple[str, ...]:
    return tuple(zone.id for zone in sorted(_zones(keys, results, explained)))
