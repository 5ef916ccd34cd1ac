"""The plan: one line a place and purpose, in treatment order, before the filters look at it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from nmt_expert.assessment.explains import ComplaintZone, Explainer
from nmt_expert.assessment.referrals import filled
from nmt_expert.assessment.trace import Trace, drawn
from nmt_expert.model.assessment import ConclusionSide, Firing, Focus
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Rule, Treat


def regions_of(site: str | None, kb: KnowledgeBase) -> tuple[str, ...]:
    """The body regions a site lies in."""
    if site is None:
        return ()
    around = {site, *kb.ancestors.get(site, ())}
    return tuple(sorted(region for region in around if kb.sites[region].kind == "region"))


Line = tuple[Firing, Treat]


def focus_lines(
    trace: Trace, explainer: Explainer, hurting: Iterable[ComplaintZone]
) -> tuple[Focus, ...]:
    """Every focus that the plan rules drew, one line for a place, side and step of the order.

    Rules that treat the same place at the same step become one line; a line that is the same for
    left and right becomes one for both. Of one step, what more rules speak for comes first. What
    lies under, or refers to, any complaint of its side is not distant, though a rule found it
    remote from another: such a line is left out.
    """
    hurting = tuple(hurting)
    grouped: dict[tuple[int, str, str], list[Line]] = defaultdict(list)
    for firing in trace.firings:
        rule = trace.kb.rules[firing.rule]
        bindings = {f"${name}": value for name, value in firing.bindings.items()}
        if rule.role == "focus":
            for item in drawn(rule, bindings, trace.kb):
                if isinstance(item.outcome, Treat) and not (
                    item.outcome.distant and explainer.is_near(item.site, item.side, hurting)
                ):
                    key = (item.outcome.order, item.site or "", item.side or "")
                    grouped[key].append((firing, item.outcome))
    merged = _both_sides(grouped)
    in_order = sorted(merged, key=lambda key: (key[0], -_reasons(merged[key]), key))
    return tuple(_focus(key, merged[key], trace) for key in in_order)


def _reasons(lines: list[Line]) -> int:
    """How many rules speak for a line: of one step, what has more reasons comes first."""
    return len({firing.rule for firing, _ in lines})


def techniques_of(rule: Rule) -> frozenset[str]:
    """The techniques that a plan rule proposes."""
    treating = (each for each in rule.then if isinstance(each, Treat))
    return frozenset(name for each in treating for name in each.technique)


def _both_sides(
    grouped: Mapping[tuple[int, str, str], list[Line]],
) -> dict[tuple[int, str, str], list[Line]]:
    merged: dict[tuple[int, str, str], list[Line]] = {}
    for (order, site, side), lines in grouped.items():
        twin = grouped.get((order, site, _OPPOSITE[side])) if side else None
        if twin and {f.rule for f, _ in twin} == {f.rule for f, _ in lines}:
            merged[order, site, "both"] = sorted([*lines, *twin], key=lambda line: line[0].n)
        else:
            merged[order, site, side] = lines
    return merged


def bans_of(trace: Trace) -> Mapping[str, frozenset[str]]:
    """Techniques that a plan rule bans at a site (a muscle already long is not stretched).

    Under ``""`` stands what a rule without a site bans in the whole session.
    """
    bans: dict[str, set[str]] = defaultdict(set)
    for firing in trace.firings:
        bindings = {f"${name}": value for name, value in firing.bindings.items()}
        for item in drawn(trace.kb.rules[firing.rule], bindings, trace.kb):
            if isinstance(item.outcome, Treat):
                bans[item.site or ""] |= set(item.outcome.bans)
    return {site: frozenset(names) for site, names in bans.items()}


_OPPOSITE = {"left": "right", "right": "left"}
_PRINTED: dict[str, ConclusionSide | None] = {
    "": None, "left": "left", "right": "right", "both": "both"
}  # fmt: skip


def _focus(key: tuple[int, str, str], lines: list[Line], trace: Trace) -> Focus:
    order, site, side = key
    said = (filled(treat.treat, firing.bindings, trace.kb) for firing, treat in lines)
    doses = [treat.dose for _, treat in lines if treat.dose]
    return Focus(
        order=order,
        site=site or None,
        region=regions_of(site or None, trace.kb),
        side=_PRINTED[side],
        treat=" ".join(f"{text.rstrip('.')}." for text in dict.fromkeys(said)),
        technique=tuple(dict.fromkeys(name for _, treat in lines for name in treat.technique)),
        dose=" ".join(f"{dose.rstrip('.')}." for dose in dict.fromkeys(doses)) or None,
        because=tuple(dict.fromkeys(trace.kb.rules[firing.rule].because for firing, _ in lines)),
        cautions=(),
        distant=any(treat.distant for _, treat in lines),
        firings=tuple(sorted({firing.n for firing, _ in lines})),
    )
