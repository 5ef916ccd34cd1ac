"""The experta engine of a rule set, and what it gathers in a run."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from nmt_expert.engine.facts import TextFact, Token
from nmt_expert.engine.library import Activation, Fact, FactList, KnowledgeEngine, Strategy

Bindings = tuple[tuple[str, str], ...]
Activated = tuple[tuple[int, Token], ...]
"""The numbered conditions of one activation, each with the token that met it."""


class FiringKey(NamedTuple):
    """A rule (or ``question.<id>``) and the bindings of the variables its outcome uses."""

    rule: str
    bindings: Bindings


class Gathered:
    """Every activation by its firing and by what met it, and the candidates that firings drew."""

    def __init__(self) -> None:
        self.of: dict[FiringKey, set[Activated]] = defaultdict(set)
        self.changed: set[FiringKey] = set()
        """Firings that gained or lost an activation since somebody last emptied this set."""
        self._drawn: dict[FiringKey, list[TextFact]] = {}
        self._met: dict[Token, dict[tuple[FiringKey, Activated], None]] = defaultdict(dict)
        self._drawers: dict[Token, dict[FiringKey, None]] = defaultdict(dict)

    def note(self, key: FiringKey, activated: Activated) -> bool:
        """Hold an activation; whether it is the first of its firing."""
        known = key in self.of
        if activated not in self.of[key]:
            self.of[key].add(activated)
            self.changed.add(key)
            for _, token in activated:
                self._met[token][key, activated] = None
        return not known

    def draw(self, key: FiringKey, facts: Sequence[TextFact]) -> None:
        """Hold the candidates that a firing drew."""
        self._drawn.setdefault(key, []).extend(facts)
        for fact in facts:
            self._drawers[fact.token][key] = None

    def drawers(self, token: Token) -> Iterable[FiringKey]:
        """The firings that draw a candidate."""
        return self._drawers.get(token, ())

    def without(self, token: Token) -> list[TextFact]:
        """Forget what a fact met; the candidates of every firing that loses an activation."""
        shaken: list[TextFact] = []
        for key, activated in self._met.pop(token, ()):
            for _, other in activated:
                if other != token:
                    self._met[other].pop((key, activated), None)
            self.of[key].discard(activated)
            self.changed.add(key)
            shaken += self._drawn.get(key, ())
            if not self.of[key]:
                del self.of[key]
                for fact in self._drawn.pop(key, ()):
                    self._drawers[fact.token].pop(key, None)
        return shaken

    def clear(self) -> None:
        """Forget everything, also what an interrupted run left."""
        self.changed.update(self.of)
        for held in (self.of, self._drawn, self._met, self._drawers):
            held.clear()


class InOrderOfArrival(Strategy):
    """Fire as activations come: nothing depends on the order, the trace is sorted afterwards."""

    def _update_agenda(
        self, agenda: Any, added: Iterable[Activation], removed: Iterable[Activation]
    ) -> None:
        gone = list(removed)
        if gone:
            agenda.activations = [a for a in agenda.activations if a not in gone]
        agenda.activations.extend(added)


class OneOfEach(FactList):
    """A fact list of facts of which equal ones are the same."""

    def declare(self, fact: Fact) -> Fact | None:
        """Hold a fact; None when it is held already."""
        if id(fact) in self:
            return None
        self[id(fact)] = fact
        self.added.append(fact)
        return fact


class Body(KnowledgeEngine):
    """What both engines share: the firings gathered in the current run."""

    __strategy__ = InOrderOfArrival
    gathered: Gathered

    def note(self, key: FiringKey, activated: Activated) -> bool:
        """Hold an activation; whether it is the first of its firing."""
        return self.gathered.note(key, activated)

    def draw(self, key: FiringKey, facts: Sequence[TextFact]) -> None:
        """Declare the candidates of a firing."""
        self.gathered.draw(key, facts)
        self.declare(*facts)
