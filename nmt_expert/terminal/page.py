"""Lines on the terminal; text is cleaned and never read as markup."""

from typing import Literal

from rich.console import Console
from rich.text import Text

from nmt_expert.model.text import clean
from nmt_expert.reports.canvas import Ink

Look = Literal["normal", "title", "quiet", "alarm", "caution", "good", "answer"]
STYLES: dict[Look, str] = {
    "normal": "",
    "title": "bold",
    "quiet": "dim",
    "alarm": "bold reverse red",
    "caution": "yellow",
    "good": "green",
    "answer": "cyan",
}


class Page:
    """Prints lines to one console; ``ink`` is what pictures on it are drawn with."""

    def __init__(self, console: Console, ink: Ink = "ascii") -> None:
        self.console = console
        self.ink: Ink = ink

    def line(self, text: str, look: Look = "normal") -> None:
        """One line, wrapped to the width."""
        self.console.print(Text(clean(text), style=STYLES[look]))

    def lines(self, *lines: tuple[str, Look]) -> None:
        """Several lines, each with its look."""
        for text, look in lines:
            self.line(text, look)

    def fresh(self) -> None:
        """An empty screen where there is one, else an empty line."""
        if self.console.is_terminal:
            self.console.clear()
        else:
            self.gap()

    def gap(self) -> None:
        """An empty line."""
        self.console.print()
