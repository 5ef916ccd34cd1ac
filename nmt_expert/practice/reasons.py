"""Reasoning, second part: does what was given as a reason count, and how sure was the student?"""

from collections.abc import Iterator
from functools import partial

from nmt_expert.model.base import BANDS, Band
from nmt_expert.model.words import BAND_WORDS, some, within
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import Committed
from nmt_expert.practice.remarks import MOST_NAMED, Remark, remark
from nmt_expert.practice.review import Review, sides

said = partial(remark, "reasoning")


def reasons(review: Review) -> Iterator[Remark]:
    """Every remark on what was given for the ranking, how sure it was, what would change it."""
    if review.final.leader is not None:
        yield from _given(review, review.final.leader)
        yield from _certainty(review, review.final.leader)
    yield from _minds(review)


# What was given as a reason


def _given(review: Review, leader: str) -> Iterator[Remark]:
    """Each reason that was given is looked for behind the rules for and against the leader."""
    given, label = review.final.pro, within(review.kb.factors[leader].label)
    rules = review.speaking(leader, "support")
    if not given:
        yield said("questionable", "reasons", f"No finding was given for {label}.", rules)
        return
    pro, contra = _behind("support", leader, review), _behind("oppose", leader, review)
    idle = tuple(name for name in given if name not in pro)
    if wrong := tuple(name for name in given if name in contra - pro):
        says = f"Given for {label}, but it speaks against it: {_named(wrong, review)}."
        yield said("questionable", "reasons", says, review.speaking(leader, "oppose"))
    elif len(idle) == len(given):
        says = f"Nothing that was given for {label} counts for it here: {_named(idle, review)}."
        yield said("questionable", "reasons", says, rules)
    elif idle:
        says = f"For {label} these count for nothing here: {_named(idle, review)}; the others do."
        yield said("acceptable", "reasons", says, rules)
    else:
        yield said("acceptable", "reasons", f"What was given for {label} does count.", rules)


def _behind(role: str, factor: str, review: Review) -> set[str]:
    """The answers behind the rules of a role for a factor, through the candidates they need."""
    kb, seen = review.kb, review.seen
    fired = {f"f{one.n}": one for one in seen.firings}
    names: set[str] = set()
    more = {
        name
        for one in seen.firings
        if kb.rules[one.rule].role == role
        and factor in {getattr(o, "factor", None) for o in kb.rules[one.rule].then}
        for met in one.met
        for name in met.by
    }
    while more - names:
        names |= more
        more = {n for name in names if name in fired for met in fired[name].met for n in met.by}
    return {
        f"{one.finding}{f'@{one.site}' if one.site else ''}{f':{side}' if side else ''}"
        for one in seen.inputs
        if one.id in names
        for side in sides(one)
    }


def _named(keys: tuple[str, ...], review: Review) -> str:
    return some(review.kb, keys, MOST_NAMED)


# How sure, and what would change it


def height(band: Band) -> int:
    """Larger is stronger; nothing for what is not supported."""
    return len(BANDS) - BANDS.index(band) if band in BANDS else 0


def _certainty(review: Review, leader: str) -> Iterator[Remark]:
    """Sure of what is weak, or unsure of what is strong."""
    final = review.final
    band = next((one.band for one in final.engine if one.factor == leader), None)
    rules = review.speaking(leader, "support")
    if band and final.sure == "sure" and height(band) < height("moderate"):
        says = f"You were sure, and the evidence for it stands at {BAND_WORDS[band]}."
        yield said("questionable", "certainty", says, rules)
    elif band and final.sure == "unsure" and band == "strong":
        says = "You were unsure, and the evidence for it is strong."
        yield said("acceptable", "certainty", says, rules)


def _minds(review: Review) -> Iterator[Remark]:
    """What was named as able to change the mind, and could not."""
    given = [title for one in review.attempt.of(Committed) for title in one.mind]
    idle = {title: None for one in review.attempt.of(Committed) for title in one.idle}
    if given and len(idle) == len({*given}):
        named = "; ".join(within(title) for title in idle)
        says = f"Named as able to change your mind, but nothing depended on it: {named}."
        yield said("questionable", "change_of_mind", says, _decided(next(iter(idle)), review))


def _decided(title: str, review: Review) -> tuple[str, ...]:
    """The rules that use what was named, and on which it no longer had any bearing."""
    before: Iterator[Attempt] = (
        at
        for one, at in review.attempt.moments()
        if isinstance(one, Committed) and title in one.idle
    )
    options = (option for at in before for option in at.options if option.title == title)
    return next((review.using(option)[:MOST_NAMED] for option in options), ())
