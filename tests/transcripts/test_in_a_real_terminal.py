"""The command itself in a pseudo-terminal of 80 by 24, with keys."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect
import pyte
import pytest

COMMAND = [sys.executable, "-m", "nmt_expert", "interview"]
SLOW = 30
"""Seconds to wait for a prompt on a busy machine."""
CACHE = TemporaryDirectory(prefix="nmt-expert-cache-")
"""Where all programs of a test run find the knowledge base that the first of them has read."""


class Terminal:
    """A program in a small terminal, and what is on its screen.

    With ``aside`` what goes to standard error is kept in a file: that something takes long, on a
    busy machine, is on no screen.
    """

    def __init__(
        self, folder: Path, *words: str, command: str = "interview", aside: bool = False
    ) -> None:
        environ = {
            **os.environ,
            "NMT_EXPERT_DATA": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder),
            "HOME": str(folder),
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "NMT_EXPERT_CACHE": CACHE.name,
        }
        spelled = [*COMMAND[1:-1], command, *words]
        whole = [COMMAND[0], *spelled]
        if aside:
            whole = ["/bin/sh", "-c", 'exec "$@" 2>>"$0"', str(folder / "errors.txt"), *whole]
        self.child = pexpect.spawn(
            whole[0], whole[1:], env=environ, dimensions=(24, 80), timeout=SLOW
        )
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def wait(self, words: str) -> str:
        """The screen, once the words are on it."""
        while words not in self.text:
            try:
                self._stream.feed(self.child.read_nonblocking(4096, SLOW))
            except (pexpect.EOF, pexpect.TIMEOUT):
                raise AssertionError(f"{words!r} never came:\n{self.text}") from None
        return self.text

    def more(self, seconds: float) -> bool:
        """Whether something was printed within so many seconds."""
        try:
            self._stream.feed(self.child.read_nonblocking(4096, seconds))
        except (pexpect.EOF, pexpect.TIMEOUT):
            return False
        return True

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def type(self, keys: str) -> None:
        self.child.send(keys)

    def ended(self) -> int:
        self.child.expect(pexpect.EOF)
        self._stream.feed(self.child.before or b"")
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -1


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[type[Terminal]]:
    opened: list[Terminal] = []

    class Here(Terminal):
        def __init__(self, *words: str) -> None:
            super().__init__(tmp_path, *words)
            opened.append(self)

    yield Here  # type: ignore[misc]
    for one in opened:
        one.child.close(force=True)


def as_far_as_the_second_list(terminal: Terminal) -> None:
    terminal.wait("Right now or in the last 3 days (")
    terminal.type("0")
    terminal.wait("Bladder, bowel, strength, balance")


def test_saddle_numbness_is_one_screen_of_what_to_do(terminal: type[Terminal]) -> None:
    sitting = terminal("--client", "C-001")
    as_far_as_the_second_list(sitting)
    sitting.type(" \r")
    screen = sitting.wait("4) It was a mis-tick")
    for words in ("EMERGENCY NOW", "Call ", "Say:", "Tell the ambulance:", "Do NOT:"):
        assert words in screen
    sitting.type("3\r")
    assert sitting.ended() == 0


def test_ctrl_c_keeps_every_answer_and_says_how_to_go_on(terminal: type[Terminal]) -> None:
    sitting = terminal("--client", "C-002")
    as_far_as_the_second_list(sitting)
    sitting.type("\x03")
    assert sitting.ended() == 130
    assert "interview --resume" in sitting.text
    again = terminal("--resume")
    screen = again.wait("Bladder, bowel, strength, balance")
    assert "1 answered" in screen


def test_a_kill_loses_at_most_the_answer_being_typed(terminal: type[Terminal]) -> None:
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
        [*COMMAND, *words],
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
