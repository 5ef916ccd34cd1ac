"""A matcher for experta that looks only where a new fact can matter.

experta's own matcher tests every fact against every pattern and joins by trying all pairs. This
one keeps hash indexes instead of a network: a fact finds the patterns it fits by its literal
fields, and each of those is joined with the rest of its rule through indexes on the fields already
bound. It keeps no partial matches, so the facts that stay from run to run, the relations of the
anatomy, cost nothing after the first time.

It understands what :mod:`nmt_expert.engine.compile` writes: conjunctions of facts whose fields are
literals, choices between literals, or named matches.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from nmt_expert.engine.library import ORFC, Activation, Fact, L, Matcher, Rule, W

Signature = tuple[type, tuple[str, ...]]
"""A fact class and the fields by whose values its facts are looked up."""


Memory = dict[Signature, dict[tuple[Any, ...], list[Fact]]]
"""For each way of looking facts up: the facts by the values of those fields."""


class Pattern(NamedTuple):
    """One conjunct: its class, what each field must be, and the name it is bound to."""

    cls: type
    literals: tuple[tuple[str, Any], ...]
    choices: tuple[tuple[str, frozenset[Any]], ...]
    variables: tuple[tuple[str, str], ...]
    bind: str


class Step(NamedTuple):
    """One join: which pattern, by which fields it is looked up, where their values come from."""

    position: int
    pattern: Pattern
    signature: Signature
    given: tuple[tuple[str | None, Any], ...]
    """For each field of the signature a variable's name, or None and the literal."""


@dataclass(frozen=True, slots=True)
class Conjunction:
    """One experta rule: its patterns, and for each of them an order to join the others in."""

    rule: Rule
    patterns: tuple[Pattern, ...]
    plans: tuple[tuple[Step, ...], ...]


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


def _plan(patterns: Sequence[Pattern], seed: int) -> tuple[Step, ...]:
    """Join the pattern with the fewest unbound fields next."""
    bound = {variable for _, variable in patterns[seed].variables}
    left = [i for i in range(len(patterns)) if i != seed]
    steps = []
    while left:
        position = min(left, key=lambda i: (_unbound(patterns[i], bound), i))
        left.remove(position)
        steps.append(_step(position, patterns[position], bound))
        bound |= {variable for _, variable in patterns[position].variables}
    return tuple(steps)


def _unbound(pattern: Pattern, bound: set[str]) -> int:
    return sum(variable not in bound for _, variable in pattern.variables)


def _step(position: int, pattern: Pattern, bound: set[str]) -> Step:
    given: dict[str, tuple[str | None, Any]] = {f: (None, value) for f, value in pattern.literals}
    given |= {field: (name, None) for field, name in pattern.variables if name in bound}
    fields = tuple(sorted(given))
    return Step(position, pattern, (pattern.cls, fields), tuple(given[f] for f in fields))


def _bind(pattern: Pattern, fact: Fact, bound: dict[str, Any]) -> dict[str, Any] | None:
    """The bindings with this fact added, or None when it does not fit."""
    for field, allowed in pattern.choices:
        if fact[field] not in allowed:
            return None
    extended = dict(bound)
    for field, name in pattern.variables:
        if extended.setdefault(name, fact[field]) != fact[field]:
            return None
    return extended


