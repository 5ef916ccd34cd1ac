"""What the anatomy implies: every pair of a relation, what lies within what, what is far away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from nmt_expert.model.site import Relation, RelationTable, Site, SiteKind

PART_OF = RelationTable.model_validate(
    {
        "relation": "part_of",
        "from": get_args(SiteKind),
        "to": ("region", "group"),
        "means": "The site lies within the region, or belongs to the group.",
        "rows": (),
    }
)
REMOTE_FROM = RelationTable.model_validate(
    {
        "relation": "remote_from",
        "from": ("muscle",),
        "to": ("zone",),
        "means": "A chain links the muscle to the zone, though it neither lies nor refers there.",
        "rows": (),
    }
)
DERIVED: tuple[RelationTable, ...] = (PART_OF, REMOTE_FROM)
"""Relations that are computed from the others, never written in a file."""

CHAINED = ("lies_in", "refers_to", "shortened_in", "antagonist_of", "chains_to")
"""The relations that ``remote_from`` is worked out of."""


def ancestors(sites: Mapping[str, Site]) -> dict[str, frozenset[str]]:
    """Every region and group a site is part of, however many steps up; circles end the walk."""
    found: dict[str, frozenset[str]] = {}
    for name in sites:
        above: set[str] = set()
        todo = list(sites[name].part_of)
        while todo:
            holder = todo.pop()
            if holder in sites and holder not in above:
                above.add(holder)
                todo.extend(sites[holder].part_of)
        found[name] = frozenset(above - {name})
    return found


def written(tables: Iterable[RelationTable]) -> Iterator[Relation]:
    """Every pair of every row, in written order."""
    for table in tables:
        for row in table.rows:
            for source in row.from_:
                for target in row.to:
                    yield _pair(table.relation, source, target, row.kind, row.side)


def part_of(above: Mapping[str, frozenset[str]]) -> Iterator[Relation]:
    """``part_of`` for every site and everything that holds it."""
    for name, holders in above.items():
        for holder in sorted(holders):
            yield _pair("part_of", name, holder)


def remote_from(relations: Iterable[Relation]) -> Iterator[Relation]:
    """``remote_from`` for the pairs that a chain makes worth asking about.

    Two kinds of chain count: a muscle that a pattern holds short and a zone that the pattern chains
    to; the short front partner of a muscle that lies in a zone. Of those pairs, the ones where the
    muscle neither lies in the zone nor refers to it.
    """
    to = _by_relation(relations)
    near = {
        name: to["lies_in"].get(name, set()) | to["refers_to"].get(name, set())
        for name in {*to["shortened_in"], *to["antagonist_of"]}
    }
    chained: set[tuple[str, str]] = set()
    for links, onward in (("shortened_in", "chains_to"), ("antagonist_of", "lies_in")):
        for muscle, middles in to[links].items():
            chained |= {(muscle, zone) for middle in middles for zone in to[onward].get(middle, ())}
    for muscle, zone in sorted(chained):
        if zone not in near[muscle]:
            yield _pair("remote_from", muscle, zone)


def _by_relation(relations: Iterable[Relation]) -> dict[str, dict[str, set[str]]]:
    """relation -> from -> everything it leads to."""
    to: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for pair in relations:
        to[pair.relation][pair.from_].add(pair.to)
    return to


def _pair(
    relation: str, source: str, target: str, kind: str | None = None, side: str = "same"
) -> Relation:
    """A pair of names that are known to be well formed, built without checking them again."""
    fields = {"relation": relation, "from_": source, "to": target, "kind": kind, "side": side}
    return Relation.model_construct(None, **fields)
