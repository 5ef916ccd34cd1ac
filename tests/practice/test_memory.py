"""What is due again, and which case comes next: the same history gives the same dates."""

from datetime import UTC, datetime, timedelta

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.library import proposed
from nmt_expert.practice.memory import Remembered, standings
from nmt_expert.practice.remarks import Outcome
from nmt_expert.reports.plain import as_plain
from nmt_expert.reports.practice import progress_csv, progress_report

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


def shown(of: str, outcome: Outcome, day: int = 0) -> Remembered:
    return Remembered(at=MONDAY + timedelta(days=day), of=of, outcome=outcome, practised="x")


def due(*history: Remembered, of: str = "topic:red_flags") -> datetime:
    return next(one.due for one in standings(history, MONDAY) if one.of == of)


def test_the_same_history_gives_the_same_dates() -> None:
    history = [shown("topic:red_flags", "missed"), shown("topic:red_flags", "used", 2)]
    assert standings(history, MONDAY) == standings(history, MONDAY)


def test_what_was_missed_comes_back_before_what_was_seen_and_used() -> None:
    missed, seen, used = (due(shown("topic:red_flags", how)) for how in ("missed", "seen", "used"))
    assert missed <= seen <= used
    assert missed < used


def test_what_is_used_again_and_again_comes_back_later_each_time() -> None:
    once = due(shown("topic:red_flags", "used")) - MONDAY
    second = shown("topic:red_flags", "used", once.days)
    twice = due(shown("topic:red_flags", "used"), second) - second.at
    assert twice > once


def test_it_is_counted_how_often_each_thing_was_used_seen_and_missed() -> None:
    history = [shown("topic:red_flags", how) for how in ("missed", "seen", "used", "used")]
    (one,) = standings(history, MONDAY)
    assert (one.used, one.seen, one.missed, one.last) == (2, 1, 1, "used")


def test_a_topic_that_is_due_brings_its_case_to_the_front(
    kb: KnowledgeBase, headache: PracticeCase, stiff_back: PracticeCase
) -> None:
    cases = (headache, stiff_back)
    known = standings([shown("topic:red_flags", "missed")], MONDAY)
    fresh = proposed(cases, (), (), kb, MONDAY)
    later = proposed(cases, known, ["gardener-stiff-back"], kb, MONDAY + timedelta(days=30))
    assert fresh[0].case is headache
    assert (later[0].case, later[0].why) == (stiff_back, "due again")


def test_a_case_not_yet_played_comes_before_one_that_was(
    kb: KnowledgeBase, headache: PracticeCase, stiff_back: PracticeCase
) -> None:
    order = proposed((headache, stiff_back), (), ["bookkeeper-temple-headache"], kb, MONDAY)
    assert [(one.case.id, one.why) for one in order] == [
        ("gardener-stiff-back", "new"),
        ("bookkeeper-temple-headache", "played before"),
    ]


def test_progress_is_a_chart_and_a_table(kb: KnowledgeBase) -> None:
    rule = "rule:red_flags.spine.cauda_equina_any_sign"
    history = [shown("topic:red_flags", "missed"), shown(rule, "used"), shown(rule, "used", 3)]
    found = standings(history, MONDAY)
    chart = as_plain(progress_report(found, kb, "S-01", MONDAY + timedelta(days=1)))
    assert "Red flags and referral" in chart
    assert "##" in chart
    assert "due now" in chart
    lines = progress_csv(found, kb, "S-01").splitlines()
    assert lines[0].startswith("student,kind,id,words,used,seen,missed,last,due,recall")
    assert len(lines) == 3
    assert any(line.startswith(f"S-01,rule,{rule[5:]},") for line in lines)
