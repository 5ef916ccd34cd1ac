"""The body chart as figures: what is drawn where, ready for a template to write as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from string import ascii_uppercase

from nmt_expert.model.base import Side
from nmt_expert.model.body_chart import GRID, Point, half_of
from nmt_expert.model.text import clean
from nmt_expert.reports.body_chart import SIDE_TOLD, BodyChart, Pane
from nmt_expert.reports.document import Drawing
from nmt_expert.reports.marks import Mark, Meaning

Scale = tuple[float, float]
"""How many units of a drawing one step of the chart's grid is broad, and how many high."""
WHOLE: Scale = (5.5, 10)
PART: Scale = (5.5, 7)
RADIUS: dict[Meaning, int] = {"felt": 9, "treat": 8, "referred": 14, "here": 8}
_AROUND = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Where a mark may move when its place is taken, in diameters."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark: its centre and radius, what it means, and the sign inside it."""

    x: int
    y: int
    radius: int
    meaning: Meaning
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A line from a muscle to a zone that it may send pain to."""

    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing; ``ends`` are the letters at its left and right edge, as the examiner sees it."""

    title: str
    told: tuple[str, ...]
    width: int
    height: int
    outlines: tuple[str, ...]
    spots: tuple[Spot, ...]
    ways: tuple[Way, ...]
    ends: tuple[str, str]

    @property
    def description(self) -> str:
        """The marks of this drawing in words."""
        return "; ".join(self.told) if self.told else "Nothing is marked here."


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mark in words, with the letter that stands for it in the drawings."""

    sign: str
    text: str
    meaning: Meaning


def figures(drawing: Drawing) -> tuple[Figure, ...]:
    """The body from the front and from behind, and each part on which something is marked."""
    chart = drawing.chart
    whole = [_figure(drawing, pane) for pane in chart.panes()]
    parts = [_figure(drawing, pane) for view in chart.details for pane in chart.panes(view)]
    return (*whole, *(part for part in parts if part.told))


def key(drawing: Drawing) -> tuple[Keyed, ...]:
    """Every mark in words, those to be treated with their letter; then what they may refer to."""
    letters = _letters(drawing.marks)
    marks = [
        Keyed(letters.get(_who(mark), mark.sign), drawing.chart.sentence(mark), mark.meaning)
        for mark in drawing.marks
    ]
    return (*marks, *_referrals(drawing, letters))


def _referrals(drawing: Drawing, letters: dict[str, str]) -> Iterator[Keyed]:
    """One line a muscle: where its pain may be felt."""
    felt: dict[str, list[str]] = {}
    for mark in drawing.referred:
        zone = drawing.chart.zones[mark.zone].label + SIDE_TOLD[mark.side]
        felt.setdefault(_who(mark), []).append(zone)
    for who, zones in felt.items():
        text = f"{who} may send pain to: {'; '.join(zones)}"
        yield Keyed(letters.get(who, ""), text, "referred")


def _figure(drawing: Drawing, pane: Pane) -> Figure:
    across, down = _scale(pane)
    letters = _letters(drawing.marks)
    marked = _spots(drawing.chart, pane, drawing.marks, letters, apart=True)
    referred = _spots(drawing.chart, pane, drawing.referred, {}, apart=False)
    told = dict.fromkeys(clean(_told(drawing.chart, mark)) for mark, _, _ in (*marked, *referred))
    return Figure(
        title=_title(pane),
        told=tuple(told),
        width=round(GRID * across),
        height=round(GRID * down),
        outlines=tuple(_stroke(pane.path(one), _scale(pane)) for one in pane.view.outlines),
        spots=tuple(dict.fromkeys(spot for _, _, spot in (*referred, *marked))),
        ways=tuple(_ways(marked, referred)),
        ends=_ends(pane),
    )


_Placed = tuple[Mark, Side | None, Spot]


def _spots(
    chart: BodyChart, pane: Pane, marks: Iterable[Mark], letters: dict[str, str], *, apart: bool
) -> list[_Placed]:
    """Every mark that lies on this drawing; ``apart`` moves those that would cover another."""
    placed: list[_Placed] = []
    for mark in marks:
        place = chart.place(mark.zone, pane)
        for side in mark.sides if place else ():
            point = pane.point(place, side) if place else None
            if point is not None:
                taken = [spot for _, _, spot in placed] if apart else []
                sign = letters.get(_who(mark), "" if mark.meaning == "referred" else mark.sign)
                placed.append((mark, side, _free(pane, point, mark.meaning, sign, taken)))
    return placed


def _free(pane: Pane, point: Point, meaning: Meaning, sign: str, taken: Sequence[Spot]) -> Spot:
    """The nearest spot that covers no other one, else the place itself."""
    breadth, height = _scale(pane)
    x, y, radius = point[0] * breadth, point[1] * height, RADIUS[meaning]
    moved = ((x + right * 2 * radius, y + down * 2 * radius) for right, down in _AROUND)
    for at in moved:
        alone = all(dist(at, (one.x, one.y)) >= radius + one.radius - 1 for one in taken)
        if alone and _may_lie(pane, point, (at[0] / breadth, at[1] / height)):
            return Spot(round(at[0]), round(at[1]), radius, meaning, sign)
    return Spot(round(x), round(y), radius, meaning, sign)


def _may_lie(pane: Pane, own: Point, moved: Point) -> bool:
    """Whether a moved mark is still on the drawing, and not across the middle of the body."""
    on_it = all(0 <= value <= GRID for value in moved)
    return on_it and (pane.side is not None or half_of(moved[0]) in (half_of(own[0]), None))


def _ways(marked: list[_Placed], referred: list[_Placed]) -> Iterator[Way]:
    """From each muscle to the zones of the same drawing that it may send pain to."""
    for mark, side, start in marked:
        for other, other_side, end in referred:
            same = mark.meaning == "treat" and mark.name == other.name
            if same and (side == other_side or None in (side, other_side)):
                yield Way(start, end)


def _scale(pane: Pane) -> Scale:
    """A body is drawn slim, a part of it is not."""
    return PART if pane.side else WHOLE


def _stroke(path: Sequence[Point], scale: Scale) -> str:
    """An outline as the data of an SVG path, its corners rounded: it bends at each point."""
    points = [(round(x * scale[0]), round(y * scale[1])) for x, y in path]
    closed = points[0] == points[-1]
    halves = [((x1 + x2) / 2, (y1 + y2) / 2) for (x1, y1), (x2, y2) in pairwise(points)]
    start, end = (halves[0], halves[0]) if closed else (points[0], points[-1])
    bends = zip(points[1:], [*halves[1:], end], strict=True)
    curves = [f"Q{x} {y} {to_x:g} {to_y:g}" for (x, y), (to_x, to_y) in bends]
    return f"M{start[0]:g} {start[1]:g}{''.join(curves)}"


def _letters(marks: Iterable[Mark]) -> dict[str, str]:
    """A letter for each muscle to be treated, in the order of the plan; numbers after Z."""
    named = list(dict.fromkeys(_who(mark) for mark in marks if mark.meaning == "treat"))
    signs = (*ascii_uppercase, *(str(n) for n in range(27, len(named) + 1)))
    return dict(zip(named, signs, strict=False))


def _who(mark: Mark) -> str:
    return f"{mark.name}{SIDE_TOLD[mark.side]}" if mark.name else ""


def _told(chart: BodyChart, mark: Mark) -> str:
    if mark.meaning == "referred":
        zone = chart.zones[mark.zone].label + SIDE_TOLD[mark.side]
        return f"{zone}: may be felt from {mark.name}"
    return chart.sentence(mark)


def _title(pane: Pane) -> str:
    """``Front``, or ``Hand, right side: palm, back`` in the order in which they are drawn."""
    if pane.side is None:
        return pane.view.label
    parts = [outline.part for outline in pane.view.outlines if outline.shape == "area"]
    shown = parts if pane.side == "right" else parts[::-1]
    what = f": {', '.join(shown)}" if len(shown) > 1 else ""
    return f"{pane.view.label}, {pane.side} side{what}"


def _ends(pane: Pane) -> tuple[str, str]:
    """R and L where the client's right and left are; a part shows one side only."""
    if pane.side:
        return pane.side.capitalize(), ""
    return ("Right", "Left") if pane.view.right_half == "left" else ("Left", "Right")
