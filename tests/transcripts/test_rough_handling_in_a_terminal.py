"""Pasted codes, a shrunk window, a stuck key: an interview in a real terminal outlives them."""

from pathlib import Path

import pytest

from nmt_expert.model.case import Answer
from nmt_expert.records import InterviewId, open_store
from tests.terminal.hostile import CODES
from tests.transcripts.terminal import Terminal

FIRST = "Right now or in the last 3 days ("
SECOND = "Bladder, bowel, strength, balance"
LAST_OF_FIRST, LAST_OF_SECOND = "! happening now", "11. New tingling"
"""In plain lines the title may have left a small screen."""
CTRL_D = "\x04"
PASTED = "\x1b[200~{}\x1b[201~"
"""How a terminal brackets what is pasted."""
NOTE = "since \u202eMonday\u202c, \U0001f915 \x07שמש"
CLEAN = "since Monday, \U0001f915 שמש"


def stored(folder: Path) -> tuple[Answer, ...]:
    with open_store(folder / "data") as store:
        return store.state(InterviewId(store.unfinished()[0].id)).answers


def test_pasted_codes_and_a_tiny_window_tick_nothing_and_ctrl_d_in_a_menu_saves(
    tmp_path: Path,
) -> None:
    sitting = Terminal(tmp_path, "--client", "C-001")
    sitting.wait(FIRST)
    sitting.type(
        PASTED.format("0\r1\r" + "".join(code[:10_000] for code in CODES if code != "\udc80"))
    )
    sitting.type("\x1b[99;1X0\r")
    sitting.resize(20, 5)
    sitting.wait("> [   ] Face")
    sitting.type("\r")
    sitting.wait("Nothing is ticked")
    sitting.resize(80, 24)
    screen = sitting.wait(FIRST)
    assert "0 answered" in screen
    assert "[ x ]" not in screen
    sitting.type("\x00\U0001f6a8שn" + NOTE.replace("\x07", "") + "\r")
    sitting.wait("Monday,")
    sitting.type("0")
    sitting.wait(SECOND)
    sitting.type("s")
    sitting.wait("What now?")
    sitting.type(f"\U0001f6a8{CTRL_D}")
    assert sitting.ended() == 130
    assert "interview --resume" in sitting.text
    notes = [answer.note for answer in stored(tmp_path) if answer.note]
    assert notes == [CLEAN]
    assert {answer.value for answer in stored(tmp_path)} == {"absent"}


def test_what_is_typed_to_plain_lines_may_be_anything(tmp_path: Path) -> None:
    sitting = Terminal(tmp_path, "--plain", "--client", "C-002")
    sitting.wait(LAST_OF_FIRST)
    for typed in (b"\n", b"\xff\xfe\xed\xa0\x80\n", "²\n".encode(), b"9" * 3000 + b"\n"):
        sitting.child.send(typed)
        sitting.wait("Type ? for help." if typed == b"\n" else "Nothing was answered.")
        sitting.child.send(b"?\n")
        sitting.wait("~f fairly sure.")
    sitting.child.send(f"n {NOTE}\n".encode())
    sitting.wait("Noted on")
    sitting.type("0\n")
    sitting.wait(LAST_OF_SECOND)
    sitting.type(CTRL_D)
    assert sitting.ended() == 130
    assert "interview --resume" in sitting.text
    assert [answer.note for answer in stored(tmp_path) if answer.note] == [CLEAN]


@pytest.mark.parametrize("words", [(), ("--plain",)], ids=["keys", "plain"])
def test_a_stuck_enter_key_answers_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    sitting = Terminal(tmp_path, *words, "--client", "C-003")
    sitting.wait(LAST_OF_FIRST if words else FIRST)
    sitting.type("\r" * 200)
    sitting.wait("Nothing was typed" if words else "Nothing is ticked")
    sitting.type(CTRL_D)
    assert sitting.ended() == 130
    assert stored(tmp_path) == ()
