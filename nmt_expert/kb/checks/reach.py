"""Everything can come about: some order of questions and rules leads to each."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey, Used
from nmt_expert.kb.checks.implication import always_needed
from nmt_expert.kb.checks.reached import Reached, fitting_pairs, reached
from nmt_expert.model.errors import Fault
from nmt_expert.model.question import Question
from nmt_expert.model.rule import (
    Candidate,
    CandidateCondition,
    FindingCondition,
    RelationCondition,
    Rule,
)


class QuestionCanOpen(Check):
    """Some answer opens every question, before the answers that the question itself would give."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a question."""
        found = reached(survey)
        for question in survey.questions.values():
            if question.ask_when and not found.can_hold(question.ask_when):
                says = "nothing can open the question: it waits for what only it would lead to"
                consequence = "It would never be asked."
                remedy = "Ask for something that is known before."
                yield survey.fault(
                    "question", question.id, ("ask_when",), says, consequence, remedy
                )


class CandidateIsGrounded(Check):
    """A candidate is drawn from findings in the end, not only from candidates that wait for it."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a rule of the circle."""
        found = reached(survey)
        for rule in survey.rules.values():
            for n, outcome in enumerate(rule.then):
                if isinstance(outcome, Candidate) and self._in_circle(rule, outcome, found):
                    says = f"{outcome.candidate} is drawn only where it is drawn already"
                    consequence = "The circle never begins, so the rule could never fire."
                    remedy = "Add a rule that draws it from findings."
                    path = ("then", n, "candidate")
                    yield survey.fault("rule", rule.id, path, says, consequence, remedy)

    @staticmethod
    def _in_circle(rule: Rule, outcome: Candidate, found: Reached) -> bool:
        waits = any(isinstance(one, CandidateCondition) for one in always_needed(rule.when))
        return waits and outcome.candidate not in found.candidates


class CandidateIsNew(Check):
    """A candidate rule waits for no answer that is asked for only once its candidate is drawn."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a condition."""
        for used in survey.used:
            rule = survey.rules.get(used.owner) if used.kind == "rule" else None
            if rule is None or used.atom not in always_needed(rule.when):
                continue
            drawn = {one.candidate for one in rule.then if isinstance(one, Candidate)}
            if name := self._opened_by(used, drawn, survey):
                says = f"this is asked only once {name} is drawn, which is what the rule draws"
                consequence = f"No {name} could begin with this rule."
                yield survey.at_atom(used, "finding", says, consequence, "Ask it earlier.")

    @staticmethod
    def _opened_by(used: Used, drawn: set[str], survey: Survey) -> str:
        """The candidate of the rule that every question about this finding waits for."""
        atom = used.atom
        plan = survey.plan
        if not isinstance(atom, FindingCondition) or not drawn:
            return ""
        if plan and atom.finding in (plan.complaint_finding, plan.age_finding):
            return ""
        asking = [q for q in survey.questions.values() if _asks(q, atom.finding)]
        waited = [_candidates(question) & drawn for question in asking]
        return min(frozenset.intersection(*waited), default="") if waited else ""


def _asks(question: Question, finding: str) -> bool:
    return any(ask.finding == finding for ask in question.ask)


def _candidates(question: Question) -> frozenset[str]:
    """The candidates that must be drawn before the question is asked."""
    needed = always_needed(question.ask_when) if question.ask_when else frozenset()
    return frozenset(one.candidate for one in needed if isinstance(one, CandidateCondition))


class PairIsKnown(Check):
    """A relation condition fits at least one pair of its relation."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition; ends of a wrong kind are reported elsewhere."""
        for used in survey.used:
            atom = used.atom
            if not isinstance(atom, RelationCondition) or not self._sound(atom, survey):
                continue
            if not any(fitting_pairs(atom, survey)):
                across = " across the mid-line" if atom.side == "other" else ""
                kind = f" of kind {atom.kind}" if atom.kind else ""
                says = f"no pair{kind} of {atom.relation} joins {atom.from_} and {atom.to}{across}"
                remedy = f"Add the row to knowledge/relations/{atom.relation}.yml, or correct it."
                consequence = "The condition could never be met."
                yield survey.at_atom(used, "relation", says, consequence, remedy)

    @staticmethod
    def _sound(atom: RelationCondition, survey: Survey) -> bool:
        """Names, kinds of end and kind of relation are as declared."""
        table = survey.tables.get(atom.relation)
        if table is None or (atom.kind and atom.kind not in table.kinds):
            return False
        starts, ends = survey.kinds_of(atom.from_), survey.kinds_of(atom.to)
        return bool(starts & set(table.from_) and ends & set(table.to))


class PlaceIsAsked(Check):
    """What a condition asks of a place, some question asks there, or of a part of it."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a condition."""
        places = reached(survey).places
        for used in survey.used:
            atom = used.atom
            if not isinstance(atom, FindingCondition) or atom.finding not in places:
                continue
            if atom.site in survey.sites and atom.site not in places[atom.finding]:
                says = f"no question asks {atom.finding} at {atom.site}"
                consequence = "An interview could not find it."
                yield survey.at_atom(used, "site", says, consequence, "Ask it there too.")
