from collections.abc import Callable
from typing import Any

import pytest

from nmt_expert.interview import Interview, Prompt, Reply, Said, answers_of
from nmt_expert.interview.prompts import prompts_of
from tests.interview.tiny_knowledge import CHART, by_key, instance, plain, sided

Begin = Callable[..., Interview]


def checklist(kb: Any) -> Prompt:
    feel = instance("feel", sided("taut_band", "trapezius"), sided("spot", "trapezius"))
    return prompts_of(feel, kb)[0]


def test_none_of_these_asserts_absent_everywhere(kb: Any) -> None:
    assert by_key(answers_of(checklist(kb), Reply(), kb)) == {
        ("taut_band", "trapezius", "both"): "absent",
        ("spot", "trapezius", "both"): "absent",
    }


def test_the_side_that_was_not_picked_is_absent(kb: Any) -> None:
    reply = Reply({"taut_band@trapezius": Said(side="right")})
    told = by_key(answers_of(checklist(kb), reply, kb))
    assert told[("taut_band", "trapezius", "right")] == "present"
    assert told[("taut_band", "trapezius", "left")] == "absent"


@pytest.mark.parametrize("skip", ["unknown", "not_examined", "not_applicable", "later"])
def test_a_skipped_list_asserts_nothing_but_what_was_ticked(kb: Any, skip: Any) -> None:
    reply = Reply({"spot@trapezius": Said(side="both")}, skip)
    told = by_key(answers_of(checklist(kb), reply, kb))
    assert told == {
        ("spot", "trapezius", "both"): "present",
        ("taut_band", "trapezius", "both"): skip,
    }


def test_where_no_value_may_be_assumed_none_is(kb: Any) -> None:
    prompt = prompts_of(instance("who", plain("age")), kb)[0]
    assert by_key(answers_of(prompt, Reply(), kb)) == {("age", None, None): "unknown"}


def test_a_value_is_asked_for_each_side(kb: Any) -> None:
    prompts = prompts_of(instance("tests", sided("length", "trapezius")), kb)
    assert [prompt.items[0].key for prompt in prompts] == [
        "length@trapezius:right",
        "length@trapezius:left",
    ]


def test_the_place_marked_first_is_the_chief_complaint(begin: Begin, kb: Any) -> None:
    prompt = prompts_of(CHART, kb)[0]
    reply = Reply({"pain@neck": Said(side="left"), "pain@temple": Said(side="both")})
    interview = begin()
    told = interview.replied(prompt, interview.answers(prompt, reply)).case.complaint
    assert [(s.site, s.side) for s in told.sites] == [
        ("neck", "left"),
        ("temple", "left"),
        ("temple", "right"),
    ]


def test_answers_say_by_whom_and_when_and_carry_their_note(kb: Any) -> None:
    reply = Reply({}, "normal", {"spot@trapezius": "guarding"})
    told = answers_of(checklist(kb), reply, kb, by="C-001", at="2026-01-01T00:00:00Z")
    assert {a.by for a in told} == {"C-001"}
    assert [a.note for a in told if a.finding == "spot"] == ["guarding"]
