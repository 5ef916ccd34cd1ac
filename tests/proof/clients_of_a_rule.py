"""Smallest clients around a rule: who meets it in each way, and who lacks just one thing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeVar

from nmt_expert.engine import FactToken, RawFiring
from nmt_expert.engine.branches import Branch
from nmt_expert.engine.facts import LinkToken
from nmt_expert.model.base import Side, opposite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    BandCondition,
    CandidateCondition,
    Example,
    ExampleAnswer,
    FindingCondition,
    Given,
    PlacedCondition,
    RelationCondition,
    Rule,
    atoms,
)
from nmt_expert.model.site import VARIABLE_KINDS, Relation
from tests.proof.neighbours import beside

Bindings = dict[str, str]
Item = ExampleAnswer | Given
Line = tuple[Example, bool]
T = TypeVar("T")

LOOKED_AT = 400
"""Places that are looked at before a search is given up."""


@dataclass(frozen=True)
class Drafter:
    """Draws clients for one rule; what its own example binds is bound so here too."""

    rule: Rule
    kb: KnowledgeBase
    own: Iterable[RawFiring]

    @cached_property
    def _start(self) -> Bindings:
        listed, bound = list(atoms(self.rule.when)), {"$side": "right"}
        for raw in self.own:
            for number, token in next(iter(raw.activations)):
                bound |= _bound_by(listed[number], token)
            break
        return bound

    def lines(self, branch: Branch) -> Iterator[Line]:
        """Clients for one branch: those who fire the rule, and the near misses."""
        written = [atom for _, atom in branch]
        relations = [one for one in written if isinstance(one, RelationCondition)]
        placed = [one for one in written if not isinstance(one, RelationCondition)]
        terms = {one.site for one in placed if one.site and one.site.startswith("$")}
        for bound in self._bases(relations, terms):
            yield from self._around(placed, bound)
            for changed in self._related_otherwise(relations, terms, bound):
                yield _client([self._item(one, changed) for one in placed]), False

    def _around(self, placed: list[PlacedCondition], bound: Bindings) -> Iterator[Line]:
        items = [self._item(one, bound) for one in placed]
        yield _client(items), True
        for at, atom in enumerate(placed):
            for other in self._also_met(atom, items[at]):
                yield _client(_put(items, at, other)), True
        for at, atom in enumerate(placed):
            for less in self._not_met(atom, items[at]):
                yield _client(_put(items, at, less)), False

    def _bases(self, relations: list[RelationCondition], terms: set[str]) -> Iterator[Bindings]:
        """Places that meet the branch: the example's own, and others that tell more."""
        free = {"$side": "right"}
        own = self._first_of(relations, terms, self._start) or self._first_of(
            relations, terms, free
        )
        if own is None:
            return
        yield own
        for at, atom in enumerate(relations):
            for kind in self.kb.relation_tables[atom.relation].kinds if not atom.kind else ():
                tight = _put(relations, at, atom.model_copy(update={"kind": kind}))
                if found := self._first_of(tight, terms, free):
                    yield found
        sites = [one for name, one in own.items() if name != "$side"]
        apart: list[Callable[[Bindings], bool]] = []
        if any(not self.kb.sites[one].sided for one in sites):
            apart.append(self._is_sided)
        written = (one for one in atoms(self.rule.when) if isinstance(one, RelationCondition))
        if others := [one for one in written if one not in relations]:
            apart.append(self._without(others))
        for fits in apart:
            if found := self._first_of(relations, terms, free, fits):
                yield found

    def _first_of(
        self,
        relations: list[RelationCondition],
        terms: Iterable[str],
        start: Bindings,
        fits: Callable[[Bindings], bool] = lambda _: True,
    ) -> Bindings | None:
        """The first places that meet the relations and ``fits``, among as many as are looked at."""
        ways = (
            whole
            for found in self._assigned(relations, start)
            for whole in self._rest(sorted(terms), found)
        )
        return next((found for found in islice(ways, LOOKED_AT) if fits(found)), None)

    def _is_sided(self, bound: Bindings) -> bool:
        return all(self.kb.sites[s].sided for name, s in bound.items() if name != "$side")

    def _without(self, others: list[RelationCondition]) -> Callable[[Bindings], bool]:
        """Whether no other way of the rule could be met at these places."""
        return lambda bound: not any(self._hold([one], bound) for one in others)

    def _unmet(
        self, relations: list[RelationCondition], terms: set[str]
    ) -> Callable[[Bindings], bool]:
        """Whether the relations cannot hold for the places that somebody answers for."""
        return lambda bound: (
            not self._hold(relations, {name: site for name, site in bound.items() if name in terms})
        )

    def _hold(self, relations: list[RelationCondition], bound: Bindings) -> bool:
        return next(self._assigned(relations, bound), None) is not None

    def _assigned(self, left: list[RelationCondition], bound: Bindings) -> Iterator[Bindings]:
        if not left:
            yield bound
            return
        atom, *rest = left
        for row in self.kb.relations:
            if row.relation == atom.relation and row.side == atom.side and _kind_fits(atom, row):
                more = _matched({atom.from_: row.from_, atom.to: row.to}, bound, self.kb)
                if more is not None:
                    yield from self._assigned(rest, more)

    def _rest(self, terms: list[str], bound: Bindings) -> Iterator[Bindings]:
        """With every site for what no relation binds."""
        if not terms:
            yield bound
            return
        term, *rest = terms
        if term in bound:
            yield from self._rest(rest, bound)
            return
        for kind in VARIABLE_KINDS[term]:
            for site in self.kb.of_kind(kind):
                yield from self._rest(rest, {**bound, term: site.id})

    def _item(self, atom: PlacedCondition, bound: Bindings) -> Item:
        site = bound.get(atom.site, atom.site) if atom.site else None
        side = self._side(atom, site, bound)
        match atom:
            case CandidateCondition(candidate=name):
                return Given(candidate=name, site=site or "", side=side)
            case BandCondition(band=name, at_least=word):
                return Given(band=name, site=site or "", side=side, at_least=word)
        return ExampleAnswer(finding=atom.finding, site=site, side=side, value=atom.wanted[0])

    def _side(self, atom: PlacedCondition, site: str | None, bound: Bindings) -> Side | None:
        sided: bool = self.kb.is_sided(site)
        if isinstance(atom, FindingCondition) and self.kb.findings[atom.finding].sided != "site":
            sided = bool(self.kb.findings[atom.finding].sided)
        if not sided:
            return None
        own: Side = "left" if bound["$side"] == "left" else "right"
        return {"$other": opposite(own), "left": "left", "right": "right"}.get(atom.side, own)

    def _also_met(self, atom: PlacedCondition, item: Item) -> Iterator[Item]:
        """Other answers that meet the condition: each further value, the other side."""
        if isinstance(atom, FindingCondition) and isinstance(item, ExampleAnswer):
            for value in atom.wanted[1:]:
                yield item.model_copy(update={"value": value})
        if atom.side == "any" and item.side:
            yield _other_side(item)

    def _not_met(self, atom: PlacedCondition, item: Item) -> Iterator[Item | None]:
        """Nothing known of it, the values that do not count, the other side."""
        yield None
        if isinstance(atom, FindingCondition) and isinstance(item, ExampleAnswer):
            for value in self.kb.findings[atom.finding].values:
                if value not in atom.wanted:
                    yield item.model_copy(update={"value": value})
        if isinstance(atom, BandCondition):
            for word in beside(atom.at_least, ("strong", "moderate", "weak")):
                yield item.model_copy(update={"at_least": word})
        if item.side and atom.side != "any":
            yield _other_side(item)

    def _related_otherwise(
        self, relations: list[RelationCondition], terms: set[str], bound: Bindings
    ) -> Iterator[Bindings]:
        """The same places, but for one that stands in another relation, or in none."""
        apart = self._unmet(relations, terms)
        for at, atom in enumerate(relations):
            rest = [one for n, one in enumerate(relations) if n != at]
            ends = [term for term in (atom.to, atom.from_) if term.startswith("$")]
            for free in (*((end,) for end in ends), tuple(ends), tuple({*terms, *ends})):
                start = {name: value for name, value in bound.items() if name not in free}
                for loose in (*((one,) for one in self._looser(atom)), ()):
                    if found := self._first_of([*loose, *rest], terms, start, apart):
                        yield {**bound, **found}

    def _looser(self, atom: RelationCondition) -> Iterator[RelationCondition]:
        """The relations between the same kinds of place."""
        table = self.kb.relation_tables[atom.relation]
        for name, other in self.kb.relation_tables.items():
            if (other.from_, other.to) == (table.from_, table.to):
                for kind in (None, *other.kinds):
                    for side in ("same", "other"):
                        changes = {"relation": name, "kind": kind, "side": side}
                        loose = atom.model_copy(update=changes)
                        if loose != atom:
                            yield loose


