"""A report on the terminal: the document printed with rich, text only, bands as words."""

from rich.table import Table as Grid
from rich.text import Text

from nmt_expert.reports.document import (
    Block,
    Bullets,
    Course,
    Drawing,
    Line,
    Node,
    Paragraph,
    Report,
    Section,
    Table,
    Tone,
    Tree,
)
from nmt_expert.reports.one_line import one_line
from nmt_expert.terminal.page import STYLES, Look, Page

LOOKS: dict[Tone, Look] = {
    "normal": "normal",
    "alarm": "alarm",
    "caution": "caution",
    "good": "good",
    "quiet": "quiet",
}
INDENT = 2
DRAWN = (52, 19)
"""Columns and lines of a body chart."""


def show_report(report: Report, page: Page) -> None:
    """Print a whole report, the headline first."""
    page.gap()
    if report.title:
        page.console.print(Text(one_line(report.title), style="bold"))
    page.console.print(line_text(report.headline))
    for section in report.sections:
        show_section(section, page)


def line_text(line: Line) -> Text:
    """One line with its labels in brackets behind it."""
    text = Text(one_line(line.text), style=STYLES[LOOKS[line.tone]])
    if line.labels:
        text.append(f" [{', '.join(line.labels)}]", style="dim")
    return text


def show_section(section: Section, page: Page) -> None:
    """Print one section of a report."""
    page.gap()
    if section.title:
        page.console.print(Text(one_line(section.title).upper(), style="bold underline"))
    for block in section.blocks:
        _block(block, page)


def _block(block: Block, page: Page) -> None:
    match block:
        case Paragraph(line=line):
            page.console.print(line_text(line))
        case Bullets(items=items, ordered=ordered):
            _nodes(tuple(Node(item) for item in items), ordered, 0, page)
        case Tree(roots=roots, ordered=ordered):
            _nodes(roots, ordered, 0, page)
        case Table():
            page.console.print(_grid(block))
        case Course(told=told):
            _block(told, page)
        case Drawing(told=told):
            if page.console.is_terminal:
                _drawn(block, page)
            _block(told, page)


def _drawn(drawing: Drawing, page: Page) -> None:
    width, height = DRAWN
    picture = drawing.chart.draw(drawing.marks, width=width, height=height, ink=page.ink)
    for line in picture.lines:
        page.console.print(Text(line))


def _nodes(nodes: tuple[Node, ...], ordered: bool, depth: int, page: Page) -> None:
    for at, node in enumerate(nodes, start=1):
        mark = " " * INDENT * depth + (f"{at}. " if ordered else "- ")
        _hanging(mark, line_text(node.line), page)
        _nodes(node.children, False, depth + 1, page)


def _hanging(mark: str, text: Text, page: Page) -> None:
    """A mark, then the text wrapped beside it."""
    room = max(20, page.console.width - len(mark))
    for wrapped in text.wrap(page.console, room):
        wrapped.rstrip()
        page.console.print(Text(mark) + wrapped)
        mark = " " * len(mark)


def _grid(table: Table) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in table.columns:
        grid.add_column(Text(one_line(column)), overflow="fold")
    for row in table.rows:
        grid.add_row(*(line_text(cell) for cell in row))
    return grid
