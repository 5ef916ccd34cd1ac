"""One run: facts in, firings out. The engine is built once and serves any number of cases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from nmt_expert.engine.compile import DRAWN, QUESTION, compiled, mentions, sources_of_rules
from nmt_expert.engine.facts import FactToken, Known, Token, fact_of, links, token_of, tokens_of
from nmt_expert.engine.library import (
    Activation,
    Fact,
    FactList,
    KnowledgeEngine,
    ReteMatcher,
    Strategy,
)
from nmt_expert.engine.matcher import IndexedMatcher
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import Candidate, Rule

Bindings = tuple[tuple[str, str], ...]
Activated = tuple[tuple[int, Token], ...]
"""The numbered conditions of one activation, each with the token that met it."""


class FiringKey(NamedTuple):
    """A rule (or ``question.<id>``) and the bindings of the variables its outcome uses."""

    rule: str
    bindings: Bindings


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


class _InOrderOfArrival(Strategy):
    """Fire as activations come: nothing depends on the order, the trace is sorted afterwards."""

    def _update_agenda(
        self, agenda: Any, added: Iterable[Activation], removed: Iterable[Activation]
    ) -> None:
        gone = list(removed)
        if gone:
            agenda.activations = [a for a in agenda.activations if a not in gone]
        agenda.activations.extend(added)


class _Body(KnowledgeEngine):
    """What both engines share: the firings gathered in the current run."""

    __strategy__ = _InOrderOfArrival
    gathered: dict[FiringKey, set[Activated]]


@dataclass
class _Outcome:
    """What a compiled rule does when it fires: note the activation, declare its candidates."""

    name: str
    variables: tuple[str, ...]
    sited: tuple[str, ...]
    """The sites that its outcomes name with a side."""
    candidates: tuple[Candidate, ...]
    kb: KnowledgeBase = field(repr=False)

    def __call__(self, engine: _Body, **context: Any) -> None:
        facts = [(int(k[1:]), token_of(v)) for k, v in context.items() if isinstance(v, Fact)]
        key = FiringKey(self.name, self._bindings(context))
        known = key in engine.gathered
        engine.gathered.setdefault(key, set()).add(tuple(sorted(facts, key=lambda f: f[0])))
        if not known:
            for candidate in self.candidates:
                for token in tokens_of(_drawn(candidate, dict(key.bindings), self.kb), self.kb):
                    engine.declare(fact_of(token, self.kb))

    def _bindings(self, context: dict[str, Any]) -> Bindings:
        """The outcome's variables, without ``$side`` where every outcome lies in the mid-line."""
        bound = {name: str(context[name[1:]]) for name in self.variables}
        if (
            "$side" in bound
            and self.sited
            and not any(self.kb.is_sided(bound_site(term, bound)) for term in self.sited)
        ):
            del bound["$side"]
        return tuple(bound.items())


def bound_site(term: str | None, bindings: dict[str, str]) -> str | None:
    """The site that a term of an outcome stands for under ``bindings``."""
    return bindings[term] if term and term.startswith("$") else term


def bound_side(
    term: str | None, site: str | None, bindings: dict[str, str], kb: KnowledgeBase
) -> Literal["left", "right"] | None:
    """The side an outcome lands on; none when its site has no sides."""
    if term is None or (site is not None and not kb.is_sided(site)):
        return None
    side = bindings["$side"] if term in ("$side", "$other") else term
    if term == "$other":
        side = "left" if side == "right" else "right"
    return "left" if side == "left" else "right"


def _drawn(candidate: Candidate, bindings: dict[str, str], kb: KnowledgeBase) -> Known:
    site = bound_site(candidate.site, bindings)
    side = bound_side(candidate.side, site, bindings, kb)
    return Known("candidate", candidate.candidate, site, side, DRAWN)


def _sited(rule: Rule) -> tuple[str, ...]:
    sites = (getattr(outcome, "site", None) for outcome in rule.then)
    return tuple(site for site in sites if isinstance(site, str))


