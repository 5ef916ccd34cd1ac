"""One run: facts in, firings out. The engine is built once and serves any number of cases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nmt_expert.engine.body import Activated, Bindings, Body, FiringKey, Gathered
from nmt_expert.engine.compile import QUESTION, compiled, mentions, sources_of_rules
from nmt_expert.engine.facts import Facts, FactToken, Known, Token, links
from nmt_expert.engine.layers import Layers
from nmt_expert.engine.library import ReteMatcher
from nmt_expert.engine.matcher import IndexedMatcher
from nmt_expert.engine.outcome import (
    Outcome,
    bound_side,
    bound_site,
    outcome_of_question,
    outcome_of_rule,
)
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


class Engine:
    """The rule set compiled to experta.

    ``matcher`` is ``indexed`` (ours) or ``stock`` (experta's own, slow, kept as the yardstick that
    the tests hold ours to). An engine serves one run at a time and does not pickle. Ours goes on
    from the run before as far as that one was given nothing else; the result is the same.
    """

    def __init__(self, kb: KnowledgeBase, matcher: Literal["indexed", "stock"] = "indexed") -> None:
        self.kb = kb
        self.matcher = matcher
        self._mentions = mentions(kb)
        self._facts = Facts(kb, self._matters)
        self._body = self._build()
        self._links = list(links(kb))
        self._raw: dict[FiringKey, RawFiring] = {}
        if matcher == "indexed":
            self._keep_links()
            self._layers = Layers(self._body, self._facts)

    def _build(self) -> Body:
        attributes: dict[str, Any] = {
            "__matcher__": IndexedMatcher if self.matcher == "indexed" else ReteMatcher
        }
        for name, condition in sources_of_rules(self.kb):
            attributes.update(compiled(name, condition, self._outcome(name)))
        body: Body = type("NmtBody", (Body,), attributes)()
        return body

    def _outcome(self, name: str) -> Outcome:
        if name.startswith(QUESTION):
            question = self.kb.questions[name.removeprefix(QUESTION)]
            return outcome_of_question(name, question, self.kb, self._facts)
        return outcome_of_rule(self.kb.rules[name], self.kb, self._facts)

    def _keep_links(self) -> None:
        for number, fact in enumerate(self._links):
            fact.__factid__ = -1 - number
        self._body.matcher.keep(self._links)

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
        self._declare(self._begun(known, opening), opening)
        if weigh is not None:
            self._declare(weigh(self._result(opening).firings), opening)
        return self._result(opening)

    def _begun(self, known: Iterable[Known], opening: bool) -> Iterable[Known]:
        """What is still to be declared of ``known``."""
        if self.matcher == "indexed":
            return self._layers.rest_of(known, opening)
        body = self._body
        body.gathered = Gathered()
        self._raw = {}
        body.reset()
        for link in self._links:
            body.facts.declare(link.copy())
        return known

    def _declare(self, known: Iterable[Known], opening: bool) -> None:
        if self.matcher == "indexed":
            self._layers.lay(known, opening)
            return
        for one in dict.fromkeys(known):
            for fact in self._facts.of(one):
                self._body.facts.declare(fact.copy())
        self._body.run()

    def _matters(self, token: FactToken) -> bool:
        """Whether any condition could match this fact; the stock engine is given them all."""
        key = (token.what, token.name, token.value, token.side != "any")
        if self.matcher == "stock":
            return True
        if key not in self._mentions:
            return False
        sites = self._mentions[key]
        return sites is None or token.site in sites

    def _result(self, opening: bool) -> RunResult:
        gathered = self._body.gathered
        for key in gathered.changed:
            self._raw.pop(key, None)
            if key in gathered.of:
                self._raw[key] = RawFiring(*key, frozenset(gathered.of[key]))
        gathered.changed.clear()
        raw = [self._raw[key] for key in sorted(self._raw)]
        return RunResult(
            tuple(firing for firing in raw if not firing.rule.startswith(QUESTION)),
            tuple(firing for firing in raw if opening and firing.rule.startswith(QUESTION)),
        )


__all__ = ["Engine", "FactToken", "RawFiring", "RunResult", "bound_side", "bound_site"]
