"""``practice drill``, ``generate`` and ``check`` as they are typed."""

import json
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "practice" / "broken"


@pytest.fixture(autouse=True)
def built(
    monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", lambda kb, matcher="indexed": engine)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_items_are_printed_with_their_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["practice", "drill", "concordance", "--count", "2", "--json"]) == exit_codes.DONE
    items = json.loads(capsys.readouterr().out)
    assert len(items) == 2
    assert all(item["id"].startswith("sct-") for item in items)


def test_without_a_terminal_a_drill_says_how_to_print_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["practice", "drill", "flag"]) == exit_codes.USAGE
    assert "practice drill KIND --json" in capsys.readouterr().err


def test_a_generated_client_passes_the_check_of_an_instructors_own_cases(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(tmp_path / "generated-4.yml")
    assert run(["practice", "generate", "--seed", "4", "-o", path]) == exit_codes.DONE
    assert run(["practice", "check", path]) == exit_codes.DONE
    assert "1 case checked: 0 faults." in capsys.readouterr().out


def test_a_case_that_cannot_be_solved_fails_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    path = BROKEN / "answer_nobody_can_ask.yml"
    assert run(["practice", "check", str(path)]) == exit_codes.INPUT_INVALID
    assert f"{path}: no question obtains taut_band@soleus:right." in capsys.readouterr().err
