"""The command itself in a pseudo-terminal of 80 by 24, with keys."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.transcripts.terminal import PROGRAM, Opened, Terminal


def as_far_as_the_second_list(terminal: Terminal) -> None:
    terminal.wait("Right now or in the last 3 days (")
    terminal.type("0")
    terminal.wait("Bladder, bowel, strength, balance")


def test_saddle_numbness_is_one_screen_of_what_to_do(terminal: Opened) -> None:
    sitting = terminal("--client", "C-001")
    as_far_as_the_second_list(sitting)
    sitting.type(" \r")
    screen = sitting.wait("4) It was a mis-tick")
    for words in ("EMERGENCY NOW", "Call ", "Say:", "Tell the ambulance:", "Do NOT:"):
        assert words in screen
    sitting.type("3\r")
    assert sitting.ended() == 0


def test_ctrl_c_keeps_every_answer_and_says_how_to_go_on(terminal: Opened) -> None:
    sitting = terminal("--client", "C-002")
    as_far_as_the_second_list(sitting)
    sitting.type("\x03")
    assert sitting.ended() == 130
    assert "interview --resume" in sitting.text
    again = terminal("--resume")
    screen = again.wait("Bladder, bowel, strength, balance")
    assert "1 answered" in screen


def test_a_kill_loses_at_most_the_answer_being_typed(terminal: Opened) -> None:
    sitting = terminal("--client", "C-003")
    as_far_as_the_second_list(sitting)
    sitting.child.kill(9)
    sitting.child.wait()
    again = terminal("--client", "C-003")
    again.wait("Begin a new one")
    again.type("1\r")
    again.wait("Bladder, bowel, strength, balance")


@pytest.mark.parametrize("words", [(), ("--plain",)])
def test_without_a_terminal_nothing_is_asked(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = subprocess.run(
        [*PROGRAM, "interview", *words],
        input="\n\n\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NMT_EXPERT_DATA": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert ended.returncode == 2
    assert "nmt-expert assess" in ended.stderr
    assert "nmt-expert demo" in ended.stderr
    assert "Traceback" not in ended.stderr
