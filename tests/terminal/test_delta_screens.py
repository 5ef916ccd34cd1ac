"""The screens of a delta visit: what was said then is shown, and only a key makes it today's."""

from typing import Any

import pytest

from nmt_expert.interview import Interview, Prompt, Reply, Said, Step
from nmt_expert.interview.agenda import REASONS, SAFETY, Agenda
from nmt_expert.interview.correction import correctable, scored_again
from nmt_expert.interview.ledger import Ledger
from nmt_expert.interview.prompts import prompts_of
from nmt_expert.interview.session import ACTIVITIES
from nmt_expert.model.case import Activity, Answer
from nmt_expert.terminal.activities import LONGEST, score_activities
from nmt_expert.terminal.asking import Choice, Screen
from nmt_expert.terminal.board import board_of
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.plain_line import Wrong, read_line
from nmt_expert.terminal.screens import screen_of
from nmt_expert.terminal.streams import Streams
from tests.interview.tiny_knowledge import instance, plain

DAY = "2026-11-20"


@pytest.fixture
def right_now(kb: Any) -> Prompt:
    asked = instance("right_now", plain("chest_pressure"), plain("coughing_blood"))
    return prompts_of(asked, kb)[0]


def screen(prompt: Prompt, begin: Any, stage: int, *then: Answer) -> Screen:
    plan = Agenda(DAY, Ledger(then), {i.finding: stage for i in prompt.items}, {})
    interview: Interview = begin(agenda=plan)
    return screen_of(prompt, interview)


TICKED = (
    Answer(finding="chest_pressure"),
    Answer(finding="coughing_blood", value="absent"),
)


def test_what_was_ticked_then_is_shown_and_not_ticked_today(right_now: Prompt, begin: Any) -> None:
    shown = screen(right_now, begin, SAFETY, *TICKED)
    assert shown.lead.startswith("Last time (20 November 2026): Chest pressure")
    assert shown.start == {}
    assert shown.before == {"chest_pressure": Said()}


def test_enter_alone_takes_nothing_over(right_now: Prompt, begin: Any) -> None:
    shown = screen(right_now, begin, SAFETY, *TICKED)
    board = board_of(shown)
    assert board.press("enter") is None
    assert isinstance(read_line("", shown), Wrong)


def test_one_key_says_it_is_as_last_time(right_now: Prompt, begin: Any) -> None:
    shown = screen(right_now, begin, SAFETY, *TICKED)
    board = board_of(shown)
    board.as_before()
    assert board.press("enter") == Reply({"chest_pressure": Said()})
    assert read_line("=", shown) == Reply({"chest_pressure": Said()})


def test_where_nothing_was_ticked_there_is_nothing_to_take_over(
    right_now: Prompt, begin: Any
) -> None:
    shown = screen(right_now, begin, SAFETY, TICKED[1])
    board = board_of(shown)
    board.as_before()
    assert board.press("enter") is None
    assert isinstance(read_line("=", shown), Wrong)


def test_what_was_not_known_then_is_not_taken_over(right_now: Prompt, begin: Any) -> None:
    shown = screen(right_now, begin, SAFETY, Answer(finding="chest_pressure", value="unknown"))
    assert shown.before == {}


def test_a_reason_is_shown_and_has_to_be_examined_again(right_now: Prompt, begin: Any) -> None:
    shown = screen(right_now, begin, REASONS, *TICKED)
    assert "Last time" in shown.lead
    assert shown.before == {}


class Typed:
    """Gives its lines one after the other."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        return choices[-1].value

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        return self.lines.pop(0)

    def ask(self, screen: Screen) -> Reply:
        raise AssertionError(screen)


def scored(typed: Typed, *known: Activity) -> tuple[Activity, ...]:
    return score_activities(typed, Page(Streams(interactive=False).console()), known, DAY)


def test_an_activity_is_scored_again_by_its_own_words() -> None:
    known = Activity(activity="Carry shopping", score=4)
    assert scored(Typed("6,5", ""), known) == (Activity(activity="Carry shopping", score=6.5),)


def test_an_activity_that_is_not_scored_today_has_no_score_today() -> None:
    known = Activity(activity="Carry shopping", score=4)
    assert scored(Typed("", ""), known) == ()


def test_five_activities_are_all_there_are() -> None:
    lines = [line for n in range(6) for line in (f"Stairs {n}", "3")]
    assert len(scored(Typed(*lines))) == 5


def test_an_activity_is_one_short_line_and_named_once() -> None:
    typed = Typed("x" * (LONGEST + 1), "Carry\n  shopping", "4", "carry SHOPPING", "")
    assert scored(typed) == (Activity(activity="Carry shopping", score=4),)


def test_a_score_beyond_the_scale_is_asked_again() -> None:
    assert scored(Typed("Stairs", "10.5", "10", ""))[0].score == 10


def test_scored_activities_are_changed_like_any_answer(begin: Any) -> None:
    scored_then = Step(ACTIVITIES, (), activities=(Activity(activity="Stairs", score=3),))
    interview: Interview = begin(steps=(scored_then,))
    assert correctable(interview) == (scored_then,)
    change = scored_again(interview, scored_then, (Activity(activity="Stairs", score=5),))
    assert [one.score for one in change.after.activities] == [5]
    assert change.reversed(interview).after.activities == scored_then.activities
