"""A few short questions share a screen; none of them is ever answered by enter alone."""

from typing import Any

import pytest

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Reply, Said
from nmt_expert.interview.prompts import Prompt
from nmt_expert.kb import load
from nmt_expert.terminal.asking import Screen
from nmt_expert.terminal.board.form import FormBoard
from nmt_expert.terminal.screens import screen_of


@pytest.fixture(scope="module")
def interview() -> Interview:
    """An interview that has come to how long it has lasted, and how strong it is."""
    kb = load()
    held = Interview.begin(kb, Engine(kb))
    while (prompt := held.next_prompt) is not None and not _is_wanted(prompt):
        said = {prompt.items[0].key: Said(side="right")} if prompt.kind == "chart" else {}
        held = held.replied(prompt, held.answers(prompt, Reply(said)))
    return held


def _is_wanted(prompt: Prompt) -> bool:
    return prompt.kind == "form" and prompt.question.section == "complaint"


@pytest.fixture
def screen(interview: Interview) -> Screen:
    assert interview.next_prompt is not None
    return screen_of(interview.next_prompt, interview)


def typed(board: FormBoard, *keys: str) -> Any:
    answer = None
    for key in keys:
        answer = board.press(key)
    return answer


def test_numbers_typed_one_after_the_other_make_one_reply(screen: Screen) -> None:
    reply = typed(FormBoard(screen), "6", "0", "enter", "7", "enter")
    assert reply == Reply({"onset": Said(60), "pain_intensity": Said(7)})


def test_enter_alone_answers_nothing(screen: Screen) -> None:
    board = FormBoard(screen)
    assert typed(board, "enter", "enter", "enter") is None
    assert not board.said


def test_a_question_left_open_is_asked_before_the_form_is_done(screen: Screen) -> None:
    board = FormBoard(screen)
    assert typed(board, "down", "7", "enter") is None
    assert board.focus.key == "onset"
    assert typed(board, "5", "enter") == Reply({"onset": Said(5), "pain_intensity": Said(7)})


def test_not_known_is_an_answer_of_its_own(screen: Screen) -> None:
    reply = typed(FormBoard(screen), "u", "7", "enter")
    assert reply.said == {"onset": Said("unknown"), "pain_intensity": Said(7)}


def test_a_number_that_cannot_be_is_said_so_and_not_taken(screen: Screen) -> None:
    board = FormBoard(screen)
    assert typed(board, "down", "9", "9", "enter") is None
    assert "out of range" in board.message
    assert not board.said


def test_what_was_answered_stands_on_its_line(screen: Screen) -> None:
    board = FormBoard(screen)
    typed(board, "6", "0", "enter")
    lines = [line.text for line in board.lines()]
    assert lines[0].endswith("60 days")


def test_the_reply_is_told_back_with_its_questions(interview: Interview, screen: Screen) -> None:
    from nmt_expert.interview import Words

    reply = typed(FormBoard(screen), "6", "0", "enter", "7", "enter")
    told = Words(interview.kb).told(screen.prompt, interview.answers(screen.prompt, reply))
    assert "60 days" in told
    assert "7 of 10" in told
