"""Going on from an earlier run: rules are monotone, so more facts only add to what fired.

The facts of a run lie in layers. A run that is given everything an earlier one was given, and
more, lays the rest on top; one that is not takes away every layer with something it was not given.
So an interview pays for a reply, and the possible run for what is open, not for the whole case.
"""

from collections.abc import Iterable
from typing import NamedTuple

from nmt_expert.engine.body import Body, Gathered, OneOfEach
from nmt_expert.engine.facts import Facts, Known


class Layer(NamedTuple):
    """What was stated at one time, and how far the run had come before."""

    known: frozenset[Known]
    opening: bool
    """Whether questions were opened too."""
    facts: int
    noted: int
    matched: tuple[int, int]


class Layers:
    """The working memory of an indexed engine, laid on and taken away in layers."""

    def __init__(self, body: Body, facts: Facts) -> None:
        self._body = body
        self._facts = facts
        self._layers: list[Layer] = []
        body.facts = OneOfEach()
        body.gathered = Gathered()

    def rest_of(self, known: Iterable[Known], opening: bool) -> list[Known]:
        """Take away every layer that holds more than ``known``; what no layer left holds.

        With ``opening`` a layer in which no question was opened goes too.
        """
        given = dict.fromkeys(known)
        for depth, layer in enumerate(self._layers):
            if not layer.known <= given.keys() or (opening and not layer.opening):
                self._cut(depth)
                break
        held = frozenset[Known]().union(*(layer.known for layer in self._layers))
        return [one for one in given if one not in held]

    def lay(self, known: Iterable[Known], opening: bool) -> None:
        """Declare ``known`` on top, and fire all that it supports."""
        stated = tuple(known)
        body = self._body
        come = (len(body.facts), len(body.gathered.noted), body.matcher.mark)
        self._layers.append(Layer(frozenset(stated), opening, *come))
        body.matcher.least_salience = 0 if not opening else float("-inf")
        try:
            for one in stated:
                for fact in self._facts.of(one):
                    body.facts.declare(fact)
            body.run()
        except BaseException:  # also Ctrl-C: half a layer must not be gone on from
            self._clear()
            raise

    def _clear(self) -> None:
        self._layers.clear()
        self._body.agenda.activations = []
        self._body.facts = OneOfEach()
        self._body.matcher.reset()
        self._body.gathered.clear()

    def _cut(self, depth: int) -> None:
        first = self._layers[depth]
        try:
            self._body.matcher.rewind(*first.matched)
            self._body.facts.shorten(first.facts)
            self._body.gathered.rewind(first.noted)
            del self._layers[depth:]
        except BaseException:
            self._clear()
            raise
