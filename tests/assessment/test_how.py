"""Why something was concluded: the tree ends in answers and repeats what the trace says."""

from dataclasses import replace
from pathlib import Path

import pytest

from nmt_expert.assessment import assess, how
from nmt_expert.assessment.how import WITHHELD, names
from nmt_expert.assessment.plan import techniques_of
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.explanation import Reasoned
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import as_json, as_plain, how_report
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client
from tests.conftest import CASE_FILES, some_then_all

CASE = client(
    *ACTIVE_TRAPEZIUS,
    {"finding": "cue_ear_forward"},
    {"finding": "cue_chin_poke"},
    sites=({"site": "temple", "side": "right"},),
)


def leaves(node: Reasoned) -> list[Reasoned]:
    return [leaf for child in node.children for leaf in leaves(child)] or [node]


@pytest.mark.parametrize(
    "asked",
    [
        "active_trigger_point:upper_trapezius:right",
        "upper_trapezius",
        "postural_distortion:forward_head",
        "trigger_points",
        "1",
    ],
)
def test_every_branch_ends_in_an_answer(asked: str, kb: KnowledgeBase, engine: Engine) -> None:
    told = how(assess(CASE, kb, engine), asked)
    ends = [leaf for node in told.tree for leaf in leaves(node)]
    assert ends
    assert {leaf.kind for leaf in ends} == {"answer"}


def test_a_candidate_is_explained_down_to_its_own_answers(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = how(assess(CASE, kb, engine), "postural_distortion:forward_head")
    said = [leaf.text for node in told.tree for leaf in leaves(node)]
    assert any("Ear" in text for text in said)


def test_an_unreviewed_rule_says_so_on_its_line(kb: KnowledgeBase, engine: Engine) -> None:
    told = how(assess(CASE, kb, engine), "active_trigger_point:upper_trapezius:right")
    rules = [child for node in told.tree for child in node.children]
    assert all("unreviewed" in rule.labels for rule in rules)
    assert all(rule.sources and rule.limits and rule.when for rule in rules)


def test_a_name_of_nothing_concluded_is_refused_with_the_names_there_are(
    kb: KnowledgeBase, engine: Engine
) -> None:
    with pytest.raises(InputInvalid, match="active_trigger_point:upper_trapezius:right"):
        how(assess(CASE, kb, engine), "stroke_tia")


def test_a_technique_is_explained_by_the_places_it_is_used_at(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = how(assess(CASE, kb, engine), "trigger_point_compression")
    assert told.sentence.startswith("Used at Upper trapezius, right.")
    used = [node for node in told.tree if node.text.startswith("Used at Upper trapezius")]
    rules = {child.ref for node in used for child in node.children}
    assert rules
    assert all("trigger_point_compression" in techniques_of(kb.rules[str(rule)]) for rule in rules)


def test_a_technique_says_which_caution_bans_it(kb: KnowledgeBase, engine: Engine) -> None:
    aspirin = Answer(finding="aspirin_or_antiplatelet")
    case = CASE.model_copy(update={"answers": (*CASE.answers, aspirin)})
    told = how(assess(case, kb, engine), "trigger_point_compression")
    said = [node.text for node in told.tree]
    assert any(text.startswith("Banned: ") for text in said)
    assert any(text.startswith("Withheld at Upper trapezius, right. ") for text in said)


def test_an_explanation_needs_nothing_but_the_result(kb: KnowledgeBase, engine: Engine) -> None:
    """Read again from its own bytes, with no knowledge base, it says the same."""
    kept = assess(CASE, kb, engine)
    again = Assessment.model_validate_json(as_json(kept))
    for name in names(kept):
        assert how(again, name) == how(kept, name)


def test_an_old_explanation_stays_as_it_was_when_the_rule_is_rewritten(
    kb: KnowledgeBase, engine: Engine
) -> None:
    kept = assess(CASE, kb, engine)
    rewritten = {
        id: rule.model_copy(update={"because": "Another reason.", "version": "0"})
        for id, rule in kb.rules.items()
    }
    newer = assess(CASE, replace(kb, rules=rewritten), engine)
    told = str(how(kept, "upper_trapezius").tree)
    assert "Another reason." not in told
    assert "Another reason." in str(how(newer, "upper_trapezius").tree)


def test_a_rule_whose_text_was_not_kept_says_so_and_still_shows_the_answers(
    kb: KnowledgeBase, engine: Engine
) -> None:
    bare = assess(CASE, kb, engine).model_copy(update={"rules": {}})
    told = how(bare, "active_trigger_point:upper_trapezius:right")
    rules = [child for node in told.tree for child in node.children]
    assert all("was not kept" in rule.text for rule in rules)
    assert {leaf.kind for node in told.tree for leaf in leaves(node)} == {"answer"}


def test_a_focus_is_followed_through_its_conclusion_to_the_answers(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = how(assess(CASE, kb, engine), "1")
    said = [leaf.text for node in told.tree for leaf in leaves(node)]
    assert "Taut band (Upper trapezius, right): present" in said


def test_a_number_stands_beside_the_threshold_it_met(kb: KnowledgeBase, engine: Engine) -> None:
    case = client({"finding": "thunderclap_headache"}, {"finding": "hours_static_posture",
                  "value": "over_4"}, client={"age": 71})  # fmt: skip
    met = [i.says for i in assess(case, kb, engine).inputs if i.number is not None and i.says]
    assert all("to" in said and "(" in said for said in met)


def test_what_was_withheld_says_by_what_and_why_it_was_planned(
    kb: KnowledgeBase, engine: Engine
) -> None:
    emergency = Answer(finding="saddle_numbness")
    case = CASE.model_copy(update={"answers": (*CASE.answers, emergency)})
    told = how(assess(case, kb, engine), WITHHELD)
    assert all(node.text.startswith("Withheld at ") for node in told.tree)
    for node in told.tree:
        kinds = [child.kind for child in node.children]
        assert kinds[-1] == "condition"
        assert "rule" in kinds
    assert "saddle" in str(told.tree[0].children[0]).lower()


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 40), ids=lambda path: path.stem)
def test_in_a_sentence_every_answer_fits_a_small_screen(
    path: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    result = assess(read_case(path, kb), kb, engine)
    for name in names(result):
        printed = as_plain(how_report(how(result, name), "sentence"), 80).splitlines()
        assert len(printed) <= 22
        assert max(map(len, printed)) <= 80
