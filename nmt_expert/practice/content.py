"""Content: is the result right? Ranking, places, techniques, referrals, cautions."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from nmt_expert.assessment.filters import filtered
from nmt_expert.assessment.plan import regions_of
from nmt_expert.model.assessment import Assessment, Focus, Withheld
from nmt_expert.model.base import URGENT
from nmt_expert.model.practice import KeyFocus
from nmt_expert.model.words import URGENCY_WORDS, flag, place, technique, within
from nmt_expert.practice.events import PlannedFocus
from nmt_expert.practice.remarks import Remark, Verdict, remark
from nmt_expert.practice.review import Review, rank, rules_of

said = partial(remark, "content")


def content(review: Review) -> Iterator[Remark]:
    """Every remark on the result."""
    yield from _referrals(review)
    yield from _cautions(review)
    if review.sent_on:
        return
    yield from _ranking(review)
    yield from _focus(review)


def _referrals(review: Review) -> Iterator[Remark]:
    referred, kb = review.referred, review.kb
    for needed in review.needed:
        label, word = flag(kb, needed.flag), URGENCY_WORDS[needed.urgency]
        red = kb.flags[needed.flag].kind == "red_flag"
        enough = referred is not None and rank(referred) <= rank(needed.urgency)
        raised = any(one.flag == needed.flag for one in review.seen.referrals)
        rules = review.raising(needed.flag)
        if raised and enough:
            yield said("acceptable", "referral", f"Referred: {label} ({word}).", rules)
        elif red:
            why = "it was found" if raised else "it was never asked for"
            done = f"the referral is {URGENCY_WORDS[referred]}" if referred else "nobody is told"
            says = f"Missed red flag: {label}. It needs {word}; {why}, and {done}."
            yield said("unsafe", "red_flag", says, rules)
        elif not enough:
            says = f"Not referred: {label} ({word})."
            yield said("questionable", "referral", says, rules)
    yield from _too_urgent(review)


def _too_urgent(review: Review) -> Iterator[Remark]:
    raised = [one.urgency for one in review.whole.referrals]
    most = min((*raised, *(one.urgency for one in review.needed)), key=rank, default=None)
    referred = review.referred
    if referred in URGENT and (most is None or rank(most) > rank(referred)):
        needs = URGENCY_WORDS[most] if most else "no referral"
        says = f"Referred as {URGENCY_WORDS[referred]}; the findings call for {needs}."
        yield said("questionable", "referral", says)


def _cautions(review: Review) -> Iterator[Remark]:
    """The student's own plan goes through the filters that the engine's plan goes through."""
    lines = tuple(_line(one, review) for one in review.planned.focus)
    _, seen = filtered(lines, review.attempt.found.surroundings)
    _, held = filtered(lines, review.held.surroundings)
    unseen = [one for one in held if one not in seen and _grave(one.by, review.whole, review)]
    yield from (_against(one, review, review.seen) for one in seen)
    yield from (_against(one, review, review.whole) for one in unseen)


def _against(one: Withheld, review: Review, result: Assessment) -> Remark:
    where = place(review.kb, one.focus.site, one.focus.side)
    what = within(technique(review.kb, one.focus.technique[0]))
    unasked = " It was never asked for." if result is review.whole else ""
    says = f"Treated despite a caution: {what} at {within(where)}. {one.reason}{unasked}"
    verdict: Verdict = "unsafe" if _grave(one.by, result, review) else "questionable"
    return said(verdict, "caution", says, _rules_named(one.by, result))


def _grave(name: str, result: Assessment, review: Review) -> bool:
    """Whether what stands in the way forbids the place, and not only a technique there."""
    forbidding = {one.caution for one in result.cautions if one.scope != "modify"}
    forbidding |= {one.flag for one in result.referrals if one.suppress}
    return name in forbidding | {review.kb.plan.cleared_by}


def _rules_named(name: str, result: Assessment) -> tuple[str, ...]:
    """The rules behind a caution or referral, by its name."""
    firings = [n for one in result.cautions if one.caution == name for n in one.firings]
    firings += [n for one in result.referrals if one.flag == name for n in one.firings]
    return rules_of(result, firings)


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


def _out_of_order(
    ranking: tuple[str, ...], groups: tuple[tuple[str, ...], ...]
) -> tuple[str, str] | None:
    """The first two factors of the ranking that the key has the other way round."""
    at = {name: n for n, group in enumerate(groups) for name in group}
    known = [name for name in ranking if name in at]
    pairs = pairwise(known)
    return next(((a, b) for a, b in pairs if at[a] > at[b]), None)


def _focus(review: Review) -> Iterator[Remark]:
    planned, key, kb = review.planned.focus, review.attempt.case.key, review.kb
    if not key.focus:
        if planned:
            says = "Hands-on treatment was planned, and there is none in this case."
            yield said("questionable", "focus", says)
        return
    for wanted in key.focus:
        where = place(kb, wanted.site, wanted.side)
        here = [one for one in planned if _same(one, wanted)]
        verdict: Verdict = "acceptable" if here else "questionable"
        says = f"Treated: {within(where)}." if here else f"Not treated: {within(where)}."
        yield said(verdict, "focus", says, _planning(wanted.site, review))
        techniques = (_technique(one, wanted, review) for one in here)
        yield from (one for one in techniques if one)
    yield from _elsewhere(review)


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
    """Places that neither the key nor the engine would treat."""
    known = {one.site for one in review.attempt.case.key.focus}
    known |= {one.site for one in review.whole.focus if one.site}
    for one in review.planned.focus:
        if one.site not in known:
            where = within(place(review.kb, one.site, one.side))
            yield said("questionable", "focus", f"Nothing found calls for treating {where}.")


def _same(one: PlannedFocus, wanted: KeyFocus) -> bool:
    return one.site == wanted.site and (
        one.side == "both" or wanted.side in (None, one.side, "both")
    )


def _planning(site: str, review: Review) -> tuple[str, ...]:
    """The rules by which the engine would treat a place."""
    whole = review.whole
    return rules_of(whole, (n for one in whole.focus if one.site == site for n in one.firings))
