import os
import shutil
import subprocess
import sys

import pytest

from nmt_expert.kb import load
from nmt_expert.model.errors import KnowledgeBaseInvalid


def pairs(kb, relation):
    return {(one.from_, one.to) for one in kb.relations if one.relation == relation}


def test_a_row_is_every_pair_of_its_ends(tiny):
    assert pairs(tiny, "chains_to") == {
        ("forward_head", "temple"),
        ("forward_head", "interscapular"),
    }
    (refers,) = [one for one in tiny.relations if one.relation == "refers_to"]
    assert (refers.from_, refers.to, refers.kind, refers.side) == (
        "upper_trapezius",
        "temple",
        "essential",
        "same",
    )


def test_part_of_holds_for_everything_above(copy):
    path = copy / "knowledge/anatomy/places.yml"
    text = path.read_text()
    path.write_text(text.replace("label: Head,", "label: Head, part_of: [upper_body],"))
    kb = load(copy)
    assert kb.ancestors["temple"] == {"head", "upper_body"}
    above = {("temple", "head"), ("temple", "upper_body"), ("head", "upper_body")}
    assert above <= pairs(kb, "part_of")
    assert [site.id for site in kb.of_kind("upper_body")] == ["head", "temple"]


def test_remote_is_what_a_chain_links_but_no_nearness(tiny):
    assert pairs(tiny, "remote_from") == {
        ("upper_trapezius", "interscapular"),  # held short by a pattern that chains there
        ("pectoralis_major", "interscapular"),  # the short front partner of what lies there
    }


def test_a_muscle_that_refers_to_a_zone_is_not_remote_from_it(tiny):
    assert ("upper_trapezius", "temple") in pairs(tiny, "refers_to")
    assert ("upper_trapezius", "temple") not in pairs(tiny, "remote_from")


def test_derived_relations_have_their_meaning_too(tiny):
    assert {one.relation for one in tiny.relations} <= set(tiny.relation_tables)


def test_questions_come_in_the_order_of_the_interview(tiny):
    assert list(tiny.questions) == ["first", "who", "where", "touch"]


def test_a_rule_is_named_by_its_folder_file_and_id(tiny):
    rule = tiny.rules["focus.muscles.glide"]
    assert rule.place == "rules/focus/muscles.yml:1"
    assert tiny.places["rule:focus.muscles.glide"] == rule.place
    assert tiny.places["finding:pain"] == "knowledge/findings/all.yml:15"
    assert len(rule.version) == 12


def test_a_synonym_of_one_thing_leads_to_it_and_of_two_to_none(tiny):
    assert tiny.synonyms["upper traps"] == "upper_trapezius"
    assert tiny.synonyms["tight chest"] == "chest_pressure"
    assert "knot" not in tiny.synonyms


def test_nothing_loaded_can_be_changed(tiny):
    with pytest.raises(TypeError):
        tiny.rules["x"] = None


def test_comments_and_layout_do_not_change_the_knowledge(copy, tiny):
    path = copy / "rules/focus/muscles.yml"
    path.write_text("# a note\n\n" + path.read_text().replace("order: 2}", "order:   2 }"))
    assert load(copy).sha256 == tiny.sha256


def test_a_word_changes_the_knowledge_and_the_version_of_its_rule_only(copy, tiny):
    path = copy / "rules/focus/muscles.yml"
    path.write_text(path.read_text().replace("It eases.", "It eases a little."))
    kb = load(copy)
    changed = [id for id in kb.rules if kb.rules[id].version != tiny.rules[id].version]
    assert kb.sha256 != tiny.sha256
    assert changed == ["focus.muscles.glide"]


SHOW = """
import sys
from nmt_expert.kb import load
kb = load(sys.argv[1])
print(kb.sha256, list(kb.rules), list(kb.findings), list(kb.sites), kb.relations, kb.synonyms)
"""


def test_neither_hash_seed_nor_order_of_files_changes_anything(copy, tmp_path):
    again = tmp_path / "again"
    for path in sorted(copy.rglob("*.yml"), reverse=True):
        target = again / path.relative_to(copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shown = {
        subprocess.run(
            [sys.executable, "-c", SHOW, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for folder, seed in ((copy, "0"), (again, "1"))
    }
    assert len(shown) == 1


def test_every_fault_of_a_run_is_told_in_file_order(copy):
    (copy / "knowledge/anatomy/more.yml").write_text("- {id: Jaw}\n" * 11)
    (copy / "rules/focus/more.yml").write_text("a: b: c\n")
    (copy / "knowledge/flags.yml").unlink()
    with pytest.raises(KnowledgeBaseInvalid) as caught:
        load(copy)
    places = [fault.place for fault in caught.value.faults]
    lines = [int(place.split(":")[1]) for place in places if "anatomy/more" in place]
    assert lines == sorted(lines)
    assert "knowledge/flags.yml" in places
    assert "rules/focus/more.yml:1:5" in places
