"""Why something was concluded: the tree ends in answers and repeats what the trace says."""

import pytest

from nmt_expert.assessment import assess, how
from nmt_expert.assessment.plan import techniques_of
from nmt_expert.engine import Engine
from nmt_expert.model.case import Answer
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.explanation import Reasoned
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client

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
    told = how(assess(CASE, kb, engine), asked, kb)
    ends = [leaf for node in told.tree for leaf in leaves(node)]
    assert ends
    assert {leaf.kind for leaf in ends} == {"answer"}


def test_a_candidate_is_explained_down_to_its_own_answers(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = how(assess(CASE, kb, engine), "postural_distortion:forward_head", kb)
    said = [leaf.text for node in told.tree for leaf in leaves(node)]
    assert any("Ear" in text for text in said)


def test_an_unreviewed_rule_says_so_on_its_line(kb: KnowledgeBase, engine: Engine) -> None:
    told = how(assess(CASE, kb, engine), "active_trigger_point:upper_trapezius:right", kb)
    rules = [child for node in told.tree for child in node.children]
    assert all("unreviewed" in rule.labels for rule in rules)
    assert all(rule.sources and rule.limits and rule.place for rule in rules)


def test_a_name_of_nothing_concluded_is_refused_with_the_names_there_are(
    kb: KnowledgeBase, engine: Engine
) -> None:
    with pytest.raises(InputInvalid, match="active_trigger_point:upper_trapezius:right"):
        how(assess(CASE, kb, engine), "stroke_tia", kb)


def test_a_technique_is_explained_by_the_places_it_is_used_at(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = how(assess(CASE, kb, engine), "ischemic compression", kb)
    assert told.sentence.startswith("Used at Upper trapezius, right.")
    used = [node for node in told.tree if node.text.startswith("Used at Upper trapezius")]
    rules = {child.ref for node in used for child in node.children}
    assert rules
    assert all("trigger_point_compression" in techniques_of(kb.rules[str(rule)]) for rule in rules)


def test_a_technique_says_which_caution_bans_it(kb: KnowledgeBase, engine: Engine) -> None:
    aspirin = Answer(finding="aspirin_or_antiplatelet")
    case = CASE.model_copy(update={"answers": (*CASE.answers, aspirin)})
    told = how(assess(case, kb, engine), "trigger_point_compression", kb)
    said = [node.text for node in told.tree]
    assert any(text.startswith("Banned: ") for text in said)
    assert any(text.startswith("Withheld at Upper trapezius, right. ") for text in said)
