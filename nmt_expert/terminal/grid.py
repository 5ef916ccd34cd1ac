"""A grid of muscles or nerves by findings: which item stands in which cell, with which sign."""

from collections.abc import Iterator
from dataclasses import dataclass

from nmt_expert.interview import Prompt, Words
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase

UNTOUCHED, NORMAL, PRESENT = ".", "-", "x"
SIDE_HEADS: dict[Side | None, str] = {"right": "R", "left": "L", None: " "}
HEAD = 4
"""Letters of a finding's name above its column, where it has no short one of its own."""


@dataclass(frozen=True)
class Column:
    """One finding: the letter it is typed by, its name, and each value that is not normal."""

    letter: str
    head: str
    name: str
    values: tuple[str, ...]
    signs: tuple[str, ...]
    normal: str

    def sign(self, value: str | float) -> str:
        """What stands in a cell for a value; a non-answer looks untouched."""
        if value == self.normal:
            return NORMAL
        return self.signs[self.values.index(str(value))] if value in self.values else UNTOUCHED


@dataclass(frozen=True)
class GridLine:
    """One muscle or nerve: the item's key for each column and side that applies to it."""

    name: str
    cells: dict[tuple[int, Side | None], str]


@dataclass(frozen=True)
class Grid:
    """Lines by columns; ``sides`` are those that any line has, right first."""

    columns: tuple[Column, ...]
    lines: tuple[GridLine, ...]
    sides: tuple[Side | None, ...]


def grid_of(prompt: Prompt, kb: KnowledgeBase) -> Grid:
    """The grid of a prompt whose items are one finding at one place each."""
    findings = tuple(dict.fromkeys(item.finding for item in prompt.items))
    words = Words(kb)
    lines: dict[str, dict[tuple[int, Side | None], str]] = {}
    for item in prompt.items:
        site, side = item.places[0].site or "", item.places[0].side
        lines.setdefault(site, {})[findings.index(item.finding), side] = item.key
    used = {side for cells in lines.values() for _, side in cells}
    return Grid(
        columns=tuple(_column(n, kb.findings[name], words) for n, name in enumerate(findings)),
        lines=tuple(GridLine(kb.label(site), cells) for site, cells in lines.items()),
        sides=tuple(side for side in (*reversed(SIDES), None) if side in used),
    )


def _column(n: int, finding: Finding, words: Words) -> Column:
    values = tuple(value for value in finding.values if value != finding.normal)
    return Column(
        letter=chr(ord("a") + n),
        head=finding.short or finding.label[:HEAD],
        name=finding.label,
        values=values,
        signs=tuple(_signs(values, finding, words)),
        normal=finding.normal,
    )


def _signs(values: tuple[str, ...], finding: Finding, words: Words) -> Iterator[str]:
    """One letter a value, the first of its words that none before it has."""
    taken: set[str] = set()
    for value in values:
        letters = [PRESENT] if value == "present" else words.value(finding, value).upper()
        sign = next((one for one in letters if one.strip() and one not in taken), "?")
        taken.add(sign)
        yield sign
