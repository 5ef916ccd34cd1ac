"""Outcome measures: their scores are numbers, and every threshold says what it rests on."""

from collections.abc import Iterator
from typing import get_args

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.model.errors import Fault
from nmt_expert.model.measure import Measure, Threshold, Together

MISJUDGED = "A change would be judged wrongly."


def _thresholds(survey: Survey) -> Iterator[tuple[Measure, int, Threshold]]:
    for measure in survey.measures.values():
        for n, threshold in enumerate(measure.thresholds):
            yield measure, n, threshold


class ScoreIsANumber(Check):
    """What is compared is scored by a number in bands, and says which way is better."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a measure."""
        for measure in survey.measures.values():
            if measure.counts == "no":
                continue
            finding = survey.findings.get(measure.score)
            if finding and not finding.number:
                says = f"{finding.id} is no number, so its change cannot be measured"
                remedy = "Name a finding with number:, or write counts: no."
                yield survey.fault("measure", measure.id, ("score",), says, MISJUDGED, remedy)
            if measure.better is None:
                says = "it is compared, but 'better' is missing"
                remedy = "Add better: lower or better: higher."
                yield survey.fault("measure", measure.id, (), says, MISJUDGED, remedy)


class ScoreIsMeasuredOnce(Check):
    """One score belongs to one measure, so that its units are never mixed."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a score that two measures share."""
        first: dict[str, str] = {}
        for measure in survey.measures.values():
            other = first.setdefault(measure.score, measure.id)
            if other != measure.id:
                says = f"{measure.score} is also the score of {other}"
                remedy = "Give each unit a finding of its own."
                yield survey.fault("measure", measure.id, ("score",), says, MISJUDGED, remedy)


class ThresholdIsOneAmount(Check):
    """A threshold is an amount of points or of per cent, not both, and within the range."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a threshold."""
        for measure, n, threshold in _thresholds(survey):
            path = ("thresholds", n)
            if (threshold.points is None) == (threshold.per_cent is None):
                says = "a threshold is either in points or in per cent"
                remedy = "Keep one of them."
                yield survey.fault("measure", measure.id, path, says, MISJUDGED, remedy)
            finding = survey.findings.get(measure.score)
            number = finding.number if finding else None
            if number and threshold.points and threshold.points > number.max - number.min:
                says = f"no score can change by {threshold.points:g}"
                remedy = f"It goes from {number.min:g} to {number.max:g} ({number.unit})."
                at = (*path, "points")
                yield survey.fault("measure", measure.id, at, says, MISJUDGED, remedy)


class ThresholdHasSource(Check):
    """Somebody says so of every threshold; a proposal names itself as its source."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a threshold without a source."""
        for measure, n, threshold in _thresholds(survey):
            if not threshold.sources:
                says = "the threshold has no source"
                yield survey.fault(
                    "measure",
                    measure.id,
                    ("thresholds", n),
                    says,
                    "Nobody could tell where the figure comes from.",
                    "Add sources, or remove the threshold.",
                )


class ChangeIsDecided(Check):
    """What is compared has a threshold that decides for each way it can go."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a way that no threshold decides."""
        for measure in survey.measures.values():
            decided = {one.way for one in measure.deciding}
            for way in ("better", "worse"):
                if measure.counts != "no" and not decided & {way, "both"}:
                    says = f"no threshold decides when it is {way}"
                    remedy = "Write decides: true at one of its thresholds."
                    yield survey.fault(
                        "measure", measure.id, ("thresholds",), says, MISJUDGED, remedy
                    )


class MeasuredRegionIsRegion(Check):
    """The regions of a measure are regions or groups, as complaints lie in them."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        for measure in survey.measures.values():
            for n, name in enumerate(measure.regions):
                if not survey.kinds_of(name) <= {"region", "group"}:
                    says = f"{name} is no region"
                    consequence = "The measure would never be proposed for it."
                    path = ("regions", n)
                    yield survey.fault(
                        "measure", measure.id, path, says, consequence, "Name a region or a group."
                    )


class ChangeIsComputed(Check):
    """What the measures say together has a finding of its own, which nothing asks."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a finding that is missing, has other values, or is asked."""
        plan = survey.plan
        if plan is None or plan.change_finding is None:
            return
        finding = survey.findings.get(plan.change_finding)
        if finding and finding.values != get_args(Together):
            says = f"{finding.id} needs the values {', '.join(get_args(Together))}"
            yield survey.fault(
                "plan", "plan", ("change_finding",), says, MISJUDGED, "Give it just these."
            )
        for question in survey.questions.values():
            for n, ask in enumerate(question.ask):
                if ask.finding == plan.change_finding:
                    says = f"{ask.finding} is computed from the scores"
                    path = ("ask", n, "finding")
                    remedy = "Ask for the scores."
                    yield survey.fault("question", question.id, path, says, MISJUDGED, remedy)
