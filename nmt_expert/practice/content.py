"""Content: is the result right? Ranking, places, techniques, cautions; referrals beside it."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from nmt_expert.assessment.filters import filtered
from nmt_expert.assessment.plan import regions_of
from nmt_expert.model.assessment import Assessment, Focus, Withheld
from nmt_expert.model.practice import KeyFocus
from nmt_expert.model.rule import Candidate
from nmt_expert.model.words import place, technique, within
from nmt_expert.practice.events import PlannedFocus
from nmt_expert.practice.referring import referring
from nmt_expert.practice.remarks import Remark, Verdict, few, remark
from nmt_expert.practice.review import Review, rules_of

said = partial(remark, "content")


def content(review: Review) -> Iterator[Remark]:
    """Every remark on the result."""
    yield from referring(review)
    yield from _cautions(review)
    if review.sent_on:
        return
    yield from _ranking(review)
    yield from _focus(review)


def _cautions(review: Review) -> Iterator[Remark]:
    """The student's own plan goes through the filters that the engine's plan goes through."""
    lines = tuple(_line(one, review) for one in review.planned.focus)
    _, seen = filtered(lines, review.attempt.found.surroundings)
    _, held = filtered(lines, review.held.surroundings)
    unseen = [one for one in held if one not in seen and _grave(one.by, review.whole, review)]
    yield from _against(seen, review, review.seen)
    yield from _against(unseen, review, review.whole)


def _against(withheld: Iterable[Withheld], review: Review, result: Assessment) -> Iterator[Remark]:
    """One remark for each thing that stands in the way, with the lines of the plan it meets."""
    by: dict[str, list[Withheld]] = {}
    for one in withheld:
        by.setdefault(one.by, []).append(one)
    for name, met in by.items():
        named = few([_planned_line(one.focus, review) for one in met])
        unasked = " It was never asked for." if result is review.whole else ""
        says = f"Treated despite a caution: {named}. {met[0].reason}{unasked}"
        verdict: Verdict = "unsafe" if _grave(name, result, review) else "questionable"
        yield said(verdict, "caution", says, _rules_named(name, review, result))


def _planned_line(focus: Focus, review: Review) -> str:
    """``gliding strokes at upper trapezius, right``."""
    what = within(technique(review.kb, focus.technique[0]))
    return f"{what} at {within(place(review.kb, focus.site, focus.side))}"


def _grave(name: str, result: Assessment, review: Review) -> bool:
    """Whether what stands in the way forbids the place, and not only a technique there."""
    forbidding = {one.caution for one in result.cautions if one.scope != "modify"}
    forbidding |= {one.flag for one in result.referrals if one.suppress}
    return name in forbidding | {review.kb.plan.cleared_by}


def _rules_named(name: str, review: Review, result: Assessment) -> tuple[str, ...]:
    """The rules behind a caution or referral, by its name; else those that could clear a place."""
    firings = [n for one in result.cautions if one.caution == name for n in one.firings]
    firings += [n for one in result.referrals if one.flag == name for n in one.firings]
    return rules_of(result, firings) or tuple(
        rule.id
        for rule in review.kb.rules.values()
        if any(isinstance(o, Candidate) and o.candidate == name for o in rule.then)
    )


def _line(one: PlannedFocus, review: Review) -> Focus:
    """A place of the student's plan, as the engine writes its own."""
    return Focus(
        order=1,
        site=one.site,
        region=regions_of(one.site, review.kb),
        side=one.side,
        treat=one.site,
        technique=(one.technique,),
        dose=None,
        because=(),
        cautions=(),
        distant=False,
        firings=(),
    )


def _ranking(review: Review) -> Iterator[Remark]:
    groups = review.attempt.case.key.factors
    if not groups:
        return
    kb, ranking = review.kb, review.final.ranking
    rules = tuple(dict.fromkeys(r.rule for one in review.carrying for r in one.for_ if r.counts))
    right = " or ".join(within(kb.factors[name].label) for name in groups[0])
    leader = review.final.leader
    leads = within(kb.factors[leader].label) if leader else "none of the five"
    if leader not in groups[0]:
        says = f"The leading factor is {right}, not {leads}."
        yield said("questionable", "ranking", says, rules)
    elif wrong := _out_of_order(ranking, groups):
        named = " after ".join(within(kb.factors[name].label) for name in wrong)
        says = f"The leading factor is right ({leads}); further down, {named} was expected."
        yield said("acceptable", "ranking", says, rules)
    else:
        yield said("acceptable", "ranking", f"The ranking is right: {leads} leads.", rules)
    yield from _hedging(review)


