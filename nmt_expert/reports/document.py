"""What a report is before it is printed: a headline, then titled sections of simple blocks.

Terminal, Markdown and plain text print the same document, so they can never say different things.
"""

from dataclasses import dataclass
from typing import Literal

from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.reports.marks import Mark

BAR = 20
"""How many characters the bar of the highest score has."""
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

    The rest is for a page, and other printers pass over it: ``folded`` names what may be folded
    away, such as reasons; ``gist`` names in short what is folded below; ``level`` is how many of
    the supported bands a factor reached, drawn as a bar beside its word.
    """

    line: Line
    children: tuple["Node", ...] = ()
    folded: str = ""
    gist: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Course:
    """One score over the visits, oldest first, as day and score; ``better`` is the good direction.

    Drawn as bars of characters, or as a line where lines can be drawn.
    """

    label: str
    scores: tuple[tuple[str, float], ...]
    lowest: float
    highest: float
    better: Literal["lower", "higher"] | None = None

    @property
    def title(self) -> str:
        """What is scored, over which range, and which way is better."""
        scale = f"{self.lowest:g} to {self.highest:g}"
        better = f"{self.better} is better" if self.better else ""
        return ", ".join(filter(None, (self.label, scale * (scale not in self.label), better)))

    @property
    def told(self) -> Tree:
        """Each day with its score and a bar as long as the score is high."""
        days = (Line(f"{self._bar(score)} {score:g} on {day}") for day, score in self.scores)
        return Tree((Node(Line(self.title), tuple(map(Node, days))),))

    def share(self, score: float) -> float:
        """Where a score lies between the lowest and the highest: 0 to 1."""
        span = self.highest - self.lowest
        return min(max((score - self.lowest) / span, 0.0), 1.0) if span else 0.0

    def _bar(self, score: float) -> str:
        filled = round(self.share(score) * BAR)
        return "=" * filled + "." * (BAR - filled)


Block = Paragraph | Bullets | Table | Tree | Drawing | Course


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands under it; a section without blocks is left out of the report."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; the headline is the first thing a person reads.

    ``title`` says what document it is, where that is not the report itself.
    """

    headline: Line
    sections: tuple[Section, ...]
    title: str = ""
