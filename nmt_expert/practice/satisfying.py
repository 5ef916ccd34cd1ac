"""Answers that would meet a rule's conditions: one way at a time, in an order drawn by chance.

This proposes; whether the rule then fires is for the engine to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from random import Random
from typing import TypeVar

from nmt_expert.kb.contradictions import answers_said, contradictions
from nmt_expert.model.base import SIDES, opposite
from nmt_expert.model.case import Answer, AnswerSide
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    All,
    Any_,
    AtLeast,
    BandCondition,
    Candidate,
    CandidateCondition,
    Condition,
    FindingCondition,
    RelationCondition,
    Rule,
)
from nmt_expert.model.site import VARIABLE_KINDS, Relation

T = TypeVar("T")
Bindings = Mapping[str, str]
Way = tuple[Bindings, tuple[Answer, ...]]
"""Variables with what they stand for, and the answers that are needed so far."""

DEEP = 3
"""How far a candidate may rest on candidates."""


@dataclass(frozen=True)
class Satisfier:
    """Finds ways for ``kb``; ``chance`` decides which comes first."""

    kb: KnowledgeBase
    chance: Random
    needs: Mapping[str, str]
    """Findings that are only at sites from which a relation leads somewhere."""

    def ways(self, condition: Condition, way: Way, depth: int = 0) -> Iterator[Way]:
        """Every way on from ``way`` that meets the condition, without contradiction."""
        match condition:
            case All(all=parts):
                yield from self._all(parts, way, depth)
            case Any_(any=parts):
                for part in self._shuffled(parts):
                    yield from self.ways(part, way, depth)
            case AtLeast(at_least=counted):
                some = self._shuffled(counted.of)[: counted.count]
                yield from self._all(tuple(some), way, depth)
            case FindingCondition():
                yield from self._finding(condition, way)
            case RelationCondition():
                yield from self._relation(condition, way)
            case CandidateCondition():
                yield from self._candidate(condition, way, depth)
            case BandCondition():
                return

    def _all(self, parts: tuple[Condition, ...], way: Way, depth: int) -> Iterator[Way]:
        """Relations first: they say which places can be meant."""
        if not parts:
            yield way
            return
        part = min(parts, key=lambda one: _rank(one, way[0]))
        rest = tuple(one for one in parts if one is not part)
        for on in self.ways(part, way, depth):
            yield from self._all(rest, on, depth)

    def _finding(self, wanted: FindingCondition, way: Way) -> Iterator[Way]:
        finding = self.kb.findings[wanted.finding]
        for bindings, site in self._sites(wanted.site, finding.site, way[0]):
            if not self._has_what_it_takes(finding.id, site):
                continue
            for bound, side in self._sides(wanted.side, finding, site, bindings):
                for value in self._shuffled(wanted.wanted):
                    answer = Answer(
                        finding=finding.id, site=site, side=side, value=self._told(finding, value)
                    )
                    needs = (*way[1], answer)
                    if answer in way[1]:
                        yield bound, way[1]
                    elif self.agree(needs):
                        yield bound, needs

    def agree(self, answers: Iterable[Answer]) -> bool:
        """Whether all of them can be true of one client."""
        return not any(True for _ in contradictions(answers_said(answers), self.kb))

    def _told(self, finding: Finding, value: str) -> str | int | float:
        """A band as a whole number within it, or where none is, as its middle."""
        if finding.number is None:
            return value
        low, high = finding.number.bands[value]
        whole = range(ceil(low), ceil(high))
        return self.chance.choice(whole) if whole else round((low + high) / 2, 2)

    def _sites(
        self, term: str | None, kinds: tuple[str, ...], bindings: Bindings
    ) -> Iterator[tuple[Bindings, str | None]]:
        if term is None:
            yield bindings, None
        elif not term.startswith("$"):
            site = self.kb.sites[term]
            inside = [s.id for s in self.kb.of_kind(term) if s.kind in kinds]
            exact = not inside or "zone" not in kinds or site.kind == "zone"
            for one in [term] if exact else self._shuffled(inside):
                yield bindings, one
        elif term in bindings:
            yield bindings, bindings[term]
        else:
            for one in self._shuffled(self._of_variable(term)):
                yield {**bindings, term: one}, one

    def _of_variable(self, term: str) -> list[str]:
        return [s.id for s in self.kb.sites.values() if s.kind in VARIABLE_KINDS[term]]

    def _sides(
        self, term: str, finding: Finding, site: str | None, bindings: Bindings
    ) -> Iterator[tuple[Bindings, AnswerSide | None]]:
        sided = self.kb.is_sided(site) if finding.sided == "site" else bool(finding.sided)
        if not sided:
            yield bindings, None
            return
        if term in SIDES:
            yield bindings, "left" if term == "left" else "right"
            return
        bound = bindings.get("$side") or self.chance.choice(SIDES)
        kept = bindings if term == "any" else {**bindings, "$side": bound}
        side = opposite("left" if bound == "left" else "right") if term == "$other" else bound
        yield kept, "left" if side == "left" else "right"

    @cached_property
    def _pairs(self) -> dict[str, list[Relation]]:
        found: dict[str, list[Relation]] = {}
        for pair in self.kb.relations:
            found.setdefault(pair.relation, []).append(pair)
        return found

    def _relation(self, wanted: RelationCondition, way: Way) -> Iterator[Way]:
        bindings, needs = way
        start, end = (bindings.get(term, term) for term in (wanted.from_, wanted.to))
        holding = [
            pair
            for pair in self._pairs.get(wanted.relation, ())
            if (pair.side, pair.kind) == (wanted.side, wanted.kind or pair.kind)
            and self._fits(start, pair.from_)
            and self._fits(end, pair.to)
        ]
        for pair in self._shuffled(holding):
            ends = {wanted.from_: pair.from_, wanted.to: pair.to}
            named = {term: site for term, site in ends.items() if term.startswith("$")}
            yield {**bindings, **named}, needs

    def _has_what_it_takes(self, finding: str, site: str | None) -> bool:
        """A nerve without a muscle cannot be weak, one without skin cannot be numb."""
        needed = self.needs.get(finding)
        return needed is None or any(pair.from_ == site for pair in self._pairs.get(needed, ()))

    def _fits(self, term: str, site: str) -> bool:
        return term == site or self.kb.sites[site].kind in VARIABLE_KINDS.get(term, ())

    def _candidate(self, wanted: CandidateCondition, way: Way, depth: int) -> Iterator[Way]:
        """A candidate is met through any rule that draws it."""
        if depth >= DEEP:
            return
        for bindings, site in self._sites(wanted.site, (), way[0]):
            side = bindings.get("$side")
            for rule, outcome in self._shuffled(self._drawing(wanted.candidate)):
                term = outcome.site
                if not (term == site or (term[:1] == "$" and self._fits(term, str(site)))):
                    continue
                own = {term: str(site)} if term[:1] == "$" else {}
                own |= {"$side": side} if side else {}
                for inner, needs in self.ways(rule.when, (own, way[1]), depth + 1):
                    kept = inner.get("$side")
                    bound = {**bindings, "$side": kept} if kept and not side else bindings
                    yield bound, needs

    def _drawing(self, candidate: str) -> list[tuple[Rule, Candidate]]:
        return [
            (rule, outcome)
            for rule in self.kb.rules.values()
            if rule.status != "retired"
            for outcome in rule.then
            if isinstance(outcome, Candidate) and outcome.candidate == candidate
        ]

    def _shuffled(self, items: Iterable[T]) -> list[T]:
        found = list(items)
        self.chance.shuffle(found)
        return found


def _rank(part: Condition, bindings: Bindings) -> int:
    """Which part to meet first: what is bound already, then what binds."""
    match part:
        case RelationCondition():
            loose = sum(t[:1] == "$" and t not in bindings for t in (part.from_, part.to))
            return loose
        case FindingCondition(site=site) | CandidateCondition(site=site):
            return 3 if site and site[:1] == "$" and site not in bindings else 1
    return 2
