"""What an assessment needs of an engine, whichever it is."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from nmt_expert.engine.facts import Known
from nmt_expert.engine.run import RawFiring, RunResult
from nmt_expert.model.knowledge import KnowledgeBase

Weigh = Callable[[tuple[RawFiring, ...]], Sequence[Known]]
"""Given what fired so far, the bands that focus and advice rules may use."""


class Reasoner(Protocol):
    """The rules of a knowledge base, ready to run; every one of them reaches the same result."""

    kb: KnowledgeBase

    def run(
        self, known: Iterable[Known], weigh: Weigh | None = None, *, opening: bool = True
    ) -> RunResult:
        """Fire everything that ``known`` supports, as :meth:`nmt_expert.engine.Engine.run` does."""
