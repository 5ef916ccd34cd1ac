"""Every outcome of a rule with one thing changed in it: what a slip would do to what it says."""

from collections.abc import Iterable, Iterator
from typing import Any

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Advise,
    Candidate,
    Caution,
    Conclude,
    Outcome,
    Refer,
    Treat,
)
from tests.proof.neighbours import after, beside, next_site

Slip = tuple[str, str, Outcome]

SUPPORT = ("hallmark", "strong", "moderate", "weak")
OPPOSE = ("decisive", *SUPPORT)
CEILINGS = ("weak", "moderate", None)
SCOPES = ("absolute", "local", "modify")


def slips(outcome: Outcome, role: str, kb: KnowledgeBase) -> Iterator[Slip]:
    """Every change of one thing in it; words that only a person reads are left alone."""
    match outcome:
        case Refer():
            yield from _refer(outcome, kb)
        case Caution():
            yield from _caution(outcome, kb)
        case Candidate():
            yield from _swap(outcome, "candidate", _conclusions(outcome.candidate, kb))
            yield from _place(outcome, kb)
        case Conclude():
            yield from _conclude(outcome, role, kb)
        case Treat():
            yield from _treat(outcome, kb)
        case Advise():
            yield from _swap(outcome, "advice", sorted(_advice(kb)))
            if outcome.to:
                yield _slip("conclusion", outcome, to=None)


def _refer(outcome: Refer, kb: KnowledgeBase) -> Iterator[Slip]:
    for urgency in beside(outcome.urgency, URGENCIES):
        yield _slip("urgency", outcome, urgency=urgency)
    yield from _fewer(outcome, "suppress", outcome.suppress)
    alike = [one.id for one in kb.flags.values() if one.kind == outcome.kind]
    yield from _swap(outcome, "flag", alike)
    kind = "perpetuating_factor" if outcome.kind == "red_flag" else "red_flag"
    yield _slip("conclusion", outcome, kind=kind)


def _caution(outcome: Caution, kb: KnowledgeBase) -> Iterator[Slip]:
    for scope in beside(outcome.scope, SCOPES):
        yield _slip("urgency", outcome, scope=scope)
    yield from _fewer(outcome, "bans", outcome.bans)
    yield from _fewer(outcome, "site", outcome.site)
    yield from _swap(outcome, "caution", [f.id for f in kb.flags.values() if f.kind == "caution"])


def _conclude(outcome: Conclude, role: str, kb: KnowledgeBase) -> Iterator[Slip]:
    for strength in beside(outcome.strength, SUPPORT if role == "support" else OPPOSE):
        yield _slip("strength", outcome, strength=strength)
    for ceiling in beside(outcome.ceiling, CEILINGS) if role == "support" else ():
        yield _slip("strength", outcome, ceiling=ceiling)
    other = after(outcome.conclude, _conclusions(outcome.conclude, kb))
    if other:
        factor = kb.conclusions[other].factor
        yield _slip("conclusion", outcome, conclude=other, factor=factor)
    yield _slip("conclusion", outcome, group=f"{outcome.group}_apart")
    yield from _place(outcome, kb)


def _treat(outcome: Treat, kb: KnowledgeBase) -> Iterator[Slip]:
    yield from _fewer(outcome, "technique", outcome.technique)
    yield from _fewer(outcome, "bans", outcome.bans)
    for order in beside(outcome.order, range(10)):
        yield _slip("threshold", outcome, order=order)
    yield _slip("conclusion", outcome, distant=not outcome.distant)
    yield from _place(outcome, kb)


def _place(outcome: Candidate | Conclude | Treat, kb: KnowledgeBase) -> Iterator[Slip]:
    if outcome.site and not outcome.site.startswith("$") and (other := next_site(outcome.site, kb)):
        yield _slip("conclusion", outcome, site=other)
    others = {"$side": "$other", "$other": "$side", "left": "right", "right": "left"}
    if outcome.side in others:
        yield _slip("side", outcome, side=others[outcome.side])


def _fewer(outcome: Outcome, key: str, names: tuple[str, ...]) -> Iterator[Slip]:
    """Each name of a list left out: what it held back is no longer held back."""
    for name in names:
        yield _slip("unknown as no", outcome, **{key: tuple(n for n in names if n != name)})


def _swap(outcome: Outcome, key: str, among: Iterable[str]) -> Iterator[Slip]:
    if other := after(getattr(outcome, key), among):
        yield _slip("conclusion", outcome, **{key: other})


def _slip(operator: str, outcome: Outcome, /, **changes: Any) -> Slip:
    told = "; ".join(f"{key} {_said(getattr(outcome, key))} becomes {_said(changes[key])}"
                     for key in changes)  # fmt: skip
    return operator, told, outcome.model_copy(update=changes)


def _said(value: Any) -> str:
    return "+".join(value) or "none" if isinstance(value, tuple) else str(value).lower()


def _conclusions(name: str, kb: KnowledgeBase) -> list[str]:
    here = kb.conclusions[name]
    return [
        one.id
        for one in kb.conclusions.values()
        if (one.site, one.candidate_only) == (here.site, here.candidate_only)
    ]


def _advice(kb: KnowledgeBase) -> set[str]:
    return {
        outcome.advice
        for rule in kb.rules.values()
        for outcome in rule.then
        if isinstance(outcome, Advise)
    }
