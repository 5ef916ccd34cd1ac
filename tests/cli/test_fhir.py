"""``fhir``: what is printed can be checked, imported and assessed; what is broken is told."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT

TINY = ROOT / "tests" / "kb" / "tiny"
CASE = str(ROOT / "examples" / "gardener-saddle-numbness.yml")


@pytest.fixture(autouse=True)
def _here(
    monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    pytest.importorskip("fhir.resources.R4B", reason="the extra [fhir] is not installed")
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", lambda kb, matcher="indexed": engine)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run([*words]) == exit_codes.DONE
    sys.stdout.flush()
    return capsys.readouterr().out


def test_a_case_goes_out_as_a_form_and_comes_back_with_the_same_result(capsys):
    run(["fhir", "response", CASE, "-o", "response.json"])
    run(["fhir", "import", "response.json", "-o", "case.yml"])
    assert printed(capsys, "assess", "case.yml", "--json") == printed(
        capsys, "assess", CASE, "--json"
    )


def test_a_form_is_read_from_standard_input(capsys, monkeypatch):
    sent = printed(capsys, "fhir", "response", CASE).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent)))
    assert "id: gardener-saddle-numbness" in printed(capsys, "fhir", "import", "-")


def test_the_same_bytes_come_out_whatever_the_hash_seed():
    program = "from nmt_expert.cli import main; main()"
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program, "fhir", "questionnaire"],
            env={**os.environ, "PYTHONHASHSEED": seed, "NMT_EXPERT_KB": str(TINY)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second != b""


def test_assess_prints_the_same_bundle(capsys):
    asked = printed(capsys, "fhir", "bundle", CASE)
    assert printed(capsys, "assess", CASE, "--format", "fhir") == asked
    assert json.loads(asked)["resourceType"] == "Bundle"


def test_a_result_saved_as_json_makes_the_same_bundle(capsys):
    run(["assess", CASE, "--json", "-o", "result.json"])
    assert printed(capsys, "fhir", "bundle", "result.json") == printed(
        capsys, "fhir", "bundle", CASE
    )


def test_the_therapist_s_name_comes_from_the_settings(capsys, monkeypatch):
    monkeypatch.setenv("NMT_EXPERT_REVIEWER", "Jane Doe")
    assert "Jane Doe" in printed(capsys, "fhir", "bundle", CASE)


@pytest.mark.parametrize(
    "words",
    [("questionnaire", "--intake"), ("codes",), ("response", CASE), ("bundle", CASE)],
    ids=lambda words: words[0],
)
def test_what_is_printed_has_no_fault(words, capsys):
    run(["fhir", *words, "-o", "printed.json"])
    assert printed(capsys, "fhir", "check", "printed.json").endswith(": no faults.\n")


def test_two_assessments_are_not_one_bundle(capsys):
    assert run(["assess", CASE, CASE, "--format", "fhir"]) == exit_codes.USAGE
    assert "Name one file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not readable as JSON"),
        ("[]", "it has no resourceType"),
        ('{"resourceType": "Patient"}', "no resource that is written here"),
        ('{"resourceType": "Bundle", "resourceType": "Bundle"}', "a key is written twice"),
        ('{"resourceType": "Bundle", "type": "banana"}', "cannot have type 'banana'"),
        (f"{'[' * 100000}", "the nesting is beyond measure"),
    ],
)
def test_a_broken_file_is_told(content, says, capsys):
    Path("broken.json").write_text(content, encoding="utf-8")
    assert run(["fhir", "check", "broken.json"]) == exit_codes.INPUT_INVALID
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(capsys):
    assert run(["fhir", "import", "nowhere.json"]) == exit_codes.INPUT_INVALID
    assert "cannot be read" in capsys.readouterr().err
