"""A grid in typed lines: ``1ab 3c- 0``, lines by number, findings by letter."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nmt_expert.interview import Reply, Said
from nmt_expert.model.base import Side
from nmt_expert.terminal.asking import Screen, Wrong
from nmt_expert.terminal.grid import Column, Grid, GridLine

_PART = re.compile(r"(\d{1,3})([a-z]*)(-)?")
HINT = (
    "Type line and letters for what is found (1ab 3c); a letter twice is its second value; 1- : the"
    " rest of line 1 is normal; 0 at the end: all the rest is normal. What is not named stays not"
    " examined."
)


class SidedLine(NamedTuple):
    """One muscle or nerve on one side, and the item's key for each column."""

    name: str
    cells: dict[int, str]


def sided_lines(grid: Grid) -> tuple[SidedLine, ...]:
    """The lines of a grid, a line a side."""
    return tuple(line for one in grid.lines for line in _by_side(one, grid.sides))


def _by_side(line: GridLine, sides: tuple[Side | None, ...]) -> Iterator[SidedLine]:
    for side in sides:
        cells = {column: key for (column, own), key in line.cells.items() if own == side}
        if cells:
            yield SidedLine(f"{line.name}, {side}" if side else line.name, cells)


def grid_lines(grid: Grid) -> list[str]:
    """What is printed: the letters of the findings, then the numbered lines."""
    letters = [f" {column.letter}. {_named(column)}" for column in grid.columns]
    numbered = [f"{n:2}. {line.name}" for n, line in enumerate(sided_lines(grid), start=1)]
    return [*letters, *numbered]


def _named(column: Column) -> str:
    if len(column.values) == 1:
        return column.name
    values = (value.replace("_", " ") for value in column.values)
    return f"{column.name}: {', '.join(values)}"


def read_grid(low: str, screen: Screen) -> Reply | Wrong:
    """What a line marks; anything that does not fit answers nothing."""
    assert screen.grid is not None
    parts = low.replace(",", " ").split()
    said: dict[str, Said] = dict(screen.start)
    for part in parts:
        if part == "0":
            continue
        marked = _marked(part, screen.grid)
        if isinstance(marked, Wrong):
            return marked
        said |= marked
    if "0" in parts:
        return Reply(said)
    if not said:
        return Wrong("Nothing is marked. Type 0 if all of it is normal.")
    return Reply(said, "not_examined")


def cell_at(text: str, screen: Screen) -> int:
    """The number of the row of a cell such as ``3b``, or of the first of line 3; 0 for none."""
    match = re.fullmatch(r"(\d{1,3})([a-z])?", text)
    assert screen.grid is not None
    lines = sided_lines(screen.grid)
    if match is None or not 1 <= int(match[1]) <= len(lines):
        return 0
    cells = lines[int(match[1]) - 1].cells
    key = cells.get(ord(match[2]) - ord("a") if match[2] else min(cells))
    return next((n for n, row in enumerate(screen.rows, start=1) if row.key == key), 0)


def _marked(part: str, grid: Grid) -> dict[str, Said] | Wrong:
    match = _PART.fullmatch(part)
    lines = sided_lines(grid)
    if match is None or not 1 <= int(match[1]) <= len(lines) or not (match[2] or match[3]):
        return Wrong(f"Lines are 1 to {len(lines)}, as in 1ab. Nothing was answered.")
    line = lines[int(match[1]) - 1]
    said: dict[str, Said] = {}
    for letter in dict.fromkeys(match[2]):
        at = ord(letter) - ord("a")
        times = match[2].count(letter)
        if at not in line.cells or times > len(grid.columns[at].values):
            return Wrong(f"Line {match[1]} has no such letter. Nothing was answered.")
        said[line.cells[at]] = Said(grid.columns[at].values[times - 1])
    if match[3]:
        for at, key in line.cells.items():
            said.setdefault(key, Said(grid.columns[at].normal))
    return said
