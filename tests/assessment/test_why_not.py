"""Why something was not concluded, and that doing what it says would conclude it."""

import pytest

from nmt_expert.assessment import reason, why_not
from nmt_expert.assessment.plan import techniques_of
from nmt_expert.engine import Engine
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client


def answer_of(need: str) -> Answer:
    """``finding@site:side=value`` as an answer."""
    where, _, value = need.partition("=")
    name, _, at = where.partition("@")
    site, _, side = at.partition(":")
    return Answer.model_validate(
        {"finding": name, "site": site or None, "side": side or None, "value": value}
    )


SPOT = client({"finding": "hypersensitive_spot", "site": "upper_trapezius", "side": "right"})


def test_the_nearest_rule_names_the_one_answer_it_lacks(kb: KnowledgeBase, engine: Engine) -> None:
    told = why_not(SPOT, "active_trigger_point:upper_trapezius:right", kb, engine)
    assert not told.concluded
    assert all(len(near.would_need) == 1 for near in told.nearest)
    assert "hypersensitive" not in " ".join(told.nearest[0].would_need)


@pytest.mark.parametrize(
    "asked",
    [
        "active_trigger_point:upper_trapezius:right",
        "nerve_irritation:carpal_tunnel:right",
        "cauda_equina",
        "neck_artery_injury",
        "ischemic_tissue:levator_scapulae:left",
        "movement_fault:blade_dyskinesis:right",
        "nerve_entrapment",
    ],
)
def test_answering_what_it_lacks_makes_the_rule_fire(
    asked: str, kb: KnowledgeBase, engine: Engine
) -> None:
    told = why_not(SPOT, asked, kb, engine)
    near = told.nearest[0]
    assert near.would_need
    answers = SPOT.answers + tuple(answer_of(need) for need in near.would_need)
    after = reason(SPOT.model_copy(update={"answers": answers}), kb, engine)
    assert near.rule in {raw.rule for raw in after.result.firings}


