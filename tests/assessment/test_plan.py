"""One line of the plan: its place, its side, and what it takes from the whole session."""

from typing import Any

from nmt_expert.assessment import reason
from nmt_expert.assessment.plan import bans_of, regions_of, techniques_of
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client

IRRITABLE = {"finding": "irritability", "value": "high"}
PUSHING_UP = {"site": "rise_pushes_up"}


def found(kb: KnowledgeBase, engine: Engine, *answers: dict[str, Any]) -> Reasoning:
    return reason(client(*answers), kb, engine)


def test_a_place_lies_in_its_body_regions_and_in_no_group(kb: KnowledgeBase) -> None:
    assert regions_of("temple", kb) == ("head",)
    assert regions_of("neck", kb) == ("neck",)
    assert set(regions_of("upper_trapezius", kb)) == {"neck", "shoulder"}
    assert regions_of(None, kb) == ()


def test_what_concerns_the_whole_session_has_no_place_and_no_side(
    kb: KnowledgeBase, engine: Engine
) -> None:
    plan = found(kb, engine, *ACTIVE_TRAPEZIUS, IRRITABLE).focus
    (line,) = [line for line in plan if line.site is None]
    assert (line.side, line.region) == (None, ())


def test_a_place_in_the_mid_line_is_not_said_to_be_on_both_sides(
    kb: KnowledgeBase, engine: Engine
) -> None:
    seen = (
        {"finding": "fault_seen", **PUSHING_UP},
        {"finding": "fault_reproduces_pain", **PUSHING_UP},
    )
    plan = found(kb, engine, *seen).focus
    assert [(line.site, line.side) for line in plan if line.site == "rise_pushes_up"] == [
        ("rise_pushes_up", None)
    ]


def test_both_sides_are_one_line_with_the_firings_of_both(
    kb: KnowledgeBase, engine: Engine
) -> None:
    both = ({**answer, "side": "both"} for answer in ACTIVE_TRAPEZIUS)
    plan = found(kb, engine, *both).focus
    (line,) = [line for line in plan if line.site == "upper_trapezius"]
    assert line.side == "both"
    assert list(line.firings) == sorted(set(line.firings))
    assert len(line.firings) % 2 == 0


def test_each_rule_of_a_line_adds_a_sentence_on_what_and_how_much(
    kb: KnowledgeBase, engine: Engine
) -> None:
    plan = found(kb, engine, *ACTIVE_TRAPEZIUS).focus
    (line,) = [line for line in plan if line.site == "upper_trapezius"]
    first, second, rest = line.treat.split(".")
    assert (first[:5], second[:8], rest) == ("Ease,", " Release", "")
    assert line.dose
    assert line.dose.count("As for an active trigger point") == 1
    assert all(part[0] == " " for part in line.dose.rstrip(".").split(".")[1:])
    assert ".." not in line.treat + line.dose


def test_an_irritable_client_gets_no_strong_technique_anywhere(
    kb: KnowledgeBase, engine: Engine
) -> None:
    calm = found(kb, engine, *ACTIVE_TRAPEZIUS)
    sore = found(kb, engine, *ACTIVE_TRAPEZIUS, IRRITABLE)
    assert "trigger_point_compression" in {name for line in calm.focus for name in line.technique}
    assert "trigger_point_compression" not in {n for line in sore.focus for n in line.technique}
    assert "whole_session" in {line.by for line in sore.withheld}


def test_a_ban_of_the_whole_session_stands_under_no_place(
    kb: KnowledgeBase, engine: Engine
) -> None:
    bans = bans_of(found(kb, engine, *ACTIVE_TRAPEZIUS, IRRITABLE).trace)
    assert "skin_rolling" in bans[""]
    assert "skin_rolling" not in bans.get("upper_trapezius", frozenset())


def test_the_techniques_of_a_rule_are_those_of_all_it_treats(kb: KnowledgeBase) -> None:
    rule = kb.rules["focus.session.irritable"]
    assert techniques_of(rule) == {"positional_release", "gliding", "education"}
    assert techniques_of(kb.rules["red_flags.neck.brainstem_signs_new"]) == frozenset()
