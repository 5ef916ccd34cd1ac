"""The knowledge base as a CLIPS program: the same facts, and a rule for each branch of a condition.

It stands alone: loaded into CLIPS 6.4, reset and run, it writes one line for each activation with
the rule, the variables that its outcome uses, and the facts that met its conditions. Weighing is
no part of it: bands are facts that somebody asserts, as findings are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.engine.branches import Branch, branches
from nmt_expert.engine.clips.memory import EITHER, OPENING, Construct, filled, memory, note
from nmt_expert.engine.clips.symbols import comment, symbol
from nmt_expert.engine.compile import QUESTION, pattern, sources_of_rules
from nmt_expert.engine.facts import Facts
from nmt_expert.engine.joins import Pattern, pattern_of
from nmt_expert.engine.outcome import Outcome, outcome_of
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Candidate, RelationCondition


@dataclass(frozen=True)
class Defrule:
    """One branch of a rule or question as a CLIPS rule."""

    name: str
    outcome: Outcome
    branch: Branch

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The conditions as the rule numbers them, in the order of the facts in a note."""
        return tuple(number for number, _ in self.branch)

    @property
    def text(self) -> str:
        """The rule as CLIPS reads it."""
        opening = [f"({OPENING})"] if self.outcome.name.startswith(QUESTION) else []
        patterns = [_pattern(pattern_of(pattern(number, atom))) for number, atom in self._joined]
        lines = [*opening, *patterns, "=>", self._note(), *map(_draw, self.outcome.candidates)]
        return "\n  ".join([f"(defrule {self.name}", *lines]) + ")"

    @property
    def _joined(self) -> Branch:
        """Relations first: what CLIPS has joined of them stays joined from case to case."""
        return tuple(sorted(self.branch, key=lambda one: not isinstance(one[1], RelationCondition)))

    def _note(self) -> str:
        """One line: the rule, the values of its variables, the numbers of the facts."""
        variables = [_variable(name) for name in self.outcome.variables]
        return note(self.name, *variables, *(f"(fact-index ?f{n})" for n in self.numbers))


def as_text(kb: KnowledgeBase) -> str:
    """The whole program, to be read and to be loaded."""
    lines = [comment(f"Knowledge base {kb.version}, sha256 {kb.sha256}, for CLIPS 6.4."), _USE]
    for construct in program(kb):
        lines += ["", comment(construct.about)] if construct.about else []
        lines.append(construct.text)
    return "\n".join(lines) + "\n"


_USE = comment("Load it, (reset), state findings, (run): it writes a line for each activation.")


def program(kb: KnowledgeBase) -> Iterator[Construct]:
    """Every definition, each after those that it needs."""
    yield from memory(kb)
    last = None
    for rule in defrules(kb):
        name = rule.outcome.name
        yield Construct("" if name == last else f"{name}: {_title(name, kb)}", rule.text)
        last = name


def defrules(kb: KnowledgeBase) -> Iterator[Defrule]:
    """The rules and questions, branch by branch."""
    facts = Facts(kb, lambda token: True)
    for name, condition in sources_of_rules(kb):
        outcome = outcome_of(name, kb, facts)
        for index, branch in enumerate(branches(condition)):
            yield Defrule(f"{symbol(name)}-{index}", outcome, branch)


def _title(name: str, kb: KnowledgeBase) -> str:
    if name.startswith(QUESTION):
        return kb.questions[name.removeprefix(QUESTION)].title
    return kb.rules[name].title


def _pattern(read: Pattern) -> str:
    terms = {name: symbol(value) for name, value in read.literals}
    terms |= {name: "|".join(sorted(map(symbol, either))) for name, either in read.choices}
    terms |= {name: f"?{variable}" for name, variable in read.variables}
    return f"?{read.bind} <- {filled(read.cls.__name__.lower(), terms)}"


def _draw(candidate: Candidate) -> str:
    site = candidate.site
    terms = {
        "name": symbol(candidate.candidate),
        "site": _variable(site) if site.startswith("$") else symbol(site),
        "side": _SIDES.get(candidate.side or EITHER, candidate.side or EITHER),
    }
    return f"(assert {filled('draw', terms)})"


_SIDES = {"$side": "?side", "$other": "(if (eq ?side left) then right else left)"}


def _variable(name: str) -> str:
    return f"?{name[1:]}"
