"""Whether the interview may stop: three statements, each with what is left.

A band not yet known is an interval: low is today's for-side against the possible against-side, high
is the possible for-side against today's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.conclusions import Key, TwoSides
from nmt_expert.assessment.possible import Possible, item_key
from nmt_expert.assessment.weighing import Weighed, exact, net_of, side_of
from nmt_expert.model.assessment import (
    Closure,
    FocusClosure,
    PerpetuatingClosure,
    RedFlagClosure,
)
from nmt_expert.model.base import Side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, Refer, atoms

LEADERS = 3
"""How many leading conclusions must be settled; a session rarely treats more areas."""


@dataclass(frozen=True)
class Interval:
    """Where a conclusion's net certainty can still end."""

    low: Fraction
    high: Fraction


def intervals(possible: Possible) -> dict[Key, Interval]:
    """The interval of every conclusion that is or could be supported."""
    actual, kb = possible.actual, possible.kb
    could = drawing.gathered(possible.result.firings, actual.evidence, kb)
    return {
        key: _interval(actual.sides.get(key, TwoSides()), could[key], kb)
        for key in sorted(could)
        if could[key].supports
    }


def _interval(now: TwoSides, then: TwoSides, kb: KnowledgeBase) -> Interval:
    for_now, against_now = (side_of(w, kb.certainty) for w in (now.supports, now.opposes))
    for_then, against_then = (side_of(w, kb.certainty) for w in (then.supports, then.opposes))
    return Interval(net_of(for_now, against_then), net_of(for_then, against_now))


def closure(possible: Possible, ranges: Mapping[Key, Interval] | None = None) -> Closure:
    """Say what is asked, what is settled and what is covered; ``ranges`` are its intervals."""
    ranges = intervals(possible) if ranges is None else ranges
    red_flags, focus = _red_flags(possible), _focus(possible, ranges)
    return Closure(
        may_stop=red_flags.all_asked and focus.settled,
        red_flags=red_flags,
        focus=focus,
        perpetuating=_perpetuating(possible),
    )


def _red_flags(possible: Possible) -> RedFlagClosure:
    """Whether each finding of a red-flag rule was asked: answered in any way but ``later``."""
    wanted = red_flag_findings(possible.kb)
    open_keys = [
        item_key(item.finding, place.site, place.side)
        for _, item, place in possible.open
        if item.finding in wanted and _unasked(possible, item.finding, place.site, place.side)
    ]
    return RedFlagClosure(all_asked=not open_keys, open=tuple(dict.fromkeys(open_keys)))


def red_flag_findings(kb: KnowledgeBase) -> frozenset[str]:
    """The findings that some red-flag rule needs."""
    if "red_flag_findings" not in kb.derived:
        kb.derived["red_flag_findings"] = frozenset(_red_flag_findings(kb))
    needed: frozenset[str] = kb.derived["red_flag_findings"]
    return needed


def _red_flag_findings(kb: KnowledgeBase) -> Iterator[str]:
    return (
        atom.finding
        for rule in kb.rules.values()
        if any(isinstance(o, Refer) and o.kind == "red_flag" for o in rule.then)
        for atom in atoms(rule.when)
        if isinstance(atom, FindingCondition)
    )


def _unasked(possible: Possible, finding: str, site: str | None, side: Side | None) -> bool:
    answer = possible.evidence.answered(finding, site, side)
    return answer is None or answer.value == "later"


def _focus(possible: Possible, ranges: Mapping[Key, Interval]) -> FocusClosure:
    """Settled when no rival can still reach a leading conclusion, and no leader can still fall."""
    actual, kb = possible.actual, possible.kb
    moderate = exact(kb.certainty.bands["moderate"])
    chief = actual.chief
    relevant = {
        key: span for key, span in ranges.items()
        if not chief or actual.explainer.explains(key, chief)
    }  # fmt: skip
    leaders = _leaders(relevant, actual.weighed, moderate)
    rivals = [
        key for key, span in relevant.items()
        if key not in leaders and span.high >= moderate
        and (not leaders or any(_may_pass(key, one, relevant, actual.weighed) for one in leaders))
    ]  # fmt: skip
    falling = [key for key in leaders if relevant[key].low < moderate]
    changing = sorted({key.id for key in (*rivals, *falling)})
    return FocusClosure(
        settled=not changing,
        leading=tuple(actual.ids[key] for key in leaders),
        could_change=tuple(changing),
    )


def _may_pass(
    rival: Key, leader: Key, ranges: Mapping[Key, Interval], weighed: Mapping[Key, Weighed]
) -> bool:
    """Whether a rival can still come level with a leading conclusion, or above it.

    A leader may fall to a rival that is settled itself. Two that are level today, and can only
    part in the leader's favour, are no reason to go on.
    """
    high, low = ranges[rival].high, ranges[leader].low
    level_today = rival in weighed and weighed[rival].net == high and weighed[leader].net == low
    return high > low or (high == low and not level_today)


def _leaders(
    relevant: Mapping[Key, Interval], weighed: Mapping[Key, Weighed], moderate: Fraction
) -> list[Key]:
    strong = [key for key in relevant if key in weighed and weighed[key].net >= moderate]
    return sorted(strong, key=lambda key: (-weighed[key].net, key))[:LEADERS]


def _perpetuating(possible: Possible) -> PerpetuatingClosure:
    left = sorted(
        {
            outcome.flag
            for raw in possible.undecided
            for outcome in possible.kb.rules[raw.rule].then
            if isinstance(outcome, Refer) and outcome.kind == "perpetuating_factor"
        }
    )
    return PerpetuatingClosure(covered=not left, open=tuple(left))


__all__ = ["Interval", "closure", "intervals"]
