"""``review`` on the command line: one queue, and for programs the same as JSON and CSV."""

import csv
import io
import json
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import open_store
from nmt_expert.records.practised import PracticeBook
from tests.records.handed import MISSED, handed

AT = "2026-11-20T10:00:00Z"


@pytest.fixture(autouse=True)
def two_students(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase) -> None:
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setenv("NMT_EXPERT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with open_store(tmp_path / "data") as store:
        for student, verdict in (("S-01", "unsafe"), ("S-02", "acceptable")):
            book = PracticeBook(store.database, student)
            book.finish(book.begin("stiff-back", "ab12", AT), handed(verdict, MISSED), AT)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["review", *words]) == exit_codes.DONE
    return capsys.readouterr().out


def test_the_queue_is_a_list_for_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    lines = json.loads(told(capsys, "queue", "--flagged", "--json"))
    assert [(one["id"], one["kind"], one["whose"]) for one in lines] == [
        ("attempt-1", "attempt", "S-01")
    ]
    assert json.loads(told(capsys, "queue", "records", "--json")) == []


def test_an_attempt_opens_as_json_with_its_steps_score_and_trace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one = json.loads(told(capsys, "open", "attempt-1", "--json"))
    assert {"events", "score", "assessment", "said", "case"} <= set(one)


def test_progress_is_everybodys_or_one_students(capsys: pytest.CaptureFixture[str]) -> None:
    everybody = list(csv.DictReader(io.StringIO(told(capsys, "progress", "--csv"))))
    assert [row["student"] for row in everybody] == ["S-01", "S-02"]
    one = list(csv.DictReader(io.StringIO(told(capsys, "progress", "S-02", "--csv"))))
    assert [(row["student"], row["missed"]) for row in one] == [("S-02", "1")]


def test_a_student_is_shown_nobody_elses_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["practice", "progress", "--student", "S-03", "--csv"]) == exit_codes.DONE
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_scorecards_of_each_student_stand_apart(capsys: pytest.CaptureFixture[str]) -> None:
    cards = json.loads(told(capsys, "stats", "--by", "student", "--json"))
    assert [(card["of"], card["students"][0]["unsafe"]) for card in cards] == [
        ("S-01", 1),
        ("S-02", 0),
    ]


def test_nothing_of_an_attempt_becomes_a_case_of_the_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["remark", "attempt-1", "heading:content", "override", "--reason", "too_harsh"]
    words += ["--words", "said aloud", "--name", "Ruth Example"]
    assert "not written" in told(capsys, *words, "--case", str(tmp_path / "case.yml"))
    assert not (tmp_path / "case.yml").exists()


def test_an_attempt_that_there_is_not_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "open", "attempt-9"]) == exit_codes.RECORD_STORE
    assert "attempt-9" in capsys.readouterr().err
