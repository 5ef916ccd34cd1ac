"""A rule's condition as a list of branches: in each, every atom must hold.

``any`` gives a branch each, ``all`` their products, ``at_least`` every choice of just that many:
more than enough is met whenever enough is. Atoms carry their number in the rule as written, so that
a trace can name the condition that a fact met.
"""

from collections.abc import Iterator
from itertools import combinations, count, product

from nmt_expert.model.rule import All, Any_, AtLeast, Atom, Condition

Numbered = tuple[int, Atom]
Branch = tuple[Numbered, ...]


def branches(condition: Condition) -> tuple[Branch, ...]:
    """Every way to meet ``condition``, without repeats, in written order."""
    counter = count()
    return tuple(dict.fromkeys(_expand(condition, counter)))


def _expand(condition: Condition, counter: Iterator[int]) -> list[Branch]:
    match condition:
        case All(all=parts):
            return _joined([_expand(part, counter) for part in parts])
        case Any_(any=parts):
            return [branch for part in parts for branch in _expand(part, counter)]
        case AtLeast(at_least=counted):
            options = [_expand(part, counter) for part in counted.of]
            chosen = combinations(options, counted.count)
            return [branch for choice in chosen for branch in _joined(list(choice))]
    return [((next(counter), condition),)]


def _joined(options: list[list[Branch]]) -> list[Branch]:
    return [_without_repeats(choice) for choice in product(*options)]


def _without_repeats(choice: tuple[Branch, ...]) -> Branch:
    seen: dict[Atom, int] = {}
    for branch in choice:
        for number, atom in branch:
            seen.setdefault(atom, number)
    return tuple((number, atom) for atom, number in seen.items())
