"""Drills: every item has its answer from the engine or the anatomy, and a rule to explain it."""

import io
from dataclasses import replace
from itertools import islice

import pytest

from nmt_expert.assessment import reason
from nmt_expert.engine import Engine
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PanelAnswer
from nmt_expert.practice.drills import DRILLS, DrillKind, Item, items
from nmt_expert.practice.drills.concordance import shift_of
from nmt_expert.practice.remarks import Lesson
from nmt_expert.terminal.drills import run
from nmt_expert.terminal.streams import Streams

EACH = 8


def some(kind: DrillKind, kb: KnowledgeBase, engine: Engine, seed: int = 1) -> list[Item]:
    return list(islice(items(kind, kb, engine, seed), EACH))


@pytest.mark.parametrize("kind", DRILLS)
def test_the_same_seed_gives_the_same_items_and_another_seed_others(
    kind: DrillKind, kb: KnowledgeBase, engine: Engine
) -> None:
    first = next(items(kind, kb, engine, 1))
    assert first == next(items(kind, kb, engine, 1))
    assert first != next(items(kind, kb, engine, 2))


@pytest.mark.parametrize("kind", DRILLS)
def test_an_item_has_one_best_answer_a_reason_and_a_rule(
    kind: DrillKind, kb: KnowledgeBase, engine: Engine
) -> None:
    for item in some(kind, kb, engine):
        assert len(item.right) == 1
        assert max(item.credit) == 1
        assert len(item.options) == len(item.credit) == len(set(item.options))
        assert item.because
        assert item.changes_nothing or item.rules
        assert [rule for rule in item.rules if rule not in kb.rules] == []


@pytest.mark.parametrize("kind", ["contrast", "next", "muscle", "zone"])
def test_the_right_answer_does_not_stand_in_one_place(
    kind: DrillKind, kb: KnowledgeBase, engine: Engine
) -> None:
    assert len({item.right for item in some(kind, kb, engine)}) > 1


def test_the_right_muscle_refers_to_the_zone_and_the_wrong_ones_do_not(
    kb: KnowledgeBase, engine: Engine
) -> None:
    pairs = {
        (kb.label(one.from_), kb.label(one.to)): one.kind
        for one in kb.relations
        if one.relation == "refers_to"
    }
    for item in some("muscle", kb, engine):
        zone = item.asks.removeprefix("Pain here: ").partition(". Which")[0]
        for option, credit in zip(item.options, item.credit, strict=True):
            assert pairs.get((option, zone)) == ("essential" if credit else None)


def test_a_flag_item_asks_for_flags_and_for_near_misses(kb: KnowledgeBase, engine: Engine) -> None:
    none = len(kb.urgencies)
    right = {item.right[0] for item in islice(items("flag", kb, engine, 1), 20)}
    assert none in right
    assert 0 in right


def test_too_late_earns_nothing_and_one_step_too_urgent_earns_half(
    kb: KnowledgeBase, engine: Engine
) -> None:
    for item in some("flag", kb, engine):
        (right,) = item.right
        assert not any(item.credit[right + 1 :])
        assert right == 0 or item.credit[right - 1] == 0.5
        assert not any(item.credit[: max(0, right - 1)])


def test_the_deciding_finding_is_the_first_clients_and_not_the_seconds(
    kb: KnowledgeBase, engine: Engine
) -> None:
    for item in some("contrast", kb, engine):
        at = item.stem.index("Second client:")
        first, second = item.stem[:at], item.stem[at:]
        decider = f"  {item.options[item.right[0]]}"
        assert decider in first
        assert decider not in second


# Script concordance


def taut(finding: str, value: str = "present") -> Answer:
    return Answer(finding=finding, site="upper_trapezius", side="right", value=value)


def shift(kb: KnowledgeBase, engine: Engine, *findings: Answer, then: Answer) -> int:
    before = reason(Case(id="before", answers=findings), kb, engine)
    after = reason(Case(id="after", answers=(*findings, then)), kb, engine)
    key = next(k for k in before.weighed if k.conclude == "active_trigger_point")
    return shift_of(key, before, after)


