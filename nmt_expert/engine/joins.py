"""What the matcher joins: a rule's conjuncts, the facts that fit each, how they are looked up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nmt_expert.engine.library import ORFC, Fact, L, Rule, W

Literals = tuple[tuple[str, Any], ...]
Fresh = tuple[tuple[str, str], ...]
Choices = tuple[tuple[str, frozenset[Any]], ...]


class Pattern(NamedTuple):
    """One conjunct: its class, what each field must be, and the name it is bound to."""

    cls: type
    literals: Literals
    choices: Choices
    variables: Fresh
    bind: str


class Index(NamedTuple):
    """Facts by the values of some fields: those kept from run to run, and those of the case."""

    fields: tuple[str, ...]
    kept: dict[tuple[Any, ...], list[Fact]]
    case: dict[tuple[Any, ...], list[Fact]]

    def found(self, values: tuple[Any, ...]) -> Sequence[Fact]:
        """Every fact whose fields have these values."""
        kept, case = self.kept.get(values), self.case.get(values)
        return kept + case if kept and case else kept or case or ()


class Fitting:
    """The facts that fit the literals of a pattern, and the conjuncts that they may fill."""

    def __init__(self) -> None:
        self._kept: list[Fact] = []
        self._case: list[Fact] = []
        self._indexes: dict[tuple[str, ...], Index] = {}
        self.seeds: list[tuple[Conjunction, int]] = []

    def index(self, fields: tuple[str, ...]) -> Index:
        """These facts by the values of ``fields``."""
        if fields not in self._indexes:
            made = Index(fields, {}, {})
            for facts, by_values in ((self._kept, made.kept), (self._case, made.case)):
                for fact in facts:
                    by_values.setdefault(tuple([fact[f] for f in fields]), []).append(fact)
            self._indexes[fields] = made
        return self._indexes[fields]

    def keep(self, fact: Fact) -> None:
        """Hold a fact from run to run, before any index is made."""
        if not self._kept:
            self._count(-1)
        self._kept.append(fact)

    def add(self, fact: Fact) -> None:
        """Hold a fact of the case."""
        if not self._case and not self._kept:
            self._count(-1)
        self._case.append(fact)
        for index in self._indexes.values():
            index.case.setdefault(tuple([fact[f] for f in index.fields]), []).append(fact)

    def remove(self, fact: Fact) -> None:
        """Hold a fact of the case no longer; the one held last is found at once."""
        _take(fact, self._case)
        if not self._case and not self._kept:
            self._count(+1)
        for index in self._indexes.values():
            _take(fact, index.case[tuple([fact[f] for f in index.fields])])

    def empty(self) -> None:
        """Hold none of the facts of the case, of which there are some."""
        self._clear()
        if not self._kept:
            self._count(+1)

    def forget(self) -> None:
        """Hold no fact of the case; no conjunct was counted as met before."""
        self._clear()
        if self._kept:
            self._count(-1)

    def _clear(self) -> None:
        self._case.clear()
        for index in self._indexes.values():
            index.case.clear()

    def _count(self, missing: int) -> None:
        for conjunction, _ in self.seeds:
            conjunction.missing += missing


def _take(fact: Fact, facts: list[Fact]) -> None:
    place = next(i for i in range(len(facts) - 1, -1, -1) if facts[i] is fact)
    del facts[place]


class Step(NamedTuple):
    """One join: which conjunct, the index it is looked up in, where the values come from."""

    position: int
    looked_up: Index
    given: tuple[str, ...]
    fresh: Fresh
    choices: Choices


@dataclass(eq=False, slots=True)
class Conjunction:
    """One experta rule: its patterns, and for each of them an order to join the others in."""

    rule: Rule
    patterns: tuple[Pattern, ...]
    missing: int
    """How many of its patterns no fact fits: while there are any, it cannot be met."""
    plans: dict[int, tuple[Step, ...]] = field(default_factory=dict)


def pattern_of(fact: Fact) -> Pattern:
    """A conjunct as read off a rule.

    Raises:
        TypeError: a field is something that the indexed matcher cannot read.
    """
    literals, choices, variables = [], [], []
    for name, constraint in fact.items():
        if fact.is_special(name):
            continue
        if isinstance(constraint, L):
            literals.append((name, constraint.value))
        elif isinstance(constraint, ORFC):
            choices.append((name, frozenset(option.value for option in constraint)))
        elif isinstance(constraint, W):
            variables.append((name, constraint.__bind__))
        else:
            raise TypeError(f"the indexed matcher cannot read {constraint!r}")
    return Pattern(
        type(fact), tuple(sorted(literals)), tuple(choices), tuple(variables), fact.__bind__
    )
