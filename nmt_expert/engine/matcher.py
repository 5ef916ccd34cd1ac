"""A matcher for experta that looks only where a new fact can matter.

experta's own matcher tests every fact against every pattern and joins by trying all pairs. This
one keeps hash indexes instead of a network: a fact finds the patterns it fits by its literal
fields, and each of those is joined with the rest of its rule through indexes on the fields already
bound. It keeps no partial matches, so the facts that stay from run to run, the relations of the
anatomy, cost nothing, and the newest facts can be taken back. How a rule is joined, and by which
fields its facts are looked up, is worked out when it is first needed.

It understands what :mod:`nmt_expert.engine.compile` writes: conjunctions of facts whose fields are
literals, choices between literals, or named matches.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nmt_expert.engine.library import ORFC, Activation, Fact, L, Matcher, Rule, W

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


def _extended(
    fresh: Fresh, choices: Choices, fact: Fact, bound: dict[str, Any]
) -> dict[str, Any] | None:
    """The bindings with the ``fresh`` variables of a fact, or None when it does not fit."""
    for name, allowed in choices:
        if fact[name] not in allowed:
            return None
    if not fresh:
        return bound
    extended = dict(bound)
    for name, variable in fresh:
        value = fact[name]
        if extended.setdefault(variable, value) != value:
            return None
    return extended


class IndexedMatcher(Matcher):
    """Finds the activations that new facts complete."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._fitting: dict[tuple[type, tuple[str, ...]], dict[tuple[Any, ...], Fitting]] = {}
        self._fields_of: dict[type, list[tuple[str, ...]]] = defaultdict(list)
        self._read: dict[int, Pattern] = {}
        self._stored: list[tuple[Fact, list[Fitting]]] = []
        self._activations: list[Activation] = []
        self.least_salience = float("-inf")
        """Rules of a lower salience are left alone."""
        for rule in engine.get_rules():
            self._learn(rule)
        self._read.clear()

    # The rules

    def _learn(self, rule: Rule) -> None:
        # A rule read off an engine is bound to it, and would be called with it twice.
        unbound = rule.new_conditions(*rule)
        patterns = tuple([self._pattern(fact) for fact in rule])
        conjunction = Conjunction(unbound, patterns, len(patterns))
        for position, pattern in enumerate(conjunction.patterns):
            self._fits(pattern).seeds.append((conjunction, position))

    def _pattern(self, fact: Fact) -> Pattern:
        """A conjunct as read; the branches of a rule share most of theirs."""
        if id(fact) not in self._read:
            self._read[id(fact)] = _pattern(fact)
        return self._read[id(fact)]

    def _fits(self, pattern: Pattern) -> Fitting:
        names = tuple([name for name, _ in pattern.literals])
        values = tuple([value for _, value in pattern.literals])
        by_values = self._fitting.get((pattern.cls, names))
        if by_values is None:
            by_values = self._fitting[(pattern.cls, names)] = {}
            self._fields_of[pattern.cls].append(names)
        if values not in by_values:
            by_values[values] = Fitting()
        return by_values[values]

    def _steps(self, conjunction: Conjunction, seed: int) -> tuple[Step, ...]:
        if seed not in conjunction.plans:
            conjunction.plans[seed] = tuple(self._planned(conjunction.patterns, seed))
        return conjunction.plans[seed]

    def _planned(self, patterns: Sequence[Pattern], seed: int) -> Iterator[Step]:
        """Join the pattern with the fewest unbound fields next."""
        bound = {variable for _, variable in patterns[seed].variables}
        left = [i for i in range(len(patterns)) if i != seed]
        while left:
            position = min(left, key=lambda i: (_unbound(patterns[i], bound), i))
            left.remove(position)
            yield self._step(position, patterns[position], bound)
            bound |= {variable for _, variable in patterns[position].variables}

    def _step(self, position: int, pattern: Pattern, bound: set[str]) -> Step:
        known = [(name, variable) for name, variable in pattern.variables if variable in bound]
        index = self._fits(pattern).index(tuple([name for name, _ in known]))
        fresh = tuple([pair for pair in pattern.variables if pair not in known])
        given = tuple([variable for _, variable in known])
        return Step(position, index, given, fresh, pattern.choices)

    # The facts

    def keep(self, facts: Sequence[Fact]) -> None:
        """Hold ``facts`` through every :meth:`reset`; they alone must not complete any rule."""
        for fact in facts:
            for fitting in self._fitted_by(fact):
                fitting.keep(fact)

    def reset(self) -> None:
        """Forget the case; what :meth:`keep` was given stays."""
        self.rewind(0, 0)

    @property
    def mark(self) -> tuple[int, int]:
        """How far the case has come, for :meth:`rewind`."""
        return len(self._stored), len(self._activations)

    def rewind(self, stored: int, activations: int) -> None:
        """Forget the facts and activations that came after a :attr:`mark`."""
        for fact, fitted in reversed(self._stored[stored:]):
            for fitting in fitted:
                fitting.remove(fact)
        del self._stored[stored:]
        del self._activations[activations:]

    def changes(
        self, adding: Sequence[Fact] | None = None, deleting: Sequence[Fact] | None = None
    ) -> tuple[list[Activation], list[Activation]]:
        """The activations that ``adding`` completes and ``deleting`` breaks."""
        removed = [] if not deleting else self._without(deleting)
        added: list[Activation] = []
        for fact in adding or ():
            fitted = self._fitted_by(fact)
            self._stored.append((fact, fitted))
            for fitting in fitted:
                fitting.add(fact)
            for fitting in fitted:
                for conjunction, position in fitting.seeds:
                    if not conjunction.missing and conjunction.rule.salience >= self.least_salience:
                        self._complete(conjunction, position, fact, added)
        self._activations.extend(added)
        return added, removed

    def _fitted_by(self, fact: Fact) -> list[Fitting]:
        fitted = []
        for names in self._fields_of[type(fact)]:
            by_values = self._fitting[(type(fact), names)]
            fitting = by_values.get(tuple([fact[name] for name in names]))
            if fitting is not None:
                fitted.append(fitting)
        return fitted

    def _without(self, deleting: Sequence[Fact]) -> list[Activation]:
        gone = {id(fact) for fact in deleting}
        for fact, fitted in self._stored:
            for fitting in fitted if id(fact) in gone else ():
                fitting.remove(fact)
        self._stored = [pair for pair in self._stored if id(pair[0]) not in gone]
        broken = [a for a in self._activations if any(id(fact) in gone for fact in a.facts)]
        self._activations = [a for a in self._activations if a not in broken]
        return broken

    def _complete(
        self, conjunction: Conjunction, seed: int, fact: Fact, added: list[Activation]
    ) -> None:
        """Add every match in which ``fact`` fills ``seed`` and no earlier position as well."""
        first = conjunction.patterns[seed]
        start = _extended(first.variables, first.choices, fact, {})
        if start is None:
            return
        steps = self._steps(conjunction, seed)
        chosen: dict[int, Fact] = {seed: fact}

        def extend(depth: int, bound: dict[str, Any]) -> None:
            if depth == len(steps):
                added.append(_activation(conjunction, chosen, bound))
                return
            position, looked_up, given, fresh, choices = steps[depth]
            for other in looked_up.found(tuple([bound[name] for name in given])):
                if other is fact and position < seed:
                    continue
                extended = _extended(fresh, choices, other, bound)
                if extended is not None:
                    chosen[position] = other
                    extend(depth + 1, extended)

        extend(0, start)


def _activation(
    conjunction: Conjunction, chosen: dict[int, Fact], bound: dict[str, Any]
) -> Activation:
    captured = {p.bind: chosen[i] for i, p in enumerate(conjunction.patterns)}
    return Activation(conjunction.rule, chosen.values(), {**bound, **captured})


def _pattern(fact: Fact) -> Pattern:
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


def _unbound(pattern: Pattern, bound: set[str]) -> int:
    return sum(variable not in bound for _, variable in pattern.variables)
