"""Content, first part: is the client sent to the right person, in time, and for a reason?"""

from collections.abc import Iterator
from functools import partial

from nmt_expert.model.base import Urgency
from nmt_expert.model.case import ExpectedReferral
from nmt_expert.model.words import URGENCY_WORDS, flag, some
from nmt_expert.practice.attempt import key_of
from nmt_expert.practice.events import PlannedReferral
from nmt_expert.practice.remarks import MOST_NAMED, Remark, remark
from nmt_expert.practice.review import Review, behind, rank, rules_of, sides

said = partial(remark, "content")


def referring(review: Review) -> Iterator[Remark]:
    """Every remark on the referrals: missed ones, those too much, and their reasons."""
    for needed in review.needed:
        yield from _needed(needed, review)
    yield from _too_much(review)
    given = (one for planned in review.planned.referrals for one in _grounds(planned, review))
    yield from dict.fromkeys(given)


def _needed(needed: ExpectedReferral, review: Review) -> Iterator[Remark]:
    """One referral that must be made: made in time, or not."""
    label, word = flag(review.kb, needed.flag), URGENCY_WORDS[needed.urgency]
    referred = review.referred
    enough = referred is not None and rank(referred) <= rank(needed.urgency)
    raised = any(one.flag == needed.flag for one in review.seen.referrals)
    rules = review.raising(needed.flag)
    if raised and enough:
        yield said("acceptable", "referral", f"Referred: {label} ({word}).", rules)
    elif review.kb.flags[needed.flag].kind == "red_flag":
        why = "it was found" if raised else "it was never asked for"
        done = f"the referral is {URGENCY_WORDS[referred]}" if referred else "nobody is told"
        says = f"Missed red flag: {label}. It needs {word}; {why}, and {done}."
        yield said("unsafe", "red_flag", says, rules)
    elif not enough:
        yield said("questionable", "referral", f"Not referred: {label} ({word}).", rules)


# Too much


def _too_much(review: Review) -> Iterator[Remark]:
    """Sent on more urgently than anything in the case calls for.

    One step more than a red flag needs errs on the safe side; without one it alarms for nothing.
    """
    referred, called = review.referred, _called_for(review)
    if referred is None or (called is not None and rank(referred) >= rank(called)):
        return
    word = URGENCY_WORDS[referred]
    rules = _near_misses(review) or _behind_referrals(review)
    red = any(review.kb.flags[one.flag].kind == "red_flag" for one in review.needed)
    if red and called and rank(referred) == rank(called) - 1:
        says = f"Referred as {word}, where {URGENCY_WORDS[called]} is enough: on the safe side."
        yield said("acceptable", "over_referral", says, rules)
        return
    needs = URGENCY_WORDS[called] if called else "no referral"
    says = f"Over-referral: sent on as {word}; the findings call for {needs}."
    mild = referred == "routine"
    yield said("acceptable" if mild else "questionable", "over_referral", says, rules)


def _called_for(review: Review) -> Urgency | None:
    """The most urgent referral that the key or the whole case calls for."""
    raised = [one.urgency for one in review.whole.referrals]
    return min((*raised, *(one.urgency for one in review.needed)), key=rank, default=None)


def _near_misses(review: Review) -> tuple[str, ...]:
    """The rules of the flags that the case looks like, and does not have."""
    expect = review.attempt.case.expect
    alike = set(expect.not_raised if expect else ())
    return tuple(
        rule.id
        for rule in review.kb.rules.values()
        if alike & {getattr(outcome, "flag", None) for outcome in rule.then}
    )


def _behind_referrals(review: Review) -> tuple[str, ...]:
    numbers = (n for one in review.whole.referrals for n in one.firings)
    return rules_of(review.whole, numbers)


# For which reason


def _grounds(planned: PlannedReferral, review: Review) -> Iterator[Remark]:
    """Whether one of the findings given for a referral is behind any rule that refers."""
    if not planned.because:
        if review.attempt.noted and review.seen.referrals:
            says = f"No finding was given for the referral as {URGENCY_WORDS[planned.urgency]}."
            yield said("acceptable", "referral_reasons", says, _behind_referrals(review))
        return
    if not set(planned.because) & _counting(review):
        named = some(review.kb, planned.because, MOST_NAMED)
        says = (
            f"Nothing given for the referral as {URGENCY_WORDS[planned.urgency]} calls for one: "
            f"{named}."
        )
        yield said("questionable", "referral_reasons", says, _behind_referrals(review))


def _counting(review: Review) -> set[str]:
    """The answers that a rule which refers was met by, named as reasons are."""
    seen = review.seen
    fired = {n for one in seen.referrals for n in one.firings}
    inputs = [one for f in seen.firings if f.n in fired for one in behind(seen, f)]
    met = {(one.finding, one.site, side) for one in inputs for side in (*sides(one), one.side)}
    return {key_of(a) for a in review.attempt.noted if (a.finding, a.site, a.side) in met}
