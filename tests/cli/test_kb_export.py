"""``kb export`` prints the rules for CLIPS, also where CLIPS is not installed."""

import sys
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.engine.clips import as_text
from nmt_expert.model.knowledge import KnowledgeBase


@pytest.fixture(autouse=True)
def without_clips(monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, tmp_path: Path) -> None:
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setitem(sys.modules, "clips", None)


def test_the_program_is_printed(kb: KnowledgeBase, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kb", "export", "--format", "clips"]) == exit_codes.DONE
    assert capsys.readouterr().out == as_text(kb)


def test_the_program_goes_to_a_file(kb: KnowledgeBase, tmp_path: Path) -> None:
    assert run(["kb", "export", "-o", str(tmp_path / "rules.clp")]) == exit_codes.DONE
    assert (tmp_path / "rules.clp").read_text("utf-8") == as_text(kb)


def test_another_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kb", "export", "--format", "prolog"]) == exit_codes.USAGE
    assert "clips" in capsys.readouterr().err
