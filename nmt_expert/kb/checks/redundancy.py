"""No rule says what another says already."""

from collections import defaultdict
from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.checks.implication import Bound, implies, substituted
from nmt_expert.model.base import STRENGTHS, URGENCIES
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import (
    Advise,
    Candidate,
    Caution,
    Conclude,
    Outcome,
    Refer,
    Rule,
    Treat,
)
from nmt_expert.model.site import VARIABLE_KINDS

_CEILINGS = ("weak", "moderate", None)


class DuplicateRule(Check):
    """Two rules never have both the same conditions and the same outcome."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault the later rule."""
        needless = set()
        for rule, other in _redundant(survey):
            needless.add((rule.id, other.id))
            if (other.id, rule.id) in needless:
                says = f"the rule says just what {other.id} says"
                consequence = "The reader would be told everything twice."
                yield survey.fault("rule", rule.id, ("when",), says, consequence, "Keep one.")


class SubsumedRule(Check):
    """A rule adds something to every rule that fires wherever it does."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning the narrower rule."""
        told = set()
        for rule, other in _redundant(survey):
            if rule.id not in told and not _makes_needless(other, rule, survey):
                told.add(rule.id)
                says = f"{other.id} fires wherever this does, and says no less"
                remedy = "Leave it out, or let it say more than the other."
                consequence = "The rule would change no result."
                yield survey.fault("rule", rule.id, ("when",), says, consequence, remedy)


def _redundant(survey: Survey) -> Iterator[tuple[Rule, Rule]]:
    """Each rule with each other that makes it needless."""
    alike: dict[object, list[Rule]] = defaultdict(list)
    for rule in survey.rules.values():
        if rule.status != "retired":
            alike[tuple(sorted(_subject(outcome) for outcome in rule.then))].append(rule)
    for rules in alike.values():
        for rule in rules:
            for other in rules:
                if rule is not other and _makes_needless(rule, other, survey):
                    yield rule, other


def _subject(outcome: Outcome) -> tuple[str, ...]:
    match outcome:
        case Refer():
            return "refer", outcome.flag, outcome.to
        case Caution():
            return "caution", outcome.caution, outcome.scope, *outcome.site
        case Candidate():
            return "candidate", outcome.candidate, outcome.side or ""
        case Conclude():
            return "conclude", outcome.conclude, outcome.group, outcome.side or ""
        case Treat():
            return "treat", outcome.side or "", str(outcome.order)
        case Advise():
            return "advise", outcome.advice, outcome.say


def _makes_needless(rule: Rule, other: Rule, survey: Survey) -> bool:
    """Whether ``other`` says no less than ``rule``, wherever that fires."""
    if rule.role != other.role or len(rule.then) != len(other.then):
        return False
    bound: dict[str, str] = {}
    for outcome, wider in zip(rule.then, other.then, strict=True):
        found = _matched(outcome, wider, survey)
        if found is None or not _says_no_less(wider, outcome):
            return False
        bound |= found
    return implies(rule.when, substituted(other.when, bound), survey)


def _matched(outcome: Outcome, wider: Outcome, survey: Survey) -> Bound | None:
    """What the variables of ``wider`` stand for when it speaks of the place of ``outcome``."""
    if _subject(outcome) != _subject(wider):
        return None
    here, there = getattr(outcome, "site", None), getattr(wider, "site", None)
    if here == there:
        return {}
    if isinstance(there, str) and there in VARIABLE_KINDS and isinstance(here, str):
        fits = survey.kinds_of(here) and survey.kinds_of(here) <= survey.kinds_of(there)
        return {there: here} if fits else None
    return None


def _says_no_less(wider: Outcome, outcome: Outcome) -> bool:
    match wider, outcome:
        case Refer(), Refer():
            urgent = URGENCIES.index(wider.urgency) <= URGENCIES.index(outcome.urgency)
            held = "all" in wider.suppress or set(outcome.suppress) <= set(wider.suppress)
            return urgent and held and outcome.hold in (None, wider.hold)
        case Caution(), Caution():
            return set(outcome.bans) <= set(wider.bans) and bool(wider.bans) == bool(outcome.bans)
        case Conclude(), Conclude():
            strong = STRENGTHS.index(wider.strength) <= STRENGTHS.index(outcome.strength)
            free = _CEILINGS.index(wider.ceiling) >= _CEILINGS.index(outcome.ceiling)
            return strong and free
        case Treat(), Treat():
            same = (wider.distant, wider.dose, wider.treat) == (
                outcome.distant,
                outcome.dose,
                outcome.treat,
            )
            more = set(outcome.technique) <= set(wider.technique)
            return same and more and set(outcome.bans) <= set(wider.bans)
    return True
