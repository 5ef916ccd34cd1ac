"""Reasoning: did the mind follow the evidence? Closure, anchoring, reasons, certainty."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from nmt_expert.assessment import Reasoning
from nmt_expert.model.assessment import Firing
from nmt_expert.model.base import BANDS, Band
from nmt_expert.model.words import BAND_WORDS, drawn, within
from nmt_expert.practice.attempt import Attempt, key_of
from nmt_expert.practice.events import Asked, Committed
from nmt_expert.practice.remarks import Remark, remark
from nmt_expert.practice.review import Review

said = partial(remark, "reasoning")

MOST_RULES = 4
MOST_NAMED = 3


def reasoning(review: Review) -> Iterator[Remark]:
    """Every remark on how the conclusion was come to."""
    if review.sent_on:
        return
    yield from _closure(review)
    yield from _anchoring(review)
    yield from _reasons(review)
    yield from _certainty(review)
    yield from _minds(review)


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
    named = "; ".join(within(drawn(review.kb, id)) for id in rivals[:MOST_NAMED])
    more = f"; {len(rivals)} in all" if len(rivals) > MOST_NAMED else ""
    waiting = [one for one in review.seen.undecided if set(one.draws).intersection(rivals)]
    rules = tuple(dict.fromkeys(one.rule for one in waiting))[:MOST_RULES]
    says = f"Premature closure: you concluded while a rival was open: {named}{more}."
    yield said("questionable", "premature_closure", says, rules)


# Unmoved by the evidence


def _anchoring(review: Review) -> Iterator[Remark]:
    """The first ranking kept although what was found since speaks for another."""
    moments = [*_moments(review.attempt)]
    if len(moments) < 2:
        return
    right = review.attempt.case.key.factors[:1]
    for (before, was), (after, now) in pairwise(moments):
        leader = after.leader
        if leader is None or before.leader != leader or (right and leader in right[0]):
            continue
        rival = _overtaken_by(leader, now)
        contrary = _since(was, now, leader, rival) if rival else ()
        if rival and contrary:
            kb = review.kb
            held, better = (within(kb.factors[name].label) for name in (leader, rival))
            says = (
                f"Anchoring: {held} stayed first although what was found since speaks for {better}."
            )
            yield said("questionable", "anchoring", says, contrary)
            return


def _moments(attempt: Attempt) -> Iterator[tuple[Committed, Reasoning]]:
    """Each ranking with what was known when it was given."""
    count = 0
    steps = attempt.interview.steps
    given = len(steps) - len(attempt.of(Asked))
    for event in attempt.events:
        if isinstance(event, Asked):
            count += 1
        elif isinstance(event, Committed):
            yield event, attempt.after(steps[: given + count]).found


def _overtaken_by(leader: str, found: Reasoning) -> str | None:
    """The factor that the evidence puts before ``leader``; None where it is first or equal."""
    first = found.factors[0]
    bands = {one.factor: one.band for one in found.factors}
    return first.factor if _height(first.band) > _height(bands[leader]) else None


def _height(band: Band) -> int:
    return len(BANDS) - BANDS.index(band) if band in BANDS else 0


def _since(was: Reasoning, now: Reasoning, leader: str, rival: str) -> tuple[str, ...]:
    """The rules that fired since then for the rival, or against the leader."""
    before = {(one.rule, tuple(sorted(one.bindings.items()))) for one in was.firings}
    new = [
        one
        for one in now.firings
        if (one.rule, tuple(sorted(one.bindings.items()))) not in before
        and _speaks(one, now, leader, rival)
    ]
    return tuple(dict.fromkeys(one.rule for one in new))[:MOST_RULES]


def _speaks(one: Firing, found: Reasoning, leader: str, rival: str) -> bool:
    rule = found.kb.rules[one.rule]
    factors = {getattr(outcome, "factor", None) for outcome in rule.then}
    return (rule.role == "support" and rival in factors) or (
        rule.role == "oppose" and leader in factors
    )


# What was given as a reason


def _reasons(review: Review) -> Iterator[Remark]:
    """Each reason that was given is looked for behind the rules for and against the leader."""
    final, leader = review.final, review.final.leader
    if leader is None:
        return
    label = within(review.kb.factors[leader].label)
    if not final.pro:
        says = f"No finding was given for {label}."
        yield said("questionable", "reasons", says)
        return
    pro, rules = _speaking("support", leader, review)
    contra, _ = _speaking("oppose", leader, review)
    idle = [name for name in final.pro if name not in pro]
    if wrong := [name for name in final.pro if name in contra - pro]:
        says = f"Given for {label}, but it speaks against it: {_named(wrong, review)}."
        yield said("questionable", "reasons", says, rules)
    elif len(idle) == len(final.pro):
        says = f"Nothing that was given for {label} counts for it here: {_named(idle, review)}."
        yield said("questionable", "reasons", says, rules)
    elif idle:
        says = f"For {label} these count for nothing here: {_named(idle, review)}; the others do."
        yield said("acceptable", "reasons", says, rules)
    else:
        yield said("acceptable", "reasons", f"What was given for {label} does count.", rules)


def _speaking(role: str, factor: str, review: Review) -> tuple[set[str], tuple[str, ...]]:
    """The answers behind the rules of a role for a factor, and these rules."""
    kb, seen = review.kb, review.seen
    names, rules = set(), []
    for one in seen.firings:
        rule = kb.rules[one.rule]
        if rule.role == role and factor in {getattr(o, "factor", None) for o in rule.then}:
            names |= {name for met in one.met for name in met.by}
            rules.append(one.rule)
    candidates = {f"f{one.n}": one for one in seen.firings}
    while more := {n for name in names if name in candidates for met in candidates[name].met
                   for n in met.by} - names:  # fmt: skip
        names |= more
    keys = {
        f"{one.finding}{f'@{one.site}' if one.site else ''}{f':{side}' if side else ''}"
        for one in seen.inputs
        if one.id in names
        for side in (("left", "right") if one.side == "both" else (one.side,))
    }
    return keys, tuple(dict.fromkeys(rules))[:MOST_RULES]


def _named(keys: list[str], review: Review) -> str:
    labels = {key_of(a): review.kb.findings[a.finding].label for a in review.attempt.noted}
    return "; ".join(within(labels.get(key, key)) for key in keys[:MOST_NAMED])


# How sure, and what would change it


def _certainty(review: Review) -> Iterator[Remark]:
    final = review.final
    band = next((one.band for one in final.engine if one.factor == final.leader), None)
    if band and final.sure == "sure" and _height(band) < _height("moderate"):
        says = f"You were sure, and the evidence for it stands at {BAND_WORDS[band]}."
        yield said("questionable", "certainty", says)
    elif band and final.sure == "unsure" and band == "strong":
        says = "You were unsure, and the evidence for it is strong."
        yield said("acceptable", "certainty", says)


def _minds(review: Review) -> Iterator[Remark]:
    """What was named as able to change the mind, and could not."""
    given = [title for one in review.attempt.of(Committed) for title in one.mind]
    idle = [title for one in review.attempt.of(Committed) for title in one.idle]
    if given and len(idle) == len(given):
        named = "; ".join(within(title) for title in dict.fromkeys(idle))
        says = f"Named as able to change your mind, but nothing depended on it: {named}."
        yield said("questionable", "change_of_mind", says)