def test_an_answer_to_the_contrary_is_called_contradicted(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = client({"finding": "thunderclap_headache", "value": "absent"})
    told = why_not(case, "sudden_worst_headache", kb, engine)
    assert [part.state for part in told.nearest[0].conditions] == ["contradicted"]


def test_an_answer_of_unknown_is_called_unknown(kb: KnowledgeBase, engine: Engine) -> None:
    case = client({"finding": "thunderclap_headache", "value": "unknown"})
    told = why_not(case, "sudden_worst_headache", kb, engine)
    assert [part.state for part in told.nearest[0].conditions] == ["unknown"]


def test_a_band_that_is_too_low_is_under_the_threshold(kb: KnowledgeBase, engine: Engine) -> None:
    case = client(
        {"finding": "hypersensitive_spot", "site": "upper_trapezius", "side": "right"},
        {"finding": "stretch_painful_limited", "site": "upper_trapezius", "side": "right"},
    )
    told = why_not(case, "upper_trapezius", kb, engine)
    states = {part.state for near in told.nearest for part in near.conditions}
    assert "below_threshold" in states


def test_what_was_concluded_says_so(kb: KnowledgeBase, engine: Engine) -> None:
    told = why_not(client({"finding": "befast_sign"}), "stroke_tia", kb, engine)
    assert told.concluded


def test_a_supported_but_outweighed_conclusion_names_what_outweighs_it(
    kb: KnowledgeBase, engine: Engine
) -> None:
    at = {"site": "upper_trapezius", "side": "right"}
    case = client(
        {"finding": "tender_under_finger", **at},
        {"finding": "dense_ropy_tissue", **at},
        {"finding": "referred_sensation", **at},
        {"finding": "familiar_pain_on_pressure", **at},
    )
    told = why_not(case, "ischemic_tissue:upper_trapezius:right", kb, engine)
    assert told.next_obstacle is not None
    assert "outweighed" in told.next_obstacle


def test_a_name_that_no_rule_draws_is_refused(kb: KnowledgeBase, engine: Engine) -> None:
    with pytest.raises(InputInvalid, match="no rule could ever conclude"):
        why_not(Case(), "gremlins", kb, engine)


def test_a_technique_that_was_not_chosen_names_the_nearest_rule_that_proposes_it(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = why_not(SPOT, "ischemic_compression:upper_trapezius:right", kb, engine)
    assert not told.concluded
    for near in told.nearest:
        assert "trigger_point_compression" in techniques_of(kb.rules[near.rule])
    assert any("Upper trapezius, right" in part.condition for part in told.nearest[0].conditions)


def test_a_technique_that_was_chosen_says_so(kb: KnowledgeBase, engine: Engine) -> None:
    case = client(*ACTIVE_TRAPEZIUS, sites=({"site": "temple", "side": "right"},))
    assert why_not(case, "trigger_point_compression", kb, engine).concluded


def test_a_technique_that_no_rule_proposes_is_left_to_the_therapist(
    kb: KnowledgeBase, engine: Engine
) -> None:
    proposed = {name for rule in kb.rules.values() for name in techniques_of(rule)}
    for name in sorted(set(kb.techniques) - proposed):
        with pytest.raises(InputInvalid, match="for the therapist to choose"):
            why_not(SPOT, name, kb, engine)


def test_a_band_says_by_how_much_it_is_missed(kb: KnowledgeBase, engine: Engine) -> None:
    case = client(
        {"finding": "hypersensitive_spot", "site": "upper_trapezius", "side": "right"},
        {"finding": "stretch_painful_limited", "site": "upper_trapezius", "side": "right"},
    )
    told = why_not(case, "upper_trapezius", kb, engine)
    under = [p for n in told.nearest for p in n.conditions if p.state == "below_threshold"]
    assert under
    assert all(part.short and part.told for part in under)


def test_a_number_says_by_how_much_it_is_missed(kb: KnowledgeBase, engine: Engine) -> None:
    needing = [r.id for r in kb.rules.values() if "age_under_5" in str(r.when)]
    told = why_not(client({"finding": "age", "value": 38}), needing[0], kb, engine)
    short = [part.short for part in told.nearest[0].conditions if part.short]
    assert short
    assert all(said.startswith("too high for ") for said in short)


def test_a_candidate_that_is_lacking_is_followed_to_the_answers_that_draw_it(
    kb: KnowledgeBase, engine: Engine
) -> None:
    near = why_not(Case(), "postural_distortion:forward_head", kb, engine).nearest[0]
    assert near.would_need
    assert all("=" in need and not need.startswith("candidate") for need in near.would_need)


def test_the_cheapest_step_names_one_question_its_lines_and_minutes(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = why_not(SPOT, "cauda_equina", kb, engine)
    assert told.cheapest is not None
    step = told.nearest[told.cheapest].steps[0]
    assert step.question in kb.questions
    assert (step.open_now, step.who) == (True, "client")
    assert step.items > 1
    assert 0 < step.minutes < 1


def test_what_was_denied_is_a_dearer_step_than_what_was_not_asked(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = client({"finding": "bilateral_leg_pain_new", "value": "absent"})
    told = why_not(case, "cauda_equina", kb, engine)
    assert told.cheapest is not None
    states = {part.state for part in told.nearest[told.cheapest].conditions}
    assert "contradicted" not in states


def test_the_next_obstacle_is_named_when_a_filter_would_take_the_plan(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = client(
        {"finding": "hypersensitive_spot", "site": "upper_trapezius", "side": "right"},
        {"finding": "saddle_numbness"},
        {"finding": "bladder_change"},
    )
    told = why_not(case, "upper_trapezius:right", kb, engine)
    assert any(near.then and "withheld" in near.then for near in told.nearest)


def test_a_rule_is_asked_about_by_its_id(kb: KnowledgeBase, engine: Engine) -> None:
    told = why_not(SPOT, "trigger_points.active.active_core", kb, engine)
    assert [near.rule for near in told.nearest] == ["trigger_points.active.active_core"]
    assert "hypersensitive_spot@upper_trapezius:right=present" not in told.nearest[0].would_need


def test_each_shown_rule_was_tried_with_what_it_needs(kb: KnowledgeBase, engine: Engine) -> None:
    told = why_not(SPOT, "nerve_irritation:carpal_tunnel:right", kb, engine)
    assert all(near.fires and near.obstacle is None for near in told.nearest)
