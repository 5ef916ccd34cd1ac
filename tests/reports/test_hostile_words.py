"""Whatever is typed into whichever text field is read in every document, and obeyed by none."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from nmt_expert.assessment import how
from nmt_expert.model.case import (
    Activity,
    Answer,
    Case,
    Client,
    Complaint,
    ComplaintSite,
    Treated,
    Visit,
)
from nmt_expert.model.visit import Impression
from nmt_expert.records import StoredInterview
from nmt_expert.records.entries import Standing
from nmt_expert.records.views import AnsweredPrompt, InterviewNote
from nmt_expert.reports import Report, as_json, as_markdown, as_plain, how_report
from nmt_expert.reports.document import Drawing, Line
from nmt_expert.reports.findings_csv import as_csv
from nmt_expert.reports.html import Sheet, as_html
from nmt_expert.reports.one_line import one_line
from nmt_expert.reports.reviews import book_report
from nmt_expert.reports.stored import stored_report
from nmt_expert.reports.trace_book import TraceBook
from nmt_expert.reports.view import View
from nmt_expert.review.queue import Review, Said
from nmt_expert.review.remarks import Remark
from nmt_expert.terminal.page import Page as Screen
from nmt_expert.terminal.report_view import show_report
from nmt_expert.terminal.streams import Streams
from tests.reports import sample
from tests.reports.every_document import WIDE, lines, reports
from tests.reports.hostile import HOSTILE
from tests.reports.html_page import Page

AT = "2026-11-20T10:00:00Z"
KB = sample.knowledge_base()
POINT = "active_trigger_point:upper_trapezius:right"
FIELDS = (
    *("title", "sex", "occupation", "complaint", "activity", "note", "by", "computed"),
    *("treated", "of the interview", "own view", "remark"),
)
SHOWN: dict[str, tuple[str, ...]] = {
    "report": ("title", "sex", "occupation", "complaint", "activity", "note", "by", "computed"),
    "client copy": ("complaint",),
    "letter": ("title", "sex", "occupation", "complaint", "activity", "by"),
    "SOAP note": ("occupation", "complaint", "activity", "note", "treated"),
    "stored interview": ("activity", "by", "treated", "of the interview"),
    "review": ("note",),
}
"""The fields that each document must show; the others may or may not stand in it."""
STEERING = {chr(n) for n in (*range(0x20), 0x7F, *range(0x80, 0xA0))} - {"\n"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
MARK = re.compile(r"^ *(- |\d+\. )?")
Words = dict[str, str]
WORDS = st.tuples(*[HOSTILE] * len(FIELDS)).map(lambda said: dict(zip(FIELDS, said, strict=True)))
tried = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def view_of(said: Words) -> View:
    """An assessment with those words in every field of a case and of its answers."""
    answer = Answer(
        finding="taut_band", site="upper_trapezius", side="right", by=said["by"], note=said["note"]
    )
    case = Case(
        id="case",
        title=said["title"],
        client=Client(code="C-1", occupation=said["occupation"], sex=said["sex"]),
        complaint=Complaint(
            text=said["complaint"], sites=(ComplaintSite(site="temple", side="right"),)
        ),
        activities=(Activity(activity=f"x{said['activity']}", score=3.0),),
        answers=(answer,),
    )
    used = sample.given(
        "a1", "taut_band", site="upper_trapezius", side="right", note=said["note"],
        computed_from=(said["computed"],) if said["computed"] else (),
    )  # fmt: skip
    noted = sample.given("a2", "taut_band", site="pectoralis_minor", note=said["note"])
    return View(sample.assessment(case=case, inputs=(used, noted)), KB, "tree", "GB")


def every_report(said: Words) -> dict[str, Report]:
    """Every document that may hold words somebody typed."""
    view = view_of(said)
    done = (Treated(site="temple", technique="compression", note=said["treated"]),)
    impression = Impression(factor="ischemia", words=said["own view"])
    remark = Remark(about="flag:fever", verdict="override", words=said["remark"])
    review = Review(
        id="2026-11-20-1", date="2026-11-20", finished=AT, client=view.assessment.case.client,
        assessment=view.assessment, impression=impression,
        said=(Said(remark=remark, by="anna", at=AT, n=1),),
    )  # fmt: skip
    return reports(view, done) | {
        "stored interview": stored_report(stored(view.assessment.case, done, said), KB),
        "review": book_report(TraceBook(review, KB)),
        "how": how_report(how(view.assessment, POINT), "full"),
    }


def stored(case: Case, done: tuple[Treated, ...], said: Words) -> StoredInterview:
    standing = Standing(answers=case.answers, complaint=case.complaint, activities=case.activities)
    return StoredInterview(
        id="2026-11-20-1", client=case.client, visit=Visit(), quick=True, kb_version="1",
        kb_sha256="1", started=AT, finished=AT, treated=done,
        prompts=(AnsweredPrompt(prompt="p", standing=standing, n=2, at=AT, by=said["by"]),),
        notes=(InterviewNote(at=AT, by=None, text=said["of the interview"]),),
    )  # fmt: skip


def labelled(line: Line) -> str:
    labels = f" [{', '.join(line.labels)}]" if line.labels else ""
    return one_line(line.text) + labels


def on_screen(report: Report) -> str:
    """What a wide terminal with colours is sent."""
    out = io.StringIO()
    console = Streams(stdout=out, interactive=True, environ={"TERM": "xterm"}).console()
    console.width = WIDE
    show_report(report, Screen(console))
    return out.getvalue()


def in_markdown(text: str) -> Iterator[str]:
    """What a reader of Markdown sees, a line each; fails on what is no part of a document."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        assert token.type in BLOCKS, token
        if token.type == "inline":
            yield "".join(map(_seen, token.children or []))


