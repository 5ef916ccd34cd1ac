"""What a written condition asks of the facts, one condition at a time."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import TypeAdapter

from nmt_expert.engine import Engine, Known
from nmt_expert.engine.compile import (
    QUESTION,
    compiled,
    is_mentioned,
    mentions,
    salience_of,
    sources_of_rules,
    words_up_to,
)
from nmt_expert.engine.facts import FactToken
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Condition, Rule
from nmt_expert.model.site import Relation

LINKS = [
    {"relation": "refers_to", "from": "masseter", "to": "cheek", "kind": "essential"},
    {"relation": "refers_to", "from": "temporalis", "to": "cheek", "kind": "spillover"},
    {
        "relation": "shortened_in",
        "from": "piriformis",
        "to": "lateral_pelvic_tilt",
        "side": "other",
    },
]
MUSCLE, SIDE = {"site": "$muscle"}, {"side": "$side"}


def rule_of(kb: KnowledgeBase, when: dict[str, Any], **more: Any) -> Rule:
    rule = kb.rules["trigger_points.active.active_core"]
    condition = TypeAdapter(Condition).validate_python(when)
    then = (rule.then[0].model_copy(update={"site": "sternum", "side": None}),)
    return rule.model_copy(update={"id": "a.b.c", "when": condition, "then": then, **more})


def small(kb: KnowledgeBase, *rules: Rule, **more: Any) -> KnowledgeBase:
    """A knowledge base of these rules and of three relations."""
    return replace(
        kb,
        rules=MappingProxyType({rule.id: rule for rule in rules}),
        questions=MappingProxyType(more.get("questions", {})),
        relations=tuple(Relation.model_validate(link) for link in LINKS),
    )


def found(name: str, site: str | None = None, side: Any = None, value: str = "present") -> Known:
    return Known("finding", name, site, side, value)


def fires(kb: KnowledgeBase, when: dict[str, Any], *known: Known) -> bool:
    """Whether one rule fires, as experta's own matcher and ours both say."""
    base = small(kb, rule_of(kb, when))
    matchers: Sequence[Any] = ("indexed", "stock")
    (answer,) = {bool(Engine(base, matcher=one).run(known).firings) for one in matchers}
    return answer


def test_a_finding_left_as_it_is_asks_for_presence(kb: KnowledgeBase) -> None:
    asks = {"finding": "fever_or_chills"}
    assert fires(kb, asks, found("fever_or_chills"))
    assert not fires(kb, asks, found("fever_or_chills", value="absent"))
    assert not fires(kb, asks, found("jaundice"))


def test_a_list_of_values_is_met_by_each_of_them_and_no_other(kb: KnowledgeBase) -> None:
    asks = {"finding": "age", "in": ["age_55_59", "age_60_64", "age_65_69"]}
    ages = ("age_50_54", "age_55_59", "age_60_64", "age_65_69", "age_70_plus")
    met = [age for age in ages if fires(kb, asks, found("age", value=age))]
    assert met == ["age_55_59", "age_60_64", "age_65_69"]


def test_a_named_site_is_that_site_and_without_a_side_either_will_do(kb: KnowledgeBase) -> None:
    asks = {"finding": "taut_band", "site": "masseter"}
    assert fires(kb, asks, found("taut_band", "masseter", "left"))
    assert fires(kb, asks, found("taut_band", "masseter", "right"))
    assert not fires(kb, asks, found("taut_band", "temporalis", "left"))


@pytest.mark.parametrize("wanted", ["left", "right"])
def test_a_named_side_is_that_side(kb: KnowledgeBase, wanted: str) -> None:
    asks = {"finding": "taut_band", "site": "masseter", "side": wanted}
    sides = [s for s in ("left", "right") if fires(kb, asks, found("taut_band", "masseter", s))]
    assert sides == [wanted]


def both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {
        "all": [{"finding": "taut_band", **first}, {"finding": "hypersensitive_spot", **second}]
    }


