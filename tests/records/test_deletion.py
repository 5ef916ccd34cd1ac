"""A deleted record is gone to the last byte; that it was deleted, and why, stays."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store, care, open_store
from tests.records.conftest import Opens

AT = "2026-11-20T10:01:00Z"


def noted(store: Store, interview: InterviewId, text: str) -> InterviewId:
    answers = [Answer(finding="taut_band", note=text)]
    store.append(interview, answers, prompt="p", at=AT)
    return interview


def test_a_client_goes_with_every_interview_and_the_others_stay(
    store: Store, folder: Path, begin, assess
) -> None:
    mine = noted(store, begin(store), "marker one")
    store.finish(mine, assess(Case()), AT)
    noted(store, begin(store, at="2026-11-27T10:00:00Z"), "marker two")
    other = noted(store, begin(store, code="C-002"), "somebody else")
    gone = care.delete(store, code="C-001", why="asked", at=AT, by="J.").gone
    assert {one.id for one in gone} == {"2026-11-20-1", "2026-11-27-1"}
    assert [one.id for one in store.interviews()] == [other]
    bytes_left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"marker" not in bytes_left
    assert b"C-001" not in bytes_left
    assert store.verify() == ()


def test_that_it_was_deleted_by_whom_when_and_why_stays(store: Store, begin) -> None:
    interview = noted(store, begin(store), "hello")
    care.delete(store, interview=interview, why="practice run", at=AT, by="J.")
    with store.database.read() as connection:
        query = "SELECT interview_id, at, by, why, entries FROM deletions"
        (row,) = connection.exec_driver_sql(query).all()
        assert row == (interview, AT, "J.", "practice run", 2)
    with (
        pytest.raises(StoreProblem, match="append-only"),
        store.database.write() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM deletions")


def test_one_interview_goes_and_its_words_go_from_later_visits(store: Store, begin) -> None:
    first = noted(store, begin(store), "marker")
    second = noted(store, begin(store, at="2026-11-27T10:00:00Z"), "marker")
    assert [one.interview for one in care.would_delete(store, interview=first).copies] == [second]
    care.delete(store, interview=first, why="asked", at=AT)
    assert [one.id for one in store.interviews()] == [second]
    assert store.state(second).answers[0].note == "[redacted 2]"
    assert store.verify() == ()


def test_an_id_that_was_deleted_is_never_given_again(store: Store, begin) -> None:
    care.delete(store, interview=begin(store), why="asked", at=AT)
    assert begin(store) == "2026-11-20-2"


def test_looking_first_deletes_nothing(store: Store, begin) -> None:
    interview = begin(store)
    assert care.would_delete(store, code="C-001").gone[0].id == interview
    assert [one.id for one in store.interviews()] == [interview]


def test_a_client_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(StoreProblem, match="there is no such client"):
        care.delete(store, code="C-009", why="asked", at=AT)


def test_an_interview_that_is_open_elsewhere_is_not_deleted(opens: Opens, begin) -> None:
    with opens() as first, opens() as second:
        begin(first)
        with pytest.raises(StoreProblem, match="open in another window"):
            care.delete(second, code="C-001", why="asked", at=AT)
        assert len(second.interviews()) == 1


def test_when_somebody_still_reads_old_bytes_that_is_said(folder: Path, begin) -> None:
    with open_store(folder, wait=0.1) as store:
        interview = noted(store, begin(store), "marker")
        with closing(sqlite3.connect(store.file)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM journal").fetchone()
            with pytest.raises(StoreProblem, match="another program has the store open"):
                care.delete(store, interview=interview, why="asked", at=AT)
        assert store.interviews() == ()
