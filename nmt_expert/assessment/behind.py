"""Which answers a result rests on, read from its own trace."""

from collections.abc import Iterable

from nmt_expert.model.assessment import Assessment, Firing, Input
from nmt_expert.model.base import BANDS


def answers_behind(assessment: Assessment, firings: Iterable[int]) -> tuple[Input, ...]:
    """Every answer that these firings rest on, directly or through others, in their order."""
    seen = names_behind(assessment, firings)
    return tuple(given for given in assessment.inputs if given.id in seen)


def names_behind(assessment: Assessment, firings: Iterable[int]) -> frozenset[str]:
    """All that these firings rest on, as the trace names it, and they themselves (``f3``)."""
    fired = {f"f{firing.n}": firing for firing in assessment.firings}
    weighed = {
        drawn.id: [f"f{reason.firing}" for reason in (*drawn.for_, *drawn.against)]
        for drawn in assessment.conclusions
    }
    waiting, seen = [f"f{n}" for n in firings], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += weighed.get(name, ())
            waiting += met_by([fired[name]]) if name in fired else ()
    return frozenset(seen)


def drivers(assessment: Assessment) -> tuple[Input, ...]:
    """The answers behind every supported conclusion, every place of the plan, every referral."""
    weighed = [drawn for drawn in assessment.conclusions if drawn.band in BANDS]
    focus = [*assessment.focus, *(line.focus for line in assessment.withheld)]
    firings = [reason.firing for drawn in weighed for reason in (*drawn.for_, *drawn.against)]
    firings += [n for line in focus for n in line.firings]
    firings += [n for referral in assessment.referrals for n in referral.firings]
    return answers_behind(assessment, firings)


def met_by(firings: Iterable[Firing]) -> frozenset[str]:
    """All that met a condition of these firings, as the trace names it."""
    return frozenset(name for firing in firings for met in firing.met for name in met.by)
