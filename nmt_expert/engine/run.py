"""One run: facts in, firings out. The engine is built once and serves any number of cases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nmt_expert.engine.body import Activated, Bindings, Body, FiringKey, Gathered
from nmt_expert.engine.compile import QUESTION, compiled, is_mentioned, mentions, sources_of_rules
from nmt_expert.engine.facts import Facts, FactToken, Known, Token, links
from nmt_expert.engine.library import ReteMatcher
from nmt_expert.engine.matcher import IndexedMatcher
from nmt_expert.engine.memory import WorkingMemory
from nmt_expert.engine.outcome import bound_side, bound_site, outcome_of
from nmt_expert.model.knowledge import KnowledgeBase


@dataclass(frozen=True)
class RawFiring:
    """A rule that fired under one binding, with every activation that led to it."""

    rule: str
    bindings: Bindings
    activations: frozenset[Activated]

    def met(self) -> dict[int, frozenset[Token]]:
        """For each numbered condition every token that met it, over all activations."""
        gathered: dict[int, set[Token]] = defaultdict(set)
        for activated in self.activations:
            for number, token in activated:
                gathered[number].add(token)
        return {number: frozenset(tokens) for number, tokens in gathered.items()}


@dataclass(frozen=True)
class RunResult:
    """Everything that fired; questions opened are told apart by :data:`QUESTION`."""

    firings: tuple[RawFiring, ...]
    opened: tuple[RawFiring, ...]


class _Firings:
    """What a body gathered, as results: only firings that changed are made anew."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._raw: dict[FiringKey, RawFiring] = {}

    def result(self, opening: bool) -> RunResult:
        gathered = self._gathered
        for key in gathered.changed:
            self._raw.pop(key, None)
            if key in gathered.of:
                self._raw[key] = RawFiring(*key, frozenset(gathered.of[key]))
        if gathered.changed:
            self._raw = {key: self._raw[key] for key in sorted(self._raw)}
        gathered.changed.clear()
        raw = self._raw.values()
        return RunResult(
            tuple([firing for firing in raw if not firing.rule.startswith(QUESTION)]),
            tuple([firing for firing in raw if opening and firing.rule.startswith(QUESTION)]),
        )


class Engine:
    """The rule set compiled to experta.

    ``matcher`` is ``indexed`` (ours) or ``stock`` (experta's own, slow, kept as the yardstick that
    the tests hold ours to). An engine serves one run at a time and does not pickle. Ours goes on
    from an earlier run, and pays for what is stated more or no longer; the result is the same.
    """

    def __init__(self, kb: KnowledgeBase, matcher: Literal["indexed", "stock"] = "indexed") -> None:
        self.kb = kb
        self.matcher = matcher
        self._mentions = mentions(kb)
        self._facts = Facts(kb, self._matters)
        self._compiled = self._build()
        self._links = list(links(kb))
        self._body = self._compiled()
        self._going: list[tuple[WorkingMemory, _Firings]] = []
        if matcher == "indexed":
            self._begin(self._body)

    def _build(self) -> type[Body]:
        attributes: dict[str, Any] = {
            "__matcher__": IndexedMatcher if self.matcher == "indexed" else ReteMatcher
        }
        for name, condition in sources_of_rules(self.kb):
            attributes.update(compiled(name, condition, outcome_of(name, self.kb, self._facts)))
        return type("NmtBody", (Body,), attributes)

    def _begin(self, body: Body) -> tuple[WorkingMemory, _Firings]:
        """A working memory with nothing stated in it yet."""
        body.matcher.keep(self._links)
        memory = WorkingMemory(body, self._facts)
        self._going.append((memory, _Firings(body.gathered)))
        return self._going[-1]

    def run(
        self,
        known: Iterable[Known],
        weigh: Callable[[tuple[RawFiring, ...]], Sequence[Known]] | None = None,
        *,
        opening: bool = True,
    ) -> RunResult:
        """Fire everything that ``known`` supports.

        ``weigh`` is given the firings of the screen, candidate and evidence strata and returns the
        bands that focus and advice rules may use. Without ``opening`` no question is opened.
        """
        given = dict.fromkeys(known)
        if self.matcher == "stock":
            return self._run_stock(given, weigh, opening)
        memory, firings = self._memory(opening)
        if weigh is None:
            memory.hold(given, opening)
        else:
            memory.hold(dict.fromkeys((*given, *memory.bands)), opening)
            bands = weigh(firings.result(opening).firings)
            memory.hold(dict.fromkeys((*given, *bands)), opening)
        return firings.result(opening)

    def _memory(self, opening: bool) -> tuple[WorkingMemory, _Firings]:
        """The one to go on in: runs that open questions have their own, once there are others."""
        fitting = [one for one in self._going if one[0].opens == opening]
        if fitting:
            return fitting[0]
        return self._begin(self._compiled()) if opening else self._going[0]

    def _run_stock(
        self,
        known: Iterable[Known],
        weigh: Callable[[tuple[RawFiring, ...]], Sequence[Known]] | None,
        opening: bool,
    ) -> RunResult:
        body = self._body
        body.gathered = Gathered()
        firings = _Firings(body.gathered)
        body.reset()
        for link in self._links:
            body.facts.declare(link.copy())
        self._declare(known)
        if weigh is not None:
            self._declare(weigh(firings.result(opening).firings))
        return firings.result(opening)

    def _declare(self, known: Iterable[Known]) -> None:
        for one in dict.fromkeys(known):
            for fact in self._facts.of(one):
                self._body.facts.declare(fact.copy())
        self._body.run()

    def _matters(self, token: FactToken) -> bool:
        """Whether any condition could match this fact; the stock engine is given them all."""
        return self.matcher == "stock" or is_mentioned(token, self._mentions)


__all__ = ["Engine", "FactToken", "RawFiring", "RunResult", "bound_side", "bound_site"]
