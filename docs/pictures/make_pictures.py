"""Draw the pictures of the README from the real program: ``python docs/pictures/make_pictures.py``.

Each command runs in a pseudo-terminal, keys are typed, and what stands on the screen becomes an
SVG file beside this script.
"""

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pexpect
import pyte
from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.text import Text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DESK_WORKER = "examples/desk-worker-headache.yml"
ENDED = "\0"
"""Stands for the end of the program, where a picture waits for that."""
QUIETLY = " 2>/dev/null"
"""Leaves out the notes that it is still working."""
BLANK = Style(italic=False)
"""Unlike any style of the screen, so that leading blanks are drawn as a place, not as text."""
PATIENCE = 60
"""Seconds to wait for words on the screen."""
AS_FAR_AS_SAFETY = (
    ("Right now or in the last 3 days (", "0"),
    ("Bladder, bowel, strength, balance", ""),
)


@dataclass(frozen=True)
class Picture:
    """One picture: a command, what is typed when which words stand there, what is shown."""

    name: str
    title: str
    words: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    size: tuple[int, int]
    """Columns and lines of the terminal."""
    shown: int
    """How many lines from the top are drawn at most."""


PICTURES = (
    Picture(
        "interview",
        "nmt-expert interview",
        ("interview", "--client", "C-006"),
        AS_FAR_AS_SAFETY,
        (100, 20),
        20,
    ),
    Picture(
        "red_flag",
        "nmt-expert interview",
        ("interview", "--client", "C-006"),
        (*AS_FAR_AS_SAFETY, ("Bladder, bowel, strength, balance", " \r"), ("mis-tick", "")),
        (100, 30),
        30,
    ),
    Picture(
        "report",
        f"nmt-expert assess {DESK_WORKER}",
        ("assess", DESK_WORKER),
        ((ENDED, ""),),
        (100, 400),
        39,
    ),
)


def main() -> None:
    """Draw them all."""
    for picture in PICTURES:
        lines = list(_seen(picture))
        _draw(picture, lines)
        print(f"{picture.name}.svg: {len(lines)} lines")


def _seen(picture: Picture) -> Iterator[Text]:
    """The screen of a picture, without the empty lines at its end."""
    columns, rows = picture.size
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    with tempfile.TemporaryDirectory() as folder:
        child: pexpect.spawn[bytes] = pexpect.spawn(
            "/bin/sh",
            ["-c", shlex.join([sys.executable, "-m", "nmt_expert", *picture.words]) + QUIETLY],
            cwd=str(ROOT),
            env=_environment(folder),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        for words, keys in picture.typed:
            _wait(words, child, screen, stream)
            child.send(keys)
        child.close(force=True)
    lines = [_line(screen.buffer[row], columns) for row in range(rows)]
    while lines and not lines[-1].plain:
        lines.pop()
    yield from lines[: picture.shown]


def _environment(folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "HOME": folder,
        "XDG_CONFIG_HOME": folder,
        "NMT_EXPERT_DATA": f"{folder}/data",
        "NMT_EXPERT_COUNTRY": "GB",
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }


def _wait(
    words: str, child: "pexpect.spawn[bytes]", screen: pyte.Screen, s: pyte.ByteStream
) -> None:
    while words not in "\n".join(screen.display):
        try:
            s.feed(child.read_nonblocking(65536, PATIENCE))
        except (pexpect.EOF, pexpect.TIMEOUT):
            if words == ENDED:
                return
            seen = "\n".join(screen.display).rstrip()
            raise SystemExit(f"{words!r} never came. On the screen was:\n{seen}") from None


def _line(row: "dict[int, Char]", columns: int) -> Text:
    """One line of the screen with its looks."""
    line = Text()
    for style, run in groupby((row[column] for column in range(columns)), _style):
        line.append("".join(char.data for char in run), style)
    line.rstrip()
    line.stylize(BLANK, 0, len(line.plain) - len(line.plain.lstrip()))
    return line


def _style(char: Char) -> Style:
    return Style(
        color=_colour(char.fg),
        bgcolor=_colour(char.bg),
        bold=char.bold,
        underline=char.underscore,
        reverse=char.reverse,
    )


def _colour(name: str) -> str | None:
    """A colour of the terminal in rich's words; pyte calls yellow brown."""
    if name == "default":
        return None
    return name.replace("brown", "yellow").replace("bright", "bright_")


def _draw(picture: Picture, lines: list[Text]) -> None:
    console = Console(record=True, width=picture.size[0], file=io.StringIO())
    for line in lines:
        console.print(line, no_wrap=True)
    svg = console.export_svg(title=picture.title, unique_id=picture.name)
    without_fonts = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    (HERE / f"{picture.name}.svg").write_text(without_fonts, encoding="utf-8")


if __name__ == "__main__":
    main()
