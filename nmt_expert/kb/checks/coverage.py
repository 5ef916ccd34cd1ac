"""Nothing in the knowledge stands for nothing: it is asked, used, or said in words."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import (
    Advise,
    BandCondition,
    Candidate,
    CandidateCondition,
    Caution,
    Conclude,
    FindingCondition,
    Refer,
    Treat,
)


class FindingIsAsked(Check):
    """Every finding is asked by some question, set by the licence, or computed from scores."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding."""
        asked: set[str | None] = {
            ask.finding for question in survey.questions.values() for ask in question.ask
        }
        if survey.plan:
            asked |= {survey.plan.licence_finding, survey.plan.change_finding}
        for finding in survey.findings.values():
            if finding.id not in asked:
                says = "no question asks for this"
                consequence = "Rules that need it could never fire."
                yield survey.fault(
                    "finding", finding.id, (), says, consequence, "Ask it in knowledge/interview."
                )


class FindingIsUsed(Check):
    """Every finding is used by some rule or question, or says that it measures outcome."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding."""
        used = {one.atom.finding for one in survey.used if isinstance(one.atom, FindingCondition)}
        if survey.plan:
            used |= {
                survey.plan.licence_finding,
                survey.plan.complaint_finding,
                survey.plan.age_finding,
            }
        for finding in survey.findings.values():
            if finding.id not in used and finding.use == "rules":
                says = "no rule uses this"
                consequence = "It would be asked for nothing."
                yield survey.fault(
                    "finding", finding.id, (), says, consequence, "Use it, or write use: outcome."
                )


class AwaitedConclusionIsDrawn(Check):
    """A candidate or band that a condition waits for is drawn by some rule."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a condition."""
        outcomes = [outcome for rule in survey.rules.values() for outcome in rule.then]
        candidates = {one.candidate for one in outcomes if isinstance(one, Candidate)}
        concluded = {one.conclude for one in outcomes if isinstance(one, Conclude)}
        for used in survey.used:
            match used.atom:
                case CandidateCondition(candidate=name) if name not in candidates:
                    key = "candidate"
                case BandCondition(band=name) if name not in concluded:
                    key = "band"
                case _:
                    continue
            kind = survey.conclusions.get(name)
            if kind and not (key == "band" and kind.candidate_only):
                drawn = "a candidate" if key == "candidate" else "a conclusion"
                says = f"no rule draws {name} as {drawn}"
                lost = "The condition could never be met."
                remedy = "Write a rule that draws it, or ask for something else."
                yield survey.at_atom(used, key, says, lost, remedy)


class FlagIsRaised(Check):
    """Every flag is raised by some rule."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a flag."""
        outcomes = [outcome for rule in survey.rules.values() for outcome in rule.then]
        raised = {one.flag for one in outcomes if isinstance(one, Refer)}
        raised |= {one.caution for one in outcomes if isinstance(one, Caution)}
        raised |= {one.advice for one in outcomes if isinstance(one, Advise)}
        if survey.plan:
            raised.add(survey.plan.unexplained.flag)
        for flag in survey.flags:
            if flag not in raised:
                yield survey.fault(
                    "flag",
                    flag,
                    (),
                    "no rule raises this",
                    "It would never be reported.",
                    "Write one, or take it out.",
                )


class TechniqueIsUsed(Check):
    """Every technique is proposed, or held back, by some rule."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a technique."""
        outcomes = [outcome for rule in survey.rules.values() for outcome in rule.then]
        used = {name for one in outcomes if isinstance(one, Treat) for name in one.technique}
        used |= {name for one in outcomes if isinstance(one, Treat | Caution) for name in one.bans}
        for technique in survey.techniques:
            if technique not in used:
                says = "no rule proposes this or holds it back"
                yield survey.fault(
                    "technique",
                    technique,
                    (),
                    says,
                    "It stands for nothing.",
                    "Write one, or take it out.",
                )
