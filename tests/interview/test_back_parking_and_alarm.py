from collections.abc import Callable

from nmt_expert.interview import Interview
from nmt_expert.model.case import Answer
from tests.interview.tiny_knowledge import NONE, answer, ticked, to_palpation

Begin = Callable[..., Interview]


def test_back_withdraws_the_last_answers_and_asks_again(begin: Begin) -> None:
    first = answer(begin(), NONE)
    back = first.back()
    assert back.ledger.answers == ()
    assert back.next_prompt.question.id == "right_now"
    assert back.back() == back


def test_an_answer_whose_question_no_longer_applies_is_parked_and_comes_back(begin: Begin) -> None:
    interview = to_palpation(begin(), "pain@temple/right")
    interview = answer(interview, ticked("taut_band@trapezius/right"))
    chart = next(s for s in interview.steps if s.prompt.startswith("where"))
    gone = Answer(finding="pain", site="temple", side="right", value="absent")
    without = interview.replied(interview.watch_list[0], (gone,))
    assert "taut_band" in {a.finding for a in without.parked}
    assert "taut_band" not in {a.finding for a in without.case.answers}
    assert any(prompt.startswith("feel") for prompt in without.idle_steps)
    again = without.replied(interview.watch_list[0], chart.answers)
    assert again.parked == ()


def test_a_red_flag_answer_is_never_parked(begin: Begin) -> None:
    interview = begin()
    told = interview.replied(
        interview.watch_list[0], (Answer(finding="allergy_now", value="present"),)
    )
    assert told.urgent
    assert told.parked == ()


def test_settings_are_answers_that_are_neither_parked_nor_withdrawn(begin: Begin) -> None:
    interview = begin().with_settings((Answer(finding="stretching_scope", value="none"),))
    assert interview.parked == ()
    assert interview.back().case.answers[0].finding == "stretching_scope"


def test_only_a_new_urgent_flag_interrupts(begin: Begin) -> None:
    start = begin()
    flagged = answer(start, ticked("chest_pressure"))
    raised = flagged.interrupt(start)
    assert raised is not None
    assert [r.flag for r in raised.referrals] == ["chest_pressure"]
    assert answer(flagged, NONE).interrupt(flagged) is None


def test_something_happening_now_never_takes_back_what_was_present(begin: Begin) -> None:
    flagged = answer(begin(), ticked("chest_pressure"))
    again = flagged.watch_list[1]
    after = flagged.replied(again, flagged.answers(again, NONE))
    assert [r.flag for r in after.urgent] == ["chest_pressure"]


def test_a_list_asked_twice_is_kept_as_two_steps(begin: Begin) -> None:
    once = answer(begin(), NONE, expect="right_now")
    again = once.watch_list[1]
    twice = once.replied(again, once.answers(again, ticked("coughing_blood")))
    assert [s.prompt for s in twice.steps] == ["right_now#list", "right_now#list~2"]
    assert [r.flag for r in twice.urgent] == ["coughing_blood"]


def test_an_interview_resumes_from_its_steps_alone(begin: Begin) -> None:
    told = to_palpation(begin(), "pain@temple/right")
    resumed = begin(steps=told.steps)
    assert resumed.next_prompt == told.next_prompt
    assert resumed.case == told.case