@pytest.mark.parametrize(
    ("second", "same", "other"), [("$side", True, False), ("$other", False, True)]
)
def test_one_side_is_kept_through_a_rule_and_the_other_is_opposite(
    kb: KnowledgeBase, second: str, same: bool, other: bool
) -> None:
    asks = both({**MUSCLE, **SIDE}, {**MUSCLE, "side": second})
    band = found("taut_band", "masseter", "left")
    assert fires(kb, asks, band, found("hypersensitive_spot", "masseter", "left")) is same
    assert fires(kb, asks, band, found("hypersensitive_spot", "masseter", "right")) is other
    for side in ("left", "right"):
        assert not fires(kb, asks, band, found("tender_under_finger", "masseter", side))


def test_one_variable_is_one_muscle_throughout(kb: KnowledgeBase) -> None:
    asks = both(MUSCLE, MUSCLE)
    band = found("taut_band", "masseter", "left")
    assert fires(kb, asks, band, found("hypersensitive_spot", "masseter", "left"))
    assert not fires(kb, asks, band, found("hypersensitive_spot", "temporalis", "left"))


def test_a_variable_is_only_ever_of_its_kind(kb: KnowledgeBase) -> None:
    asks = {"finding": "pain", "site": "$zone"}
    assert fires(kb, asks, found("pain", "cheek", "left"))
    assert not fires(kb, asks, found("pain", "neck"))


def test_a_second_muscle_or_nerve_may_be_either(kb: KnowledgeBase) -> None:
    asks = {"finding": "tinel", "site": "$key"}
    assert fires(kb, asks, found("tinel", "masseter", "left"))
    assert fires(kb, asks, found("tinel", "carpal_tunnel", "left"))


def test_a_relation_holds_between_its_own_ends_only(kb: KnowledgeBase) -> None:
    asks = {
        "all": [
            {"finding": "taut_band", "site": "$muscle"},
            {"relation": "refers_to", "from": "$muscle", "to": "cheek"},
        ]
    }
    assert fires(kb, asks, found("taut_band", "masseter", "left"))
    assert fires(kb, asks, found("taut_band", "temporalis", "left"))
    assert not fires(kb, asks, found("taut_band", "piriformis", "left"))
    asks["all"][1]["kind"] = "essential"
    assert fires(kb, asks, found("taut_band", "masseter", "left"))
    assert not fires(kb, asks, found("taut_band", "temporalis", "left"))


@pytest.mark.parametrize(("side", "met"), [("same", False), ("other", True)])
def test_a_relation_across_the_mid_line_is_asked_for_as_such(
    kb: KnowledgeBase, side: str, met: bool
) -> None:
    crossed = {"relation": "shortened_in", "from": "$muscle", "to": "$pattern", "side": side}
    asks = {"all": [{"finding": "taut_band", "site": "$muscle"}, crossed]}
    assert fires(kb, asks, found("taut_band", "piriformis", "left")) is met


def test_a_candidate_counts_only_as_drawn_and_at_its_place(kb: KnowledgeBase) -> None:
    asks = {"candidate": "trigger_point", "site": "masseter", "side": "left"}
    assert fires(kb, asks, Known("candidate", "trigger_point", "masseter", "left", "drawn"))
    assert not fires(kb, asks, Known("candidate", "trigger_point", "masseter", "right", "drawn"))
    assert not fires(kb, asks, found("trigger_point", "masseter", "left", "drawn"))


def test_a_band_is_met_by_its_word_and_an_answer_of_that_name_is_none(kb: KnowledgeBase) -> None:
    asks = {"band": "trigger_point", "site": "masseter", "at_least": "moderate"}
    assert fires(kb, asks, Known("band", "trigger_point", "masseter", "left", "moderate"))
    assert not fires(kb, asks, Known("band", "trigger_point", "masseter", "left", "weak"))
    assert not fires(kb, asks, Known("candidate", "trigger_point", "masseter", "left", "moderate"))


