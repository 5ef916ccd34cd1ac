"""A walk over the grammar: each kind of condition says how it was met, and what it lacks."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from nmt_expert.assessment import assess, how, reason, why_not
from nmt_expert.assessment.applied import applied
from nmt_expert.assessment.what_if import read_answers
from nmt_expert.engine import Engine
from nmt_expert.model.explanation import ConditionState, Reasoned
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Atom, Connective, Rule
from tests.assessment.clients import client

RIGHT = {"site": "upper_trapezius", "side": "right"}
SPOT: dict[str, Any] = {"finding": "hypersensitive_spot", "site": "$muscle", "side": "$side"}
BAND: dict[str, Any] = {"finding": "taut_band", "site": "$muscle", "side": "$side"}
TENDER: dict[str, Any] = {"finding": "tender_under_finger", "site": "$muscle", "side": "$side"}
SPOTTED: dict[str, Any] = {"finding": "hypersensitive_spot", **RIGHT}

SUPPORT = {
    "conclude": "latent_trigger_point", "factor": "trigger_points", "site": "$muscle",
    "side": "$side", "strength": "strong", "group": "palpation",
}  # fmt: skip
TREAT = {
    "treat": "Ease it.", "site": "$muscle", "side": "$side", "technique": ["gliding"], "order": 1,
}  # fmt: skip

SHAPES: dict[str, dict[str, Any]] = {
    "all": {"all": [SPOT, BAND]},
    "any": {"all": [SPOT, {"any": [BAND, TENDER]}]},
    "at least": {"all": [SPOT, {"at_least": {"count": 2, "of": [SPOT, BAND, TENDER]}}]},
    "a finding": {"all": [SPOT]},
    "a finding of a value": {"all": [SPOT, {**BAND, "value": "absent"}]},
    "a finding of some values": {"all": [SPOT, {**BAND, "in": ["present", "absent"]}]},
    "a finding on the other side": {"all": [SPOT, {**BAND, "side": "$other"}]},
    "a finding on any side": {"all": [SPOT, {**BAND, "side": "any"}]},
    "a finding in a band of numbers": {"all": [SPOT, {"finding": "age", "value": "age_18_39"}]},
    "a relation": {"all": [SPOT, {"relation": "refers_to", "from": "$muscle", "to": "$zone"}]},
    "a relation of a kind": {
        "all": [SPOT, {"relation": "refers_to", "from": "$muscle", "to": "$zone",
                       "kind": "essential"}]
    },
    "a relation across": {
        "all": [SPOT, {"relation": "shortened_in", "from": "$muscle", "to": "$pattern",
                       "side": "other"}]
    },
    "a candidate": {
        "all": [SPOT, {"candidate": "postural_pattern", "site": "forward_head"}],
    },
    "a band": {
        "all": [SPOT, {"band": "active_trigger_point", "site": "$muscle", "side": "$side",
                       "at_least": "moderate"}],
    },
}  # fmt: skip

LEADING = ("trigger_points.active", "postural_distortion.seen")
"""Rules that draw the band and the candidate that the walk asks for."""


def with_rule(kb: KnowledgeBase, when: dict[str, Any]) -> tuple[KnowledgeBase, Rule]:
    """The knowledge with a rule of this condition, and of the others only what it may lead to."""
    uses_a_band = any("band" in part for part in when["all"])
    like = next(rule for rule in kb.rules.values() if rule.role == "support")
    rule = Rule.model_validate(
        {
            **like.model_dump(by_alias=True),
            "id": "walk.shape.one",
            "role": "focus" if uses_a_band else "support",
            "when": when,
            "then": [TREAT if uses_a_band else SUPPORT],
            "because": "It walks the grammar.",
        }
    )
    leading = (one for one in kb.rules.values() if one.id.startswith(LEADING))
    return replace(kb, rules={one.id: one for one in (*leading, rule)}), rule


def test_every_kind_of_condition_is_walked() -> None:
    """A kind that is added to the grammar must be added here."""
    walked = {key for when in SHAPES.values() for key in _keys(when)}
    kinds = (*get_args(Connective), *get_args(Atom))
    assert all(
        walked & {f.alias or name for name, f in kind.model_fields.items()} for kind in kinds
    )


def _keys(when: Any) -> set[str]:
    if isinstance(when, list):
        return set().union(*map(_keys, when))
    return set(when).union(*map(_keys, when.values())) if isinstance(when, dict) else set()


@pytest.mark.parametrize("shape", SHAPES)
def test_it_says_what_it_lacks_and_then_how_it_was_met(shape: str, kb: KnowledgeBase) -> None:
    own, rule = with_rule(kb, SHAPES[shape])
    engine = Engine(own)
    case = client({"finding": "thunderclap_headache", "value": "absent"})
    muscle = _crossing(kb) if "across" in shape else "upper_trapezius"
    lacking = why_not(case, f"{rule.id}:{muscle}:right", own, engine)
    near = lacking.nearest[0]
    assert near.fires
    assert {part.state for part in near.conditions} <= set(get_args(ConditionState))
    assert all(part.condition for part in near.conditions)

    after = applied(case, read_answers(near.would_need, own))
    fired = [n for n, f in enumerate(reason(after, own, engine).firings) if f.rule == rule.id]
    assert fired
    told = how(assess(after, own, engine), f"{muscle}:right")
    mine = next(node for node in _all(told.tree) if node.ref == rule.id)
    assert mine.when is not None
    assert len(mine.children) >= len(SHAPES[shape]["all"]) - shape.count("at least")
    assert all(child.text and child.children for child in mine.children)
    assert "$" not in str(mine.when) + " ".join(node.text for node in _all((mine,)))


def _crossing(kb: KnowledgeBase) -> str:
    """A muscle that a posture shortens on the other side."""
    across = (one for one in kb.relations if one.side == "other")
    return next(one.from_ for one in across if one.relation == "shortened_in")


def _all(nodes: tuple[Reasoned, ...]) -> list[Reasoned]:
    return [one for node in nodes for one in (node, *_all(node.children))]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({**SPOTTED, "value": "absent"}, "contradicted"),
        ({**SPOTTED, "value": "unknown"}, "unknown"),
        ({**SPOTTED, "value": "not_examined"}, "unknown"),
        (SPOTTED, "met"),
        (None, "not_asked"),
    ],
)
def test_a_finding_says_how_it_stands(
    answer: dict[str, Any] | None, state: str, kb: KnowledgeBase
) -> None:
    own, rule = with_rule(kb, SHAPES["all"])
    case = client(*([answer] if answer else []))
    near = why_not(case, f"{rule.id}:upper_trapezius:right", own, Engine(own)).nearest[0]
    spot = next(part for part in near.conditions if "Hypersensitive" in part.condition)
    assert spot.state == state
    assert (spot.told != ()) == (answer is not None)
