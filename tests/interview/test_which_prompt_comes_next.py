from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nmt_expert.interview import Interview, Reply, Said
from nmt_expert.interview.merged import merged
from nmt_expert.interview.prompts import prompts_of
from tests.interview.tiny_knowledge import NONE, answer, instance, plain, ticked, to_palpation

Begin = Callable[..., Interview]


def test_safety_then_complaint_then_hands(begin: Begin) -> None:
    interview = to_palpation(begin(), "pain@temple/right")
    assert interview.next_prompt.id.startswith("feel[muscle=trapezius]")


def test_a_follow_up_comes_directly_after_what_opened_it(begin: Begin) -> None:
    interview = answer(begin(), ticked("coughing_blood"), expect="right_now")
    answer(interview, Reply({"worse_at_night": Said("absent")}), expect="more_on_blood")


def test_all_muscles_are_felt_before_any_is_tested(begin: Begin) -> None:
    interview = to_palpation(begin(), "pain@temple/right", "pain@neck/left")
    interview = answer(interview, ticked("taut_band@trapezius:left"), expect="feel#grid")
    answer(interview, NONE, expect="tests#grid")


def test_a_question_that_gains_a_zone_asks_only_the_new_zone(begin: Begin) -> None:
    interview = to_palpation(begin(), "pain@temple/right")
    more = interview.reasoning.instances[3].model_copy()
    again = prompts_of(more, interview.kb)[0]
    later = interview.replied(
        again, interview.answers(again, ticked("pain@temple/right", "pain@vertex"))
    )
    asked = later.next_prompt
    assert asked.id.startswith("night")
    assert [place.site for item in asked.items for place in item.places] == ["vertex"]


def test_the_watch_list_is_never_asked_by_itself(begin: Begin) -> None:
    assert all(prompt.question.id != "in_session" for prompt in begin().open)
    assert [prompt.question.id for prompt in begin().watch_list] == ["in_session", "right_now"]


def test_what_was_put_off_comes_back_once_at_the_end(begin: Begin) -> None:
    interview = answer(begin(), NONE, expect="right_now")
    interview = answer(interview, Reply({"mood_low": Said("absent")}), expect="mood")
    interview = answer(interview, Reply({}, "later"), expect="who")
    seen: list[str] = []
    while (prompt := interview.next_prompt) is not None:
        seen.append(prompt.question.id)
        reply = Reply({}, "later") if prompt.question.id == "who" else Reply({}, "unknown")
        interview = interview.replied(prompt, interview.answers(prompt, reply))
    assert seen[-1] == "who"
    assert seen.count("who") == 1


def test_the_private_list_can_be_left_out(begin: Begin) -> None:
    assert any(prompt.question.private for prompt in begin().open)
    assert not any(prompt.question.private for prompt in begin(private=False).open)


def test_the_quick_interview_asks_only_what_is_marked_quick(begin: Begin) -> None:
    assert begin(quick=True).open == ()


def test_none_of_these_can_only_be_said_of_findings_that_are_normally_absent(begin: Begin) -> None:
    feet = next(prompt for prompt in begin().open if prompt.question.id == "feet")
    assert feet.kind != "checklist"


def test_a_lone_yes_or_no_is_asked_outright(begin: Begin) -> None:
    mood = next(prompt for prompt in begin().open if prompt.question.id == "mood")
    assert mood.kind == "choice"


def test_progress_counts_what_was_answered_and_what_is_open(begin: Begin) -> None:
    from nmt_expert.interview.progress import progress_of

    before = progress_of(begin())
    after = progress_of(answer(begin(), NONE))
    assert (before.answered, after.answered) == (0, 1)
    assert after.remaining == before.remaining - 1


def test_why_names_the_rules_that_use_the_answer(begin: Begin, kb: Any) -> None:
    from nmt_expert.interview import why

    prompt = next(prompt for prompt in begin().open if prompt.question.id == "right_now")
    told = why(prompt, kb)
    assert told.sentence == "Because it matters."
    assert told.rules["chest_pressure"] == ("Pressure on the chest",)
    assert told.rules["coughing_blood"] == ()


def test_short_lists_that_follow_one_another_are_one_screen(kb: Any) -> None:
    lists = [
        *prompts_of(instance("night", plain("chest_pressure"), plain("coughing_blood")), kb),
        *prompts_of(instance("night", plain("worse_at_night"), side="left"), kb),
        *prompts_of(instance("mood", plain("mood_low")), kb),
    ]
    assert merged(lists, kb) == tuple(lists)
    more = prompts_of(instance("where", plain("worse_at_night"), plain("chest_pressure")), kb)
    more = tuple(replace(prompt, kind="checklist") for prompt in more)
    (screen,) = merged([lists[0], *more], kb)
    assert [item.finding for item in screen.items] == [
        "chest_pressure",
        "coughing_blood",
        "worse_at_night",
    ]
    assert screen.question.title == "Night / Where"


def test_it_may_stop_only_once_nothing_but_hands_on_work_is_open(begin: Begin) -> None:
    start = begin(closer=lambda found: True)
    assert not start.may_stop
    assert to_palpation(start, "pain@temple/right", "pain@neck/left").may_stop
    assert not to_palpation(begin(closer=lambda found: False), "pain@temple/right").may_stop


def test_the_safety_screen_comes_before_anything_else(begin: Begin) -> None:
    assert begin().next_prompt.question.id == "right_now"
