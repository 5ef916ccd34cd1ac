"""What a report is before it is printed: a headline, then titled sections of simple blocks.

Terminal, Markdown and plain text print the same document, so they can never say different things.
"""

from dataclasses import dataclass
from typing import Literal

from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.reports.marks import Mark

Tone = Literal["normal", "alarm", "caution", "good", "quiet"]
"""How a line is meant: alarm (emergency, same day), caution, good, quiet (small print)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; ``labels`` are words such as "unreviewed" that belong beside it."""

    text: str
    tone: Tone = "normal"
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line that stands alone."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines of equal rank; ``ordered`` when their order means something."""

    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many lines as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A line with what stands under it.

    ``folded`` names what a page may fold away, such as reasons; ``level`` is how many of the
    supported bands a factor reached, drawn as a bar beside its word. Other printers pass over both.
    """

    line: Line
    children: tuple["Node", ...] = ()
    folded: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """Lines with their details below them; ``ordered`` numbers the top ones."""

    roots: tuple[Node, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A body chart with its marks: drawn where lines can be drawn, else told in sentences.

    ``referred`` are the zones that the muscles to be treated may send pain to, each as a mark
    under the name of its muscle: shown only where there is room for them.
    """

    chart: BodyChart
    marks: tuple[Mark, ...]
    referred: tuple[Mark, ...] = ()

    @property
    def told(self) -> Bullets:
        """The marks in words."""
        return Bullets(tuple(Line(self.chart.sentence(mark)) for mark in self.marks))


Block = Paragraph | Bullets | Table | Tree | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands under it; a section without blocks is left out of the report."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; the headline is the first thing a person reads.

    ``title`` says which report it is, where a page has a place for that.
    """

    headline: Line
    sections: tuple[Section, ...]
    title: str = "Report"
