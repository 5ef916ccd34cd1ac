"""A report as Markdown. Text is escaped, so nothing a client said can become markup or a link."""

import re

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

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~!&])")
_LEADING = re.compile(r"^(\d+)([.)])|^([-+=])")


def as_markdown(report: Report) -> str:
    """The whole report; ends with one newline."""
    if report.title:
        parts = [f"# {_escape(report.title)}", _line(report.headline)]
    else:
        parts = [f"# {_line(report.headline, strong=False)}"]
    parts += [_section(section) for section in report.sections]
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> str:
    head = [f"## {_escape(section.title)}"] if section.title else []
    return "\n\n".join([*head, *map(_block, section.blocks)])


def _block(block: Block) -> str:
    match block:
        case Paragraph(line=line):
            return _line(line)
        case Bullets(items=items, ordered=ordered):
            return "\n".join(
                _node(Node(item), _mark(n, ordered), 0) for n, item in enumerate(items, 1)
            )
        case Tree(roots=roots, ordered=ordered):
            return "\n".join(_node(root, _mark(n, ordered), 0) for n, root in enumerate(roots, 1))
        case Table():
            return _table(block)
        case Drawing(told=told) | Course(told=told):
            return _block(told)


def _table(table: Table) -> str:
    head = [tuple(map(_escape, table.columns)), tuple("---" for _ in table.columns)]
    rows = [tuple(_line(cell) for cell in row) for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows])


def _node(node: Node, mark: str, indent: int) -> str:
    line = f"{' ' * indent}{mark} {_line(node.line)}"
    inner = indent + len(mark) + 1
    return "\n".join([line, *(_node(child, "-", inner) for child in node.children)])


def _mark(number: int, ordered: bool) -> str:
    return f"{number}." if ordered else "-"


def _line(line: Line, *, strong: bool = True) -> str:
    text = _escape(line.text)
    if strong and line.tone == "alarm":
        text = f"**{text}**"
    labels = f" *({', '.join(map(_escape, line.labels))})*" if line.labels else ""
    return text + labels


def _escape(text: str) -> str:
    escaped = _MARKUP.sub(r"\\\1", one_line(text))
    return _LEADING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)