def test_a_strong_band_is_also_moderate_and_weak_and_an_unsupported_one_is_nothing() -> None:
    assert words_up_to("strong") == ("strong", "moderate", "weak")
    assert words_up_to("moderate") == ("moderate", "weak")
    assert words_up_to("not_supported") == ()


def test_every_branch_has_its_own_name_and_shares_what_is_asked_in_both() -> None:
    asks = {"all": [{"finding": "a"}, {"any": [{"finding": "b"}, {"finding": "c"}]}]}
    made = dict(compiled("x.y.z", TypeAdapter(Condition).validate_python(asks), _fire))
    assert [*made] == ["x__y__z__0000", "x__y__z__0001"]
    first, second = made.values()
    assert [fact["name"].value for fact in first] == ["a", "b"]
    assert [fact["name"].value for fact in second] == ["a", "c"]
    assert first[0] is second[0]


def _fire(**_: Any) -> None:
    """Stand in for what a rule does."""


def test_questions_wait_behind_the_rules() -> None:
    assert salience_of("red_flags.neck.x") == 0
    assert salience_of(f"{QUESTION}x") < 0
    (_, rule), *_ = compiled(
        f"{QUESTION}x", TypeAdapter(Condition).validate_python({"finding": "a"}), _fire
    )
    assert rule.salience < 0


def test_a_retired_rule_and_a_question_for_everyone_are_not_compiled(kb: KnowledgeBase) -> None:
    rule = rule_of(kb, {"finding": "fever_or_chills"})
    gone = rule.model_copy(update={"id": "a.b.d", "status": "retired"})
    waits = next(q for q in kb.questions.values() if q.ask_when is not None)
    always = next(q for q in kb.questions.values() if q.ask_when is None)
    questions = {one.id: one for one in (always, waits)}
    base = small(kb, gone, rule, questions=questions)
    assert list(sources_of_rules(base)) == [
        ("a.b.c", rule.when),
        (f"question.{waits.id}", waits.ask_when),
    ]


def token(name: str, site: str = "", side: str = "any", value: str = "present") -> FactToken:
    return FactToken("finding", name, site, side, value)


def test_a_fact_that_no_condition_could_match_is_not_mentioned(kb: KnowledgeBase) -> None:
    asks = {
        "any": [
            {"finding": "fever_or_chills"},
            {"finding": "taut_band", "site": "masseter"},
            {"finding": "taut_band", "site": "temporalis"},
            {"finding": "tender_under_finger", "site": "soleus"},
            {"finding": "tender_under_finger", "site": "$muscle"},
            {"finding": "tender_under_finger", "site": "masseter"},
            {"finding": "muscle_length", "site": "$muscle", "side": "$side", "value": "short"},
        ]
    }
    known = mentions(small(kb, rule_of(kb, asks)))
    yes = [
        token("fever_or_chills"),
        token("taut_band", "masseter"),
        token("taut_band", "temporalis"),
        token("tender_under_finger", "piriformis"),
        token("muscle_length", "soleus", "left", "short"),
    ]
    no = [
        token("fever_or_chills", value="absent"),
        token("taut_band", "soleus"),
        token("taut_band", "masseter", "left"),
        token("muscle_length", "soleus", "any", "short"),
        token("muscle_length", "soleus", "left", "long"),
        token("jaundice"),
    ]
    assert [one for one in yes if not is_mentioned(one, known)] == []
    assert [one for one in no if is_mentioned(one, known)] == []


def test_candidates_and_bands_are_mentioned_with_their_sides(kb: KnowledgeBase) -> None:
    asks = {
        "all": [
            {"candidate": "trigger_point", "site": "$muscle", "side": "$side"},
            {"band": "trigger_point", "site": "masseter", "at_least": "weak"},
        ]
    }
    known = mentions(small(kb, rule_of(kb, asks)))
    assert known == {
        ("candidate", "trigger_point", "drawn", True): None,
        ("band", "trigger_point", "weak", False): frozenset({"masseter"}),
    }
