"""Every document there is of an assessment, by what a person asks for."""

from collections.abc import Callable, Iterator

from nmt_expert.model.case import Treated
from nmt_expert.reports import Report, as_markdown, as_plain, report_on
from nmt_expert.reports.client_copy import client_copy
from nmt_expert.reports.document import Bullets, Line, Node, Paragraph, Table, Tree
from nmt_expert.reports.findings_csv import as_csv
from nmt_expert.reports.html import Sheet, as_html
from nmt_expert.reports.letter import letter
from nmt_expert.reports.soap import soap_note
from nmt_expert.reports.trace_graph import trace_graph
from nmt_expert.reports.view import Depth, View

Printer = Callable[[Report], str]
WIDE = 2000
"""Characters a line in plain text: nothing is broken there."""


def reports(view: View, done: tuple[Treated, ...] = ()) -> dict[str, Report]:
    """The neutral documents, before they are printed."""
    return {
        "report": report_on(view),
        "client copy": client_copy(view),
        "letter": letter(view),
        "SOAP note": soap_note(view, done),
    }


PRINTERS: dict[str, Printer] = {
    "plain": lambda report: as_plain(report, width=WIDE),
    "Markdown": as_markdown,
    "HTML": lambda report: as_html([Sheet(report, "case")]),
}


def documents(view: View, done: tuple[Treated, ...] = ()) -> dict[str, str]:
    """Every document in every format, the trace as a page, and the table."""
    told = {
        f"{name} in {format}": printed(report)
        for name, report in reports(view, done).items()
        for format, printed in PRINTERS.items()
    }
    told["trace as a page"] = as_html([Sheet(report_on(view), "case", trace_graph(view))])
    told["table"] = as_csv([view.assessment], view.now)
    return told


def lines(report: Report) -> Iterator[Line]:
    """Every line of the document but those of drawings, which have words of their own."""
    yield report.headline
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Paragraph(line=line):
                    yield line
                case Bullets(items=items):
                    yield from items
                case Table(rows=rows):
                    yield from (cell for row in rows for cell in row)
                case Tree(roots=roots):
                    yield from below(roots)


def below(nodes: tuple[Node, ...]) -> Iterator[Line]:
    for node in nodes:
        yield node.line
        yield from below(node.children)


DEPTHS: tuple[Depth, ...] = ("sentence", "tree", "full")
