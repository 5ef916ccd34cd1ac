"""Change between visits: what two scores say, and what they leave open."""

from typing import Any

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.change import outcomes, together
from nmt_expert.engine import Engine
from nmt_expert.model.assessment import Outcome
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import client

START = "2026-11-01"
ACTIVITIES = ({"activity": "Carry shopping", "score": 4}, {"activity": "Sleep through", "score": 2})


def score(finding: str, value: object) -> dict[str, Any]:
    return {"finding": finding, "value": value}


def visit(*answers: dict[str, Any], date: str = START, **more: Any) -> dict[str, Any]:
    return {"date": date, "answers": answers, **more}


def pain(before: object, now: object) -> Case:
    return client(score("pain_intensity", now), earlier=[visit(score("pain_intensity", before))])


def line(case: Case, kb: KnowledgeBase, measure: str) -> Outcome:
    return next(one for one in outcomes(case, kb) if one.measure == measure)


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (7, 5, "better"),
        (7, 6, "not_yet"),
        (3, 2, "better"),  # a third, though only one point
        (4, 3, "not_yet"),  # a quarter
        (10, 7.1, "better"),
        (5, 7, "worse"),
        (5, 6.9, "not_yet"),
        (2, 2.9, "not_yet"),  # nearly half more, but per cent only count for the better
        (5, 5, "not_yet"),
        (0, 2, "worse"),
        (0, 0, "not_yet"),
    ],
)
def test_pain_is_better_by_two_points_or_30_per_cent_and_worse_by_two_points(
    before: float, now: float, verdict: str, kb: KnowledgeBase
) -> None:
    assert line(pain(before, now), kb, "nprs").verdict == verdict


def test_a_difference_is_told_in_points_and_in_per_cent_of_the_first_score(
    kb: KnowledgeBase,
) -> None:
    found = line(pain(6, 4.5), kb, "nprs")
    assert (found.before, found.now, found.difference, found.per_cent) == (6, 4.5, -1.5, -25)
    assert line(pain(0, 3), kb, "nprs").per_cent is None


@pytest.mark.parametrize("missing", ["unknown", "not_examined", "later", "severe"])
def test_a_score_that_is_missing_or_told_in_a_word_gives_no_verdict(
    missing: str, kb: KnowledgeBase
) -> None:
    for case in (pain(missing, 2), pain(7, missing)):
        found = line(case, kb, "nprs")
        assert (found.verdict, found.difference) == ("cannot_tell", None)
        assert found.why
        assert together(outcomes(case, kb), kb) is None


def test_without_an_earlier_visit_there_is_nothing_to_compare(kb: KnowledgeBase) -> None:
    assert outcomes(client(score("pain_intensity", 3)), kb) == ()


def test_only_the_same_activities_are_compared_however_they_are_spelt(kb: KnowledgeBase) -> None:
    case = client(
        activities=[
            {"activity": "carry  SHOPPING", "score": 6},
            {"activity": "Drive", "score": 0},
        ],
        earlier=[visit(activities=ACTIVITIES)],
    )
    found = line(case, kb, "psfs")
    assert (found.before, found.now, found.verdict) == (4, 6, "better")
    assert found.activities == ("carry  SHOPPING",)
    assert [one.score for one in found.course] == [3, 3]


def test_other_activities_than_before_give_no_verdict(kb: KnowledgeBase) -> None:
    case = client(
        activities=[{"activity": "Drive", "score": 9}], earlier=[visit(activities=ACTIVITIES)]
    )
    found = line(case, kb, "psfs")
    assert (found.verdict, found.why) == ("cannot_tell", "No activity was scored on both days.")


def test_a_mean_from_paper_is_compared_with_a_mean(kb: KnowledgeBase) -> None:
    case = client(score("activity_score", 5.5), earlier=[visit(activities=ACTIVITIES)])
    found = line(case, kb, "psfs")
    assert (found.before, found.now, found.verdict) == (3, 5.5, "better")


def test_raw_points_are_never_compared_with_per_cent(kb: KnowledgeBase) -> None:
    case = client(score("ndi_percent", 20), earlier=[visit(score("ndi_raw", 20))])
    for measure in ("ndi_raw", "ndi_percent"):
        found = line(case, kb, measure)
        assert found.verdict == "cannot_tell"
        assert "another unit" in str(found.why)


def test_the_first_visit_is_the_base_line_in_whatever_order_they_are_written(
    kb: KnowledgeBase,
) -> None:
    days = [
        visit(score("pain_intensity", 5), date="2026-11-08"),
        visit(score("pain_intensity", 8)),
    ]
    for earlier in (days, days[::-1]):
        found = line(client(score("pain_intensity", 5), earlier=earlier), kb, "nprs")
        assert (found.since, found.verdict) == (START, "better")
        assert [one.score for one in found.course] == [8, 5, 5]


