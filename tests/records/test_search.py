"""Interviews are found by what was told, noted, found or concluded."""

import pytest

from nmt_expert.model.case import Answer, Client, Complaint, ComplaintSite, Treated
from nmt_expert.records import InterviewId, Store, care

AT = "2026-11-20T10:01:00Z"


@pytest.fixture
def told(store: Store) -> InterviewId:
    client = Client(code="C-001", occupation="Typist")
    interview = store.start(client, quick=False, kb_version="1", kb_sha256="1", at=AT)
    found = Answer(finding="taut_band", site="upper_trapezius", note="like a ROPE")
    absent = Answer(finding="saddle_numbness", value="absent")
    complaint = Complaint(text="Kopfweh über dem Ohr", sites=(ComplaintSite(site="temple"),))
    store.append(interview, [found, absent], prompt="p", at=AT, complaint=complaint)
    store.note(interview, "came with her daughter", AT)
    return interview


@pytest.mark.parametrize(
    "words",
    [
        ["c-001"],
        ["2026-11-20"],
        ["typist"],
        ["kopfweh", "ÜBER"],
        ["temple"],
        ["upper trapezius"],
        ["upper_trapezius", "taut"],
        ["rope"],
        ["daughter"],
    ],
)
def test_whatever_was_told_or_found_finds_the_interview(
    store: Store, told: InterviewId, words: list[str]
) -> None:
    assert [one.id for one in care.find(store, words)] == [told]


@pytest.mark.parametrize("words", [["headache"], ["rope", "headache"], ["saddle"], ["%"]])
def test_what_was_not_said_or_was_absent_finds_nothing(
    store: Store, told: InterviewId, words: list[str]
) -> None:
    assert care.find(store, words) == ()


def test_what_is_told_after_a_search_is_found_by_the_next_one(
    store: Store, told: InterviewId
) -> None:
    assert care.find(store, ["sewing"]) == ()
    store.note(told, "sewing all day", AT)
    assert [one.id for one in care.find(store, ["sewing"])] == [told]


def test_a_finished_interview_is_found_by_what_was_done_after_it(
    store: Store, told: InterviewId, assess
) -> None:
    store.finish(told, assess(store.state(told).case), AT)
    store.treat(told, [Treated(site="masseter", technique="stripping")], AT)
    assert [one.id for one in care.find(store, ["masseter", "stripping"])] == [told]


def test_interviews_that_were_never_searched_are_read_and_that_is_told(store: Store, begin) -> None:
    for _ in range(3):
        begin(store)
    heard: list[tuple[int, int]] = []
    assert len(care.find(store, ["typist"], lambda done, of: heard.append((done, of)))) == 3
    assert heard == [(0, 3)]
    assert len(care.find(store, ["typist"], lambda done, of: heard.append((done, of)))) == 3
    assert len(heard) == 1
