"""What can come to be known, question by question and rule by rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args
from weakref import WeakKeyDictionary

from nmt_expert.kb.checks.base import Survey
from nmt_expert.model.question import Ask
from nmt_expert.model.rule import (
    Atom,
    BandCondition,
    Candidate,
    CandidateCondition,
    Conclude,
    Condition,
    FindingCondition,
    RelationCondition,
    holds,
)
from nmt_expert.model.site import Relation, SiteKind


@dataclass
class Reached:
    """Findings that can be obtained, candidates that can be drawn, conclusions that can stand.

    What no question asks and no rule draws counts as reached: that is another fault.
    """

    findings: set[str]
    candidates: set[str]
    concluded: set[str]
    places: dict[str, frozenset[str]] = field(default_factory=dict)
    """Where each asked finding that has a site is asked, with the regions around."""

    @property
    def size(self) -> int:
        """How much is reached; it only grows."""
        return len(self.findings) + len(self.candidates) + len(self.concluded)

    def can_hold(self, condition: Condition) -> bool:
        """Whether what is reached may meet the condition; relations are taken to hold."""
        return holds(condition, self._can_be_met)

    def _can_be_met(self, atom: Atom) -> bool:
        match atom:
            case FindingCondition():
                return atom.finding in self.findings
            case CandidateCondition():
                return atom.candidate in self.candidates
            case BandCondition():
                return atom.band in self.concluded
        return True


_KNOWN: "WeakKeyDictionary[Survey, Reached]" = WeakKeyDictionary()


def reached(survey: Survey) -> Reached:
    """Everything that can come about; worked out once a survey."""
    if survey not in _KNOWN:
        _KNOWN[survey] = _worked_out(survey)
    return _KNOWN[survey]


def _worked_out(survey: Survey) -> Reached:
    found = _at_first(survey)
    before = -1
    while found.size != before:
        before = found.size
        for question in survey.questions.values():
            if question.ask_when is None or found.can_hold(question.ask_when):
                found.findings |= {ask.finding for ask in question.ask}
        for rule in survey.rules.values():
            if found.can_hold(rule.when):
                found.candidates |= {o.candidate for o in rule.then if isinstance(o, Candidate)}
                found.concluded |= {o.conclude for o in rule.then if isinstance(o, Conclude)}
    found.places = _places(survey)
    return found


def _at_first(survey: Survey) -> Reached:
    """What nobody asks or draws (a fault of its own), and what a case says without a question."""
    outcomes = [outcome for rule in survey.rules.values() for outcome in rule.then]
    asked = {ask.finding for question in survey.questions.values() for ask in question.ask}
    plan = survey.plan
    given = {plan.complaint_finding, plan.age_finding, plan.licence_finding} if plan else set()
    names = {getattr(used.atom, "finding", "") for used in survey.used}
    awaited = {getattr(used.atom, "candidate", "") for used in survey.used}
    weighed = {getattr(used.atom, "band", "") for used in survey.used}
    return Reached(
        (names - asked) | given,
        awaited - {one.candidate for one in outcomes if isinstance(one, Candidate)},
        weighed - {one.conclude for one in outcomes if isinstance(one, Conclude)},
    )


def _places(survey: Survey) -> dict[str, frozenset[str]]:
    """Where each finding is asked; a complaint may be anywhere."""
    asked: dict[str, set[str]] = {}
    for question in survey.questions.values():
        for ask in question.ask:
            if ask.site or ask.each:
                asked.setdefault(ask.finding, set()).update(_asked_at(ask, survey))
    if survey.plan:
        asked.setdefault(survey.plan.complaint_finding, set()).update(survey.sites)
    above = survey.above
    return {
        finding: frozenset(places).union(*(above.get(place, frozenset()) for place in places))
        for finding, places in asked.items()
    }


def _asked_at(ask: Ask, survey: Survey) -> Iterator[str]:
    """The sites of one item: one, all of a kind, or all of a region or group."""
    if ask.site and not ask.site.startswith("$"):
        yield ask.site
        return
    wanted = survey.kinds_of(ask.site) if ask.site else frozenset({ask.each})
    for site in survey.sites.values():
        if site.kind in wanted or (
            ask.each not in get_args(SiteKind) and ask.each in survey.above[site.id]
        ):
            yield site.id


def fitting_pairs(atom: RelationCondition, survey: Survey) -> Iterator[Relation]:
    """The pairs of a relation that could meet the condition."""
    for pair in survey.pairs.get(atom.relation, ()):
        if atom.side == pair.side and atom.kind in (None, pair.kind):
            ends = ((atom.from_, pair.from_), (atom.to, pair.to))
            if all(_fits(term, site, survey) for term, site in ends):
                yield pair


def _fits(term: str, site: str, survey: Survey) -> bool:
    if not term.startswith("$"):
        return term == site
    return bool(survey.kinds_of(term) & survey.kinds_of(site))
