"""A matcher for experta that looks only where a new fact can matter.

experta's own matcher tests every fact against every pattern and joins by trying all pairs. This
one keeps hash indexes instead of a network: a fact finds the patterns it fits by its literal
fields, and each of those is joined with the rest of its rule through indexes on the fields already
bound. It keeps no partial matches, so the facts that stay from run to run, the relations of the
anatomy, cost nothing, and a fact is taken back as easily as it came. How a rule is joined, and by
which fields its facts are looked up, is worked out when it is first needed.

It understands what :mod:`nmt_expert.engine.compile` writes: conjunctions of facts whose fields are
literals, choices between literals, or named matches.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from nmt_expert.engine.joins import Choices, Conjunction, Fitting, Fresh, Pattern, Step, pattern_of
from nmt_expert.engine.library import Activation, Fact, Matcher, Rule


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
        self._stored: dict[int, list[Fitting]] = {}
        """What each fact of the case fits, by the fact's identity."""
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
            self._read[id(fact)] = pattern_of(fact)
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
        """Join next what is bound, then what shares a place with it, the fewest new places first.

        Half of all facts share a side.
        """
        bound = {variable for _, variable in patterns[seed].variables}
        left = [i for i in range(len(patterns)) if i != seed]
        while left:
            position = min(left, key=lambda i: (*_spread(patterns[i], bound), i))
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
        """Forget the case, also one that was left half-way; what was kept stays."""
        fittings = [f for by_values in self._fitting.values() for f in by_values.values()]
        for fitting in fittings:
            for conjunction, _ in fitting.seeds:
                conjunction.missing = len(conjunction.patterns)
        for fitting in fittings:
            fitting.forget()
        self._stored.clear()

    def forget(self) -> None:
        """Forget the case, as :meth:`reset` does, at the price of the case and not of the rules.

        Only for a case that was not left half-way.
        """
        touched = {id(one): one for fitted in self._stored.values() for one in fitted}
        for fitting in touched.values():
            fitting.empty()
        self._stored.clear()

    def remove(self, fact: Fact) -> None:
        """Forget a fact of the case."""
        for fitting in self._stored.pop(id(fact)):
            fitting.remove(fact)

    def changes(
        self, adding: Sequence[Fact] | None = None, deleting: Sequence[Fact] | None = None
    ) -> tuple[list[Activation], list[Activation]]:
        """The activations that ``adding`` completes and ``deleting`` breaks."""
        removed = [] if not deleting else self._without(deleting)
        added: list[Activation] = []
        for fact in adding or ():
            fitted = self._fitted_by(fact)
            self._stored[id(fact)] = fitted
            for fitting in fitted:
                fitting.add(fact)
            for fitting in fitted:
                for conjunction, position in fitting.seeds:
                    if not conjunction.missing and conjunction.rule.salience >= self.least_salience:
                        self._complete(conjunction, position, fact, added)
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
        """The activations that wait for their turn and have lost a fact."""
        gone = {id(fact) for fact in deleting}
        for fact in deleting:
            self.remove(fact)
        waiting: list[Activation] = self.engine.agenda.activations
        return [one for one in waiting if any(id(fact) in gone for fact in one.facts)]

    def _complete(
        self, conjunction: Conjunction, seed: int, fact: Fact, added: list[Activation]
    ) -> None:
        """Add every match in which ``fact`` fills ``seed`` and no earlier position as well."""
        first = conjunction.patterns[seed]
        start = _extended(first.variables, first.choices, fact, {})
        if start is None:
            return
        met: list[tuple[dict[str, Any], tuple[Fact, ...]]] = [(start, (fact,))]
        names = [first.bind]
        for position, looked_up, given, fresh, choices in self._steps(conjunction, seed):
            names.append(conjunction.patterns[position].bind)
            met = [
                (extended, (*facts, other))
                for bound, facts in met
                for other in looked_up.found(tuple([bound[name] for name in given]))
                if not (other is fact and position < seed)
                and (extended := _extended(fresh, choices, other, bound)) is not None
            ]
        for bound, facts in met:
            captured = dict(zip(names, facts, strict=True))
            added.append(Activation(conjunction.rule, facts, {**bound, **captured}))


def _spread(pattern: Pattern, bound: set[str]) -> tuple[bool, bool, int]:
    """How many facts a pattern may bring: smaller is fewer."""
    places = {variable for _, variable in pattern.variables} - {"side"}
    unbound = sum(variable not in bound for _, variable in pattern.variables)
    return unbound > 0, places.isdisjoint(bound), unbound
