"""The body chart: views on a grid of 40 by 40, their outlines, and where a zone lies on them.

Everything is written for the client's right side and as the examiner sees it: x runs from the
examiner's left to right, y from the top down. The left side is the mirror image.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from nmt_expert.model.base import Id, Record, Side, Text

GRID = 40.0
MIDDLE = GRID / 2

ViewId = Literal["front", "back", "head", "hand", "foot"]
Coordinate = Annotated[float, Field(ge=0, le=GRID)]
Point = tuple[Coordinate, Coordinate]


class ChartPlace(Record):
    """Where a zone of the client's right side, or of the mid-line, lies on one view."""

    view: ViewId
    x: Coordinate
    y: Coordinate

    @property
    def point(self) -> Point:
        """Both coordinates."""
        return self.x, self.y


class Outline(Record):
    """One stroke of a view.

    An ``area`` is closed and holds zones; a ``half`` is such an area from mid-line to mid-line, the
    other half being its mirror image; a ``line`` is only drawn.
    """

    part: Text
    shape: Literal["area", "half", "line"]
    points: Annotated[tuple[Point, ...], Field(min_length=2)]

    @property
    def path(self) -> tuple[Point, ...]:
        """All points in order; an area's last one is its first again."""
        match self.shape:
            case "line":
                return self.points
            case "half":
                return (*self.points, *(mirrored(point) for point in reversed(self.points)))
        return (*self.points, self.points[0])

    def holds(self, point: Point) -> bool:
        """Whether a point lies within the area; never for a line."""
        if self.shape == "line":
            return False
        path, (x, y), within = self.path, point, False
        for (x1, y1), (x2, y2) in pairwise(path):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                within = not within
        return within


class ChartView(Record):
    """One view, and how it is seen.

    A view from the front or from behind shows both sides of the body in one drawing; one that shows
    ``one_side`` is drawn once for each side. ``on_body`` says where its zones are marked on the
    whole body; ``told`` is how a sentence names the view.
    """

    id: ViewId
    label: Text
    told: Text
    seen: Literal["from_the_front", "from_behind", "one_side"]
    outlines: tuple[Outline, ...]
    on_body: Mapping[Id, ChartPlace] = Field(default_factory=dict)

    @property
    def right_half(self) -> Side | None:
        """The half of the drawing, as the examiner sees it, where the client's right side is.

        None where a drawing shows one side only.
        """
        halves: dict[str, Side] = {"from_the_front": "left", "from_behind": "right"}
        return halves.get(self.seen)

    def holds(self, point: Point) -> bool:
        """Whether a point lies within one of the outlines."""
        return any(outline.holds(point) for outline in self.outlines)


def mirrored(point: Point) -> Point:
    """The same point of the other side."""
    return GRID - point[0], point[1]


def half_of(x: float) -> Side | None:
    """The half of a drawing in which x lies, as the examiner sees it; None on the mid-line."""
    if x == MIDDLE:
        return None
    return "left" if x < MIDDLE else "right"
