"""``records`` lists, shows and hands on what the store holds."""

import json
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.model.case import Activity, Answer, Client
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import open_store

AT = "2026-11-20T10:00:00Z"


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, tmp_path: Path) -> None:
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setenv("NMT_EXPERT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with open_store(tmp_path / "data") as store:
        client = Client(code="C-001")
        name = store.start(client, quick=False, kb_version="1", kb_sha256="ab", at=AT)
        answers = [Answer(finding="age", value=38, by="C-001", note="about")]
        store.append(name, answers, prompt="age#age", at=AT)
        scored = [Activity(activity="Stairs", score=3)]
        store.append(name, [], prompt="activities", at=AT, activities=scored)
        store.note(name, "came late", AT)


def test_the_list_names_every_interview(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["records", "list"]) == exit_codes.DONE
    printed = capsys.readouterr().out
    assert "2026-11-20-1" in printed
    assert "open" in printed
    assert run(["records", "list", "--client", "C-002", "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out) == []


def test_an_interview_is_shown_with_who_said_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["records", "show", "2026-11-20-1"]) == exit_codes.DONE
    printed = capsys.readouterr().out
    assert "38 years (C-001)" in printed
    assert "Stairs: 3" in printed
    assert "came late" in printed


def test_an_exported_interview_can_be_assessed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kb: KnowledgeBase
) -> None:
    file = tmp_path / "case.yml"
    assert run(["records", "export", "2026-11-20-1", "-o", str(file)]) == exit_codes.DONE
    written = file.read_text(encoding="utf-8")
    assert written.startswith("schema: nmt.case/1\n")
    assert "by: C-001" in written
    assert "note: about" in written
    assert file.stat().st_mode & 0o777 == 0o600
    assert run(["assess", str(file)]) == exit_codes.DONE
    assert "Answered by: C-001 (1)" in capsys.readouterr().out


def test_an_interview_that_is_not_there_ends_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["records", "show", "2026-11-20-9"]) == exit_codes.RECORD_STORE
    assert "there is no such interview" in capsys.readouterr().err
