"""Commands as a person types them: what they print, and how they end."""

import io
import json
from pathlib import Path

import jsonschema
import pytest

from nmt_expert.assessment import assess
from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.interview import with_bare_resume
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.kb.schemas import json_schemas
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DESK_WORKER = str(EXAMPLES / "desk-worker-headache.yml")
SADDLE = str(EXAMPLES / "gardener-saddle-numbness.yml")


Built = list[str]


@pytest.fixture(autouse=True)
def built(
    monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> Built:
    """Knowledge, engine and assessments are made once; the matchers asked for are written down."""
    matchers: Built = []

    def build(kb: KnowledgeBase, matcher: str = "indexed") -> Engine:
        matchers.append(matcher)
        return engine

    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", build)
    monkeypatch.setattr("nmt_expert.assessment.assess", _assessed_once)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return matchers


_ASSESSED: dict[str, Assessment] = {}


def _assessed_once(case: Case, kb: KnowledgeBase, engine: Engine) -> Assessment:
    if case.id not in _ASSESSED:
        _ASSESSED[case.id] = assess(case, kb, engine)
    return _ASSESSED[case.id]


def test_without_a_command_a_short_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == exit_codes.DONE
    assert "nmt-expert assess case.yml" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["interview"],
        ["demo"],
        ["assess"],
        ["explain"],
        ["ask"],
        ["report"],
        *(["kb", name] for name in ("check", "findings", "rules", "show", "stats", "schema")),
        *(["settings", name] for name in ("show", "set", "path")),
    ],
)
def test_every_command_has_help_with_an_example(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--help"]) == exit_codes.DONE
    out = capsys.readouterr().out
    assert "Example" in out
    assert "nmt-expert" in out


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nonsense"]) == exit_codes.USAGE
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["assess", DESK_WORKER, "--format", "markdwn"],
            "nmt-expert assess: invalid value for '--format' / '-f': 'markdwn' is not one of "
            "'text', 'json', 'markdown', 'html', 'soap', 'letter', 'csv', 'fhir'. Nothing was "
            "done. Did you mean 'markdown'? See: nmt-expert assess --help\n",
        ),
        (
            ["kb", "sho"],
            "nmt-expert kb: no such command 'sho'. Nothing was done. Did you mean 'show'? See: "
            "nmt-expert kb --help\n",
        ),
        (
            ["assess"],
            "nmt-expert assess: missing argument 'FILE'. Nothing was done. See: nmt-expert assess "
            "--help\n",
        ),
    ],
)
def test_a_wrong_command_line_is_told_by_place_fault_and_remedy(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == exit_codes.USAGE
    assert capsys.readouterr().err == said


def test_results_go_to_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", DESK_WORKER, "--json"]) == exit_codes.DONE
    captured = capsys.readouterr()
    assert json.loads(captured.out)["schema"] == "nmt.assessment/1"
    assert captured.err == ""


def test_json_is_an_alias_of_format_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", SADDLE, "--json"])
    first = capsys.readouterr().out
    run(["assess", SADDLE, "--format", "json"])
    assert capsys.readouterr().out == first


def test_several_files_give_one_report_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", DESK_WORKER, SADDLE]) == exit_codes.DONE
    out = capsys.readouterr().out
    assert "Case desk-worker-headache" in out
    assert "Case gardener-saddle-numbness" in out


def test_a_minus_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = io.TextIOWrapper(io.BytesIO(Path(SADDLE).read_bytes()))
    monkeypatch.setattr("sys.stdin", content)
    assert run(["assess", "-"]) == exit_codes.DONE
    assert capsys.readouterr().out.startswith("EMERGENCY")


def test_saddle_numbness_prints_no_treatment_focus(capsys: pytest.CaptureFixture[str]) -> None:
    for depth in ("sentence", "tree", "full"):
        run(["assess", SADDLE, "--depth", depth])
        out = capsys.readouterr().out
        assert "No treatment focus is given" in out
        assert "Technique:" not in out


def test_referrals_are_no_failure_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", SADDLE]) == exit_codes.DONE
    assert run(["assess", SADDLE, "--exit-code"]) == exit_codes.URGENT_REFERRAL
    assert run(["assess", DESK_WORKER, "--exit-code"]) == exit_codes.DONE


def test_stock_asks_for_the_library_s_own_matcher(built: Built) -> None:
    run(["assess", SADDLE])
    run(["assess", SADDLE, "--stock"])
    assert built == ["indexed", "stock"]


def test_markdown_starts_with_the_headline(capsys: pytest.CaptureFixture[str]) -> None:
    run(["assess", SADDLE, "--format", "markdown"])
    assert capsys.readouterr().out.startswith("# EMERGENCY: ")


def test_a_missing_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", "nowhere.yml"]) == exit_codes.INPUT_INVALID
    err = capsys.readouterr().err
    assert err.startswith("nowhere.yml: ")
    assert "Traceback" not in err


def test_the_faults_of_all_files_are_told_in_one_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("schema: nmt.case/1\nanswers: [{finding: taut_bnd}]\n", encoding="utf-8")
    assert run(["assess", str(broken), "nowhere.yml"]) == exit_codes.INPUT_INVALID
    err = capsys.readouterr().err
    assert "Did you mean" in err
    assert "nowhere.yml" in err


def test_how_and_why_not_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    trigger_point = "active_trigger_point:upper_trapezius:right"
    assert run(["explain", DESK_WORKER, "how", trigger_point]) == exit_codes.DONE
    assert "Taut band" in capsys.readouterr().out
    assert run(["explain", DESK_WORKER, "why-not", "cauda_equina", "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out)["concluded"] is False


def test_kb_show_offers_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kb", "show", "taut_bnd"]) == exit_codes.FAILED
    assert "\n  taut_band (finding: Taut band)" in capsys.readouterr().err


def test_kb_show_lists_what_a_name_of_two_things_may_mean(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["kb", "show", "kyphosis"]) == exit_codes.FAILED
    err = capsys.readouterr().err
    assert "more than one thing" in err
    assert "thoracic_kyphosis (site: " in err


def test_kb_show_as_json_is_of_the_documented_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kb", "show", "scm", "--json"]) == exit_codes.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["asked"]) == ("nmt.cards/1", "scm")
    jsonschema.validate(told, json_schemas()["cards"])
    assert [card["id"] for card in told["cards"]] == ["sternocleidomastoid"]


def test_kb_lists_and_counts_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kb", "findings", "taut", "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out)[0]["id"] == "taut_band"
    assert run(["kb", "stats", "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out)["rules"] > 300


def test_kb_schema_names_and_prints_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    run(["kb", "schema"])
    assert {"assessment", "case", "rule"} <= set(capsys.readouterr().out.split())
    run(["kb", "schema", "case"])
    assert json.loads(capsys.readouterr().out)["properties"]


def test_settings_are_set_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", "set", "country", "gb"]) == exit_codes.DONE
    run(["settings", "show", "--json"])
    assert json.loads(capsys.readouterr().out)["country"] == {
        "value": "GB",
        "origin": "file",
        "where": str(_settings_path(capsys)),
    }


def test_a_setting_that_cannot_be_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", "set", "wording", "loud"]) == exit_codes.USAGE
    assert "full, terse" in capsys.readouterr().err


def test_an_interview_without_a_terminal_names_the_other_ways(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["interview"]) == exit_codes.USAGE
    err = capsys.readouterr().err
    assert "assess" in err
    assert "demo" in err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["interview", "--resume"], ["interview", "--resume=newest"]),
        (["interview", "--resume", "--plain"], ["interview", "--resume=newest", "--plain"]),
        (["interview", "--resume", "7"], ["interview", "--resume", "7"]),
        ([], []),
    ],
)
def test_a_bare_resume_means_the_newest(typed: list[str], meant: list[str]) -> None:
    assert with_bare_resume(typed) == meant


def _settings_path(capsys: pytest.CaptureFixture[str]) -> str:
    run(["settings", "path"])
    return capsys.readouterr().out.strip()
