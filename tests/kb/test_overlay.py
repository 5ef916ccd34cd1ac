"""A clinic's own entries: added, replaced on purpose only, under the same checks, and named."""

import json
from pathlib import Path

import pytest

from nmt_expert.cli.app import run
from nmt_expert.kb import cache, examine, load
from nmt_expert.model.errors import KnowledgeBaseInvalid
from tests.kb.conftest import TINY

MUSCLE = "- {id: scalenes, kind: muscle, label: Scalenes, sided: true, part_of: [neck]}\n"
ROWS = """relation: refers_to
extends: true
rows:
  - {from: [scalenes], to: [interscapular], kind: spillover, basis: proposal, sources: [proposal]}
"""
WORDING = """- id: chest_pressure
  %s
  label: Tight chest
  kind: red_flag
  asked_of: client
  question: Is your chest tight?
  unsure: false
  basis: proposal
"""
RULE = """- id: pressure
  replaces: true
  title: Pressure in the chest at any age
  role: refer
  when: {finding: chest_pressure}
  then:
    - {flag: heart_attack, kind: red_flag, urgency: emergency, to: ambulance, say: Go.,
       suppress: [all]}
  because: The heart may be in danger.
  limits: Reflux feels alike.
  grade: not recorded
  basis: proposal
  sources: [{source: proposal}]
  examples:
    fires: {answers: [{finding: chest_pressure}]}
    silent: {answers: [{finding: chest_pressure, value: absent}]}
"""