def _variables_of_rule(rule: Rule) -> tuple[str, ...]:
    used = set()
    for outcome in rule.then:
        values = [getattr(outcome, "site", None), getattr(outcome, "side", None)]
        used |= {value for value in values if isinstance(value, str) and value.startswith("$")}
        said = getattr(outcome, "say", None) or getattr(outcome, "treat", None) or ""
        used |= {f"${name}" for name in _PLACEHOLDERS if f"{{{name}}}" in said}
    used = {"$side" if name == "$other" else name for name in used}
    return tuple(sorted(used))


_PLACEHOLDERS = (
    "muscle", "zone", "nerve", "pattern", "fault", "exposure",
    "joint", "tendon", "region", "key", "side",
)  # fmt: skip


def _variables_of_question(question: Question) -> tuple[str, ...]:
    used: set[str] = set(question.together)
    for ask in question.ask:
        used |= {term for term in (ask.site, ask.side) if term and term.startswith("$")}
    return tuple(sorted(used))


class Engine:
    """The rule set compiled to experta.

    ``matcher`` is ``indexed`` (ours) or ``stock`` (experta's own, slow, kept as the yardstick that
    the tests hold ours to). An engine serves one run at a time and does not pickle.
    """

    def __init__(self, kb: KnowledgeBase, matcher: Literal["indexed", "stock"] = "indexed") -> None:
        self.kb = kb
        self.matcher = matcher
        self._body = self._build()
        self._links = list(links(kb))
        self._mentions = mentions(kb)
        if matcher == "indexed":
            self._keep_links()

    def _build(self) -> _Body:
        attributes: dict[str, Any] = {
            "__matcher__": IndexedMatcher if self.matcher == "indexed" else ReteMatcher
        }
        for name, condition in sources_of_rules(self.kb):
            attributes.update(compiled(name, condition, self._outcome(name).__call__))
        body: _Body = type("NmtBody", (_Body,), attributes)()
        return body

    def _outcome(self, name: str) -> _Outcome:
        if name.startswith(QUESTION):
            question = self.kb.questions[name.removeprefix(QUESTION)]
            sited = tuple(ask.site for ask in question.ask if ask.site and ask.side)
            return _Outcome(name, _variables_of_question(question), sited, (), self.kb)
        rule = self.kb.rules[name]
        candidates = tuple(outcome for outcome in rule.then if isinstance(outcome, Candidate))
        return _Outcome(name, _variables_of_rule(rule), _sited(rule), candidates, self.kb)

    def _keep_links(self) -> None:
        for number, fact in enumerate(self._links):
            fact.__factid__ = -1 - number
        self._body.matcher.keep(self._links)

    def run(
        self,
        known: Iterable[Known],
        weigh: Callable[[tuple[RawFiring, ...]], Sequence[Known]] | None = None,
    ) -> RunResult:
        """Fire everything that ``known`` supports.

        ``weigh`` is given the firings of the screen, candidate and evidence strata and returns the
        bands that focus and advice rules may use.
        """
        self._begin()
        self._declare(known)
        if weigh is not None:
            self._declare(weigh(self._result().firings))
        return self._result()

    def _begin(self) -> None:
        body = self._body
        body.gathered = {}
        if self.matcher == "stock":
            body.reset()
            for link in self._links:
                body.facts.declare(link.copy())
            return
        body.agenda.activations = []
        body.facts = FactList()
        body.matcher.reset()

    def _declare(self, known: Iterable[Known]) -> None:
        for token in dict.fromkeys(t for item in known for t in tokens_of(item, self.kb)):
            if self.matcher == "stock" or self._matters(token):
                self._body.facts.declare(fact_of(token, self.kb))
        self._body.run()

    def _matters(self, token: FactToken) -> bool:
        """Whether any condition could match this fact; the stock engine is given them all."""
        key = (token.what, token.name, token.value, token.side != "any")
        if key not in self._mentions:
            return False
        sites = self._mentions[key]
        return sites is None or token.site in sites

    def _result(self) -> RunResult:
        raw = [
            RawFiring(key.rule, key.bindings, frozenset(activations))
            for key, activations in sorted(self._body.gathered.items())
        ]
        return RunResult(
            tuple(firing for firing in raw if not firing.rule.startswith(QUESTION)),
            tuple(firing for firing in raw if firing.rule.startswith(QUESTION)),
        )


__all__ = ["Engine", "FactToken", "RawFiring", "RunResult", "bound_side", "bound_site"]