def _bound_by(atom: object, token: object) -> Bindings:
    if isinstance(atom, RelationCondition) and isinstance(token, LinkToken):
        return _variables({atom.from_: token.start, atom.to: token.end})
    if isinstance(token, FactToken) and not isinstance(atom, RelationCondition):
        found = _variables({getattr(atom, "site", None) or "": token.site})
        side = getattr(atom, "side", "any")
        return found | ({"$side": token.side} if side == "$side" else {})
    return {}


def _variables(terms: Mapping[str, str]) -> Bindings:
    return {term: value for term, value in terms.items() if term.startswith("$")}


def _kind_fits(atom: RelationCondition, row: Relation) -> bool:
    return atom.kind in (None, row.kind)


def _matched(terms: Mapping[str, str], bound: Bindings, kb: KnowledgeBase) -> Bindings | None:
    found = dict(bound)
    for term, site in terms.items():
        if not term.startswith("$"):
            if term != site:
                return None
        elif kb.sites[site].kind not in VARIABLE_KINDS[term]:
            return None
        if found.setdefault(term, site) != site:
            return None
    return found


def _other_side(item: Item) -> Item:
    return item.model_copy(update={"side": "left" if item.side == "right" else "right"})


def _put(items: list[T], at: int, other: T | None) -> list[T]:
    return [*items[:at], *([other] if other else []), *items[at + 1 :]]


def _client(items: Iterable[Item]) -> Example:
    once = list(dict.fromkeys(items))
    return Example(
        given=tuple(one for one in once if isinstance(one, Given)),
        answers=tuple(one for one in once if isinstance(one, ExampleAnswer)),
    )
