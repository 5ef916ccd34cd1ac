"""Weighing for against against, in exact arithmetic: the one place where strengths become bands.

Strength words are numbers in ``knowledge/certainty.yml``. Within a group only the strongest counts.
For-side F = 1 - product(1 - s) over groups, against-side A likewise; the net is
(F - A) / (1 - min(F, A)). A conclusion whose counting supports are all capped never bands above the
highest cap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import prod

from nmt_expert.model.base import BANDS, STRENGTHS, Band, Strength
from nmt_expert.model.case import Sure
from nmt_expert.model.knowledge import Certainty

Cause = tuple[str, tuple[tuple[str, str], ...]]
"""The rule and bindings of a firing, before firings have numbers."""


@dataclass(frozen=True)
class Weight:
    """One piece of evidence: which firing, in which group, how strong a word, and any ceiling."""

    cause: Cause
    group: str
    strength: Strength | None
    ceiling: Band | None


@dataclass(frozen=True)
class Weighed:
    """The outcome: the net certainty, its band, and which firings counted."""

    net: Fraction
    band: Band
    counted: frozenset[Cause]


def lowered(strength: Strength, sure: Sure, certainty: Certainty) -> Strength | None:
    """The strength after an unsure answer; None when a weak one drops out."""
    index = STRENGTHS.index(strength) + certainty.unsure_steps[sure]
    return STRENGTHS[index] if index < len(STRENGTHS) else None


def weigh(supports: Sequence[Weight], opposes: Sequence[Weight], certainty: Certainty) -> Weighed:
    """Weigh the two sides and name the band."""
    for_side, for_counts = _side(supports, certainty)
    against_side, against_counts = _side(opposes, certainty)
    net = net_of(for_side, against_side)
    band = _capped(band_of(net, certainty), supports)
    return Weighed(net, band, for_counts | against_counts)


def net_of(for_side: Fraction, against_side: Fraction) -> Fraction:
    """The net of two sides, between -1 and 1."""
    return (for_side - against_side) / (1 - min(for_side, against_side))


def side_of(weights: Iterable[Weight], certainty: Certainty) -> Fraction:
    """One side's total over its groups."""
    return _side(list(weights), certainty)[0]


def band_of(net: Fraction, certainty: Certainty) -> Band:
    """The word for a net certainty."""
    for band in BANDS:
        if net >= exact(certainty.bands[band]):
            return band
    return "not_supported"


def _side(weights: Sequence[Weight], certainty: Certainty) -> tuple[Fraction, frozenset[Cause]]:
    strongest: dict[str, Weight] = {}
    for weight in sorted(weights, key=lambda w: w.cause):
        if weight.strength is None:
            continue
        held = strongest.get(weight.group)
        if held is None or _number(weight, certainty) > _number(held, certainty):
            strongest[weight.group] = weight
    total = 1 - prod((1 - _number(w, certainty) for w in strongest.values()), start=Fraction(1))
    return total, frozenset(w.cause for w in strongest.values())


def _number(weight: Weight, certainty: Certainty) -> Fraction:
    return exact(certainty.strengths[weight.strength]) if weight.strength else Fraction(0)


@cache
def exact(written: str) -> Fraction:
    """A number of ``knowledge/certainty.yml`` as it is written there."""
    return Fraction(written)


def _capped(band: Band, supports: Sequence[Weight]) -> Band:
    """Lower ``band`` to the highest cap when every support is capped."""
    caps = [weight.ceiling for weight in supports if weight.strength]
    if not caps or any(cap is None for cap in caps):
        return band
    order: tuple[Band, ...] = (*BANDS, "not_supported")
    highest = min(order.index(cap) for cap in caps if cap)
    return order[max(order.index(band), highest)]


def decimal_text(net: Fraction) -> str:
    """The net as text with three decimals, rounded half up, the same on every machine."""
    thousandths = (abs(net) * 1000 + Fraction(1, 2)).__floor__()
    sign = "-" if net < 0 and thousandths else ""
    return f"{sign}{thousandths // 1000}.{thousandths % 1000:03d}"
