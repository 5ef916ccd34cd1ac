"""Rules with one slip in them: the mutants that the examples, cases and checks should notice."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nmt_expert.engine.branches import branches
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Atom,
    FindingCondition,
    Outcome,
    Refer,
    RelationCondition,
    Rule,
    atoms,
)
from nmt_expert.model.site import VARIABLE_KINDS
from tests.proof import mutated_outcomes
from tests.proof.mutated_conditions import Conditions


@dataclass(frozen=True)
class Mutant:
    """A rule and what a slip made of it; None where it was deleted."""

    rule: Rule
    operator: str
    says: str
    mutated: Rule | None

    @property
    def name(self) -> str:
        """The rule's id and what was done to it; the same from run to run."""
        return f"{self.rule.id}: {self.says}"

    @property
    def in_condition(self) -> bool:
        """Whether the slip is in when the rule fires, and not in what it says then."""
        return self.mutated is not None and self.mutated.when != self.rule.when


def role_of(rule: Rule) -> str:
    """The role as the score tells it: referrals by their kind."""
    first = rule.then[0]
    return first.kind if isinstance(first, Refer) else rule.role


def mutants_of(rule: Rule, kb: KnowledgeBase) -> Iterator[Mutant]:
    """Every mutant of a rule that could still be compiled, each once."""
    yield Mutant(rule, "delete", "deleted", None)
    seen = {(rule.when, rule.then)}
    said: Counter[str] = Counter()
    for operator, says, changed in _changed(rule, kb):
        if (changed.when, changed.then) not in seen and _is_bound(changed):
            seen.add((changed.when, changed.then))
            said[says] += 1
            again = f" ({said[says]})" if said[says] > 1 else ""
            yield Mutant(rule, operator, f"{says}{again}", changed)


def _changed(rule: Rule, kb: KnowledgeBase) -> Iterator[tuple[str, str, Rule]]:
    taken = frozenset(a.finding for a in atoms(rule.when) if isinstance(a, FindingCondition))
    binds_side = any(getattr(atom, "side", "") in ("$side", "$other") for atom in atoms(rule.when))
    for operator, says, when in Conditions(kb, taken, binds_side).slips(rule.when):
        yield operator, says, rule.model_copy(update={"when": when})
    for at, outcome in enumerate(rule.then):
        rest = (rule.then[:at], rule.then[at + 1 :])
        if len(rule.then) > 1:
            left = rule.model_copy(update={"then": (*rest[0], *rest[1])})
            yield "drop", f"outcome {at + 1} left out", left
        for operator, says, then in mutated_outcomes.slips(outcome, rule.role, kb):
            words = f"outcome {at + 1}: {says}" if len(rule.then) > 1 else says
            changed = rule.model_copy(update={"then": (*rest[0], then, *rest[1])})
            yield operator, words, changed


def _is_bound(rule: Rule) -> bool:
    """Whether every branch still binds what the outcomes name; the loader refuses the others."""
    wanted = {term for outcome in rule.then for term in _named(outcome)}
    return all(
        wanted <= {term for _, atom in branch for term in _terms(atom)}
        for branch in branches(rule.when)
    )


def _named(outcome: Outcome) -> set[str]:
    """The variables that an outcome names, also in what it says."""
    said = getattr(outcome, "say", "") or getattr(outcome, "treat", "")
    terms = {getattr(outcome, "site", None), getattr(outcome, "side", None)}
    named = {f"${name}" for name in re.findall(r"{([a-z]+)}", said)} & {*VARIABLE_KINDS, "$side"}
    named |= {term for term in terms if isinstance(term, str) and term.startswith("$")}
    return {"$side" if term == "$other" else term for term in named}


def _terms(atom: Atom) -> set[str]:
    if isinstance(atom, RelationCondition):
        return {atom.from_, atom.to}
    side = "$side" if atom.side == "$other" else atom.side
    return {side, atom.site or ""}
