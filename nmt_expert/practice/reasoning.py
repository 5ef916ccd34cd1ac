"""Reasoning: did the mind follow the evidence? Closure and anchoring; the reasons beside them."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from nmt_expert.assessment import Reasoning
from nmt_expert.model.assessment import Firing
from nmt_expert.model.words import drawn, within
from nmt_expert.practice.events import Committed
from nmt_expert.practice.reasons import height, reasons
from nmt_expert.practice.remarks import Remark, few, remark
from nmt_expert.practice.review import MOST_RULES, Review

said = partial(remark, "reasoning")


def reasoning(review: Review) -> Iterator[Remark]:
    """Every remark on how the conclusion was come to."""
    if review.sent_on:
        return
    yield from _closure(review)
    yield from _anchoring(review)
    yield from reasons(review)


# Concluded too early


def _closure(review: Review) -> Iterator[Remark]:
    """A rival is open when its band could still reach the leading ones."""
    leader = review.final.leader
    rivals = [
        id
        for id in review.seen.closure.focus.could_change
        if review.kb.conclusions[id.partition(":")[0]].factor != leader
    ]
    if not rivals:
        says = "Nothing that was still open could have overturned the ranking."
        yield said("acceptable", "premature_closure", says)
        return
    named = few([within(drawn(review.kb, id)) for id in rivals])
    says = f"Premature closure: you concluded while a rival was open: {named}."
    yield said("questionable", "premature_closure", says, _waiting(rivals, review))


def _waiting(rivals: list[str], review: Review) -> tuple[str, ...]:
    """The rules that could still have spoken on the rivals; those for them first."""
    waiting = [one.rule for one in review.seen.undecided if set(one.draws).intersection(rivals)]
    role = {rule: review.kb.rules[rule].role for rule in waiting}
    return tuple(sorted(role, key=lambda rule: role[rule] != "support"))[:MOST_RULES]


# Unmoved by the evidence


def _anchoring(review: Review) -> Iterator[Remark]:
    """The first ranking kept although what was found since speaks for another, or against it."""
    right = review.attempt.case.key.factors[:1]
    moments = [(one, at) for one, at in review.attempt.moments() if isinstance(one, Committed)]
    for (before, was), (after, now) in pairwise(moments):
        leader = after.leader
        if leader is None or before.leader != leader or (right and leader in right[0]):
            continue
        rival = _overtaken_by(leader, now.found)
        contrary = _since(was.found, now.found, leader, rival)
        if contrary and (rival or _fallen(leader, now.found)):
            held = within(review.kb.factors[leader].label)
            speaks = f"for {within(review.kb.factors[rival].label)}" if rival else "against it"
            says = f"Anchoring: {held} stayed first although what was found since speaks {speaks}."
            yield said("questionable", "anchoring", says, contrary)
            return


def _fallen(leader: str, found: Reasoning) -> bool:
    """Whether nothing supports the leader any more."""
    return any(f.factor == leader and f.band == "not_supported" for f in found.factors)


def _overtaken_by(leader: str, found: Reasoning) -> str | None:
    """The factor that the evidence puts before ``leader``; None where it is first or equal."""
    first = found.factors[0]
    bands = {one.factor: one.band for one in found.factors}
    return first.factor if height(first.band) > height(bands[leader]) else None


def _since(was: Reasoning, now: Reasoning, leader: str, rival: str | None) -> tuple[str, ...]:
    """The rules that fired since then for the rival, or against the leader."""
    before = {(one.rule, tuple(sorted(one.bindings.items()))) for one in was.firings}
    new = [
        one
        for one in now.firings
        if (one.rule, tuple(sorted(one.bindings.items()))) not in before
        and _speaks(one, now, leader, rival)
    ]
    return tuple(dict.fromkeys(one.rule for one in new))[:MOST_RULES]


def _speaks(one: Firing, found: Reasoning, leader: str, rival: str | None) -> bool:
    rule = found.kb.rules[one.rule]
    factors = {getattr(outcome, "factor", None) for outcome in rule.then}
    return (rule.role == "support" and rival in factors) or (
        rule.role == "oppose" and leader in factors
    )
