"""A rule's mutants tried on its own clients: its examples, and the ways written apart from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from nmt_expert.assessment.bench import candidates_drawn
from nmt_expert.assessment.examples import bands_in, known_in
from nmt_expert.engine import Engine, Known, RawFiring
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Candidate, Example, Outcome, Rule, Treat, atoms
from tests.proof.mutants import Mutant
from tests.proof.ways import Line, Ways, ends_of, lines_of

_MARK = "~"


@dataclass(frozen=True)
class Client:
    """Everything that stands in one client when the rules have run, and the weighed bands."""

    known: tuple[Known, ...]
    bands: tuple[Known, ...]


class OwnClients:
    """Says which of a rule's clients notice a mutant of it."""

    def __init__(self, kb: KnowledgeBase, engine: Engine, ways: Mapping[str, Ways]) -> None:
        self._kb = kb
        self._engine = engine
        self._ways = ways

    def noticing(
        self, rule: Rule, mutants: Sequence[Mutant], more: Sequence[Line] = ()
    ) -> list[frozenset[int]]:
        """For each mutant the numbers of the clients that end otherwise, ``more`` included last.

        The first two are the rule's own examples; -1 is what the first of them should end in.
        """
        lines = [*lines_of(rule, self._ways.get(rule.id)), *more]
        variants = Variants(rule, mutants, self._kb)
        noticed: list[set[int]] = [set() for _ in mutants]
        for number, line in enumerate(lines):
            fired = variants.fired(self._client(line.example, rule))
            for at, mutant in enumerate(mutants):
                if bool(fired[at]) != line.fires:
                    noticed[at].add(number)
                elif self._ends_otherwise(mutant, fired[at], line):
                    noticed[at].add(number or -1)
        return [frozenset(numbers) for numbers in noticed]

    def _ends_otherwise(self, mutant: Mutant, fired: Sequence[RawFiring], line: Line) -> bool:
        if line.ends is None or mutant.mutated is None:
            return False
        named = mutant.mutated.model_copy(update={"id": mutant.name})  # what is drawn is kept by id
        return ends_of(named, fired, self._kb) != line.ends

    def _client(self, example: Example, rule: Rule) -> Client:
        """An example with what the other rules draw in it."""
        known, bands = known_in(example, self._kb), bands_in(example)
        firings = self._engine.run(known, lambda _: bands, opening=False).firings
        others = [raw for raw in firings if raw.rule != rule.id]
        return Client((*known, *candidates_drawn(others, self._kb)), tuple(bands))


@dataclass(frozen=True)
class Variants:
    """A rule's mutants side by side in one small engine, none of which can help another."""

    rule: Rule
    mutants: Sequence[Mutant]
    kb: KnowledgeBase

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """Which mutants share the rule that is run for them."""
        shared: dict[str, list[int]] = {}
        seen: dict[object, str] = {}
        for at, mutant in enumerate(self.mutants):
            if mutant.mutated:
                key = (mutant.mutated.when, tuple(map(_place, mutant.mutated.then)))
                name = seen.setdefault(key, f"{self.rule.id}{_MARK}{at}")
                shared.setdefault(name, []).append(at)
        return shared

    @cached_property
    def _engine(self) -> Engine:
        rules = {}
        for name, numbers in self._numbers.items():
            mutated = self.mutants[numbers[0]].mutated
            assert mutated
            then = tuple(map(_harmless, mutated.then))
            rules[name] = mutated.model_copy(update={"id": name, "then": then})
        return Engine(
            replace(self.kb, rules=MappingProxyType(rules), questions=MappingProxyType({}))
        )

    @cached_property
    def _named(self) -> frozenset[str]:
        """What some mutant asks for; a whole case knows a great deal more."""
        return frozenset(
            getattr(atom, key)
            for rule in self._engine.kb.rules.values()
            for atom in atoms(rule.when)
            for key in ("finding", "candidate", "band")
            if hasattr(atom, key)
        )

    def fired(self, client: Client) -> list[list[RawFiring]]:
        """The firings of each mutant in a client."""
        found: list[list[RawFiring]] = [[] for _ in self.mutants]
        known = [one for one in client.known if one.name in self._named]
        bands = [one for one in client.bands if one.name in self._named]
        result = self._engine.run(known, lambda _: bands, opening=False)
        for raw in result.firings:
            for at in self._numbers[raw.rule]:
                found[at].append(raw)
        return found


def _place(outcome: Outcome) -> tuple[object, object]:
    return getattr(outcome, "site", None), getattr(outcome, "side", None)


def _harmless(outcome: Outcome) -> Outcome:
    """A candidate becomes something that no condition can match."""
    if not isinstance(outcome, Candidate):
        return outcome
    return Treat(treat="-", site=outcome.site, side=outcome.side, technique=(), order=0)


def same_firings(one: Iterable[RawFiring], other: Iterable[RawFiring]) -> bool:
    """Whether two variants fired alike: bound alike, and met by the same facts."""
    return _met(one) == _met(other)


def _met(firings: Iterable[RawFiring]) -> set[tuple[object, ...]]:
    return {
        (raw.bindings, frozenset(token for _, token in activated))
        for raw in firings
        for activated in raw.activations
    }
