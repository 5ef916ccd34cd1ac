"""The body chart as text: views side by side with the marked zones, or the same in sentences.

From the front the client's right side is on the examiner's left; from behind it is on the right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from nmt_expert.model.base import Side
from nmt_expert.model.body_chart import (
    GRID,
    ChartPlace,
    ChartView,
    Outline,
    Point,
    ViewId,
    half_of,
    mirrored,
)
from nmt_expert.model.case import AnswerSide
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import Site
from nmt_expert.reports.canvas import Canvas, Cell, Ink
from nmt_expert.reports.marks import LEGEND, SIGNS, Mark, legend, score

LETTER: dict[Side, str] = {"right": "R", "left": "L"}
SIDE_TOLD: dict[AnswerSide | None, str] = {
    "right": ", right",
    "left": ", left",
    "both": ", both sides",
    None: "",
}
_NUDGES = (0, 1, 2, -1)
"""How many columns away from the mid-line a mark may move when its place is taken."""


@dataclass(frozen=True)
class Pane:
    """One drawing: a view, and the side it shows where it shows only one."""

    view: ChartView
    side: Side | None = None

    @property
    def title(self) -> str:
        """What is drawn, with R and L where the client's right and left are."""
        if self.side:
            parts = [outline.part for outline in self.view.outlines if outline.shape == "area"]
            shown = parts if self.side == "right" else parts[::-1]
            what = f": {' | '.join(shown)}" if len(shown) > 1 else f", {self.side} side"
            return f"{LETTER[self.side]}  {self.view.label}{what}"
        ends = ("R", "L") if self.view.right_half == "left" else ("L", "R")
        return f"{ends[0]}   {self.view.label}   {ends[1]}"

    def path(self, outline: Outline) -> tuple[Point, ...]:
        """An outline as it is drawn here."""
        flipped = self.side == "left"
        return tuple(map(mirrored, outline.path)) if flipped else outline.path

    def point(self, place: ChartPlace, side: Side | None) -> Point | None:
        """Where a place of one side is drawn here; None when it is not."""
        if place.view != self.view.id or (self.side and side not in (None, self.side)):
            return None
        return mirrored(place.point) if (self.side or side) == "left" else place.point


@dataclass(frozen=True)
class Picture:
    """Lines of text, all of one width, and which cells of them are marks."""

    lines: tuple[str, ...]
    lit: Mapping[Cell, Mark]


@dataclass(frozen=True)
class BodyChart:
    """The views of a knowledge base, and the zones that can be marked on them."""

    views: Mapping[str, ChartView]
    zones: Mapping[str, Site]

    @classmethod
    def of(cls, kb: KnowledgeBase) -> "BodyChart | None":
        """The chart of a knowledge base; None when it has none."""
        return cls(kb.body_chart, kb.sites) if kb.body_chart else None

    @property
    def details(self) -> tuple[ViewId, ...]:
        """The views that show a part of the body more closely."""
        close = {view.id for view in self.views.values() if view.right_half is None}
        return tuple(view for view in get_args(ViewId) if view in close)

    def panes(self, detail: ViewId | None = None) -> tuple[Pane, ...]:
        """The drawings of a detail, right side first, or the whole body, front first."""
        if detail:
            return Pane(self.views[detail], "right"), Pane(self.views[detail], "left")
        whole = (view for view in self.views.values() if view.right_half)
        return tuple(map(Pane, sorted(whole, key=lambda view: view.right_half == "right")))

    def place(self, zone: str, pane: Pane) -> ChartPlace | None:
        """Where a zone lies in a drawing: its own place, or the one it has on the whole body."""
        own = self.zones[zone].chart
        if own is None or own.view == pane.view.id or own.view not in self.views:
            return own
        return self.views[own.view].on_body.get(zone)

    def draw(
        self,
        marks: Sequence[Mark],
        *,
        width: int,
        height: int,
        ink: Ink = "dots",
        detail: ViewId | None = None,
    ) -> Picture:
        """Two drawings side by side within ``width`` by ``height`` characters.

        Above them are their titles, below them what the signs mean.
        """
        shown = self.panes(detail)
        each = width // len(shown)
        drawn = [self._drawn(pane, marks, Canvas(each, height - 2, ink)) for pane in shown]
        lines = ("".join(parts) for parts in zip(*(one.lines for one in drawn), strict=True))
        lit = {
            (row, column + each * n): mark
            for n, one in enumerate(drawn)
            for (row, column), mark in one.lit.items()
        }
        told = legend(marks)[:width].center(each * len(shown))
        return Picture((*lines, told), lit)

    def sentence(self, mark: Mark) -> str:
        """One mark in words: ``Temple, right (head, side view), 6 of 10``."""
        site = self.zones[mark.zone]
        view = self.views.get(site.chart.view) if site.chart else None
        where = f" ({view.told})" if view else ""
        strong = f", {score(mark.intensity)}" if mark.intensity is not None else ""
        meant = f", {LEGEND[SIGNS['treat']]}" if mark.meaning == "treat" else ""
        return f"{mark.name or site.label}{SIDE_TOLD[mark.side]}{where}{strong}{meant}"

    def _drawn(self, pane: Pane, marks: Iterable[Mark], canvas: Canvas) -> Picture:
        canvas.stroke(pane.path(outline) for outline in pane.view.outlines)
        cells, lit = canvas.lines(), self._lit(pane, marks, canvas)
        for (row, column), mark in lit.items():
            cells[row][column] = mark.sign
        title = pane.title[: canvas.width].center(canvas.width)
        below = {(row + 1, column): mark for (row, column), mark in lit.items()}
        return Picture((title, *("".join(row) for row in cells)), below)

    def _lit(self, pane: Pane, marks: Iterable[Mark], canvas: Canvas) -> dict[Cell, Mark]:
        """The cell of each mark; the first one keeps a place that two would have."""
        lit: dict[Cell, Mark] = {}
        for mark in marks:
            place = self.place(mark.zone, pane)
            points = [pane.point(place, side) for side in mark.sides] if place else []
            for point in points:
                if point is not None:
                    lit.setdefault(_free(canvas, point, pane, lit), mark)
        return lit


def _free(canvas: Canvas, point: Point, pane: Pane, taken: Mapping[Cell, Mark]) -> Cell:
    """The nearest cell that is not taken; never across the middle of the body."""
    half = half_of(point[0])
    step = GRID / canvas.width * (-1 if half == "left" else 1)
    for nudge in _NUDGES:
        moved = min(max(point[0] + nudge * step, 0), GRID)
        cell = canvas.cell((moved, point[1]))
        if cell not in taken and (pane.side or half_of(moved) == half):
            return cell
    return canvas.cell(point)
