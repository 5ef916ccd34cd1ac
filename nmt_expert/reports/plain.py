"""A report as wrapped plain text, for pipes, files and screen readers."""

import textwrap

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
    Tree,
)
from nmt_expert.reports.one_line import one_line

WIDTH = 96
"""Columns of a line, as narrow as a terminal beside a client's form."""


def as_plain(report: Report, width: int = WIDTH) -> str:
    """The whole report wrapped to ``width`` columns; ends with one newline."""
    parts = [_title(report.title)] if report.title else []
    parts += [_wrapped(report.headline, "", width)]
    parts += [_section(section, width) for section in report.sections]
    return "\n\n".join(parts) + "\n"


def _title(title: str) -> str:
    told = one_line(title)
    return f"{told}\n{'=' * len(told)}"


def _section(section: Section, width: int) -> str:
    title = one_line(section.title)
    head = [title, "-" * len(title)] if title else []
    return "\n".join([*head, *(_block(block, width) for block in section.blocks)])


def _block(block: Block, width: int) -> str:
    match block:
        case Paragraph(line=line):
            return _wrapped(line, "", width)
        case Bullets(items=items, ordered=ordered):
            return _nodes(tuple(map(Node, items)), ordered, width)
        case Tree(roots=roots, ordered=ordered):
            return _nodes(roots, ordered, width)
        case Table():
            return _table(block)
        case Drawing(told=told) | Course(told=told):
            return _block(told, width)


def _nodes(nodes: tuple[Node, ...], ordered: bool, width: int) -> str:
    marks = [f"{n}. " if ordered else "- " for n in range(1, len(nodes) + 1)]
    return "\n".join(_node(node, mark, 0, width) for node, mark in zip(nodes, marks, strict=True))


def _node(node: Node, mark: str, indent: int, width: int) -> str:
    lines = [_wrapped(node.line, " " * indent + mark, width)]
    lines += [_node(child, "- ", indent + len(mark), width) for child in node.children]
    return "\n".join(lines)


def _table(table: Table) -> str:
    rows = [table.columns, *(tuple(_text(cell) for cell in row) for row in table.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(table.columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _wrapped(line: Line, first: str, width: int) -> str:
    hang = " " * len(first)
    return textwrap.fill(
        _text(line),
        max(width, len(first) + 40),
        initial_indent=first,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _text(line: Line) -> str:
    labels = f" [{', '.join(line.labels)}]" if line.labels else ""
    return one_line(line.text) + labels
