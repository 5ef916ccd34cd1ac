"""The program itself in a pseudo-terminal of 80 by 24, for every test that types keys."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect
import pyte

PROGRAM = [sys.executable, "-m", "nmt_expert"]
SLOW = 40
"""Seconds to wait for a prompt on a busy machine."""
CACHE = TemporaryDirectory(prefix="nmt-expert-cache-")
"""Where all programs of a test run find the knowledge base that the first of them has read."""
Opened = Callable[..., "Terminal"]
"""Opens a terminal in the folder of the test: the words of the command, and which it is."""


class Terminal:
    """A program in a small terminal, and what is on its screen.

    With ``aside`` what goes to standard error is kept in a file: that something takes long, on a
    busy machine, is on no screen.
    """

    def __init__(
        self,
        folder: Path,
        *words: str,
        command: str = "interview",
        aside: bool = False,
        program: Sequence[str] = PROGRAM,
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
        whole = [*program, command, *words]
        if aside:
            whole = ["/bin/sh", "-c", 'exec "$@" 2>>"$0"', str(folder / "errors.txt"), *whole]
        self.child = pexpect.spawn(
            whole[0], whole[1:], env=environ, dimensions=(24, 80), timeout=SLOW, cwd=folder
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

    def type(self, keys: str, then: str = "") -> str:
        """The screen, once the words that are to come of it are on it."""
        self.child.send(keys)
        return self.wait(then)

    def ended(self) -> int:
        self.child.expect(pexpect.EOF)
        self._stream.feed(self.child.before or b"")
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -1
