"""When an interview may stop: what is asked, what is settled, what is covered."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import pytest

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.closure import Interval, closure, intervals, red_flag_findings
from nmt_expert.assessment.conclusions import Key, TwoSides
from nmt_expert.assessment.explains import ComplaintZone
from nmt_expert.assessment.possible import Possible
from nmt_expert.assessment.weighing import Weighed, Weight
from nmt_expert.model.assessment import Closure
from nmt_expert.model.base import Strength
from nmt_expert.model.knowledge import KnowledgeBase

NECK = Key("active_trigger_point", "upper_trapezius", "right")
JAW = Key("active_trigger_point", "masseter", "right")
CALF = Key("active_trigger_point", "soleus", "right")
BACK = Key("active_trigger_point", "multifidi", "right")
RED_FLAG = "saddle_numbness"
PLATEAU = "perpetuating_factors.plateau.plateau"


def interval(low: str, high: str) -> Interval:
    return Interval(Fraction(low), Fraction(high))


def standing(net: str) -> Weighed:
    return Weighed(Fraction(net), "moderate", frozenset())


PLACE = ("chest", "left")


def asked(finding: str, answer: str | None) -> dict[str, Any]:
    """An open question about one place, and how it was answered so far."""
    item, place = SimpleNamespace(finding=finding), SimpleNamespace(site=PLACE[0], side=PLACE[1])
    told = SimpleNamespace(value=answer) if answer else None
    return {"open": ((None, item, place),), "told": {(finding, *PLACE): told}}


def run(
    kb: KnowledgeBase,
    weighed: Mapping[Key, Weighed],
    *,
    complaints: tuple[ComplaintZone, ...] = (),
    undecided: tuple[str, ...] = (),
    open: tuple[Any, ...] = (),
    told: Any = MappingProxyType({}),
) -> Possible:
    """A possible run of which only what closure looks at is there; a site explains its own pain."""
    actual = SimpleNamespace(
        kb=kb,
        weighed=weighed,
        ids={key: key.id for key in weighed},
        chief=complaints[:1],
        explainer=SimpleNamespace(
            explains=lambda key, zones: [z for z in zones if z.site == key.site]
        ),
    )
    firings = tuple(SimpleNamespace(rule=rule) for rule in undecided)
    evidence = SimpleNamespace(answered=lambda *asked: told.get(asked))
    return cast(
        Possible,
        SimpleNamespace(
            kb=kb, actual=actual, open=open, undecided=firings, evidence=evidence, result=None
        ),
    )


def of_focus(
    kb: KnowledgeBase, ranges: Mapping[Key, Interval], weighed: Mapping[Key, Weighed], **more: Any
) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    found = closure(run(kb, weighed, **more), ranges).focus
    return found.settled, found.leading, found.could_change


def test_a_leader_that_cannot_fall_and_has_no_rival_is_settled(kb: KnowledgeBase) -> None:
    found = of_focus(kb, {NECK: interval("0.4", "0.9")}, {NECK: standing("0.6")})
    assert found == (True, (NECK.id,), ())


def test_a_leader_that_may_still_fall_under_moderate_is_not_settled(kb: KnowledgeBase) -> None:
    found = of_focus(kb, {NECK: interval("0.39", "0.9")}, {NECK: standing("0.6")})
    assert found == (False, (NECK.id,), (NECK.id,))


def test_a_rival_that_may_still_pass_the_leader_is_not_settled(kb: KnowledgeBase) -> None:
    ranges = {NECK: interval("0.5", "0.9"), JAW: interval("-1", "0.51")}
    found = of_focus(kb, ranges, {NECK: standing("0.6"), JAW: standing("0.2")})
    assert found == (False, (NECK.id,), (JAW.id,))


def test_a_rival_that_ends_below_the_leader_changes_nothing(kb: KnowledgeBase) -> None:
    ranges = {NECK: interval("0.5", "0.9"), JAW: interval("-1", "0.49")}
    found = of_focus(kb, ranges, {NECK: standing("0.6"), JAW: standing("0.2")})
    assert found == (True, (NECK.id,), ())


def test_a_rival_that_may_still_come_level_is_not_settled(kb: KnowledgeBase) -> None:
    ranges = {NECK: interval("0.5", "0.9"), JAW: interval("-1", "0.5")}
    found = of_focus(kb, ranges, {NECK: standing("0.6"), JAW: standing("0.2")})
    assert found == (False, (NECK.id,), (JAW.id,))


def test_a_rival_may_come_level_with_a_leader_that_stands_where_it_ends(kb: KnowledgeBase) -> None:
    ranges = {NECK: interval("0.5", "0.9"), JAW: interval("-1", "0.5")}
    found = of_focus(kb, ranges, {NECK: standing("0.5"), JAW: standing("0.2")})
    assert found == (False, (NECK.id,), (JAW.id,))


def test_what_is_just_moderate_leads(kb: KnowledgeBase) -> None:
    found = of_focus(kb, {NECK: interval("0.4", "0.4")}, {NECK: standing("0.4")})
    assert found == (True, (NECK.id,), ())


FOUR = {
    NECK: standing("0.8"),
    JAW: standing("0.7"),
    CALF: standing("0.6"),
    BACK: standing("0.6"),
}


def test_three_lead_and_a_fourth_that_is_level_today_and_can_only_part_downwards_is_no_rival(
    kb: KnowledgeBase,
) -> None:
    ranges = {key: interval("0.61", "0.9") for key in (NECK, JAW)}
    ranges |= {BACK: interval("0.6", "0.9"), CALF: interval("0.1", "0.6")}
    settled, leading, could_change = of_focus(kb, ranges, FOUR)
    assert leading == (NECK.id, JAW.id, BACK.id)
    assert (settled, could_change) == (True, ())


@pytest.mark.parametrize(("back", "calf"), [("0.59", "0.6"), ("0.6", "0.61")])
def test_a_fourth_that_may_part_upwards_is_a_rival(kb: KnowledgeBase, back: str, calf: str) -> None:
    ranges = {key: interval("0.61", "0.9") for key in (NECK, JAW)}
    ranges |= {BACK: interval(back, "0.9"), CALF: interval("0.1", calf)}
    assert of_focus(kb, ranges, FOUR)[2] == (CALF.id,)


def test_what_may_still_become_moderate_is_open_while_nothing_leads(kb: KnowledgeBase) -> None:
    ranges = {NECK: interval("-1", "0.4"), JAW: interval("-1", "0.39")}
    assert of_focus(kb, ranges, {}) == (False, (), (NECK.id,))


def test_only_what_explains_the_chief_complaint_counts(kb: KnowledgeBase) -> None:
    ranges = {NECK: interval("0.5", "0.9"), JAW: interval("-1", "1")}
    pains = (ComplaintZone("upper_trapezius"), ComplaintZone("masseter"))
    weighed = {NECK: standing("0.6"), JAW: standing("0.5")}
    assert of_focus(kb, ranges, weighed, complaints=pains) == (True, (NECK.id,), ())
    assert of_focus(kb, ranges, weighed, complaints=pains[1:])[1] == (JAW.id,)


@pytest.mark.parametrize(
    ("answer", "all_asked"),
    [(None, False), ("later", False), ("unknown", True), ("not_examined", True)],
)
def test_a_red_flag_question_counts_as_asked_once_it_was_answered_in_any_way_but_later(
    kb: KnowledgeBase, answer: str | None, all_asked: bool
) -> None:
    found = closure(run(kb, {}, **asked(RED_FLAG, answer)), {})
    assert found.red_flags.all_asked is all_asked
    assert found.red_flags.open == (() if all_asked else (f"{RED_FLAG}@chest:left",))
    assert found.may_stop is all_asked


def test_a_question_that_no_red_flag_needs_keeps_nobody(kb: KnowledgeBase) -> None:
    assert closure(run(kb, {}, **asked("taut_band", None)), {}).red_flags.all_asked


def test_the_findings_of_red_flags_are_those_of_every_branch_and_of_no_other_rule(
    kb: KnowledgeBase,
) -> None:
    needed = red_flag_findings(replace(kb))
    assert {RED_FLAG, "befast_sign", "pulsatile_tinnitus_new"} <= needed
    assert not {"taut_band", "cue_big_toe_drift"} & needed


def test_an_open_perpetuating_factor_is_named_and_does_not_keep_the_interview_going(
    kb: KnowledgeBase,
) -> None:
    found: Closure = closure(run(kb, {}, undecided=(PLATEAU, PLATEAU)), {})
    assert (found.perpetuating.covered, len(found.perpetuating.open)) == (False, 1)
    assert found.may_stop
    assert closure(run(kb, {}), {}).perpetuating.covered


def test_an_open_red_flag_is_no_open_perpetuating_factor(kb: KnowledgeBase) -> None:
    red = "red_flags.neck.brainstem_signs_new"
    assert closure(run(kb, {}, undecided=(red,)), {}).perpetuating.covered


def weight(strength: Strength, group: str) -> Weight:
    return Weight((group, ()), group, strength, None)


def test_an_interval_is_today_s_for_against_what_may_come_and_the_other_way_round(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = TwoSides([weight("moderate", "a")], [weight("weak", "x")])
    then = TwoSides(
        [weight("moderate", "a"), weight("strong", "b")],
        [weight("weak", "x"), weight("moderate", "y")],
    )
    only_against = TwoSides([], [weight("weak", "x")])
    firings, given = ("what could fire",), "the answers"
    could = {(firings, given): {NECK: then, JAW: only_against, CALF: then}}
    monkeypatch.setattr(
        drawing, "gathered", lambda raw, told, base: could[raw, told] if base is kb else {}
    )
    possible = run(kb, {})
    cast(Any, possible).result = SimpleNamespace(firings=firings)
    cast(Any, possible.actual).sides = {NECK: now}
    cast(Any, possible.actual).evidence = given
    for_now, for_then = Fraction(2, 5), 1 - Fraction(3, 5) * Fraction(2, 5)
    against_now, against_then = Fraction(1, 5), 1 - Fraction(4, 5) * Fraction(3, 5)
    assert intervals(possible) == {
        NECK: Interval(
            (for_now - against_then) / (1 - for_now), (for_then - against_now) / (1 - against_now)
        ),
        CALF: Interval(-against_then, for_then),
    }
    assert closure(possible).focus.could_change == (CALF.id, NECK.id)
