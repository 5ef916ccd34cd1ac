"""Questions on the command line: to a case file, a saved assessment, a kept interview."""

import json
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.case import Client
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.records import open_store
from nmt_expert.reports import as_json
from tests.conftest import ROOT

SADDLE = str(ROOT / "examples/gardener-saddle-numbness.yml")
NOT_KNOWN = str(ROOT / "examples/gardener-saddle-not-known.yml")
AT = "2026-11-20T10:00:00Z"
Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def built(
    monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> list[str]:
    """Knowledge is read once; every engine that a command builds is counted."""
    engines: list[str] = []

    def build(kb: KnowledgeBase, matcher: str = "indexed") -> Engine:
        engines.append(matcher)
        return engine

    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", build)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NMT_EXPERT_DATA", str(tmp_path / "data"))
    return engines


@pytest.fixture
def saved(tmp_path: Path, kb: KnowledgeBase, engine: Engine) -> str:
    path = tmp_path / "saved.json"
    path.write_text(as_json(assess(read_case(SADDLE, kb), kb, engine)), encoding="utf-8")
    return str(path)


@pytest.fixture
def kept(tmp_path: Path, kb: KnowledgeBase, engine: Engine) -> str:
    """A finished interview with the therapist's own view."""
    case = read_case(SADDLE, kb)
    with open_store(tmp_path / "data") as store:
        id = store.start(
            Client(code="C-001"), quick=False, kb_version=kb.version, kb_sha256=kb.sha256, at=AT
        )
        store.think(id, Impression(factor="ischemia", refer="none"), AT)
        store.finish(id, assess(case, kb, engine), AT)
    return id


def test_a_kept_interview_is_explained_from_what_was_frozen(
    kept: str, built: list[str], capsys: Out
) -> None:
    assert run(["explain", kept, "how", "cauda_equina", "--depth", "sentence"]) == exit_codes.DONE
    assert "Because:" in capsys.readouterr().out
    assert built == []


def test_a_saved_assessment_is_explained_without_reasoning(
    saved: str, built: list[str], capsys: Out
) -> None:
    assert run(["explain", saved, "how", "withheld"]) == exit_codes.DONE
    assert "Withheld at" in capsys.readouterr().out
    assert built == []


def test_what_is_reasoned_over_an_old_assessment_says_that_the_rules_have_changed(
    saved: str, capsys: Out
) -> None:
    old = json.loads(Path(saved).read_text(encoding="utf-8"))
    old["knowledge_base"]["sha256"] = "0" * 64
    Path(saved).write_text(json.dumps(old), encoding="utf-8")
    assert run(["explain", saved, "why-not", "stroke_tia"]) == exit_codes.DONE
    assert "another version of the knowledge base" in capsys.readouterr().out
    assert run(["explain", saved, "how", "cauda_equina"]) == exit_codes.DONE
    assert "another version" not in capsys.readouterr().out


def test_two_results_are_compared(saved: str, capsys: Out) -> None:
    assert run(["explain", NOT_KNOWN, "compare", saved]) == exit_codes.DONE
    out = capsys.readouterr().out
    assert "Raises EMERGENCY" in out
    assert "Numb where a saddle touches" in out or "saddle" in out.lower()


def test_the_own_view_stands_beside_the_engines(kept: str, saved: str, capsys: Out) -> None:
    assert run(["explain", kept, "compare", "own-view"]) == exit_codes.DONE
    out = capsys.readouterr().out
    assert "Ischemia" in out
    assert "emergency" in out
    assert run(["explain", saved, "compare", "own-view"]) == exit_codes.INPUT_INVALID


@pytest.mark.parametrize("ask", [["flip", "--runs", "5"], ["what-if", "befast_sign=present"]])
def test_answers_print_as_json_and_markdown(ask: list[str], capsys: Out) -> None:
    assert run(["explain", NOT_KNOWN, *ask, "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out)
    assert run(["explain", NOT_KNOWN, *ask, "--format", "markdown"]) == exit_codes.DONE
    assert capsys.readouterr().out.startswith("# ")


@pytest.mark.parametrize("ask", ["how", "why-not", "what-if", "compare"])
def test_a_question_about_nothing_says_what_to_add(ask: str, capsys: Out) -> None:
    assert run(["explain", NOT_KNOWN, ask]) == exit_codes.INPUT_INVALID
    assert "does not say about what" in capsys.readouterr().err


def test_an_interview_that_is_not_there_is_an_error_of_the_store() -> None:
    assert run(["explain", "2026-01-01-9", "how", "x"]) == exit_codes.RECORD_STORE


def test_a_technique_may_be_named_by_a_synonym(capsys: Out) -> None:
    asked = ["explain", NOT_KNOWN, "why-not", "ischemic", "compression", "--depth", "sentence"]
    assert run(asked) == exit_codes.DONE
    assert capsys.readouterr().out


def test_the_shell_asks_the_newest_interview(
    kept: str, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("how cauda_equina\n"))
    assert run(["ask", "--depth", "sentence"]) == exit_codes.DONE
    assert "Because:" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("bogus\n"))
    assert run(["ask", kept]) == exit_codes.INPUT_INVALID


def test_the_shell_cannot_read_case_and_questions_from_one_stream() -> None:
    assert run(["ask", "-"]) == exit_codes.USAGE


def test_without_an_interview_the_shell_says_what_to_name(capsys: Out) -> None:
    assert run(["ask"]) == exit_codes.RECORD_STORE
    assert "Name a case file" in capsys.readouterr().err
