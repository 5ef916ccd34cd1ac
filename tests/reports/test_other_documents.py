"""What is written for other readers: the client, a doctor, a file of notes, a table program."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case, read_case_text
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Case, Client
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import Report, as_markdown, as_plain
from nmt_expert.reports.client_copy import client_copy, left_out
from nmt_expert.reports.findings_csv import COLUMNS, as_csv
from nmt_expert.reports.letter import letter
from nmt_expert.reports.one_line import one_line
from nmt_expert.reports.soap import soap_note
from nmt_expert.reports.view import View
from tests.reports import sample

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
SECOND_VISIT = ROOT / "tests/cases/outcomes/pain-and-activities-both-better.yml"
UNSAFE_AT_HOME = """\
schema: nmt.case/1
id: unsafe
complaint: {text: Neck ache, sites: [{site: neck_posterior, side: right}]}
answers:
  - {finding: unsafe_at_home}
  - {finding: danger_at_home_now}
"""


FEVER = """\
schema: nmt.case/1
answers:
  - {finding: fever_or_chills}
"""


def told(report: Report) -> str:
    return as_plain(report, width=500)


def section(report: Report, title: str) -> str:
    """The text of one section; empty when the report has none of that title."""
    found = tuple(one for one in report.sections if one.title == title)
    return as_plain(Report(report.headline, found), width=500) if found else ""


@pytest.fixture(scope="module")
def desk_worker(kb: KnowledgeBase, engine: Engine) -> View:
    case = read_case(EXAMPLES / "desk-worker-headache.yml", kb)
    return View(assess(case, kb, engine), kb, "sentence", "GB")


@pytest.fixture(scope="module")
def saddle(kb: KnowledgeBase, engine: Engine) -> View:
    case = read_case(EXAMPLES / "gardener-saddle-numbness.yml", kb)
    return View(assess(case, kb, engine), kb, "sentence", "GB")


@pytest.fixture(scope="module")
def unsafe(kb: KnowledgeBase, engine: Engine) -> View:
    case = read_case_text(UNSAFE_AT_HOME, "unsafe.yml", kb)
    return View(assess(case, kb, engine), kb, "sentence", "GB")


def test_a_client_in_an_emergency_reads_first_whom_to_call(saddle: View) -> None:
    copy = client_copy(saddle)
    assert copy.headline.text.startswith("Get help now. Call 999")
    assert "Where to go: emergency department with MRI" in section(copy, "Please see")


def test_a_client_who_must_be_seen_first_is_told_that_treatment_waits(saddle: View) -> None:
    copy = client_copy(saddle)
    told_ = "No muscle treatment until this has been looked at."
    assert told_ in section(copy, "Your treatment")
    assert section(copy, "What you can do") == ""
    assert section(copy, "Body chart") == ""


def test_a_client_with_a_fever_reads_when_to_come_back(kb: KnowledgeBase, engine: Engine) -> None:
    case = read_case_text(FEVER, "fever.yml", kb)
    copy = client_copy(View(assess(case, kb, engine), kb))
    assert "rebook when well" in section(copy, "Your treatment")


def test_a_client_with_an_ordinary_ache_reads_where_we_work_and_what_to_do(
    desk_worker: View,
) -> None:
    copy = client_copy(desk_worker)
    assert "has to be seen by a doctor first" in copy.headline.text
    assert "Upper trapezius, right" in section(copy, "Your treatment")
    assert "stretch the upper trapezius yourself" in section(copy, "What you can do")


def test_a_clients_copy_has_none_of_the_clinical_trace(
    desk_worker: View, saddle: View, kb: KnowledgeBase
) -> None:
    for view in (desk_worker, saddle):
        text = told(client_copy(view))
        assert "unreviewed" not in text
        assert "Because" not in text
        assert "Lacks" not in text
        assert not [rule for rule in kb.rules if rule in text]
        assert not [one.label for one in kb.factors.values() if one.label in text]


def test_only_advice_that_is_meant_for_a_client_stands_on_the_copy(desk_worker: View) -> None:
    given_ = {one.advice for one in desk_worker.assessment.advice}
    assert "reassess" in given_
    assert "scores of up to five activities" not in told(client_copy(desk_worker))


def test_a_client_knows_the_signs_to_get_help_for(desk_worker: View) -> None:
    watch = section(client_copy(desk_worker), "Get help at once")
    assert "Call 999 if one of these is new" in watch
    assert "when wiping" in watch


def test_what_was_said_in_private_is_not_on_paper_that_others_may_read(unsafe: View) -> None:
    assert unsafe.assessment.referrals
    text = told(client_copy(unsafe))
    for word in ("home", "abuse", "safe", "police", "private"):
        assert word not in text.casefold()


def test_the_therapist_is_told_what_the_copy_leaves_out(unsafe: View, saddle: View) -> None:
    assert left_out(unsafe)
    assert left_out(saddle) == ()


def test_with_something_private_to_see_to_nobody_is_told_that_nothing_is(unsafe: View) -> None:
    assert "Nothing" not in client_copy(unsafe).headline.text


def test_a_letter_says_to_whom_why_what_was_found_and_what_was_not_examined(saddle: View) -> None:
    written = letter(saddle)
    assert "emergency department with MRI (emergency)" in section(written, "To")
    assert "Rests on: Saddle numbness - present" in section(written, "Why")
    assert "Taut band: Quadratus lumborum, left" in section(written, "What else was found")
    assert "Saddle numbness" not in section(written, "What else was found")
    assert "Not known: New bladder change" in section(written, "What was not examined")
    assert "red flags not cleared" in section(written, "What was not examined")


def test_without_a_referral_a_letter_has_no_addressee() -> None:
    view = View(sample.assessment(), sample.knowledge_base())
    assert "no addressee" in section(letter(view), "To")


def test_a_letter_in_markdown_begins_with_what_it_is(saddle: View) -> None:
    assert as_markdown(letter(saddle)).startswith("# Referral letter, 20 November 2026\n")


def test_a_note_keeps_what_was_told_and_what_was_found_apart(desk_worker: View) -> None:
    note = soap_note(desk_worker)
    subjective, objective = note.sections[0].title, note.sections[1].title
    assert "Pain: Temple, right - present" in section(note, subjective)
    assert "Taut band" not in section(note, subjective)
    assert "Taut band: Upper trapezius, right - present" in section(note, objective)


def test_a_note_says_what_was_unremarkable_in_one_line(desk_worker: View) -> None:
    note = soap_note(desk_worker)
    lines = section(note, note.sections[0].title).splitlines()
    unremarkable = [line for line in lines if line.startswith("Unremarkable: ")]
    assert len(unremarkable) == 1
    assert "Saddle numbness - absent" in told(note)


def test_a_note_ends_in_the_plan_in_treatment_order(desk_worker: View) -> None:
    plan = section(soap_note(desk_worker), "P: plan")
    assert plan.index("1. Pectoralis minor") < plan.index("2. Upper trapezius")
    assert "- Missing" not in told(soap_note(desk_worker))


def test_a_score_over_the_visits_is_a_bar_for_each_day(kb: KnowledgeBase, engine: Engine) -> None:
    view = View(assess(read_case(SECOND_VISIT, kb), kb, engine), kb)
    note = told(soap_note(view))
    assert "Pain 0 to 10, lower is better" in note
    assert "==============...... 7 on 1 November 2026" in note
    assert "========............ 4 on 20 November 2026" in note


def rows(assessment: Assessment, kb: KnowledgeBase) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv([assessment], kb))))


def test_a_table_has_a_row_for_each_answer_and_each_score(
    kb: KnowledgeBase, engine: Engine
) -> None:
    assessment = assess(read_case(SECOND_VISIT, kb), kb, engine)
    found = rows(assessment, kb)
    assert tuple(found[0]) == COLUMNS
    pain = [row for row in found if row["kind"] == "outcome" and row["id"] == "nprs"]
    assert [(row["visit"], row["date"], row["number"]) for row in pain] == [
        ("", "2026-11-01", "7"),
        ("4", "2026-11-20", "4"),
    ]
    findings = [row for row in found if row["kind"] == "finding"]
    assert len(findings) == len([one for one in assessment.inputs if not one.parked])


@settings(max_examples=60, deadline=None)
@given(
    start=st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", " =", "\n@"]),
    text=st.text(max_size=40),
)
def test_no_cell_of_a_table_is_a_formula(start: str, text: str) -> None:
    note = start + text
    case = Case(id="sample", client=Client(code="C-1"))
    given_ = sample.given("a1", "taut_band", note=note)
    found = rows(sample.assessment(case=case, inputs=(given_,)), sample.knowledge_base())
    for row in found:
        assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert found[0]["note"].removeprefix("'") == one_line(note).removeprefix("'")
