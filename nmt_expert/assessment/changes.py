"""Which answers could be otherwise: those still open on which something depends, those in doubt,
and those given, what the result rests on first."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from nmt_expert.assessment.applied import written
from nmt_expert.assessment.possible import Possible
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import FactToken, Known, RawFiring, Token
from nmt_expert.engine.facts import tokens_of
from nmt_expert.model.assessment import Input
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.rule import Advise, Refer

Changes = tuple[Answer, ...]
MOST_ANSWERS = 2
DEEPEST = 3
"""Candidates of candidates that are followed."""


def could_matter(could: Possible) -> list[Changes]:
    """One or two open answers that would fire a rule for a referral or for evidence.

    The fewest answers first, then the most urgent referrals, then evidence.
    """
    open_ = _Open(could)
    found: dict[tuple[str, ...], tuple[int, Changes]] = {}
    for raw in could.undecided:
        rank = _rank(raw, could)
        if rank is None:
            continue
        for change in open_.ways(raw):
            key = tuple(map(written, change))
            found[key] = min((rank, change), found.get(key, (rank, change)), key=lambda p: p[0])
    ordered = sorted(found.items(), key=lambda item: (len(item[0]), item[1][0], item[0]))
    return [change for _, (_, change) in ordered]


def _rank(raw: RawFiring, could: Possible) -> int | None:
    """How urgent a rule's referral is; evidence after all referrals; None for any other rule."""
    rule = could.kb.rules[raw.rule]
    if rule.role in ("support", "oppose"):
        return len(URGENCIES)
    ranks = [URGENCIES.index(one.urgency) for one in rule.then if isinstance(one, Refer)]
    ranks += [len(URGENCIES) - 1 for one in rule.then if isinstance(one, Advise) and one.to]
    return min(ranks, default=None)


class _Open:
    """The open answers that would assert what a possible firing lacks."""

    def __init__(self, could: Possible) -> None:
        self._could = could

    def ways(self, raw: RawFiring, above: frozenset[str] = frozenset()) -> list[Changes]:
        """The small sets of open answers that would fire it."""
        ways = (self._lacking(activated, above | {raw.rule}) for activated in raw.activations)
        found = {tuple(sorted(map(written, way))): way for way in ways if way}
        return [found[key] for key in sorted(found, key=lambda key: (len(key), key))]

    def _lacking(
        self, activated: Iterable[tuple[int, Token]], above: frozenset[str]
    ) -> Changes | None:
        lacking: dict[str, Answer] = {}
        for _, token in activated:
            if not isinstance(token, FactToken) or token in self._could.evidence.behind:
                continue
            answers = self._for(token, above)
            if answers is None:
                return None
            lacking |= {written(answer): answer for answer in answers}
        sound = 0 < len(lacking) <= MOST_ANSWERS
        return tuple(lacking[key] for key in sorted(lacking)) if sound else None

    def _for(self, token: FactToken, above: frozenset[str]) -> Changes | None:
        """The answers that assert a fact; None where no small set does."""
        if token.what == "finding":
            answer = self._asserting.get(token)
            return (answer,) if answer else None
        if token.what == "candidate":
            if token in self._could.actual.trace.candidates:
                return ()
            return next(iter(self._drawing(token, above)), None)
        return None

    def _drawing(self, token: FactToken, above: frozenset[str]) -> Iterator[Changes]:
        drawers = self._could.drawers.get(token, ()) if len(above) <= DEEPEST else ()
        for raw in drawers:
            if raw.rule not in above:
                yield from self.ways(raw, above)[:1]

    @cached_property
    def _asserting(self) -> dict[FactToken, Answer]:
        """For each fact an open answer that asserts it."""
        found: dict[FactToken, Answer] = {}
        kb = self._could.kb
        for _, item, place in self._could.open:
            for value in kb.findings[item.finding].values:
                known = Known("finding", item.finding, place.site, place.side, value)
                answer = Answer(finding=item.finding, site=place.site, side=place.side, value=value)
                for token in tokens_of(known, kb):
                    found.setdefault(token, answer)
        return found


def doubted(found: Reasoning) -> Iterator[Changes]:
    """Answers that were given with doubt: surely so, or otherwise."""
    for item in found.inputs:
        if item.sure != "sure" and _may_change(item):
            yield (_answer(item, item.value),)
            yield from _others(item, found)


def otherwise(found: Reasoning, first: Iterable[Input], case: Case) -> Iterator[Changes]:
    """Every answer that was given, with each other value.

    Those of ``first`` come before the others, and what was said in ``case`` before what was only
    taken to be normal.
    """
    names = {item.id for item in first}
    said = {(answer.finding, answer.site) for answer in case.answers}
    ordered = sorted(
        found.inputs, key=lambda item: (item.id not in names, (item.finding, item.site) not in said)
    )
    for item in ordered:
        if item.sure == "sure" and _may_change(item):
            yield from _others(item, found)


def _may_change(item: Input) -> bool:
    return not item.parked and not item.computed_from and item.value not in NON_ANSWERS


def _others(item: Input, found: Reasoning) -> Iterator[Changes]:
    """The other values, what is normal first; age and complaint are no answers to doubt."""
    finding, plan = found.kb.findings[item.finding], found.kb.plan
    if item.finding in (plan.age_finding, plan.complaint_finding):
        return
    for value in sorted(finding.values, key=lambda value: value != finding.normal):
        if value != item.value:
            yield (_answer(item, value),)


def _answer(item: Input, value: str) -> Answer:
    return Answer.model_validate(
        {"finding": item.finding, "site": item.site, "side": item.side, "value": value}
    )
