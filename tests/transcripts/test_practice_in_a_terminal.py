"""``practice`` itself in a pseudo-terminal, with keys: from the bare command to a score."""

from functools import partial

import pytest

from tests.transcripts.terminal import Opened, Terminal

DOWN, ENTER, CTRL_C = "\x1b[B", "\r", "\x03"


@pytest.fixture
def practice(terminal: Opened) -> Opened:
    return partial(terminal, command="practice")


def ranked(sitting: Terminal, digit: str) -> None:
    sitting.wait("Which factor leads?")
    sitting.type(digit + ENTER)
    sitting.wait("Which comes next?")
    sitting.type(ENTER)
    sitting.wait("How sure are you")
    sitting.type(ENTER)


def test_from_the_bare_command_to_a_score_with_keys(practice: Opened) -> None:
    sitting = practice()
    sitting.wait("A code for yourself")
    sitting.type("S-01" + ENTER)
    sitting.wait("Which case? The first one is proposed.")
    sitting.type(ENTER)
    ranked(sitting, "3")
    sitting.wait("1) Ask or examine")
    sitting.type(ENTER)
    sitting.wait("Ask or examine what?")
    sitting.type("Safety (" + ENTER)
    sitting.wait("Which?")
    sitting.type(DOWN + ENTER)
    sitting.wait("Mood and safety: ")
    sitting.wait("5) Conclude")
    sitting.type("5" + ENTER)
    ranked(sitting, "3")
    for _ in range(2):
        sitting.wait("Numbers")
        sitting.type(ENTER)
    sitting.wait("What would change your mind?")
    sitting.type(ENTER)
    sitting.wait("After this nothing more can be asked.")
    sitting.type(DOWN + ENTER)
    sitting.wait("Would you refer?")
    sitting.type(ENTER)
    sitting.wait("Where would you treat?")
    sitting.type(ENTER)
    for part in ("procedure", "reasoning", "to take home"):
        sitting.wait(f"Enter: go on ({part})")
        sitting.type(ENTER)
    assert sitting.ended() == 0
    assert "The next case: nmt-expert" in sitting.text


def test_ctrl_c_says_how_to_go_on_and_the_case_goes_on_there(
    practice: Opened,
) -> None:
    sitting = practice("play", "bookkeeper-temple-headache", "--student", "S-01")
    ranked(sitting, "3")
    sitting.wait("1) Ask or examine")
    sitting.type(CTRL_C)
    assert sitting.ended() == 130
    assert "nmt-expert practice resume --student" in sitting.text
    again = practice("resume", "--student", "S-01")
    screen = again.wait("1) Ask or examine")
    assert "0 questions asked" in screen
    again.type("6" + ENTER)
    assert again.ended() == 0
