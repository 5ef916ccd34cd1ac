"""The body chart of the command itself in a pseudo-terminal of 80 by 24, with keys."""

import re
import time

import pexpect

from tests.transcripts.terminal import SLOW, Opened, Terminal

TITLE = "Where it hurts (ask the client)"
MOST_PROMPTS = 40
QUIET = 0.3
"""Seconds without output after which a screen is taken as drawn."""


def settled(sitting: Terminal, before: str) -> str:
    """The screen once it has changed and is quiet."""
    until = time.monotonic() + SLOW
    while time.monotonic() < until:
        try:
            sitting._stream.feed(sitting.child.read_nonblocking(65536, QUIET))
        except pexpect.TIMEOUT:
            if sitting.text != before:
                return sitting.text
    raise AssertionError(f"nothing came after:\n{before}")


def harmless(screen: str) -> str:
    """The keys that answer a prompt before the chart with nothing out of the ordinary."""
    if "0 none of these" in screen or re.search(r"^[> ] 0  ", screen, re.MULTILINE):
        return "0"
    return "1" if "number or arrows" in screen else "38\r"


def at_the_chart(sitting: Terminal) -> str:
    screen = settled(sitting, "")
    for _ in range(MOST_PROMPTS):
        if TITLE in screen:
            return screen
        sitting.type(harmless(screen))
        screen = settled(sitting, screen)
    raise AssertionError(f"the chart never came:\n{screen}")


def columns_of(screen: str, sign: str) -> list[int]:
    """The columns of a sign on the front view, counted from its middle."""
    lines = screen.splitlines()
    head = next(n for n, line in enumerate(lines) if "Front   L" in line)
    at = lines[head].index("Front")
    first, last = lines[head].rindex("R", 0, at) - 4, lines[head].index("L", at) + 4
    middle = at + len("Front") // 2
    return [
        n - middle
        for line in lines[head + 1 :]
        for n, character in enumerate(line)
        if character == sign and first <= n <= last
    ]


def test_places_are_found_marked_and_lit_on_the_clients_own_side(terminal: Opened) -> None:
    sitting = terminal("--client", "C-001")
    screen = at_the_chart(sitting)
    assert "Front" in screen
    assert "Back" in screen

    sitting.type("temp")
    screen = settled(sitting, screen)
    assert "Find: temp_   Temple" in screen
    sitting.type("\r")
    screen = settled(sitting, screen)
    assert "Temple: Which side?" in screen
    sitting.type("r6")
    screen = settled(sitting, screen)
    assert "[R  ] 6 Temple" in screen
    (column,) = columns_of(screen, "6")
    assert column < 0, f"the client's right is on the examiner's left:\n{screen}"

    sitting.type("\rupper teeth\rl4")
    screen = settled(sitting, screen)
    (column,) = columns_of(screen, "4")
    assert column > 0, f"the client's left is on the examiner's right:\n{screen}"

    sitting.type("\r\r")
    screen = sitting.wait("Where it hurts: Temple (right); Upper teeth (left)")
    assert len(screen.splitlines()) <= 24


def test_a_bare_enter_on_the_chart_answers_nothing_and_ctrl_c_saves(
    terminal: Opened,
) -> None:
    sitting = terminal("--client", "C-002")
    at_the_chart(sitting)
    sitting.type("\r")
    assert TITLE in sitting.wait("Nothing is marked.")
    sitting.type("\x03")
    assert sitting.ended() == 130
    assert "interview --resume" in sitting.text
