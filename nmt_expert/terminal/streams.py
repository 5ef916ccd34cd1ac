"""Where input comes from and output goes: injected, so that nothing here touches the process."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import TextIOWrapper, UnsupportedOperation
from typing import TextIO

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import ColorDepth, Output, create_output
from rich.console import Console

from nmt_expert.model.errors import NeedsTerminal
from nmt_expert.reports.canvas import Ink

NARROWEST, WIDEST = 60, 100
INTERVIEW = "The interview"
NO_INTERVIEW = (
    "To assess a case file: nmt-expert assess FILE. To see a recorded interview: nmt-expert demo."
)


@dataclass
class Streams:
    """Standard input and output of one command, and what they can show.

    ``width`` and ``height`` are columns and lines; ``keys`` and ``panel`` replace the terminal's
    keyboard and screen in tests.
    """

    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    interactive: bool | None = None
    width: int | None = None
    keys: Input | None = None
    panel: Output | None = None

    @property
    def is_terminal(self) -> bool:
        """Whether a person can be asked here."""
        if self.interactive is not None:
            return self.interactive
        return self.stdin.isatty() and self.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether colour is wanted: a terminal that is not dumb, and no NO_COLOR."""
        dumb = self.environ.get("TERM", "") in ("", "dumb")
        return self.is_terminal and not dumb and not self.environ.get("NO_COLOR")

    @property
    def columns(self) -> int:
        """Columns to print in: the terminal's, but lines that a person can read."""
        wide = self.width or shutil.get_terminal_size((80, 24)).columns
        return max(NARROWEST, min(wide, WIDEST))

    def console(self, *, plain: bool = False) -> Console:
        """A rich console that never guesses at markup, emoji or highlights."""
        coloured = self.colour and not plain
        return Console(
            file=self.stdout,
            width=self.columns,
            force_terminal=coloured,
            no_color=not coloured,
            color_system="auto" if coloured else None,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )

    def need_terminal(self, what: str = INTERVIEW, instead: str = NO_INTERVIEW) -> None:
        """Refuse to ask where nobody can answer; ``what`` asks, and ``instead`` says what can be.

        Raises:
            NeedsTerminal: standard input or output is not a terminal.
        """
        if not self.is_terminal:
            raise NeedsTerminal(
                f"{what} asks questions, and standard input or output is not a terminal. "
                f"Nothing was asked or stored. {instead}"
            )

    @property
    def can_redraw(self) -> bool:
        """Whether screens can be redrawn; a dumb terminal gets plain lines."""
        return self.environ.get("TERM", "") not in ("", "dumb")

    @contextmanager
    def session(self, *, plain: bool = False) -> Iterator[None]:
        """Prompts inside use these streams; typed lines need nothing of the kind."""
        self._forgive()
        if plain or not self.can_redraw:
            yield
            return
        keys = self.keys or create_input(self.stdin)
        panel = self.panel or create_output(self.stdout)
        with create_app_session(input=keys, output=panel):
            yield

    def _forgive(self) -> None:
        """What is no text in the terminal's encoding must not end an interview."""
        for stream in (self.stdin, self.stdout):
            if isinstance(stream, TextIOWrapper):
                with suppress(UnsupportedOperation):  # something was read already
                    stream.reconfigure(errors="replace")

    @property
    def depth(self) -> ColorDepth:
        """Colours for prompts."""
        return ColorDepth.DEPTH_4_BIT if self.colour else ColorDepth.MONOCHROME

    @property
    def ink(self) -> Ink:
        """What pictures are drawn with: dots only where the terminal and its font have them."""
        unicode = (getattr(self.stdout, "encoding", None) or "").lower() in ("utf-8", "utf8")
        old_windows = sys.platform == "win32" and "WT_SESSION" not in self.environ
        bare = self.environ.get("TERM", "") in ("linux", "dumb")
        return "dots" if unicode and not old_windows and not bare else "ascii"
