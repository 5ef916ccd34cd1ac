"""A grid of characters that outlines are drawn on: fine dots, or plain slashes and dashes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import Literal

from nmt_expert.model.body_chart import GRID, MIDDLE, Point

Ink = Literal["dots", "ascii"]
"""Braille dots (eight to a character), or characters that every terminal and code page has."""

Cell = tuple[int, int]
"""Row and column, from the top left."""

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in a braille character, four rows of two."""
_STEEP = 2.0


class Canvas:
    """A drawing of ``width`` by ``height`` characters over the whole grid of a view."""

    def __init__(self, width: int, height: int, ink: Ink) -> None:
        self.width = width
        self.height = height
        self._ink = ink
        self._cells: dict[Cell, str] = {}

    def cell(self, point: Point) -> Cell:
        """The character that a point of the grid falls on."""
        return self._spot(point, 1, 1)

    def stroke(self, paths: Iterable[Sequence[Point]]) -> None:
        """Draw along each path, point by point."""
        draw = self._in_dots if self._ink == "dots" else self._in_ascii
        draw(paths)

    def lines(self) -> list[list[str]]:
        """All rows, each a list of single characters."""
        columns = range(self.width)
        return [
            [self._cells.get((row, column), " ") for column in columns]
            for row in range(self.height)
        ]

    def _in_dots(self, paths: Iterable[Sequence[Point]]) -> None:
        bits: dict[Cell, int] = defaultdict(int)
        for point, _ in self._along(paths, 2, 4):
            down, across = self._spot(point, 2, 4)
            bits[down // 4, across // 2] |= _DOTS[down % 4][across % 2]
        self._cells |= {cell: chr(_BRAILLE + bit) for cell, bit in bits.items()}

    def _in_ascii(self, paths: Iterable[Sequence[Point]]) -> None:
        for point, (dx, dy) in self._along(paths, 1, 1):
            self._cells.setdefault(self.cell(point), self._slope(dx, dy))

    def _slope(self, dx: float, dy: float) -> str:
        """The character for a direction; one is twice as high as it is wide."""
        across, down = dx * self.width, dy * self.height * 2
        if abs(down) > _STEEP * abs(across):
            return "|"
        if abs(across) > _STEEP * abs(down):
            return "-"
        return "\\" if across * down > 0 else "/"

    def _spot(self, point: Point, wide: int, high: int) -> Cell:
        """Row and column of a point, where a character is ``wide`` by ``high`` dots.

        Columns are counted from the nearer edge, so that mirror images are drawn as such.
        """
        (x, y), columns, rows = point, self.width * wide, self.height * high
        row = min(int(y / GRID * rows), rows - 1)
        if x <= MIDDLE:
            return row, int(x / GRID * columns)
        return row, columns - 1 - int((GRID - x) / GRID * columns)

    def _along(
        self, paths: Iterable[Sequence[Point]], wide: int, high: int
    ) -> Iterator[tuple[Point, Point]]:
        """Points that leave no gap between dots, each with the direction there."""
        for path in paths:
            for (x1, y1), (x2, y2) in pairwise(path):
                dx, dy = x2 - x1, y2 - y1
                dots = max(abs(dx) * self.width * wide, abs(dy) * self.height * high) / GRID
                steps = max(1, ceil(dots))
                for n in range(steps + 1):
                    yield (x1 + dx * n / steps, y1 + dy * n / steps), (dx, dy)
