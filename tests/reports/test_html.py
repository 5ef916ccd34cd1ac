"""The report as a page: sound, complete, safe, and the same document as everywhere else."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Activity, Case, Client, Complaint, ComplaintSite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.build import report_on
from nmt_expert.reports.client_copy import client_copy
from nmt_expert.reports.html import Sheet, as_html
from nmt_expert.reports.letter import letter
from nmt_expert.reports.one_line import one_line
from nmt_expert.reports.soap import soap_note
from nmt_expert.reports.trace_graph import trace_graph
from nmt_expert.reports.view import View
from tests.reports import sample
from tests.reports.every_document import lines
from tests.reports.hostile import HOSTILE
from tests.reports.html_page import HEADINGS, Element, Page

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
OUTCOME = Path(__file__).parent.parent / "cases/outcomes/pain-and-activities-both-better.yml"
CASES = {
    "desk worker": EXAMPLES / "desk-worker-headache.yml",
    "saddle numbness": EXAMPLES / "gardener-saddle-numbness.yml",
    "tingling": EXAMPLES / "cashier-night-tingling.yml",
    "second visit": OUTCOME,
}
WORDS = """
    html head meta title style body a nav p ul ol li main article header section h1 h2 h3 span
    strong details summary div table caption thead tbody tr th td figure figcaption
    svg desc defs pattern path text polyline line rect circle
    """
ELEMENTS = set(WORDS.split())
COLOUR = re.compile(r"--(\w+): (#[0-9a-f]{3,6})")


@pytest.fixture(scope="module")
def assessed(kb: KnowledgeBase, engine: Engine) -> dict[str, Assessment]:
    return {name: assess(read_case(path, kb), kb, engine) for name, path in CASES.items()}


@pytest.fixture(params=list(CASES))
def view(
    request: pytest.FixtureRequest, assessed: dict[str, Assessment], kb: KnowledgeBase
) -> View:
    return View(assessed[request.param], kb, "tree", "GB")


def sheets(view: View) -> Iterator[Sheet]:
    """Every document there is on one assessment."""
    yield Sheet(report_on(view), view.assessment.case.id)
    yield Sheet(report_on(view), view.assessment.case.id, trace_graph(view))
    for document in (client_copy(view), letter(view), soap_note(view)):
        yield Sheet(document, view.assessment.case.id)


def one(view: View) -> str:
    return as_html([Sheet(report_on(view), view.assessment.case.id)])


def small(**changed: object) -> View:
    return View(sample.assessment(**changed), sample.knowledge_base(), "tree", "GB")


def test_the_page_says_what_the_other_formats_say_and_nothing_else(view: View) -> None:
    page = Page(one(view))
    assert sorted(page.lines) == sorted(one_line(line.text) for line in lines(report_on(view)))


def test_a_page_is_sound_whatever_it_holds(view: View) -> None:
    for sheet in sheets(view):
        page = Page(as_html([sheet]))
        assert {element.tag for element in page.all} <= ELEMENTS
        assert len(page.ids) == len(set(page.ids))
        assert page.of("html")[0].attributes["lang"] == "en-GB"
        links = [str(link.attributes["href"]) for link in page.of("a")]
        assert {link for link in links if not link.startswith("#")} == set()
        assert {link[1:] for link in links} <= set(page.ids)


def test_nothing_is_fetched_run_or_styled_from_elsewhere(view: View) -> None:
    for sheet in sheets(view):
        for element in Page(as_html([sheet])).all:
            names = set(element.attributes)
            assert not names & {"src", "style", "srcset", "xlink:href", "action"}, element
            assert not [name for name in names if name.startswith("on")], element


def test_the_policy_allows_this_style_sheet_and_nothing_besides() -> None:
    page = Page(one(small()))
    policy = next(e for e in page.of("meta") if "http-equiv" in e.attributes)
    style = page.of("style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_headings_go_down_one_step_at_a_time_and_name_their_sections(view: View) -> None:
    for sheet in sheets(view):
        page = Page(as_html([sheet]))
        levels = [int(e.tag[1]) for e in page.all if e.tag in HEADINGS]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        for section in page.of("section"):
            assert section.attributes["aria-labelledby"] in page.ids


def test_a_keyboard_or_a_screen_reader_finds_the_parts_of_the_page(view: View) -> None:
    page = Page(one(view))
    assert len(page.of("main")) == len(page.of("nav")) == 1
    skip = page.of("a")[0]
    assert skip.text == "Skip to the report"
    for cell in page.of("th"):
        assert cell.attributes["scope"] in ("col", "row")
    for drawing in page.of("svg"):
        named = str(drawing.attributes["aria-labelledby"]).split()
        texts = [e.text for e in page.all if e.attributes.get("id") in named]
        assert drawing.attributes["role"] == "img"
        assert len(texts) == 2
        assert all(texts)


@pytest.mark.parametrize(("colour", "on"), [(c, "paper") for c in
    ("ink", "soft", "alarm", "caution", "good", "link")])  # fmt: skip
def test_text_stands_out_from_the_paper(colour: str, on: str) -> None:
    colours = dict(COLOUR.findall(Page(one(small())).of("style")[0].text))
    assert contrast(colours[colour], colours[on]) >= 4.5


def test_a_reason_is_folded_and_can_stand_open_for_paper() -> None:
    view = small()
    folded = Page(as_html([Sheet(report_on(view), view.assessment.case.id)]))
    unfolded = Page(as_html([Sheet(report_on(view), view.assessment.case.id)], unfolded=True))
    assert folded.of("details")
    assert not [e for e in folded.of("details") if "open" in e.attributes]
    assert all("open" in e.attributes for e in unfolded.of("details"))


def test_a_factor_has_its_word_beside_its_bar(view: View) -> None:
    page = Page(one(view))
    for bar in (e for e in page.of("span") if "bar" in e.classes):
        assert bar.attributes["aria-hidden"] == "true"
        full = len([step for step in bar.children if "full" in step.classes])
        words = ("not supported", "weak", "moderate", "strong")
        item = bar.parent
        assert item is not None
        told = next(e.text for e in item.children if e.classes & {"normal", "quiet"})
        assert f": {words[full]}" in told


def test_the_same_assessment_gives_the_same_page(view: View) -> None:
    first = [as_html([sheet]) for sheet in sheets(view)]
    assert first == [as_html([sheet]) for sheet in sheets(view)]
    assert all(page.endswith("</html>\n") for page in first)


def test_several_reports_share_a_page_without_sharing_an_id() -> None:
    reports = [Sheet(report_on(small()), name, trace_graph(small())) for name in ("a", "b")]
    page = Page(as_html(reports))
    assert [e.text for e in page.of("h1")] == ["Report: a", "Report: b"]
    assert len(page.ids) == len(set(page.ids))
    assert page.of("title")[0].text == "2 reports"


def test_a_course_names_its_first_and_its_last_day(
    assessed: dict[str, Assessment], kb: KnowledgeBase
) -> None:
    page = Page(one(View(assessed["second visit"], kb, "tree", "GB")))
    for drawing in (e for e in page.of("figure") if "course" in e.classes):
        days = [e.text for e in page.of("text") if "end" in e.classes and within(e, drawing)]
        assert days[-2:] == ["1 November 2026", "20 November 2026"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.tuples(*[HOSTILE] * 6))
def test_whatever_a_client_says_is_read_and_never_obeyed(texts: tuple[str, ...]) -> None:
    title, complaint, occupation, activity, note, sex = texts
    given_ = sample.given("a1", "taut_band", site="upper_trapezius", side="right", note=note)
    case = Case(
        id=title or "case",
        title=title,
        client=Client(code="C-1", occupation=occupation, sex=sex),
        complaint=Complaint(text=complaint, sites=(ComplaintSite(site="temple", side="right"),)),
        activities=(Activity(activity=f"x{activity}", score=3.0),),
    )
    view = small(case=case, inputs=(given_,))
    for sheet in sheets(view):
        page = Page(as_html([sheet]))
        assert {element.tag for element in page.all} <= ELEMENTS
        assert Counter(one_line(x.text) for x in lines(sheet.report)) <= Counter(page.lines)
    report = Page(one(view))
    assert sorted(report.lines) == sorted(one_line(line.text) for line in lines(report_on(view)))
    assert report.of("title")[0].text == one_line(f"Report: {title or 'case'}")


def test_the_trace_can_be_walked_from_a_conclusion_to_its_answers_and_back(view: View) -> None:
    page = Page(as_html([Sheet(report_on(view), view.assessment.case.id, trace_graph(view))]))
    steps = {str(e.attributes["id"])[3:]: e for e in page.of("li") if "id" in e.attributes}
    leads = {name: targets(page, step) for name, step in steps.items()}
    for name, step in leads.items():
        for target in step:
            assert name in leads[target], f"{name} leads to {target}, which does not lead back"
    for item in page.of("li"):
        links = [child.text for child in item.children if child.tag == "a"]
        assert "; ".join(links) in item.text
    conclusions = [name for name in steps if name.startswith("c")]
    for name in conclusions:
        assert reached(name, leads) & {step for step in steps if step.startswith("a")}
    assert len([name for name in steps if name[0] == "f"]) == len(view.assessment.firings)
    assert len([name for name in steps if name[0] == "a"]) == len(view.assessment.inputs)


def targets(page: Page, step: Element) -> set[str]:
    """The steps that one names."""
    inside = [link for link in page.of("a") if within(link, step)]
    return {str(link.attributes["href"])[4:] for link in inside}


def within(element: Element | None, ancestor: Element) -> bool:
    while element is not None and element is not ancestor:
        element = element.parent
    return element is not None


def reached(start: str, leads: dict[str, set[str]]) -> set[str]:
    found, open_ = set[str](), [start]
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            open_ += leads[name]
    return found


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
