"""Walks through conditions: every atom with its path, and the variables that are surely bound."""

from collections import Counter
from collections.abc import Iterator

from nmt_expert.kb.marks import Path_
from nmt_expert.model.rule import (
    All,
    Any_,
    AtLeast,
    Atom,
    Condition,
    Connective,
    FindingCondition,
    RelationCondition,
    atoms,
    parts_of,
)

SIDE = "$side"


def walk(condition: Condition, path: Path_) -> Iterator[tuple[Path_, Atom]]:
    """Every atomic condition with its path in the file, in written order."""
    if isinstance(condition, Connective):
        for inner, part in parts_at(condition, path):
            yield from walk(part, inner)
    else:
        yield path, condition


def parts_at(condition: Condition, path: Path_) -> Iterator[tuple[Path_, Condition]]:
    """The conditions directly inside a connective, each with its path; none for an atom."""
    match condition:
        case All():
            path = (*path, "all")
        case Any_():
            path = (*path, "any")
        case AtLeast():
            path = (*path, "at_least", "of")
    for n, part in enumerate(parts_of(condition)):
        yield (*path, n), part


def site_terms(atom: Atom) -> tuple[tuple[str, str], ...]:
    """The places an atom speaks of, as (key, site or variable)."""
    if isinstance(atom, RelationCondition):
        return ("from", atom.from_), ("to", atom.to)
    return (("site", atom.site),) if atom.site else ()


def wanted_values(atom: FindingCondition) -> Iterator[tuple[Path_, str]]:
    """The values a finding condition names, each with its path inside the condition."""
    if atom.value is not None:
        yield ("value",), atom.value
    for n, value in enumerate(atom.in_):
        yield ("in", n), value


def surely_bound(condition: Condition) -> frozenset[str]:
    """Variables (``$side`` too) that have a value whichever way the condition is met."""
    if not isinstance(condition, Connective):
        return _bound_by(condition)
    each = [surely_bound(part) for part in parts_of(condition)]
    if isinstance(condition, All):
        return frozenset().union(*each)
    least = condition.at_least.count if isinstance(condition, AtLeast) else 1
    times = Counter(name for bound in each for name in bound)
    return frozenset(name for name, count in times.items() if len(each) - count < least)


def bound_somewhere(condition: Condition) -> frozenset[str]:
    """Variables (``$side`` too) that some way of meeting the condition gives a value."""
    return frozenset(name for atom in atoms(condition) for name in _bound_by(atom))


def _bound_by(atom: Atom) -> frozenset[str]:
    names = {term for _, term in site_terms(atom) if term.startswith("$")}
    if not isinstance(atom, RelationCondition) and atom.side in (SIDE, "$other"):
        names.add(SIDE)
    return frozenset(names)
