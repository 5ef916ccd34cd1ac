"""Conditions as FHIR can nest them: every clause must hold, and of each clause one literal."""

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple


class Literal(NamedTuple):
    """An answer to one line: ``=`` a code of the finding, or ``>=`` or ``<`` a number."""

    link: str
    operator: str
    answer: str | int | float
    finding: str


Clause = frozenset[Literal]
Clauses = frozenset[Clause]
ALWAYS: Clauses = frozenset()
NEVER: Clauses = frozenset([Clause()])


def both(first: Clauses, second: Clauses) -> Clauses:
    """Each of the two holds."""
    return _least(first | second)


def either(first: Clauses, second: Clauses) -> Clauses:
    """One of the two holds."""
    return _least({one | other for one in first for other in second})


def any_of(parts: Iterable[Clauses]) -> Clauses:
    """One of them holds."""
    return reduce(either, dict.fromkeys(parts), NEVER)


def all_of(parts: Iterable[Clauses]) -> Clauses:
    """All of them hold."""
    return reduce(both, parts, ALWAYS)


def known_from(clauses: Clauses, links: frozenset[str] | set[str]) -> Clauses:
    """What is left when anything may be answered in the lines that are not among ``links``.

    A clause goes with the first of its literals that cannot be looked at: it may hold. What is
    left holds whenever the whole does, and perhaps more often.
    """
    return frozenset(one for one in clauses if all(literal.link in links for literal in one))


def _least(clauses: Iterable[Clause]) -> Clauses:
    """Without clauses that follow from a shorter one."""
    kept: list[Clause] = []
    for one in sorted(set(clauses), key=len):
        if not any(shorter <= one for shorter in kept):
            kept.append(one)
    return frozenset(kept)
