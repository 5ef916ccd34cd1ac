"""Procedure: was it looked for in the right way? Safety, the value of each question, gaps."""

from collections.abc import Iterator
from functools import partial

from nmt_expert.model.assessment import Input
from nmt_expert.model.base import URGENT
from nmt_expert.model.words import answer, counted, flag, within
from nmt_expert.practice.events import NOTHING, WORTH, Asked, Hinted
from nmt_expert.practice.remarks import Remark, Verdict, remark
from nmt_expert.practice.review import Review, behind

said = partial(remark, "procedure")

EVERYONE = "safety"
"""The section whose questions everybody is asked."""
MOST_NAMED = 3
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
    if review.sent_on:
        yield said("acceptable", "safety_screen", "An urgent flag came up, and it was acted on.")
        return
    skipped = _unasked(review)
    if skipped:
        named = "; ".join(within(title) for title in skipped[:MOST_NAMED])
        more = f" and {len(skipped) - MOST_NAMED} more" if len(skipped) > MOST_NAMED else ""
        says = f"The safety screen was not finished. Never asked: {named}{more}."
        yield said("unsafe", "safety_screen", says, _waiting(review))
        return
    yield said("acceptable", "safety_screen", "The safety screen was asked in full.")
    open_flags = [one for one in review.seen.not_cleared if one.urgency in URGENT]
    if open_flags:
        named = "; ".join(within(flag(review.kb, one.flag)) for one in open_flags[:MOST_NAMED])
        more = f"; {len(open_flags)} in all" if len(open_flags) > MOST_NAMED else ""
        says = f"Not cleared when you concluded: {named}{more}."
        yield said("questionable", "not_cleared", says, _waiting(review))


def _unasked(review: Review) -> list[str]:
    """The titles of the questions for everyone that were left out."""
    left = [one for one in review.attempt.options if one.prompt.question.section == EVERYONE]
    return list(dict.fromkeys(one.title for one in left if one.worth < NOTHING))


def _waiting(review: Review) -> tuple[str, ...]:
    """The first rules of urgent flags that still wait for an answer."""
    urgent = {one.flag for one in review.seen.not_cleared if one.urgency in URGENT}
    waiting = (one.rule for one in review.seen.undecided if urgent.intersection(one.draws))
    return tuple(dict.fromkeys(waiting))[:MOST_NAMED]


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
    asked = review.attempt.of(Asked)
    lesser = [one for one in asked if one.better and one.worth < NOTHING]
    if not asked:
        return said("questionable", "value", "Nothing was asked or examined.")
    if not lesser:
        n = counted(len(asked), "question")
        return said("acceptable", "value", f"Of {n}, each was worth as much as any other then.")
    first = lesser[0]
    verdict: Verdict = "questionable" if 2 * len(lesser) > len(asked) else "acceptable"
    says = (
        f"{counted(len(lesser), 'question')} of {len(asked)} could wait: {within(first.title)} "
        f"{WORTH[first.worth]}, while {within(first.better)} {WORTH[first.best]}."
    )
    return said(verdict, "value", says)


def _useless(review: Review) -> Iterator[Remark]:
    idle = [one.title for one in review.attempt.of(Asked) if one.worth == NOTHING]
    if idle:
        many = len(idle) > USELESS_BEFORE_IT_MATTERS
        named = "; ".join(within(title) for title in idle[:MOST_NAMED])
        more = f" and {len(idle) - MOST_NAMED} more" if len(idle) > MOST_NAMED else ""
        says = f"Could change nothing when it was done: {named}{more}."
        yield said("questionable" if many else "acceptable", "useless", says)


def _hints(review: Review) -> Iterator[Remark]:
    hints = review.attempt.of(Hinted)
    if hints:
        cost = sum(one.minutes for one in hints)
        says = f"{counted(len(hints), 'hint')} taken, counted as {cost:g} minutes."
        yield said("acceptable", "hints", says)
