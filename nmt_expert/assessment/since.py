"""Today's assessment beside an earlier one: what is different, and which reason changed."""

from collections.abc import Iterator, Mapping, Sequence

from nmt_expert.assessment.behind import answers_behind
from nmt_expert.assessment.compared import compared, results_in
from nmt_expert.model.assessment import Assessment, Conclusion, Input
from nmt_expert.model.base import BANDS
from nmt_expert.model.case import sides_of
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.since import AnswerSince, ConclusionSince, ReasonSince, Since

Place = tuple[str, str | None, str | None]


def with_since(now: Assessment, before: Assessment) -> Assessment:
    """The assessment with what is different from ``before``, why, and the words for it."""
    found = since(before, now)
    told = {reason.rule for one in found.conclusions for reason in one.reasons}
    gone = {id: text for id, text in before.rules.items() if id in told}
    kept = {"rules": gone | now.rules, "words": before.words | now.words}
    return now.model_copy(update={"since": found} | kept)


def since(before: Assessment, now: Assessment) -> Since:
    """What is different; a conclusion is listed when its band or one of its reasons is another."""
    return Since(
        case=before.case.id,
        date=before.case.visit.date,
        difference=compared(results_in(before), results_in(now)),
        conclusions=tuple(_conclusions(before, now)),
    )


def _conclusions(before: Assessment, now: Assessment) -> Iterator[ConclusionSince]:
    was, is_now = ({one.id: one for one in a.conclusions} for a in (before, now))
    for name in dict.fromkeys((*is_now, *was)):
        then, today = was.get(name), is_now.get(name)
        bands = [one.band if one else None for one in (then, today)]
        reasons = (*_lost(then, today, before, now), *_gained(then, today, before, now))
        if (bands[0] != bands[1] or reasons) and any(band in BANDS for band in bands):
            yield ConclusionSince(conclusion=name, before=bands[0], after=bands[1], reasons=reasons)


def _lost(
    then: Conclusion | None, today: Conclusion | None, before: Assessment, now: Assessment
) -> Iterator[ReasonSince]:
    values = _values(now)
    for rule, firings in _reasons(then).items():
        if rule not in _reasons(today):
            rests_on = answers_behind(before, firings)
            changed = [(a, a.value, _value(values, a)) for a in rests_on]
            yield ReasonSince(rule=rule, came=False, answers=_changed(changed))


def _gained(
    then: Conclusion | None, today: Conclusion | None, before: Assessment, now: Assessment
) -> Iterator[ReasonSince]:
    values = _values(before)
    for rule, firings in _reasons(today).items():
        if rule not in _reasons(then):
            rests_on = answers_behind(now, firings)
            changed = [(a, _value(values, a), a.value) for a in rests_on]
            yield ReasonSince(rule=rule, came=True, answers=_changed(changed))


def _reasons(drawn: Conclusion | None) -> Mapping[str, list[int]]:
    """The firings for and against, by rule."""
    reasons: dict[str, list[int]] = {}
    for one in (*drawn.for_, *drawn.against) if drawn else ():
        reasons.setdefault(one.rule, []).append(one.firing)
    return reasons


def _values(assessment: Assessment) -> Mapping[Place, str]:
    """What each answer in use asserts, one side each."""
    return {
        (given.finding, given.site, side): given.value
        for given in assessment.inputs
        if not given.parked and given.value not in NON_ANSWERS
        for side in sides_of(given.side)
    }


def _value(values: Mapping[Place, str], given: Input) -> str | None:
    return values.get((given.finding, given.site, sides_of(given.side)[0]))


def _changed(
    answers: Sequence[tuple[Input, str | None, str | None]],
) -> tuple[AnswerSince, ...]:
    return tuple(
        AnswerSince(finding=a.finding, site=a.site, side=a.side, before=was, after=is_now)
        for a, was, is_now in answers
        if was != is_now
    )
