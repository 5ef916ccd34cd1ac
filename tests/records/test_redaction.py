"""Words are struck out for good, the answers stay, and the record says that it was done."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.assessment import Assessment, Input
from nmt_expert.model.case import (
    Activity,
    Answer,
    Case,
    Client,
    Complaint,
    ComplaintSite,
    Earlier,
    Treated,
)
from nmt_expert.model.errors import StoreProblem
from nmt_expert.model.visit import Impression
from nmt_expert.records import InterviewId, Store, care
from nmt_expert.records.frozen import unpack
from tests.records.conftest import Opens

AT = "2026-11-2{}T10:00:00Z"
MARKER = "Jane Doe"
Assess = Callable[[Case], Assessment]
EMPTY = "UPDATE journal SET salt='', content='null', prior=NULL, why=NULL, by=NULL"


@pytest.fixture
def told(store: Store, assess: Assess) -> InterviewId:
    """A finished interview with a name in every place where words can be typed."""
    client = Client(code="C-001", occupation=f"{MARKER} sews")
    interview = store.start(client, quick=False, kb_version="1", kb_sha256="1", at=AT.format(0))
    noted = Answer(finding="taut_band", site="neck", note=f"{MARKER} winced")
    complaint = Complaint(text=f"{MARKER}'s head", sites=(ComplaintSite(site="temple"),))
    scored = (Activity(activity=f"{MARKER} knits", score=3), Activity(activity="reads", score=4))
    at = AT.format(0)
    store.append(
        interview, [noted], prompt="p", at=at, by="J.", complaint=complaint, activities=scored
    )
    store.correct(
        interview, [noted], prompt="p", why=f"{MARKER} said so", at=at, complaint=complaint,
        activities=scored,
    )  # fmt: skip
    store.note(interview, f"{MARKER} came late", at)
    store.think(interview, Impression(factor="ischemia", words=f"{MARKER} sits"), at)
    store.finish(interview, with_inputs(assess(store.state(interview).case)), at)
    place = Treated(site="neck", technique="stretch", note=f"{MARKER} relaxed")
    store.treat(interview, [place], at)
    return interview


def with_inputs(assessment: Assessment) -> Assessment:
    noted = [answer for answer in assessment.case.answers if answer.note]
    used = tuple(
        Input(
            id=one.finding, finding=one.finding, site=one.site, side=None, value="present",
            sure="sure", note=one.note, question="q", parked=False,
        )
        for one in noted
    )  # fmt: skip
    return assessment.model_copy(update={"inputs": used})


def next_visit(store: Store, told: InterviewId, assess: Assess) -> InterviewId:
    """A later visit that repeats what was told at the first."""
    kept, at = store.state(told), AT.format(7)
    earlier = Earlier(
        date="2026-11-20", answers=kept.answers, activities=kept.activities, treated=kept.treated
    )
    later = store.start(
        Client(code="C-001"), quick=False, kb_version="1", kb_sha256="1", at=at, earlier=[earlier]
    )
    store.note(later, "sleeps well", at)
    store.finish(later, assess(store.state(later).case), at)
    return later


def everything_in(folder: Path) -> bytes:
    """Every byte of the store and its companions, and what is packed in it."""
    raw = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection:
        packed = [unpack(row[0]) for row in connection.execute("SELECT packed FROM assessments")]
    return raw + "".join(packed).encode()


def test_no_typed_word_is_left_anywhere_and_the_record_is_whole(
    store: Store, folder: Path, told: InterviewId, assess: Assess
) -> None:
    later = next_visit(store, told, assess)
    assert MARKER.encode() in everything_in(folder)
    taken = care.redact(store, told, why="the client asked", at=AT.format(8), by="J.")
    assert {one.interview for one in taken} == {told, later}
    assert MARKER.encode() not in everything_in(folder)
    assert store.verify() == ()
    assert care.find(store, ["jane"]) == ()


def test_the_answers_the_scores_and_the_result_stay(store: Store, told: InterviewId) -> None:
    before = store.state(told)
    care.redact(store, told, why="the client asked", at=AT.format(8))
    kept = store.state(told)
    assert [a.finding for a in kept.answers] == [a.finding for a in before.answers]
    assert [one.score for one in kept.activities] == [3, 4]
    assert kept.complaint.sites == before.complaint.sites
    assert kept.impression.factor == "ischemia"
    assert kept.treated[0].technique == "stretch"
    assert store.assessment(told).case.answers[0].finding == "taut_band"


def test_each_word_gets_a_mark_of_its_own(store: Store, told: InterviewId) -> None:
    care.redact(store, told, why="the client asked", at=AT.format(8))
    marks = [one.activity for one in store.state(told).activities]
    assert len(set(marks)) == 2
    assert all(re.fullmatch(r"\[redacted \d+\]", mark) for mark in marks)


def test_the_journal_says_who_redacted_what_when_and_why(store: Store, told: InterviewId) -> None:
    care.redact(store, told, why="the client asked", at=AT.format(8), by="J.")
    last = store.journal(told)[-1]
    assert (last.what, last.by, last.why, last.at) == (
        "redacted",
        "J.",
        "the client asked",
        AT.format(8),
    )
    assert last.content is not None
    assert [one["n"] for one in last.content["entries"]] == [1, 2, 3, 4, 5, 7]


def test_one_entry_can_be_redacted_and_what_it_said_goes_everywhere(
    store: Store, folder: Path, told: InterviewId
) -> None:
    taken = care.redact(store, told, [4], why="a name was typed", at=AT.format(8))
    assert [(one.entries, one.assessment) for one in taken] == [((4,), False)]
    assert f"{MARKER} came late".encode() not in everything_in(folder)
    assert f"{MARKER} winced".encode() in everything_in(folder)
    assert store.state(told).client.occupation == f"{MARKER} sews"


def test_other_words_of_a_later_visit_stay(store: Store, told: InterviewId, assess: Assess) -> None:
    later = next_visit(store, told, assess)
    care.redact(store, told, why="the client asked", at=AT.format(8))
    assert [note.text for note in store.state(later).notes] == ["sleeps well"]


def test_a_second_redaction_keeps_what_the_first_one_left(store: Store, told: InterviewId) -> None:
    care.redact(store, told, [4], why="a name", at=AT.format(8), by="J.")
    care.redact(store, told, why="the rest too", at=AT.format(9), by="K.")
    assert store.verify() == ()
    assert [note.text for note in store.state(told).notes] == ["[redacted 1]"]
    reasons = [(one.by, one.why) for one in store.journal(told) if one.what == "redacted"]
    assert reasons == [("J.", "a name"), ("K.", "the rest too")]
    with pytest.raises(StoreProblem, match="nothing was typed there"):
        care.redact(store, told, why="again", at=AT.format(9))


def test_looking_first_changes_nothing(store: Store, told: InterviewId) -> None:
    entries = store.journal(told)
    assert care.would_redact(store, told)[0].assessment
    assert store.journal(told) == entries


@pytest.mark.parametrize(("entries", "says"), [([99], "it has no entry 99"), ([6], "nothing was")])
def test_what_is_not_there_cannot_be_redacted(
    store: Store, told: InterviewId, entries: list[int], says: str
) -> None:
    with pytest.raises(StoreProblem, match=says):
        care.redact(store, told, entries, why="asked", at=AT.format(8))


def test_a_redaction_without_a_reason_is_refused(store: Store, told: InterviewId) -> None:
    with pytest.raises(StoreProblem, match="no reason is given"):
        care.redact(store, told, why=" ", at=AT.format(8))


def test_an_interview_that_is_open_elsewhere_is_not_redacted(opens: Opens, begin) -> None:
    with opens() as first, opens() as second:
        interview = begin(first)
        first.note(interview, "hello", AT.format(0))
        with pytest.raises(StoreProblem, match="open in another window"):
            care.redact(second, interview, why="asked", at=AT.format(0))


def test_an_entry_that_was_emptied_in_silence_is_a_break(
    opens: Opens, store: Store, told: InterviewId
) -> None:
    opens.tamper(f"{EMPTY} WHERE n = 4")
    assert [(one.n, one.says) for one in store.verify()] == [
        (4, "what was said, by whom or why was altered")
    ]


def test_the_database_lets_only_named_entries_be_emptied(store: Store, told: InterviewId) -> None:
    def run(sql: str) -> None:
        with store.database.write() as connection:
            connection.exec_driver_sql(sql)

    with pytest.raises(StoreProblem, match="append-only"):
        run(f"{EMPTY} WHERE n = 4")
    run(f"INSERT INTO erasures (interview_id, n) VALUES ('{told}', 4)")
    with pytest.raises(StoreProblem, match="append-only"):
        run("UPDATE journal SET content = '{}' WHERE n = 4")
    run(f"{EMPTY} WHERE n = 4")
