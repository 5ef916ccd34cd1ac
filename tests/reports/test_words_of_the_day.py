"""A document of an old record says what its rules said on the day, whatever they say now."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.since import with_since
from nmt_expert.cli.app import run
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Treated
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import ConclusionKind, Factor, Flag, KnowledgeBase, Technique
from nmt_expert.model.rule import Rule
from nmt_expert.model.site import Site
from nmt_expert.reports import as_json, as_plain, report_on
from nmt_expert.reports.view import View
from tests.reports.every_document import DEPTHS, WIDE, documents

ROOT = Path(__file__).parent.parent.parent
CASES = {
    "emergency": ROOT / "examples/gardener-saddle-numbness.yml",
    "plan": ROOT / "examples/desk-worker-headache.yml",
    "second visit": ROOT / "tests/cases/outcomes/pain-and-activities-both-better.yml",
}
NEW = "Said otherwise now"
CHANGED = "The knowledge base has changed since."
Labelled = TypeVar("Labelled", Site, Finding, Factor, ConclusionKind, Flag, Technique)


@pytest.fixture(scope="module", params=list(CASES))
def kept(request: pytest.FixtureRequest, kb: KnowledgeBase, engine: Engine) -> Assessment:
    return assess(read_case(CASES[request.param], kb), kb, engine)


def reworded(kb: KnowledgeBase, kept: Assessment) -> KnowledgeBase:
    """Other words in everything that the assessment rests on, and another hash."""

    def renamed(table: Mapping[str, Labelled]) -> dict[str, Labelled]:
        return {
            id: one.model_copy(update={"label": NEW}) if id in kept.words else one
            for id, one in table.items()
        }

    return replace(
        kb,
        sha256="0" * 64,
        rules={id: _said_otherwise(rule, kept) for id, rule in kb.rules.items()},
        findings={id: _revalued(one, kept) for id, one in renamed(kb.findings).items()},
        sites=renamed(kb.sites),
        factors=renamed(kb.factors),
        conclusions=renamed(kb.conclusions),
        flags=renamed(kb.flags),
        techniques=renamed(kb.techniques),
    )


def _said_otherwise(rule: Rule, kept: Assessment) -> Rule:
    if rule.id not in kept.rules:
        return rule
    words = {"title": NEW, "because": NEW, "limits": NEW, "status": "reviewed", "grade": "X"}
    return rule.model_copy(update=words | {"basis": "tradition", "sources": ()})


def _revalued(finding: Finding, kept: Assessment) -> Finding:
    said = {value for value in finding.values if f"{finding.id}={value}" in kept.words}
    return finding.model_copy(update={"labels": finding.labels | dict.fromkeys(said, NEW)})


def without_the_notice(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if CHANGED not in line)


@pytest.mark.parametrize("depth", DEPTHS)
def test_no_document_of_an_old_record_says_a_rule_in_the_words_of_today(
    kept: Assessment, kb: KnowledgeBase, depth: str
) -> None:
    done = (Treated(site="upper_trapezius", side="right", technique="stripping"),)
    now = reworded(kb, kept)
    then = documents(View(kept, kb, depth, "GB"), done)
    later = documents(View(kept, now, depth, "GB"), done)
    for name, text in then.items():
        assert without_the_notice(later[name]) == text.rstrip("\n"), name


def test_the_notice_says_what_is_of_that_day_and_what_of_today(
    kept: Assessment, kb: KnowledgeBase
) -> None:
    text = as_plain(report_on(View(kept, reworded(kb, kept))), width=WIDE)
    assert f"{CHANGED} Results and their reasons stand in the words of that day" in text
    assert CHANGED not in as_plain(report_on(View(kept, kb)), width=WIDE)


def test_a_record_from_before_texts_were_kept_says_so(kept: Assessment, kb: KnowledgeBase) -> None:
    old = kept.model_copy(update={"rules": {}})
    text = as_plain(report_on(View(old, reworded(kb, kept))), width=WIDE)
    assert NEW in text
    assert "since their texts were not kept with it" in text


def test_a_reason_that_is_gone_at_the_next_visit_keeps_its_words(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = read_case(CASES["plan"], kb)
    fewer = case.model_copy(update={"answers": case.answers[:-12]})
    before, now = assess(case, kb, engine), assess(fewer, kb, engine)
    gone = set(before.rules) - set(now.rules)
    compared = with_since(now, before)
    told = as_plain(report_on(View(compared, reworded(kb, before))), width=WIDE)
    titles = {before.rules[rule].title for rule in gone & set(compared.rules)}
    assert titles
    assert all(title in told for title in titles)
    assert NEW not in told


def test_the_command_prints_a_saved_result_in_its_own_words(
    tmp_path: Path,
    kb: KnowledgeBase,
    engine: Engine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("NMT_EXPERT_CACHE", str(tmp_path / "cache"))
    result = assess(read_case(CASES["emergency"], kb), kb, engine)
    saved = tmp_path / "result.json"
    saved.write_text(as_json(result), encoding="utf-8")
    rule = result.rules[result.firings[0].rule]
    other = _copy_with(tmp_path / "kb", rule.because, NEW + ".")

    def printed(*words: str) -> str:
        assert run([*words, "report", str(saved), "--format", "markdown"]) == 0
        return capsys.readouterr().out

    then, later = printed(), printed("--kb", str(other))
    assert CHANGED in later
    assert NEW not in later
    assert without_the_notice(later) == then.rstrip("\n")


def _copy_with(folder: Path, was: str, is_now: str) -> Path:
    """A knowledge base of our own in which one sentence is another."""
    for part in ("knowledge", "rules"):
        shutil.copytree(ROOT / part, folder / part)
    files = [file for file in folder.rglob("*.yml") if was in file.read_text("utf-8")]
    assert files
    for file in files:
        file.write_text(file.read_text("utf-8").replace(was, is_now), "utf-8")
    return folder
