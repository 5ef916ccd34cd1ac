"""Which sites the variables of a rule can stand for, as far as the anatomy alone tells.

A relation that a rule needs in every case narrows both its ends, until nothing narrows any more. It
only leaves out what could never meet the rule, so that less has to be supposed.
"""

from collections.abc import Collection, Iterator, Mapping

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import All, Condition, RelationCondition, Rule, atoms
from nmt_expert.model.site import VARIABLE_KINDS, Relation

Sites = dict[str, tuple[str, ...]]


def reachable(rule: Rule, bound: Mapping[str, str], kb: KnowledgeBase) -> Sites:
    """The sites of each variable, in the order of the anatomy; ``bound`` ones have their one."""
    sites = {name: (bound[name],) if name in bound else _typed(name, kb) for name in _named(rule)}
    needed = tuple(_needed(rule.when))
    before: Sites = {}
    while before != sites:
        before = dict(sites)
        for relation in needed:
            _narrow(sites, relation, kb)
    return sites


def _named(rule: Rule) -> Iterator[str]:
    """Every variable of a place in its conditions."""
    for atom in atoms(rule.when):
        ends = (atom.from_, atom.to) if isinstance(atom, RelationCondition) else (atom.site,)
        yield from (end for end in ends if end and end.startswith("$"))


def _typed(name: str, kb: KnowledgeBase) -> tuple[str, ...]:
    kinds = VARIABLE_KINDS[name]
    return tuple(site.id for site in kb.sites.values() if site.kind in kinds)


def _needed(when: Condition) -> Iterator[RelationCondition]:
    """The relations without which it is never met: none of those that are one way of several."""
    if isinstance(when, RelationCondition):
        yield when
    elif isinstance(when, All):
        for part in when.all:
            yield from _needed(part)


def _narrow(sites: Sites, needed: RelationCondition, kb: KnowledgeBase) -> None:
    """Leave to both ends only what some row joins."""
    starts, ends = (frozenset(_meant(end, sites)) for end in (needed.from_, needed.to))
    rows = [
        row
        for row in _rows(needed.relation, kb)
        if needed.kind in (None, row.kind) and row.from_ in starts and row.to in ends
    ]
    for end, joined in ((needed.from_, {r.from_ for r in rows}), (needed.to, {r.to for r in rows})):
        if end in sites:
            sites[end] = tuple(site for site in sites[end] if site in joined)


def _meant(end: str, sites: Sites) -> Collection[str]:
    return sites.get(end, (end,))


def _rows(relation: str, kb: KnowledgeBase) -> tuple[Relation, ...]:
    rows: dict[str, tuple[Relation, ...]] = kb.derived.setdefault("rows_of_relation", {})
    if relation not in rows:
        rows[relation] = tuple(row for row in kb.relations if row.relation == relation)
    return rows[relation]