def _hedging(review: Review) -> Iterator[Remark]:
    """Factors that were given a part, and that nothing found supports; several are no ranking."""
    known = {name for group in review.attempt.case.key.factors for name in group}
    known |= {one.factor for one in review.seen.factors if one.band != "not_supported"}
    idle = [name for name in review.final.ranking[1:] if name not in known]
    if idle:
        named = "; ".join(within(review.kb.factors[name].label) for name in idle)
        says = f"Given a part, though nothing found speaks for it: {named}."
        rules = tuple(rule for name in idle for rule in review.speaking(name, "support")[:1])
        yield said("questionable" if len(idle) > 1 else "acceptable", "hedging", says, rules)


def _out_of_order(
    ranking: tuple[str, ...], groups: tuple[tuple[str, ...], ...]
) -> tuple[str, str] | None:
    """The first two factors of the ranking that the key has the other way round."""
    at = {name: n for n, group in enumerate(groups) for name in group}
    known = [name for name in ranking if name in at]
    pairs = pairwise(known)
    return next(((a, b) for a, b in pairs if at[a] > at[b]), None)


def _focus(review: Review) -> Iterator[Remark]:
    planned, key = review.planned.focus, review.attempt.case.key
    if not key.focus:
        if planned:
            says = "Hands-on treatment was planned, and there is none in this case."
            yield said("questionable", "focus", says, _withholding(review))
        return
    for wanted in key.focus:
        here = [one for one in planned if _same(one, wanted)]
        yield _place(wanted, bool(here), review)
        techniques = (_technique(one, wanted, review) for one in here)
        yield from (one for one in techniques if one)
    yield from _elsewhere(review)


def _place(wanted: KeyFocus, here: bool, review: Review) -> Remark:
    """A place of the key: treated, treated before anything found called for it, or not treated."""
    where = within(place(review.kb, wanted.site, wanted.side))
    rules = _planning(wanted.site, review)
    if not here:
        return said("questionable", "focus", f"Not treated: {where}.", rules)
    found = any(line.site == wanted.site for line in review.seen.focus)
    if not found and review.attempt.case.differs is None:
        says = f"Treated: {where}. It is right, but nothing you had found called for it: a guess."
        return said("questionable", "focus", says, rules)
    return said("acceptable", "focus", f"Treated: {where}.", rules)


def _withholding(review: Review) -> tuple[str, ...]:
    """The rules behind what takes treatment away in the whole case."""
    names = dict.fromkeys(one.by for one in review.whole.withheld)
    return tuple(rule for name in names for rule in _rules_named(name, review, review.whole))


def _technique(one: PlannedFocus, wanted: KeyFocus, review: Review) -> Remark | None:
    named = set(wanted.technique)
    fits = named | (set() if named and review.attempt.case.differs else _engines(wanted, review))
    what = technique(review.kb, one.technique)
    where = within(place(review.kb, one.site, None))
    rules = _planning(wanted.site, review)
    if not fits:  # neither the key nor the engine says with what
        return None
    if one.technique in fits:
        return said("acceptable", "technique", f"{what} fits {where}.", rules)
    better = ", ".join(within(technique(review.kb, name)) for name in sorted(named or fits))
    says = f"{what} at {where}: better {better}."
    return said("questionable", "technique", says, rules)


def _engines(wanted: KeyFocus, review: Review) -> set[str]:
    """What the engine would treat the place with, knowing what was asked, or everything."""
    planned = (*review.whole.focus, *review.seen.focus)
    lines = (line for line in planned if line.site == wanted.site)
    return {name for line in lines for name in line.technique}


def _elsewhere(review: Review) -> Iterator[Remark]:
    """Places that neither the key nor the engine would treat, all in one remark."""
    known: set[tuple[str, str | None]]
    known = {(one.site, one.side) for one in review.attempt.case.key.focus}
    known |= {(one.site, one.side) for one in review.whole.focus if one.site}
    kb = review.kb
    idle = [place(kb, one.site, one.side) for one in review.planned.focus if not _in(one, known)]
    if idle:
        says = f"Nothing found calls for treating {few([within(one) for one in idle])}."
        rules = rules_of(review.whole, (n for one in review.whole.focus for n in one.firings))
        yield said("questionable", "focus", says, rules)


def _in(one: PlannedFocus, known: set[tuple[str, str | None]]) -> bool:
    """Whether a place is among the known ones, on a side that it shares with one of them."""
    whole = {None, "both"}
    return any(
        one.site == site and (one.side == side or whole & {one.side, side}) for site, side in known
    )


def _same(one: PlannedFocus, wanted: KeyFocus) -> bool:
    return one.site == wanted.site and (
        one.side == "both" or wanted.side in (None, one.side, "both")
    )


def _planning(site: str, review: Review) -> tuple[str, ...]:
    """The rules by which the engine would treat a place."""
    whole = review.whole
    return rules_of(whole, (n for one in whole.focus if one.site == site for n in one.firings))
