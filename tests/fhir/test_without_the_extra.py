"""Without the extra there is a sentence that says what to install, and the rest works."""

import sys
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.model.knowledge import KnowledgeBase

CASE = "examples/gardener-saddle-numbness.yml"


@pytest.fixture(autouse=True)
def _with_the_extra(monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, tmp_path: Path) -> None:
    """Not needed here, and not there."""
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [name for name in sys.modules if name.partition(".")[0] == "fhir"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fhir", None)


@pytest.mark.parametrize("command", [["fhir", "codes"], ["fhir", "response", CASE]])
def test_a_command_says_what_to_install(command, capsys):
    assert run(command) == exit_codes.FAILED
    told = capsys.readouterr()
    assert "pip install 'nmt-expert[fhir]'" in told.err
    assert told.out == ""


def test_a_report_needs_no_extra(capsys):
    assert run(["kb", "stats"]) == exit_codes.DONE
