"""Cohen's kappa: agreement between two observers beyond what chance alone would bring."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from nmt_expert.model.base import Record

ENOUGH = 20
"""Pairs from which a kappa is shown. The limit is this program's own, not a published figure."""


class Agreement(Record):
    """How two observers of the same things agree.

    ``kappa`` is None below ``ENOUGH`` pairs, and where both always say the same one thing, so
    that chance alone explains everything.
    """

    pairs: int
    agreed: int
    kappa: float | None
    why_none: str = ""


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """What the pairs of judgements, one observer's and the other's, come to."""
    agreed = sum(first == second for first, second in pairs)
    found = cohens_kappa(pairs) if pairs else None
    why = ""
    if len(pairs) < ENOUGH:
        found, why = None, f"too few to say: {len(pairs)} of {ENOUGH}"
    elif found is None:
        why = "both always said the same"
    told = None if found is None else round(float(found), 3)
    return Agreement(pairs=len(pairs), agreed=agreed, kappa=told, why_none=why)


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> Fraction | None:
    """(observed - expected) / (1 - expected); None where the expected agreement is complete."""
    whole = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = Fraction(sum(one == other for one, other in pairs), whole)
    expected = Fraction(sum(first[name] * second[name] for name in first), whole * whole)
    return None if expected == 1 else (observed - expected) / (1 - expected)