class Clinic:
    """An overlay that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, place: str, text: str) -> None:
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def faults(self) -> list[str]:
        return [str(fault) for fault in examine(TINY, self.folder).errors]


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path / "clinic")


def test_new_entries_and_rows_are_added(clinic, tiny):
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE)
    clinic.write("knowledge/relations/refers_to.yml", ROWS)
    kb = load(TINY, clinic.folder)
    assert set(kb.sites) - set(tiny.sites) == {"scalenes"}
    pairs = [(one.from_, one.to) for one in kb.relations if one.relation == "refers_to"]
    assert pairs == [("upper_trapezius", "temple"), ("scalenes", "interscapular")]
    assert kb.relation_tables["refers_to"].means == tiny.relation_tables["refers_to"].means


def test_an_entry_that_says_so_takes_the_place_of_another(clinic, tiny):
    clinic.write("knowledge/findings/wording.yml", WORDING % "replaces: true")
    clinic.write("rules/red_flags/chest.yml", RULE)
    kb = load(TINY, clinic.folder)
    assert kb.findings["chest_pressure"].question == "Is your chest tight?"
    assert list(kb.findings) == list(tiny.findings)
    assert kb.rules["red_flags.chest.pressure"].place == "clinic/rules/red_flags/chest.yml:1"
    assert list(kb.rules) == list(tiny.rules)


def test_a_file_of_one_thing_can_be_replaced(clinic):
    text = (TINY / "knowledge/certainty.yml").read_text()
    clinic.write("knowledge/certainty.yml", "replaces: true\n" + text.replace('"0.8"', '"0.9"'))
    assert load(TINY, clinic.folder).certainty.strengths["hallmark"] == "0.9"


FAULTS = {
    "an id that exists, by accident": (
        "knowledge/findings/wording.yml",
        WORDING % "terse: Tight",
        "clinic/knowledge/findings/wording.yml:1:7: finding 'chest_pressure' is declared twice; "
        "the first is at knowledge/findings/all.yml:23. It could not be asked. Write replaces: "
        "true to take its place, or give one another id.",
    ),
    "nothing to replace": (
        "knowledge/anatomy/ours.yml",
        MUSCLE.replace("id: scalenes", "id: rhomboid, replaces: true"),
        "clinic/knowledge/anatomy/ours.yml:1:8: there is no site 'rhomboid' that it could be laid "
        "over. No rule could speak of it. Did you mean 'rhomboids'?",
    ),
    "replaces: false": (
        "knowledge/findings/wording.yml",
        WORDING % "replaces: false",
        "clinic/knowledge/findings/wording.yml:2:13: 'replaces' can only be true. It could not be "
        "asked. Write true, or leave it out.",
    ),
    "the same entry twice in the overlay": (
        "knowledge/findings/wording.yml",
        WORDING % "replaces: true" + WORDING % "replaces: true",
        "clinic/knowledge/findings/wording.yml:9:7: finding 'chest_pressure' is declared twice; "
        "the first is at clinic/knowledge/findings/wording.yml:1. It could not be asked. Keep "
        "one of them.",
    ),
    "another meaning beside more rows": (
        "knowledge/relations/refers_to.yml",
        ROWS.replace("scalenes", "rhomboids") + "means: Another thing.\n",
        "clinic/knowledge/relations/refers_to.yml:5:1: 'means' cannot be changed by 'extends'. No "
        "rule could use it. Leave it out, or write replaces: true and the whole relation.",
    ),
    "a row of an unknown muscle, at its own place": (
        "knowledge/relations/refers_to.yml",
        ROWS,
        "clinic/knowledge/relations/refers_to.yml:4:13: unknown site 'scalenes' (relation "
        "refers_to). No fact could ever be at it. Declare it, or use a declared one.",
    ),
    "a file nobody reads": (
        "knowledge/more.yml",
        "[]\n",
        "clinic/knowledge/more.yml: no part of the program reads this file. Its content would be "
        "ignored. Move it to a folder that is read.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_overlay_is_told_at_its_place(fault, clinic):
    place, text, says = fault
    clinic.write(place, text)
    assert clinic.faults() == [says]


def test_the_shipped_knowledge_knows_no_replaces(copy):
    path = copy / "knowledge/findings/all.yml"
    path.write_text(path.read_text().replace("- id: pain\n", "- id: pain\n  replaces: true\n"))
    assert "unknown key 'replaces'" in str(examine(copy).errors[0])


def test_a_folder_without_either_half_is_no_overlay(tmp_path):
    with pytest.raises(KnowledgeBaseInvalid, match="no overlay is here"):
        load(TINY, tmp_path)


def test_the_knowledge_names_its_overlay_and_the_hash_of_it(clinic, tiny, monkeypatch):
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE)
    kb = load(TINY, clinic.folder)
    assert kb.overlay is not None
    assert str(kb.overlay).startswith("clinic, sha256 ")
    assert kb.summary()["overlay"] == kb.overlay.model_dump()
    assert kb.sha256 != tiny.sha256
    assert "overlay" not in tiny.summary()
    monkeypatch.setenv("NMT_EXPERT_OVERLAY", str(clinic.folder))
    assert load(TINY) == kb


def test_the_name_of_the_folder_does_not_change_the_knowledge(clinic, tmp_path):
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE)
    first = load(TINY, clinic.folder)
    clinic.folder.rename(tmp_path / "practice")
    assert load(TINY, tmp_path / "practice").sha256 == first.sha256


def test_the_cache_tells_overlays_apart(clinic, tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE)
    with_it, without = load(TINY, clinic.folder), load(TINY)
    assert load(TINY, clinic.folder) == with_it
    assert load(TINY) == without
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE.replace("Scalenes", "Scalene muscles"))
    assert load(TINY, clinic.folder) != with_it


def test_the_command_line_lays_it_over(clinic, capsys):
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE)
    assert run(["--kb", str(TINY), "--overlay", str(clinic.folder), "kb", "check"]) == 0
    assert "overlay clinic, sha256 " in capsys.readouterr().out
    assert run(["--kb", str(TINY), "--overlay", str(clinic.folder), "kb", "stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sites_by_kind"]["muscle"] == 4


def test_the_knowledge_counts_what_the_overlay_did(clinic):
    clinic.write("knowledge/anatomy/ours.yml", MUSCLE)
    clinic.write("knowledge/relations/refers_to.yml", ROWS)
    clinic.write("rules/red_flags/chest.yml", RULE)
    laid = load(TINY, clinic.folder).overlay
    assert laid is not None
    assert (laid.added, laid.replaced, laid.extended) == (
        {"site": 1},
        {"rule": 1},
        {"relation": 1},
    )
