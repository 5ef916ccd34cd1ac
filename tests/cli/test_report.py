"""``report`` and the documents of ``assess``, as they are asked for on the command line."""

import json
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Case, Treated
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import open_store
from nmt_expert.reports import as_json

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DESK_WORKER = str(EXAMPLES / "desk-worker-headache.yml")
SADDLE = str(EXAMPLES / "gardener-saddle-numbness.yml")
ASSESSED: dict[str, Assessment] = {}
DONE = Treated(site="upper_trapezius", side="right", technique="stripping", note="a_b")
UNSAFE = """\
schema: nmt.case/1
answers:
  - {finding: unsafe_at_home}
"""


@pytest.fixture(autouse=True)
def _built(
    monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", lambda kb, matcher="indexed": engine)
    monkeypatch.setattr("nmt_expert.assessment.assess", assessed_once)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NMT_EXPERT_DATA", str(tmp_path / "data"))


def assessed_once(case: Case, kb: KnowledgeBase, engine: Engine) -> Assessment:
    if case.id not in ASSESSED:
        ASSESSED[case.id] = assess(case, kb, engine)
    return ASSESSED[case.id]


@pytest.fixture
def interview(kb: KnowledgeBase, engine: Engine, tmp_path: Path) -> str:
    """A finished interview in the store, with its assessment frozen."""
    case = read_case(DESK_WORKER, kb)
    at = "2026-11-20T10:00:00Z"
    with open_store(tmp_path / "data") as store:
        kept = store.start(
            case.client, quick=False, kb_version=kb.version, kb_sha256=kb.sha256, at=at
        )
        store.treat(kept, [DONE], at)
        store.finish(kept, assessed_once(case, kb, engine), at)
    return kept


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(list(words)) == exit_codes.DONE
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    assert run(list(words)) == code
    return capsys.readouterr().err


def test_a_page_goes_into_a_private_file(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert run(["assess", DESK_WORKER, "--format", "html", "-o", str(file)]) == exit_codes.DONE
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>\n")


def test_two_cases_share_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "assess", DESK_WORKER, SADDLE, "--format", "html")
    assert page.count("<h1 ") == 2
    assert page.count("<html") == 1


def test_a_page_tells_reasons_as_a_tree_unless_told_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tree = printed(capsys, "report", DESK_WORKER, "--format", "html")
    short = printed(capsys, "report", DESK_WORKER, "--format", "html", "--depth", "sentence")
    assert "Sources: rath17" in tree
    assert "Sources: rath17" not in short


def test_the_frozen_assessment_of_an_interview_is_printed(
    interview: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = printed(capsys, "report", interview, "--format", "html", "--trace")
    anew = printed(capsys, "report", DESK_WORKER, "--format", "html", "--trace")
    assert kept == anew


def test_a_saved_assessment_is_printed_like_a_fresh_one(
    kb: KnowledgeBase, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "result.json"
    file.write_text(as_json(assessed_once(read_case(SADDLE, kb), kb, engine)), encoding="utf-8")
    saved = printed(capsys, "report", str(file), "--format", "markdown")
    assert saved == printed(capsys, "report", SADDLE, "--format", "markdown")


def test_a_saved_assessment_with_a_part_missing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "result.json"
    file.write_text('{"schema": "nmt.assessment/1"}', encoding="utf-8")
    said = refused(capsys, exit_codes.INPUT_INVALID, "report", str(file))
    assert "no whole nmt.assessment/1: case is wrong or missing" in said


def test_an_interview_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, exit_codes.RECORD_STORE, "report", "2026-01-01-9")
    assert "2026-01-01-9" in said


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, exit_codes.INPUT_INVALID, "report", "no-such-case.yml")


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["--for", "client"], "Your copy\n========="),
        (["--for", "client", "--format", "markdown"], "# Your copy\n"),
        (["--format", "soap"], "# SOAP note: C-001, 20 November 2026\n"),
        (["--format", "letter"], "# Referral letter, 20 November 2026\n"),
        (["--for", "doctor"], "Referral letter, 20 November 2026\n"),
        (["--format", "csv"], "case,client,visit,date,kind,"),
    ],
)
def test_each_document_begins_with_what_it_is(
    words: list[str], begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, "report", DESK_WORKER, *words).startswith(begins)


def test_a_letter_can_be_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    page = printed(capsys, "report", SADDLE, "--for", "doctor", "--format", "html")
    assert '<h1 id="h1">Referral letter, 20 November 2026</h1>' in page


@pytest.mark.parametrize(
    "words",
    [
        ["--trace"],
        ["--unfold", "--format", "markdown"],
        ["--trace", "--format", "html", "--for", "client"],
        ["--for", "client", "--format", "json"],
        ["--for", "client", "--format", "soap"],
        ["--for", "client", "--format", "letter"],
    ],
)
def test_what_does_not_go_together_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Nothing was done." in refused(capsys, exit_codes.USAGE, "report", DESK_WORKER, *words)


def test_the_therapist_hears_what_is_left_off_a_clients_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.yml"
    file.write_text(UNSAFE, encoding="utf-8")
    assert run(["report", str(file), "--for", "client"]) == exit_codes.DONE
    said = capsys.readouterr()
    assert "left off the client's copy" in said.err
    assert "home" not in said.out + said.err


def test_a_note_on_an_interview_says_what_was_done(
    interview: str, capsys: pytest.CaptureFixture[str]
) -> None:
    note = printed(capsys, "report", interview, "--format", "soap")
    assert "- Upper trapezius, right - Stripping: not asked; re-test not tested; a\\_b" in note


def test_json_is_the_assessment_itself(interview: str, capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(printed(capsys, "report", interview, "--format", "json"))
    assert value["schema"] == "nmt.assessment/1"