def test_who_is_better_than_at_the_start_may_be_worse_than_last_time_and_that_is_told(
    kb: KnowledgeBase,
) -> None:
    days = [
        visit(score("pain_intensity", 8)),
        visit(score("pain_intensity", 3), date="2026-11-08"),
    ]
    found = line(client(score("pain_intensity", 6), earlier=days), kb, "nprs")
    assert (found.verdict, found.difference) == ("better", -2)
    assert found.last is not None
    assert (found.last.since, found.last.verdict, found.last.difference) == (
        "2026-11-08",
        "worse",
        3,
    )
    assert line(pain(8, 6), kb, "nprs").last is None


@pytest.mark.parametrize(
    ("pain_now", "activities_now", "together_"),
    [
        (5, 6, "meaningful"),
        (5, 5, "partial"),
        (6, 6, "partial"),
        (6, 5, "none"),
        (9, 6, "worse"),
        (5, 2, "worse"),
        (None, 6, None),
        (5, None, None),
        (9, None, "worse"),
        (None, None, None),
    ],
)
def test_what_pain_and_activities_say_together(
    pain_now: float | None, activities_now: float | None, together_: str | None, kb: KnowledgeBase
) -> None:
    """From pain 7 and activities 4."""
    told = {"pain_intensity": pain_now, "activity_score": activities_now}
    now = [score(name, value) for name, value in told.items() if value is not None]
    before = visit(score("pain_intensity", 7), score("activity_score", 4))
    assert together(outcomes(client(*now, earlier=[before]), kb), kb) == together_


@pytest.mark.parametrize(
    ("form", "before", "now", "verdict"),
    [
        ("ndi_raw", 20, 15, "better"),
        ("ndi_raw", 20, 16, "not_yet"),
        ("ndi_percent", 40, 30, "better"),
        ("ndi_percent", 40, 31, "not_yet"),
        ("odi", 40, 30, "better"),
        ("odi", 40, 31, "not_yet"),
        ("odi", 30, 40, "worse"),
        ("quickdash", 50, 39.2, "better"),
        ("quickdash", 50, 39.3, "not_yet"),
        ("lefs", 40, 49, "better"),
        ("lefs", 40, 48, "not_yet"),
        ("lefs", 49, 40, "worse"),
    ],
)
def test_a_paper_form_is_judged_by_its_own_threshold_and_counts_alone(
    form: str, before: float, now: float, verdict: str, kb: KnowledgeBase
) -> None:
    case = client(score(form, now), earlier=[visit(score(form, before))])
    lines = outcomes(case, kb)
    assert [one.verdict for one in lines if one.measure == form] == [verdict]
    wanted = {"better": "meaningful", "worse": "worse", "not_yet": None}[verdict]
    assert together(lines, kb) == wanted


def test_every_outcome_names_its_thresholds_with_source_and_limits(kb: KnowledgeBase) -> None:
    for threshold in line(pain(7, 4), kb, "nprs").thresholds:
        assert set(threshold.sources) <= set(kb.sources)
        assert threshold.sources
        assert threshold.limits


def test_thresholds_that_do_not_decide_are_told_beside_those_that_do(kb: KnowledgeBase) -> None:
    case = client(score("odi", 29), earlier=[visit(score("odi", 40))])
    reached = {one.amount: (one.decides, one.reached) for one in line(case, kb, "odi").thresholds}
    assert reached == {
        "10 points": (True, True),
        "12 points": (False, False),
        "12.8 points": (False, False),
    }


def test_a_screen_for_mood_is_never_a_measure_of_change(kb: KnowledgeBase) -> None:
    case = client(score("phq2_total", 0), earlier=[visit(score("phq2_total", 6))])
    assert {one.measure for one in outcomes(case, kb)} == {"nprs", "psfs"}


def test_the_trace_shows_that_the_change_was_computed_and_from_what(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = client(
        score("session_count", "three_to_4"),
        score("pain_intensity", 6),
        score("activity_score", 4),
        earlier=[visit(score("pain_intensity", 6), score("activity_score", 4))],
    )
    result = assess(case, kb, engine)
    given = next(one for one in result.inputs if one.finding == "measured_change")
    assert given.value == "none"
    assert given.computed_from == (
        "Pain 0 to 10: 6 on 2026-11-01, 6 today",
        "Own activities: 4 on 2026-11-01, 4 today",
    )
    plateau = next(one for one in result.firings if one.rule == "advice.visits.plateau")
    assert any(given.id in met.by for met in plateau.met)
    assert all(answer.finding != "measured_change" for answer in result.case.answers)


def test_what_was_scored_before_is_compared_and_never_reasoned_from(
    kb: KnowledgeBase, engine: Engine
) -> None:
    """A red flag of an earlier day is not one of today; today's screen asks again."""
    earlier = visit({"finding": "saddle_numbness"}, score("pain_intensity", 7))
    result = assess(client(score("pain_intensity", 4), earlier=[earlier]), kb, engine)
    assert result.referrals == ()
    assert {one.finding for one in result.inputs} == {"pain_intensity"}
