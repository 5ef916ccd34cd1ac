"""What a compiled rule does when it fires, and where its outcomes land."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from typing import Any, ClassVar, Literal

from nmt_expert.engine.body import Bindings, Body, FiringKey
from nmt_expert.engine.compile import DRAWN, QUESTION
from nmt_expert.engine.facts import Facts, Known, TextFact
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import Candidate, Rule


@dataclass(eq=False, slots=True)
class Outcome:
    """What a compiled rule does when it fires: note the activation, declare its candidates."""

    __signature__: ClassVar = Signature(
        [
            Parameter("engine", Parameter.POSITIONAL_ONLY),
            Parameter("context", Parameter.VAR_KEYWORD),
        ]
    )
    """experta asks every rule for it, and working it out anew takes long."""

    name: str
    variables: tuple[str, ...]
    sited: tuple[str, ...]
    """The sites that its outcomes name with a side."""
    candidates: tuple[Candidate, ...]
    kb: KnowledgeBase = field(repr=False)
    facts: Facts = field(repr=False)

    @property
    def __name__(self) -> str:
        """What experta calls the rule."""
        return self.name

    def __call__(self, engine: Body, /, **context: Any) -> None:
        """Fire: ``context`` holds the variables and, as ``f<number>``, the facts that were met."""
        met = [(int(k[1:]), v.token) for k, v in context.items() if isinstance(v, TextFact)]
        key = FiringKey(self.name, self.bindings(context))
        if engine.note(key, tuple(sorted(met, key=lambda f: f[0]))):
            for candidate in self.candidates:
                engine.draw(key, self.facts.of(_drawn(candidate, dict(key.bindings), self.kb)))

    def bindings(self, context: Mapping[str, Any]) -> Bindings:
        """The outcome's variables, without ``$side`` where every outcome lies in the mid-line."""
        bound = {name: str(context[name[1:]]) for name in self.variables}
        if (
            "$side" in bound
            and self.sited
            and not any(self.kb.is_sided(bound_site(term, bound)) for term in self.sited)
        ):
            del bound["$side"]
        return tuple(bound.items())


def outcome_of(name: str, kb: KnowledgeBase, facts: Facts) -> Outcome:
    """What a rule, or a question (``question.<id>``), does when its condition is met."""
    if name.startswith(QUESTION):
        return _of_question(name, kb.questions[name.removeprefix(QUESTION)], kb, facts)
    return _of_rule(kb.rules[name], kb, facts)


def _of_rule(rule: Rule, kb: KnowledgeBase, facts: Facts) -> Outcome:
    candidates = tuple(outcome for outcome in rule.then if isinstance(outcome, Candidate))
    return Outcome(rule.id, _variables_of_rule(rule), _sited(rule), candidates, kb, facts)


def _of_question(name: str, question: Question, kb: KnowledgeBase, facts: Facts) -> Outcome:
    sited = tuple(ask.site for ask in question.ask if ask.site and ask.side)
    return Outcome(name, _variables_of_question(question), sited, (), kb, facts)


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
