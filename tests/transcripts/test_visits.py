"""Three visits of one client, typed line by line, and an interview that is handed on."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case_text
from nmt_expert.kb.case_writer import case_text
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import InterviewId, Store, StoredInterview, open_store
from nmt_expert.records.handing import handed_on
from tests.transcripts.runner import FIRST_DAY, Played, play, section

COMPARED = "COMPARED WITH THE VISIT OF 20 NOVEMBER 2026"
DAYS = ("2026-11-20", "2026-12-04", "2026-12-18")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("visits")


@pytest.fixture(scope="module")
def visits(kb: KnowledgeBase, engine: Engine, folder: Path) -> tuple[Played, ...]:
    names = ("visit_one", "visit_two", "visit_three")
    return tuple(
        play(name, kb, engine, folder, datetime.fromisoformat(f"{day}T10:00:00+00:00"))
        for name, day in zip(names, DAYS, strict=True)
    )


@pytest.fixture
def store(visits: tuple[Played, ...], folder: Path) -> Iterator[Store]:
    with open_store(folder / "data") as opened:
        yield opened


def visit(store: Store, number: int) -> StoredInterview:
    newest_first = store.interviews("C-001")
    return store.state(InterviewId(newest_first[-number].id))


def test_every_visit_is_asked_to_its_end(visits: tuple[Played, ...]) -> None:
    assert [(played.code, played.unused) for played in visits] == [(0, ())] * 3


def test_a_known_client_is_named_with_what_was_done(visits: tuple[Played, ...]) -> None:
    opening, _, _ = visits[1].printed.partition("Carried over from")
    assert "C-001 was here on 20 November 2026: visit 1, finished." in opening
    assert "20 November 2026: Upper trapezius, right - " in opening
    assert ": eased. Re-test: not tested. slept" in opening
    assert "4 December 2026: no treatment was logged." in visits[2].printed


def test_activities_and_pain_come_before_the_safety_lists_and_these_before_the_reasons(
    visits: tuple[Played, ...],
) -> None:
    printed = visits[1].printed
    order = (
        "Carried over from 20 November 2026",
        "Carry shopping: 4 on 20 November 2026",
        "\nHow long and how strong (",
        "\nWhere it hurts (",
        "\nRight now or in the last 3 days (",
        "\nFeel the muscle: Upper trapezius, right (",
        "The delta visit is asked",
    )
    assert sorted(order, key=printed.index) == list(order)


def test_the_earlier_answer_stands_above_the_question(visits: tuple[Played, ...]) -> None:
    _, _, felt = visits[1].printed.partition("\nFeel the muscle: Upper trapezius, right (")
    assert "Last time (20 November 2026): Taut band; One very tender spot" in felt
    assert "Last time (20 November 2026): none of these." in visits[1].printed


def test_what_was_told_in_private_does_not_stand_on_the_screen_again(
    visits: tuple[Played, ...],
) -> None:
    _, _, private = visits[1].printed.partition("private: hand over the screen)\n")
    assert not private.startswith("Last time")


def test_the_report_says_which_reason_changed(visits: tuple[Played, ...]) -> None:
    told = " ".join(section(visits[1].printed, COMPARED).split())
    assert "Active trigger point: Upper trapezius, right: strong to not supported" in told
    assert "Familiar pain on pressure (Upper trapezius, right): present then, absent now" in told
    assert "No longer a reason: Taut band, tender spot and familiar pain in one muscle" in told
    assert "COMPARED WITH" not in visits[0].printed


def test_a_second_visit_without_change_is_no_plateau_yet_and_a_third_is(
    visits: tuple[Played, ...],
) -> None:
    assert "no real change yet" in section(visits[1].printed, "CHANGE SINCE 20 NOVEMBER 2026")
    assert "No change after several sessions" not in visits[1].printed
    open_factors = section(visits[2].printed, "WHAT MAY KEEP IT GOING")
    assert "No change after several sessions" in open_factors
    advised = " ".join(section(visits[2].printed, "ADVICE AND RE-ASSESSMENT").split())
    assert "open the list of perpetuating factors" in advised


def test_the_session_is_counted_by_the_record_which_is_said(
    visits: tuple[Played, ...], store: Store
) -> None:
    third = visit(store, 3)
    (session,) = (a for a in third.answers if a.finding == "session_count")
    assert (session.value, session.by) == ("three_to_4", "record")
    assert session.note == "visit 3 in the record"


def test_the_case_holds_earlier_scores_and_treatments_as_data(store: Store) -> None:
    third = visit(store, 3)
    first, second = third.earlier
    assert (first.date, second.date) == DAYS[:2]
    assert [a.score for a in first.activities] == [4, 3]
    assert [(one.site, one.response) for one in first.treated] == [("upper_trapezius", "eased")]
    assert {a.finding for a in first.answers} == {"pain_intensity"}


def test_what_was_carried_over_says_from_which_visit(store: Store) -> None:
    second = visit(store, 2)
    (hours,) = (a for a in second.answers if a.finding == "hours_static_posture")
    assert hours.by == "C-001 on 2026-11-20"
    assert hours.note == "carried over from the visit of 20 November 2026"


def test_somebody_else_goes_on_and_comes_to_the_same_assessment(
    visits: tuple[Played, ...], kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    assert visits[0].stored is not None
    text = case_text(handed_on(visits[0].stored))
    case = read_case_text(text, "case.yml", kb)
    played = play("nothing_more", kb, engine, tmp_path, FIRST_DAY, case)
    assert "Taken over: case 2026-11-20-1" in played.printed
    assert "Answered by: C-001 (" in section(played.printed, "CASE")
    assert played.stored is not None
    assert assess(handed_on(played.stored), kb, engine) == assess(case, kb, engine)
