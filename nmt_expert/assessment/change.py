"""What has changed since an earlier visit: scores compared, and what they say together.

A score that is missing on one of the days gives no verdict: unknown is never "no change".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from nmt_expert.model.assessment import Outcome, Scored, SinceLast, ThresholdStanding
from nmt_expert.model.case import Activity, Answer, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.measure import Measure, Threshold, Together, Verdict

DECIMALS = 2
"""Places after the point in a result; verdicts are drawn from exact numbers."""


@dataclass(frozen=True)
class Sheet:
    """What was scored on one day; without a date it is today."""

    date: str | None
    scores: Mapping[str, Fraction]
    activities: Mapping[str, Activity]

    def score(self, measure: Measure) -> Fraction | None:
        """The score of a measure on that day, or None when it was not taken."""
        if measure.activities and self.activities:
            return _mean(self.activities.values())
        return self.scores.get(measure.score)


class Pair(NamedTuple):
    """Two scores of one measure that may be compared, over the same activities."""

    since: str
    before: Fraction
    now: Fraction
    activities: tuple[str, ...] = ()


def outcomes(case: Case, kb: KnowledgeBase) -> tuple[Outcome, ...]:
    """Every measure that was scored, and the core ones always; nothing without earlier visits."""
    if not case.earlier:
        return ()
    earlier, today = _sheets(case)
    compared = [one for one in kb.measures.values() if one.counts != "no" and _in_use(one)]
    return tuple(
        _outcome(measure, earlier, today, compared)
        for measure in compared
        if measure.counts == "core" or _course(measure, (*earlier, today))
    )


def together(lines: Iterable[Outcome], kb: KnowledgeBase) -> Together | None:
    """What the verdicts say together; None when a core measure was not scored twice.

    Worse in one is worse. All core measures better, or one that counts alone, is meaningful.
    """
    verdicts = {line.measure: line.verdict for line in lines}
    if "worse" in verdicts.values():
        return "worse"
    core = [_verdict_of(one, verdicts) for one in kb.measures.values() if _is_core(one)]
    alone = [v for name, v in verdicts.items() if kb.measures[name].counts == "alone"]
    if "better" in alone or (core and all(verdict == "better" for verdict in core)):
        return "meaningful"
    if not core or "cannot_tell" in core:
        return None
    return "partial" if "better" in core else "none"


def computed(case: Case, kb: KnowledgeBase) -> tuple[Answer, tuple[str, ...]] | None:
    """What the scores say together as an answer, and from what; None when they say nothing."""
    finding = kb.plan.change_finding
    lines = outcomes(case, kb) if finding else ()
    value = together(lines, kb)
    if finding is None or value is None:
        return None
    told = tuple(
        f"{line.label}: {line.before:g} on {line.since}, {line.now:g} today"
        for line in lines
        if line.verdict != "cannot_tell"
    )
    return Answer(finding=finding, value=value), told


def _is_core(measure: Measure) -> bool:
    return measure.counts == "core" and _in_use(measure)


def _in_use(measure: Measure) -> bool:
    return measure.status != "retired"


def _verdict_of(measure: Measure, verdicts: Mapping[str, Verdict]) -> Verdict:
    return verdicts.get(measure.id, "cannot_tell")


def _sheets(case: Case) -> tuple[tuple[Sheet, ...], Sheet]:
    """The earlier days, first one first, and today."""
    earlier = sorted(case.earlier, key=lambda visit: visit.date)
    days = tuple(_sheet(visit.date, visit.answers, visit.activities) for visit in earlier)
    return days, _sheet(None, case.answers, case.activities)


def _sheet(date: str | None, answers: Iterable[Answer], activities: Iterable[Activity]) -> Sheet:
    scores = {a.finding: _exact(a.value) for a in answers if isinstance(a.value, int | float)}
    return Sheet(date, scores, {activity.known_as: activity for activity in activities})


def _exact(number: float) -> Fraction:
    """The number as it was written: 0.1 is a tenth."""
    return Fraction(str(number))


def _mean(activities: Iterable[Activity]) -> Fraction:
    scores = [_exact(activity.score) for activity in activities]
    return sum(scores, Fraction()) / len(scores)


def _outcome(
    measure: Measure, earlier: tuple[Sheet, ...], today: Sheet, compared: list[Measure]
) -> Outcome:
    course = _course(measure, (*earlier, today))
    pairs = tuple(_pairs(measure, earlier, today))
    pair = pairs[0] if pairs else None
    if pair is None:
        why = _why_not(measure, earlier, today, compared)
        return Outcome(
            measure=measure.id, label=measure.label, verdict="cannot_tell", why=why, course=course
        )
    change = pair.now - pair.before
    return Outcome(
        measure=measure.id,
        label=measure.label,
        verdict=_verdict(measure, pair),
        since=pair.since,
        before=_printed(pair.before),
        now=_printed(pair.now),
        difference=_printed(change),
        per_cent=_printed(change / pair.before * 100) if pair.before else None,
        activities=pair.activities,
        thresholds=_standings(measure, pair),
        last=_since_last(measure, pairs[-1]) if len(pairs) > 1 else None,
        course=course,
    )


def _pairs(measure: Measure, earlier: tuple[Sheet, ...], today: Sheet) -> Iterator[Pair]:
    """What may be compared, with the first visit first."""
    now = today.score(measure)
    for sheet in earlier:
        before = sheet.score(measure)
        if before is None or now is None or sheet.date is None:
            continue
        if not (measure.activities and sheet.activities and today.activities):
            yield Pair(sheet.date, before, now)
            continue
        both = [name for name in sheet.activities if name in today.activities]
        if both:
            yield Pair(
                sheet.date,
                _mean(sheet.activities[name] for name in both),
                _mean(today.activities[name] for name in both),
                tuple(today.activities[name].activity for name in both),
            )


def _since_last(measure: Measure, pair: Pair) -> SinceLast:
    return SinceLast(
        since=pair.since,
        difference=_printed(pair.now - pair.before),
        verdict=_verdict(measure, pair),
    )


def _why_not(
    measure: Measure, earlier: tuple[Sheet, ...], today: Sheet, compared: list[Measure]
) -> str:
    """Why no two scores can be compared."""
    before = any(sheet.score(measure) is not None for sheet in earlier)
    now = today.score(measure) is not None
    if before and now:
        return "No activity was scored on both days."
    if _in_another_unit(measure, (today,) if before else earlier, compared):
        return "The other score is in another unit; they are not compared."
    if not now:
        return "Not scored today." if before else "Not scored on either day."
    return "Not scored before."


def _in_another_unit(measure: Measure, sheets: Iterable[Sheet], compared: list[Measure]) -> bool:
    """Whether the same paper form was scored on one of these days, in another unit."""
    others = [one for one in compared if measure.form and one.form == measure.form]
    return any(sheet.score(one) is not None for sheet in sheets for one in others)


def _gain(measure: Measure, pair: Pair) -> Fraction:
    """The change for the better, in points; below 0 when it is for the worse."""
    return pair.now - pair.before if measure.better == "higher" else pair.before - pair.now


def _amount(threshold: Threshold, before: Fraction) -> Fraction | None:
    """The points that a threshold asks for; None for per cent of nothing."""
    if threshold.points is not None:
        return _exact(threshold.points)
    share = _exact(threshold.per_cent or 0)
    return before * share / 100 if before else None


def _reached(threshold: Threshold, measure: Measure, pair: Pair) -> bool:
    gain, amount = _gain(measure, pair), _amount(threshold, pair.before)
    if amount is None:
        return False
    for_better = threshold.way != "worse" and gain >= amount
    return for_better or (threshold.way != "better" and -gain >= amount)


def _verdict(measure: Measure, pair: Pair) -> Verdict:
    if not any(_reached(one, measure, pair) for one in measure.deciding):
        return "not_yet"
    return "better" if _gain(measure, pair) > 0 else "worse"


def _standings(measure: Measure, pair: Pair) -> tuple[ThresholdStanding, ...]:
    """The thresholds for the way it went, those that decide first."""
    other = "better" if _gain(measure, pair) < 0 else "worse"
    wanted = [one for one in measure.thresholds if one.way != other]
    return tuple(
        ThresholdStanding(
            amount=one.amount,
            reached=_reached(one, measure, pair),
            decides=one.decides,
            means=one.means,
            limits=one.limits,
            grade=one.grade,
            basis=one.basis,
            sources=tuple(citation.source for citation in one.sources),
        )
        for one in sorted(wanted, key=lambda one: not one.decides)
    )


def _course(measure: Measure, sheets: Iterable[Sheet]) -> tuple[Scored, ...]:
    """Every score of a measure, in the order of the days."""
    scored = ((sheet.date, sheet.score(measure)) for sheet in sheets)
    return tuple(Scored(date=d, score=_printed(s)) for d, s in scored if s is not None)


def _printed(number: Fraction) -> float:
    return float(round(number, DECIMALS))