BLOCKS = {f"{name}_{end}" for end in ("open", "close") for name in
          ("heading", "paragraph", "bullet_list", "ordered_list", "list_item", "table",
           "thead", "tbody", "tr", "th", "td")} | {"inline"}  # fmt: skip


def _seen(token: Token) -> str:
    assert token.type in ("text", "strong_open", "strong_close", "em_open", "em_close"), token
    return token.content


@tried
@given(said=WORDS)
def test_every_document_shows_the_words_that_belong_in_it(said: Words) -> None:
    for name, report in every_report(said).items():
        text = "\n".join(one_line(line.text) for line in lines(report))
        for field in SHOWN.get(name, ()):
            assert one_line(said[field]) in text, (name, field)


def shown(text: str) -> set[str]:
    """The lines of a text without the marks of its lists, also of a text that begins like one."""
    assert not STEERING & set(text)
    rows = [MARK.sub("", row) for row in text.split("\n")]
    return {*rows, *(MARK.sub("", row) for row in rows)}


@tried
@given(said=WORDS)
def test_a_terminal_and_plain_text_show_every_line_and_obey_none(said: Words) -> None:
    for report in every_report(said).values():
        for text in (COLOUR.sub("", on_screen(report)), as_plain(report, width=WIDE)):
            rows = shown(text)
            for line in lines(report):
                assert MARK.sub("", labelled(line)) in rows, line


@tried
@given(said=WORDS)
def test_markdown_shows_every_line_and_nothing_in_it_is_markup(said: Words) -> None:
    for report in every_report(said).values():
        seen = Counter(in_markdown(as_markdown(report)))
        told = (labelled(line) for line in lines(report) if one_line(line.text))
        wanted = Counter(x.replace(" [", " (").replace("]", ")") for x in told)
        found = Counter({x.replace(" [", " (").replace("]", ")"): n for x, n in seen.items()})
        assert wanted <= found, wanted - found


@tried
@given(said=WORDS)
def test_a_page_shows_every_line_and_nothing_in_it_is_markup(said: Words) -> None:
    for report in every_report(said).values():
        page = Page(as_html([Sheet(report, said["title"])]))
        wanted = Counter(one_line(line.text) for line in lines(report))
        assert wanted <= Counter(page.lines)
        drawn = [block for one in report.sections for block in one.blocks]
        svgs = [block for block in drawn if isinstance(block, Drawing)]
        assert bool(page.of("svg")) == bool(svgs)
        assert not page.of("script")
        assert not [e for e in page.all if any(name.startswith("on") for name in e.attributes)]


@tried
@given(said=WORDS)
def test_a_table_shows_the_note_and_computes_nothing(said: Words) -> None:
    text = as_csv([view_of(said).assessment], KB)
    assert not STEERING & set(text)
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert one_line(said["note"]) in {cell.removeprefix("'") for cell in cells} | set(cells)


@tried
@given(said=WORDS)
def test_json_gives_back_what_was_said(said: Words) -> None:
    told = json.loads(as_json(view_of(said).assessment))["case"]
    assert told["complaint"]["text"] == said["complaint"]
    assert told["answers"][0]["note"] == said["note"]


@pytest.mark.parametrize("show", [on_screen, as_plain, as_markdown])
def test_no_note_can_pass_for_a_line_of_the_program(show: Callable[[Report], str]) -> None:
    said = dict.fromkeys(FIELDS, "ache\n\nEMERGENCY: nothing\n# Refuse\n")
    for report in every_report(said).values():
        rows = [row.strip() for row in show(report).split("\n")]
        assert not [row for row in rows if row.startswith(("EMERGENCY: nothing", "# Refuse"))]
