"""How a screen is put together: what stands above and below, a list that scrolls, a picture."""

import textwrap
from collections.abc import Callable, Sequence

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.styles import Style

from nmt_expert.reports.body_chart import Picture
from nmt_expert.reports.marks import Mark
from nmt_expert.terminal.board.base import BoardLine

LOOK = Style.from_dict(
    {
        "header": "ansibrightblack",
        "title": "bold",
        "alarm": "reverse bold ansired",
        "current": "reverse",
        "marked": "bold",
        "message": "ansiyellow bold",
        "keys": "ansibrightblack",
        "outline": "ansibrightblack",
        "felt": "reverse bold ansired",
        "treat": "reverse bold ansigreen",
        "here": "reverse",
    }
)
Fragment = tuple[str, str]
"""A style class and the text that has it."""
Shown = list[Fragment]
"""One line of the screen."""
Scroller = Callable[[int, int, int], int]
"""From the cursor's line, the number of lines and the room: the first line to show."""


def text(words: str, look: str = "") -> Shown:
    """A line of one look: a class of LOOK, or none."""
    return [(f"class:{look}" if look else "", words)]


def wrapped(
    words: str, width: int, look: str = "", *, most: int | None = None, indent: str = ""
) -> list[Shown]:
    """A text as lines of at most ``width`` columns, the first ``most`` of them."""
    lines = textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent)
    return [text(line, look) for line in lines[:most]]


def listed(lines: Sequence[BoardLine], width: int, room: int, scrolled: Scroller) -> list[Shown]:
    """The lines of a board around its cursor, with a hint where more of them are."""
    at = next((n for n, line in enumerate(lines) if line.current), 0)
    first = scrolled(at, len(lines), room)
    shown = []
    for n, line in enumerate(lines[first : first + room], start=first):
        above = n == first and first > 0
        below = n == first + room - 1 and n < len(lines) - 1
        hint = " ^" if above else " v" if below else ""
        pointer = ">" if line.current else " "
        look = "current" if line.current else "marked" if line.marked else ""
        whole = f"{pointer} {line.text}{line.more}"
        fits = len(whole) <= width - 2
        shown.append(text((whole if fits else f"{pointer} {line.text}")[: width - 2] + hint, look))
    return shown


def beside(left: list[Shown], width: int, picture: Picture) -> list[Shown]:
    """Lines with a picture to their right, which begins at column ``width``."""
    made = []
    for row in range(max(len(left), len(picture.lines))):
        line = list(left[row]) if row < len(left) else []
        used = sum(len(words) for _, words in line)
        line.append(("", " " * (width - used)))
        if row < len(picture.lines):
            line += _inked(picture.lines[row], row, picture)
        made.append(line)
    return made


def _inked(line: str, row: int, picture: Picture) -> Shown:
    """A line of a picture, each mark in the look of what it means."""
    shown: Shown = []
    for column, sign in enumerate(line):
        look = _look(picture.lit.get((row, column)))
        if shown and shown[-1][0] == look:
            shown[-1] = (look, shown[-1][1] + sign)
        else:
            shown.append((look, sign))
    return shown


def _look(mark: Mark | None) -> str:
    return f"class:{mark.meaning}" if mark else "class:outline"


def joined(lines: Sequence[Shown]) -> StyleAndTextTuples:
    """Lines as what prompt_toolkit shows."""
    made: StyleAndTextTuples = []
    for n, line in enumerate(lines):
        made += [("", "\n"), *line] if n else line
    return made
