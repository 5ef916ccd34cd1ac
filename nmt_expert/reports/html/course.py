"""A score over the visits as the points of a line, ready for a template to write as SVG."""

from dataclasses import dataclass

from nmt_expert.reports.document import Course

BREADTH, HEIGHT = 350, 100
"""Of the drawing, in its own units; the visits stand at equal distances, whatever the days."""


@dataclass(frozen=True, slots=True)
class Point:
    """One visit's score: where it stands, from the top left, and what is written beside it."""

    x: int
    y: int
    told: str


def points(course: Course) -> tuple[Point, ...]:
    """The points from the first visit to the last."""
    step = (BREADTH - 30) / max(len(course.scores) - 1, 1)
    return tuple(
        Point(round(15 + n * step), round(HEIGHT * (1 - course.share(score))), f"{score:g}")
        for n, (_, score) in enumerate(course.scores)
    )