class IndexedMatcher(Matcher):
    """Matches by indexes, and can forget a case while it keeps the relations."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._alpha: dict[Signature, dict[tuple[Any, ...], list[tuple[Conjunction, int]]]] = {}
        self._alpha_of: dict[type, list[Signature]] = defaultdict(list)
        self._looked_up: dict[type, set[Signature]] = defaultdict(set)
        for rule in engine.get_rules():
            self._learn(rule)
        self._base: Memory = defaultdict(dict)
        self.reset()

    def _learn(self, rule: Rule) -> None:
        patterns = tuple(_pattern(fact) for fact in rule)
        plans = tuple(_plan(patterns, seed) for seed in range(len(patterns)))
        # A rule read off an engine is bound to it, and would be called with it twice.
        unbound = rule.new_conditions(*rule)
        conjunction = Conjunction(unbound, patterns, plans)
        for position, pattern in enumerate(patterns):
            signature = (pattern.cls, tuple(field for field, _ in pattern.literals))
            if signature not in self._alpha:
                self._alpha[signature] = defaultdict(list)
                self._alpha_of[pattern.cls].append(signature)
            values = tuple(value for _, value in pattern.literals)
            self._alpha[signature][values].append((conjunction, position))
        for step in (step for plan in plans for step in plan):
            self._looked_up[step.pattern.cls].add(step.signature)

    def keep(self, facts: Sequence[Fact]) -> None:
        """Hold ``facts`` through every :meth:`reset`; they alone must not complete any rule."""
        self._base = defaultdict(dict)
        for fact in facts:
            self._store(fact, self._base)

    def reset(self) -> None:
        """Forget the case; what :meth:`keep` was given stays."""
        self._case: Memory = defaultdict(dict)
        self._activations: list[Activation] = []

    def changes(
        self, adding: Sequence[Fact] | None = None, deleting: Sequence[Fact] | None = None
    ) -> tuple[list[Activation], list[Activation]]:
        """The activations that ``adding`` completes and ``deleting`` breaks."""
        removed = [] if not deleting else self._without(deleting)
        added: list[Activation] = []
        for fact in adding or ():
            self._store(fact, self._case)
            added.extend(self._completed_by(fact))
        self._activations.extend(added)
        return added, removed

    def _store(self, fact: Fact, memory: Memory) -> None:
        for signature in self._looked_up[type(fact)]:
            values = tuple([fact[field] for field in signature[1]])
            memory[signature].setdefault(values, []).append(fact)

    def _without(self, deleting: Sequence[Fact]) -> list[Activation]:
        gone = {id(fact) for fact in deleting}
        for facts in (facts for index in self._case.values() for facts in index.values()):
            facts[:] = [fact for fact in facts if id(fact) not in gone]
        broken = [a for a in self._activations if any(id(fact) in gone for fact in a.facts)]
        self._activations = [a for a in self._activations if a not in broken]
        return broken

    def _completed_by(self, fact: Fact) -> Iterator[Activation]:
        for signature in self._alpha_of[type(fact)]:
            values = tuple([fact[field] for field in signature[1]])
            for conjunction, position in self._alpha[signature].get(values, ()):
                bound = _bind(conjunction.patterns[position], fact, {})
                if bound is not None:
                    yield from self._joined(conjunction, position, fact, bound)

    def _joined(
        self, conjunction: Conjunction, seed: int, fact: Fact, bound: dict[str, Any]
    ) -> Iterator[Activation]:
        """Every match in which ``fact`` fills ``seed`` and no earlier position as well."""
        chosen: dict[int, Fact] = {seed: fact}
        steps = conjunction.plans[seed]

        def extend(depth: int, bound: dict[str, Any]) -> Iterator[Activation]:
            if depth == len(steps):
                yield self._activation(conjunction, chosen, bound)
                return
            step = steps[depth]
            for other in self._found(step, bound):
                if other is fact and step.position < seed:
                    continue
                extended = _bind(step.pattern, other, bound)
                if extended is not None:
                    chosen[step.position] = other
                    yield from extend(depth + 1, extended)

        yield from extend(0, bound)

    def _found(self, step: Step, bound: dict[str, Any]) -> list[Fact]:
        values = tuple([bound[name] if name else literal for name, literal in step.given])
        kept = self._base[step.signature].get(values)
        case = self._case[step.signature].get(values)
        return kept + case if kept and case else kept or case or []

    @staticmethod
    def _activation(
        conjunction: Conjunction, chosen: dict[int, Fact], bound: dict[str, Any]
    ) -> Activation:
        captured = {p.bind: chosen[i] for i, p in enumerate(conjunction.patterns)}
        return Activation(conjunction.rule, chosen.values(), {**bound, **captured})
