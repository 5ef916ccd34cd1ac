"""A record to leaf through: from a result to its answers, from an answer to all that it caused."""

import time
from dataclasses import replace

import pytest

from nmt_expert.assessment.behind import answers_behind
from nmt_expert.assessment.caused import caused_by
from nmt_expert.reports import as_plain
from nmt_expert.reports.reviews import book_report
from nmt_expert.reports.trace_book import ANSWERS, START, TraceBook
from nmt_expert.review.queue import Review
from nmt_expert.review.remarks import Remark

POINT = "conclusion:active_trigger_point:upper_trapezius:right"
FLAG = "flag:habit_holding_still"


@pytest.fixture
def book(desk_worker: Review, kb) -> TraceBook:
    return TraceBook(desk_worker, kb)


def texts(book: TraceBook, page: str) -> list[str]:
    return [spot.text for spot in book.page(page).spots]


def test_the_first_page_lists_every_result_with_the_persons_own_view_beside_it(book: TraceBook):
    told = "\n".join(texts(book, START))
    assert "Leading factor: Ischemia (the person) | Trigger points (the program)" in told
    assert "1. ROUTINE: Hours in one position" in told
    assert "Active trigger point: Upper trapezius, right: strong" in told
    assert [s.about for s in book.page(START).spots if s.about] == [s.key for s in book.results]


def test_every_line_leads_to_a_page_that_is_there(book: TraceBook):
    pages = [*book.pages(), book.page(ANSWERS)]
    led = {spot.leads for page in pages for spot in page.spots if spot.leads}
    assert led <= {page.id for page in pages}


def test_a_result_leads_to_its_firings_and_those_to_the_answers(book: TraceBook):
    page = book.page(f"tree:{POINT}")
    assert any(spot.text.endswith("Taut band: Upper trapezius, right - present")
               and spot.leads.startswith("a") for spot in page.spots)  # fmt: skip


def test_firings_stand_in_order_and_each_leads_to_the_next(book: TraceBook):
    first, last = book.page("f1"), book.page(f"f{len(book.review.assessment.firings)}")
    assert (first.before, first.after) == ("", "f2")
    assert last.after == ""


def test_a_firing_tells_rule_reason_limits_standing_and_sources(book: TraceBook):
    told = texts(book, "f1")
    starts = ("Met: ", "Drew: ", "Because: ", "Limits: ", "Standing: draft", "Source: ")
    assert all(any(line.startswith(start) for line in told) for start in starts)


def test_an_answer_leads_to_everything_it_caused(book: TraceBook, desk_worker: Review):
    taut = next(one for one in desk_worker.assessment.inputs if one.finding == "taut_band")
    caused = caused_by(desk_worker.assessment, taut.id)
    told = texts(book, taut.id)
    assert any(line.startswith("Led to: Active trigger point: Upper trapezius") for line in told)
    assert any(line.startswith("Led to: Upper trapezius, right:") for line in told)  # by its band
    assert len([line for line in told if not line.startswith("Led to")]) == len(caused)


def test_forwards_and_backwards_the_trace_says_the_same(desk_worker: Review):
    result = desk_worker.assessment
    for given in result.inputs:
        behind = {f.n for f in result.firings if given in answers_behind(result, [f.n])}
        assert set(caused_by(result, given.id)) == behind


def test_an_answer_that_no_rule_used_says_so(book: TraceBook, desk_worker: Review):
    idle = next(x for x in desk_worker.assessment.inputs if x.finding == "bilateral_leg_pain_new")
    assert texts(book, idle.id) == ["Nothing: no rule that fired rests on it."]


def test_a_verdict_stands_beside_the_result_and_the_flag_stays(reviewed, kb):
    said = Remark(about=FLAG, verdict="override", reason="known_and_followed", words="GP knows")
    book = TraceBook(reviewed(said), kb)
    told = next(line for line in texts(book, START) if "Hours in one position" in line)
    assert told.endswith("[overridden: Known already, and followed by a physician]")
    assert "ROUTINE" in told
    assert "Ruth Example, 2026-11-20: overridden: GP knows" in texts(book, f"about:{FLAG}")


def test_what_a_reviewer_missed_is_on_the_first_page(reviewed, kb):
    missed = Remark(about="flag:cauda_equina", verdict="override", reason="rule_too_narrow",
                    words="numb when wiping", instead="emergency")  # fmt: skip
    told = texts(TraceBook(reviewed(missed), kb), START)
    assert any(line.startswith("Not drawn: ") and "numb when wiping" in line for line in told)


def test_the_text_holds_every_page(book: TraceBook):
    printed = as_plain(book_report(book), 10_000)
    for page in book.pages():
        if page.id.startswith("about:"):
            continue  # its tree is printed, which says all of it
        assert page.title in printed
        assert all(spot.text in printed for spot in page.spots)


def test_a_whole_trace_is_ready_within_half_a_second(desk_worker: Review, kb):
    begun = time.process_time()
    assert len(list(TraceBook(desk_worker, kb).pages())) > 200
    assert time.process_time() - begun < 0.5


def test_a_rule_that_is_gone_since_is_still_told_as_it_was(desk_worker: Review, kb):
    fewer = {name: rule for name, rule in kb.rules.items() if "active_core" not in name}
    later = replace(kb, rules=fewer)
    told = as_plain(book_report(TraceBook(desk_worker, later)))
    assert "Tender spot inside a band, and the client recognises the pain." in told
