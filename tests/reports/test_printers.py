"""One document, three printers; nothing a client said can steer the reader's screen."""

import json
from collections.abc import Callable

import pytest

from nmt_expert.model.case import Case, Complaint
from nmt_expert.reports import as_json, as_markdown, as_plain, build
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
from tests.reports import sample

Printer = Callable[[Report], str]
KB = sample.knowledge_base()
HOSTILE = "\x1b[31mred\x1b[0m [b]bold[/b] <script> | **x** \u202eevil\u200b\x07\n# heading"

EVERY_BLOCK = Report(
    Line("Head", "alarm"),
    (
        Section(
            "One",
            (
                Paragraph(Line("Words.", "alarm", ("unreviewed",))),
                Bullets((Line("first"), Line("second")), ordered=True),
                Table(("a", "b"), ((Line("1 | 2"), Line("3")),)),
                Tree((Node(Line("above"), (Node(Line("below")),)),)),
            ),
        ),
    ),
)


def hostile_report() -> Report:
    case = Case(id="sample", title=HOSTILE, complaint=Complaint(text=HOSTILE))
    return build(sample.assessment(case=case), KB)


@pytest.mark.parametrize("printer", [as_plain, as_markdown])
def test_every_printer_ends_with_one_newline(printer: Printer) -> None:
    text = printer(EVERY_BLOCK)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("printer", [as_plain, as_markdown])
def test_control_and_bidi_characters_never_reach_paper(printer: Printer) -> None:
    text = printer(hostile_report())
    assert not {"\x1b", "\x07", "\u202e", "\u200b"} & set(text)
    assert "\n# heading" not in text


def test_markdown_escapes_what_looks_like_markup() -> None:
    text = as_markdown(hostile_report())
    assert r"\[b\]bold\[/b\]" in text
    assert r"\<script\>" in text
    assert r"\*\*x\*\*" in text


def test_markdown_prints_every_kind_of_block() -> None:
    text = as_markdown(EVERY_BLOCK)
    assert text.startswith("# Head\n\n## One\n")
    assert "**Words.** *(unreviewed)*" in text
    assert "1. first\n2. second" in text
    assert r"| 1 \| 2 | 3 |" in text
    assert "- above\n  - below" in text


def test_plain_text_wraps_and_keeps_square_brackets_for_labels() -> None:
    report = Report(Line("word " * 60, labels=("unreviewed",)), ())
    lines = as_plain(report, width=80).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[-1].endswith("[unreviewed]")


def test_json_is_canonical_and_keeps_its_contract_names() -> None:
    assessment = sample.assessment()
    text = as_json(assessment)
    assert text == as_json(sample.assessment())
    value = json.loads(text)
    assert value["schema"] == "nmt.assessment/1"
    assert value["conclusions"][0]["for"][0]["rule"] == "tp.core"
    assert list(value) == sorted(value)


def test_json_of_several_is_an_array_and_leaves_letters_readable() -> None:
    several = [sample.assessment(case=Case(id="a", title="Müller")), sample.assessment()]
    text = as_json(several)
    assert "Müller" in text
    assert [one["case"]["id"] for one in json.loads(text)] == ["a", "sample"]


@pytest.mark.parametrize("printer", [as_plain, as_markdown])
def test_a_section_without_a_title_leaves_no_room_for_one(printer: Printer) -> None:
    text = printer(Report(Line("Head"), (Section("", (Paragraph(Line("Words.")),)),)))
    assert text.endswith("Head\n\nWords.\n")
