import io

import pytest

from nmt_expert.reports.document import (
    Bullets,
    Line,
    Node,
    Paragraph,
    Report,
    Section,
    Table,
    Tree,
)
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.report_view import show_report
from nmt_expert.terminal.streams import Streams

LONG = "word " * 40


@pytest.fixture
def printed() -> str:
    report = Report(
        Line("EMERGENCY: see [/b] :smile: \x1b[31mnow", "alarm"),
        (
            Section("Factors", (Tree((Node(Line(LONG), (Node(Line("inner", "quiet")),)),), True),)),
            Section("Notes", (Paragraph(Line("plain", labels=("unreviewed",))),)),
            Section("List", (Bullets((Line("one"), Line("two"))),)),
            Section("Table", (Table(("a", "b"), ((Line("1"), Line("2")),)),)),
        ),
    )
    out = io.StringIO()
    show_report(report, Page(Streams(stdout=out, interactive=False, width=80).console()))
    return out.getvalue()


def test_the_headline_comes_first_and_text_is_never_markup(printed: str) -> None:
    assert printed.strip().splitlines()[0] == "EMERGENCY: see [/b] :smile: [31mnow"
    assert "\x1b" not in printed


def test_lines_are_at_most_eighty_wide_and_hang_below_their_number(printed: str) -> None:
    lines = printed.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("1. word") for line in lines)
    assert any(line.startswith("   word") for line in lines)
    assert "  - inner" in lines


def test_labels_stand_on_the_line_they_concern(printed: str) -> None:
    assert "plain [unreviewed]" in printed.splitlines()


def test_colour_only_in_a_terminal_that_wants_it() -> None:
    dumb, no_colour, colour = (
        Streams(environ=environ, interactive=True).colour
        for environ in (
            {"TERM": "dumb"},
            {"TERM": "xterm", "NO_COLOR": "1"},
            {"TERM": "xterm"},
        )
    )
    assert (dumb, no_colour, colour) == (False, False, True)
