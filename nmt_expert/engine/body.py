"""The experta engine of a rule set: what it gathers in a run, and how it takes a part back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from nmt_expert.engine.facts import Token
from nmt_expert.engine.library import Activation, Fact, FactList, KnowledgeEngine, Strategy

Bindings = tuple[tuple[str, str], ...]
Activated = tuple[tuple[int, Token], ...]
"""The numbered conditions of one activation, each with the token that met it."""


class FiringKey(NamedTuple):
    """A rule (or ``question.<id>``) and the bindings of the variables its outcome uses."""

    rule: str
    bindings: Bindings


class Gathered:
    """Every activation by its firing, in the order in which they came."""

    def __init__(self) -> None:
        self.of: dict[FiringKey, set[Activated]] = defaultdict(set)
        self.noted: list[tuple[FiringKey, Activated]] = []
        self.changed: set[FiringKey] = set()
        """Firings that gained or lost an activation since somebody last emptied this set."""

    def note(self, key: FiringKey, activated: Activated) -> bool:
        """Hold an activation; whether it is the first of its firing."""
        known = key in self.of
        if activated not in self.of[key]:
            self.of[key].add(activated)
            self.noted.append((key, activated))
            self.changed.add(key)
        return not known

    def rewind(self, noted: int) -> None:
        """Forget what came after the first ``noted`` activations."""
        for key, activated in reversed(self.noted[noted:]):
            self.of[key].discard(activated)
            self.changed.add(key)
            if not self.of[key]:
                del self.of[key]
        del self.noted[noted:]

    def clear(self) -> None:
        """Forget everything, also what an interrupted run left."""
        self.changed.update(self.of)
        self.of.clear()
        self.noted.clear()


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
    """A fact list of facts of which equal ones are the same, and that can be cut short."""

    @staticmethod
    def _get_fact_id(fact: Fact) -> int:
        return id(fact)

    def shorten(self, length: int) -> None:
        """Forget the facts declared after the first ``length``."""
        while len(self) > length:
            _, fact = self.popitem()
            del self.reference_counter[id(fact)]
        self.last_index = length


class Body(KnowledgeEngine):
    """What both engines share: the firings gathered in the current run."""

    __strategy__ = InOrderOfArrival
    gathered: Gathered

    def note(self, key: FiringKey, activated: Activated) -> bool:
        """Hold an activation; whether it is the first of its firing."""
        return self.gathered.note(key, activated)
