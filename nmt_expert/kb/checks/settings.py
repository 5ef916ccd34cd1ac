"""The files that hold one thing each: certainty, plan, urgencies."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.base import BANDS, STRENGTHS, URGENCIES
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import Advise


class CertaintyIsOrdered(Check):
    """Every strength and band has an exact decimal, and a stronger word a greater one."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a missing, unreadable or unordered number."""
        certainty = survey.certainty
        if certainty is None:
            return
        for key, words, numbers in (
            ("strengths", STRENGTHS, {str(k): v for k, v in certainty.strengths.items()}),
            ("bands", BANDS, {str(k): v for k, v in certainty.bands.items()}),
        ):
            before = Decimal(1)
            for word in words:
                number = _decimal(numbers.get(word))
                whole = word == "decisive" and number == 1
                if number is None or not (whole or 0 < number < before):
                    says = f"{word} needs a decimal between 0 and {before}, in quotes"
                    yield survey.fault(
                        "certainty",
                        "certainty",
                        (key, word),
                        says,
                        "Nothing could be weighed.",
                        "Order them from the strongest down.",
                    )
                else:
                    before = number


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None


class PlanNamesFit(Check):
    """The plan's filters work with a group and the licence's own values."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        plan = survey.plan
        if plan is None:
            return
        if survey.kinds_of(plan.clearance_group) - {"group"}:
            says = f"{plan.clearance_group} is no group"
            yield survey.fault(
                "plan",
                "plan",
                ("clearance_group",),
                says,
                "No muscle would be held back.",
                "Name a group of muscles.",
            )
        licence = survey.findings.get(plan.licence_finding)
        if licence and set(licence.values) != set(plan.licence_order):
            says = (
                f"licence_order must name the values of {licence.id}: {', '.join(licence.values)}"
            )
            yield survey.fault(
                "plan",
                "plan",
                ("licence_order",),
                says,
                "Some licences would fit nothing.",
                "Name each of them once.",
            )
        if plan.licence_unanswered not in plan.licence_order:
            says = (
                f"licence_unanswered must be one of licence_order: {', '.join(plan.licence_order)}"
            )
            consequence = "It would not be known what is allowed until somebody answers."
            yield survey.fault(
                "plan", "plan", ("licence_unanswered",), says, consequence, "Name one of these."
            )


class SessionsAreCounted(Check):
    """Every value of the session's finding has its least number, the first session among them."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault when a number could not be told."""
        sessions = survey.plan.sessions if survey.plan else None
        finding = survey.findings.get(sessions.finding) if sessions else None
        if sessions is None or finding is None:
            return
        if set(sessions.least) != set(finding.values) or min(sessions.least.values()) != 1:
            says = f"least must name the values of {finding.id}, the lowest as 1"
            lost = "A session's number could not be answered from the records."
            yield survey.fault(
                "plan",
                "plan",
                ("sessions", "least"),
                says,
                lost,
                "Give each value the number of the first session it stands for.",
            )


class HandoutIsAdvised(Check):
    """What the client's own copy tells to do at home is advice that a rule gives."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a piece of advice that is never given."""
        handout = survey.plan.handout if survey.plan else None
        given = {
            outcome.advice
            for rule in survey.rules.values()
            for outcome in rule.then
            if isinstance(outcome, Advise)
        }
        for n, name in enumerate(handout.home if handout else ()):
            if name not in given:
                says = f"no rule gives the advice {name!r}"
                lost = "It would never stand on the client's copy."
                remedy = did_you_mean(name, given)
                yield survey.fault("plan", "plan", ("handout", "home", n), says, lost, remedy)


class UrgenciesAreComplete(Check):
    """All four urgencies have their words."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an urgency."""
        declared = survey.draft.declared("urgency")
        for urgency in URGENCIES:
            if declared and urgency not in declared:
                says = f"urgency {urgency} is missing"
                yield Fault(
                    "knowledge/urgencies.yml",
                    says,
                    "Its referrals could not be printed.",
                    "Add it.",
                )
