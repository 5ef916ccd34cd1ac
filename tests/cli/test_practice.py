"""``practice`` on the command line: what may be read without playing, and what is refused."""

import csv
import io
import json
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.practice.remarks import Lesson
from nmt_expert.records import open_store
from nmt_expert.records.practised import PracticeBook


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase) -> None:
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setenv("NMT_EXPERT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_the_list_tells_nothing_of_what_a_case_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["practice", "list", "--json"]) == exit_codes.DONE
    cases = json.loads(capsys.readouterr().out)
    assert len(cases) >= 40
    assert all(set(case) == {"id", "title", "level", "region"} for case in cases)


def test_without_a_terminal_nothing_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["practice"], ["practice", "resume"], ["practice", "play", "baker-knee"]):
        assert run(words) == exit_codes.USAGE
        assert "Practice asks questions" in capsys.readouterr().err


def test_an_option_in_the_wrong_place_is_refused_and_not_forgotten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["practice", "--student", "S-01", "resume"]) == exit_codes.USAGE
    assert "behind the command" in capsys.readouterr().err


def test_an_instructors_folder_is_read_strictly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.yml").write_text("schema: nmt.practice/1\nid: mine\nlevels: 1\n")
    assert run(["practice", "list", "--cases", str(tmp_path)]) == exit_codes.INPUT_INVALID
    told = capsys.readouterr().err
    assert "mine.yml:3:" in told
    assert "'level'" in told


def test_a_folder_of_cases_must_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["practice", "list", "--cases", "nowhere"]) == exit_codes.INPUT_INVALID
    assert "it is not a folder" in capsys.readouterr().err


def test_progress_is_one_students_and_fits_a_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(tmp_path / "data") as store:
        shown = [Lesson(of="topic:red_flags", outcome="missed")]
        PracticeBook(store.database, "S-01").learn(shown, "stiff-back", "2026-11-20T10:00:00Z")
    assert run(["practice", "progress", "--student", "S-01", "--csv"]) == exit_codes.DONE
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["student"], row["id"], row["missed"]) == ("S-01", "red_flags", "1")
    assert run(["practice", "progress", "--student", "S-02", "--csv"]) == exit_codes.DONE
    assert len(capsys.readouterr().out.splitlines()) == 1
