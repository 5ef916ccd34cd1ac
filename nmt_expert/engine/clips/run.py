"""The rules run by CLIPS: what :class:`nmt_expert.engine.Engine` is, with the same results."""

from collections.abc import Iterable

from nmt_expert.engine.clips.machine import Machine
from nmt_expert.engine.clips.notes import Keys, Notes
from nmt_expert.engine.clips.program import defrules, program
from nmt_expert.engine.compile import is_mentioned, mentions
from nmt_expert.engine.facts import Facts, Known, links
from nmt_expert.engine.reasoner import Weigh
from nmt_expert.engine.run import RunResult
from nmt_expert.model.knowledge import KnowledgeBase


class ClipsEngine:
    """The rule set compiled to CLIPS, for bulk and as a second opinion on our own engine.

    It is built once and serves one run at a time; it does not pickle.

    Raises:
        NmtError: clipspy is not installed, or CLIPS could not write down all that fired.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        found = mentions(kb)
        self._facts = Facts(kb, lambda token: is_mentioned(token, found))
        self._rules = {rule.name: rule for rule in defrules(kb)}
        self._keys = Keys()
        self._machine = Machine(program(kb))
        self._links = {self._machine.declare(link): link.token for link in links(kb)}

    def run(
        self, known: Iterable[Known], weigh: Weigh | None = None, *, opening: bool = True
    ) -> RunResult:
        """Fire everything that ``known`` supports; see :meth:`nmt_expert.engine.Engine.run`."""
        self._machine.begin(opening)
        notes = Notes(self._rules, self._keys, self._links)
        self._declare(known, notes)
        if weigh is not None:
            self._declare(weigh(notes.result().firings), notes)
        return notes.result()

    def _declare(self, known: Iterable[Known], notes: Notes) -> None:
        stated = {fact.token: fact for one in known for fact in self._facts.of(one)}
        for fact in stated.values():
            notes.tokens[self._machine.declare(fact)] = fact.token
        notes.read(self._machine.run())
