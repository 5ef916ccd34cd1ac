"""Procedure: was it looked for in the right way? Safety, the value of each question, gaps."""

from collections.abc import Iterator
from functools import partial

from nmt_expert.model.assessment import Input
from nmt_expert.model.base import URGENT
from nmt_expert.model.words import answer, counted, flag, within
from nmt_expert.practice.events import NOTHING, WORTH, Asked, Hinted
from nmt_expert.practice.options import Option
from nmt_expert.practice.remarks import MOST_NAMED, Remark, Verdict, few, remark
from nmt_expert.practice.review import Review, behind

said = partial(remark, "procedure")

EVERYONE = "safety"
"""The section whose questions everybody is asked."""
USELESS_BEFORE_IT_MATTERS = 2
"""So many questions that could change nothing are no remark; more are."""


def procedure(review: Review) -> Iterator[Remark]:
    """Every remark on the way the case was examined."""
    yield from _safety(review)
    if not review.sent_on:
        yield from _missed(review)
    yield _value(review)
    yield from _useless(review)
    yield from _hints(review)


def _safety(review: Review) -> Iterator[Remark]:
    """The screen for everyone. Only an emergency ends it: one may lie behind a same-day flag."""
    skipped = _unasked(review)
    if review.sent_on and (review.at_once or not skipped):
        flags = (one for one in review.seen.referrals if one.urgency in URGENT)
        rules = tuple(rule for one in flags for rule in review.raising(one.flag))
        says = "An urgent flag came up, and the client was sent on: the rest may wait."
        yield said("acceptable", "safety_screen", says, rules)
        return
    if skipped:
        titles = list(dict.fromkeys(within(one.title) for one in skipped))
        says = f"The safety screen was not finished. Never asked: {few(titles)}."
        yield said("unsafe", "safety_screen", says, _waited(skipped, review))
        return
    yield said("acceptable", "safety_screen", "The safety screen was asked in full.")
    open_flags = [one for one in review.seen.not_cleared if one.urgency in URGENT]
    if open_flags:
        named = few([within(flag(review.kb, one.flag)) for one in open_flags])
        says = f"Not cleared when you concluded: {named}."
        rules = tuple(rule for one in open_flags for rule in _raising(one.flag, review)[:1])
        yield said("questionable", "not_cleared", says, rules[:MOST_NAMED])


def _unasked(review: Review) -> list[Option]:
    """The questions for everyone that were left out."""
    left = [one for one in review.attempt.options if one.prompt.question.section == EVERYONE]
    return [one for one in left if one.worth < NOTHING]


def _waited(skipped: list[Option], review: Review) -> tuple[str, ...]:
    """For each question that is named, the most urgent rule that waited for it."""
    first = (review.waiting(option)[:1] for option in skipped[:MOST_NAMED])
    return tuple(dict.fromkeys(rule for found in first for rule in found))


def _raising(name: str, review: Review) -> tuple[str, ...]:
    """The rules of a flag that still waited for an answer."""
    waiting = (one.rule for one in review.seen.undecided if name in one.draws)
    return tuple(dict.fromkeys(waiting))


def _missed(review: Review) -> Iterator[Remark]:
    """Findings that the whole case's result rests on, and that were never looked for."""
    whole = review.whole
    firings = {one.n: one for one in whole.firings}
    told: set[str] = set()
    idle = _idle(review)
    for drawn in review.carrying:
        for reason in (*drawn.for_, *drawn.against):
            if not reason.counts:
                continue
            found = behind(whole, firings[reason.firing])
            lacking = [one for one in review.unknown(found) if one.id not in told | idle]
            if lacking:
                told |= {one.id for one in lacking}
                yield _gap(lacking, reason.rule, review)


def _idle(review: Review) -> set[str]:
    """The answers of the whole case that could have changed nothing any more at the end."""
    could = {
        (item.finding, place.site): option.worth
        for option in sorted(review.attempt.options, key=lambda option: -option.worth)
        for item in option.prompt.items
        for place in item.places
    }
    return {one.id for one in review.whole.inputs if could.get((one.finding, one.site)) == NOTHING}


def _gap(lacking: list[Input], rule: str, review: Review) -> Remark:
    named = "; ".join(within(answer(review.kb, one)) for one in lacking[:MOST_NAMED])
    says = f"Not looked for, and it decides: {named} ({within(review.kb.rules[rule].title)})."
    return said("questionable", "missed_finding", says, (rule,))


def _value(review: Review) -> Remark:
    """How the questions compare with the best that could be asked at each moment."""
    moments = [(one, at) for one, at in review.attempt.moments() if isinstance(one, Asked)]
    if not moments:
        best = review.attempt.best
        rules = review.waiting(best)[:MOST_NAMED] if best else ()
        return said("questionable", "value", "Nothing was asked or examined.", rules)
    lesser = [(one, at) for one, at in moments if one.better and one.worth < NOTHING]
    if not lesser:
        n = counted(len(moments), "question")
        return said("acceptable", "value", f"Of {n}, each was worth as much as any other then.")
    first, then = lesser[0]
    verdict: Verdict = "questionable" if 2 * len(lesser) > len(moments) else "acceptable"
    says = (
        f"{counted(len(lesser), 'question')} of {len(moments)} could wait: {within(first.title)} "
        f"{WORTH[first.worth]}, while {within(first.better)} {WORTH[first.best]}."
    )
    return said(verdict, "value", says, review.using(then.best)[:MOST_NAMED] if then.best else ())


def _useless(review: Review) -> Iterator[Remark]:
    moments = review.attempt.moments()
    idle = [(one, at) for one, at in moments if isinstance(one, Asked) and one.worth == NOTHING]
    if idle:
        many = len(idle) > USELESS_BEFORE_IT_MATTERS
        says = (
            f"Could change nothing when it was done: {few([within(one.title) for one, _ in idle])}."
        )
        first, then = idle[0]
        done = (option for option in then.options if option.prompt.id == first.step)
        rules = next((review.using(option)[:MOST_NAMED] for option in done), ())
        yield said("questionable" if many else "acceptable", "useless", says, rules)


def _hints(review: Review) -> Iterator[Remark]:
    hints = review.attempt.of(Hinted)
    if hints:
        cost = sum(one.minutes for one in hints)
        says = f"{counted(len(hints), 'hint')} taken, counted as {cost:g} minutes."
        yield said("acceptable", "hints", says)