def test_recognising_the_pain_speaks_for_an_active_trigger_point(
    kb: KnowledgeBase, engine: Engine
) -> None:
    spot = (taut("hypersensitive_spot"), taut("taut_band"), taut("stretch_painful_limited"))
    assert shift(kb, engine, *spot, then=taut("familiar_pain_on_pressure")) > 0


def test_not_recognising_it_speaks_against_one(kb: KnowledgeBase, engine: Engine) -> None:
    spot = (taut("hypersensitive_spot"), taut("taut_band"), taut("stretch_painful_limited"))
    assert shift(kb, engine, *spot, then=taut("familiar_pain_on_pressure", "absent")) < 0


def test_a_finding_elsewhere_moves_nothing(kb: KnowledgeBase, engine: Engine) -> None:
    spot = (taut("hypersensitive_spot"), taut("stretch_painful_limited"))
    elsewhere = Answer(finding="tender_under_finger", site="soleus", side="left")
    assert shift(kb, engine, *spot, then=elsewhere) == 0


def test_items_speak_for_against_and_neither_and_say_when_neither(
    kb: KnowledgeBase, engine: Engine
) -> None:
    made = list(islice(items("concordance", kb, engine, 1), 20))
    right = [item.right[0] - 2 for item in made]
    assert {(one > 0) - (one < 0) for one in right} == {-1, 0, 1}
    assert [item.changes_nothing for item in made] == [one == 0 for one in right]
    idle = next(item for item in made if item.changes_nothing)
    assert "changes nothing" in idle.because[0]


def test_without_a_panel_the_right_direction_earns_half(kb: KnowledgeBase, engine: Engine) -> None:
    for item in some("concordance", kb, engine):
        right = item.right[0] - 2
        for n, credit in enumerate(item.credit):
            same_way = (n - 2) * right > 0
            assert credit == (1 if n - 2 == right else 0.5 if same_way else 0)


def test_once_supervisors_have_answered_they_alone_decide_the_credit(
    kb: KnowledgeBase, engine: Engine
) -> None:
    item = next(items("concordance", kb, engine, 1))
    said = [(1, "MK"), (1, "TS"), (0, "AB")]
    panel = {
        by: PanelAnswer(
            id=f"by_{by.lower()}", item=item.id, by=by, answer=n, because="So.", date="2026-11-20"
        )
        for n, by in said
    }
    asked = next(items("concordance", replace(kb, panel=panel), engine, 1))
    assert asked.id == item.id
    assert asked.credit == (0, 0, 0.5, 1, 0)
    assert [line for line in asked.because if line.startswith("MK")] == ["MK: +1. So."]


def test_the_panel_ships_empty(kb: KnowledgeBase) -> None:
    assert dict(kb.panel) == {}


# On the terminal


def drilled(typed: str, made: list[Item]) -> tuple[str, list[Lesson]]:
    out, kept = io.StringIO(), []
    streams = Streams(io.StringIO(typed), out, environ={}, interactive=True, width=80)
    run("A drill", made, streams, lambda shown, at: kept.extend(shown), plain=True)
    return out.getvalue(), kept


def test_a_right_answer_is_told_with_its_rule_and_remembered_as_used(
    kb: KnowledgeBase, engine: Engine
) -> None:
    item = next(items("next", kb, engine, 1))
    out, kept = drilled(f"{item.right[0] + 2}\n", [item])
    assert "Right." in out
    assert f"kb show {item.rules[0]}" in out
    assert {one.outcome for one in kept} == {"used"}
    assert {one.of for one in kept} == {f"rule:{item.rules[0]}", f"topic:{item.topic}"}


def test_a_wrong_answer_is_told_what_was_right_and_remembered_as_missed(
    kb: KnowledgeBase, engine: Engine
) -> None:
    item = next(items("next", kb, engine, 1))
    wrong = next(n for n, credit in enumerate(item.credit) if not credit)
    out, kept = drilled(f"{wrong + 2}\n", [item])
    assert f"Right: {item.options[item.right[0]]}" in " ".join(out.split())
    assert {one.outcome for one in kept} == {"missed"}


def test_stopping_in_the_middle_keeps_what_was_answered(kb: KnowledgeBase, engine: Engine) -> None:
    made = some("zone", kb, engine)[:3]
    out, kept = drilled(f"{made[0].right[0] + 2}\n1\n", made)
    assert "1 of 1." in out
    assert len(kept) == 2
