"""A student's attempt in review: what the queue tells, what can be judged, what a reader finds."""

import pytest

from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import as_plain
from nmt_expert.reports.attempt_book import RESULTS, STEPS, AttemptBook
from nmt_expert.reports.books import book_of
from nmt_expert.reports.reviews import book_report, queue_report
from nmt_expert.reports.trace_book import START
from nmt_expert.review.attempts import AttemptReview
from nmt_expert.review.queue import Said, queue, waiting
from nmt_expert.review.remarks import Remark, checked
from nmt_expert.terminal.trace_board import TraceBoard

MISSED = "remark:red_flag"


@pytest.fixture
def book(attempted: AttemptReview, kb: KnowledgeBase) -> AttemptBook:
    return AttemptBook(attempted, kb)


def texts(book: AttemptBook, page: str) -> list[str]:
    return [spot.text for spot in book.page(page).spots]


def said(review: AttemptReview, *remarks: Remark, by: str = "Ruth Example") -> AttemptReview:
    at = "2026-11-20T11:00:00Z"
    made = tuple(Said(remark=one, by=by, at=at, n=n) for n, one in enumerate(remarks, 2))
    return review.model_copy(update={"said": review.said + made})


# The queue


def test_records_and_attempts_wait_in_one_queue_by_age(attempted, reviewed):
    record = reviewed(finished="2026-11-20T10:00:00Z")
    assert [one.id for one in queue([record, attempted])] == ["attempt-1", record.id]


def test_a_missed_flag_is_flagged_without_anybody_saying_so(attempted, reviewed):
    assert [one.id for one in queue([reviewed(), attempted], "flagged")] == ["attempt-1"]
    assert attempted.leads == "Unsafe, missed flag: gardener-stiff-back"


def test_the_queue_names_the_student_and_how_it_ended(attempted, reviewed):
    printed = as_plain(queue_report([*map(waiting, (attempted, reviewed()))], "2026-11-20"))
    assert "1 record, 1 attempt" in printed
    line = next(line for line in printed.splitlines() if line.startswith("attempt-1"))
    assert " ".join(line.split()) == (
        "attempt-1 S-01 1 day open Unsafe, missed flag: gardener-stiff-back"
    )


# What can be judged


def test_headings_and_remarks_can_be_judged_and_results_of_the_engine_cannot(attempted, kb):
    kinds = [one.key.partition(":")[0] for one in attempted.subjects]
    assert set(kinds) == {"heading", "remark"}
    assert kinds.count("heading") == 3
    assert len(kinds) - 3 == len(attempted.score.remarks)
    with pytest.raises(InputInvalid, match="Name one"):
        attempted.meant("flag:cauda_equina", kb)


def test_a_remark_is_meant_by_its_number_its_matter_or_its_key(attempted, kb):
    number = [one.key for one in attempted.subjects].index(MISSED) + 1
    assert {attempted.meant(text, kb).key for text in (MISSED, "red_flag", str(number))} == {MISSED}


def test_to_override_an_unsafe_remark_takes_a_reason_and_words(attempted, kb):
    subject = attempted.meant(MISSED, kb)
    bare = Remark(about=MISSED, verdict="override", reason="too_harsh")
    with pytest.raises(InputInvalid, match="words"):
        checked(bare, subject, kb)
    told = bare.model_copy(update={"words": "It was asked aloud", "instead": "questionable"})
    assert checked(told, subject, kb) == told


def test_a_remark_on_a_remark_takes_only_reasons_and_verdicts_of_its_kind(attempted, kb):
    subject = attempted.meant(MISSED, kb)
    wrong = Remark(about=MISSED, verdict="override", reason="too_urgent", words="no")
    with pytest.raises(InputInvalid, match="no reason that can be given"):
        checked(wrong, subject, kb)
    other = Remark(about=MISSED, verdict="override", reason="too_harsh", words="no", instead="soon")
    with pytest.raises(InputInvalid, match="acceptable, questionable, unsafe"):
        checked(other, subject, kb)


# The pages


def test_the_students_view_stands_beside_the_programs_and_the_authors(book):
    shown = "\n".join(texts(book, START))
    assert "The student ranks: Trigger points (sure)" in shown
    assert "program: " in shown
    assert "author:  EMERGENCY" in shown


def test_every_remark_of_the_score_is_on_the_first_page_below_its_heading(book, attempted):
    abouts = [spot.about for spot in book.page(START).spots if spot.about]
    assert abouts == [one.key for one in attempted.subjects]


def test_a_missed_flag_leads_to_the_rule_that_did_not_fire_as_it_was_that_day(book):
    spot = next(one for one in book.page(f"about:{MISSED}").spots if one.leads)
    assert spot.text.startswith("Rule, did not fire")
    page = book.page(spot.leads)
    assert any(one.text.startswith("Limits: ") for one in page.spots)
    assert any(one.about == MISSED for one in page.spots)


def test_the_steps_stand_in_the_order_they_were_done(book, unsafe_attempt):
    lines = texts(book, STEPS)
    assert len(lines) == len(unsafe_attempt.events)
    assert "Ranked: Trigger points (sure)" in lines[0]
    assert "Concluded: treats " in lines[-1]


def test_a_step_leads_to_its_answers_and_an_answer_to_what_it_caused(book):
    steps = [book.page(spot.leads) for spot in book.page(STEPS).spots]
    answers = [spot.leads for page in steps for spot in page.spots if spot.leads[:1] == "a"]
    leads = [one for one in answers if one[1:].isdigit()]
    assert leads
    assert all(book.page(one).title.endswith("everything it caused") for one in leads)


def test_every_line_leads_to_a_page_that_there_is(book):
    for page in book.pages():
        for spot in page.spots:
            assert not spot.leads or book.page(spot.leads).id == spot.leads


def test_a_verdict_stands_beside_the_remark(attempted, kb):
    remark = Remark(about=MISSED, verdict="override", reason="good_reason", words="Asked aloud",
                    instead="questionable")  # fmt: skip
    book = AttemptBook(said(attempted, remark), kb)
    line = next(one for one in texts(book, START) if "Missed red flag" in one)
    assert line.endswith("[overridden: The student had a good reason for it; instead questionable]")
    assert "Ruth Example, 2026-11-20: overridden: Asked aloud" in texts(book, f"about:{MISSED}")


def test_blind_nobody_elses_remarks_are_shown(attempted, kb):
    both = said(said(attempted, Remark(about=MISSED, verdict="agree")),
                Remark(about="heading:content", verdict="unsure"), by="Second Reader")  # fmt: skip
    assert set(both.as_seen_by("Second Reader").remarks) == {"heading:content"}
    assert both.as_seen_by("Third Reader").state == "open"


def test_as_text_it_says_what_the_pages_say(attempted, kb):
    printed = as_plain(book_report(book_of(attempted, kb)))
    for words in ("Step 1 of ", "Missed red flag", "Rule: ", "Firing 1 of"):
        assert words in printed


def test_every_page_fits_a_small_screen(book):
    for page in [book.page(START), book.page(STEPS), book.page(RESULTS), *book._own_pages()]:
        lines = TraceBoard(book, page.id).lines(79, 24)
        assert len(lines) == 24


def test_a_result_of_the_program_is_not_judged_with_the_attempt(attempted, desk_worker, kb):
    seen = attempted.model_copy(update={"assessment": desk_worker.assessment})
    board = TraceBoard(AttemptBook(seen, kb), RESULTS)
    board.press("down")
    assert board.spot.about.startswith("flag:")
    assert board.press("a") is None
    assert board.message == "Put the cursor on a heading or a remark first."
