"""What supervisors say of attempts: kept in a chain, locked by a signature, beside no client."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.errors import StoreProblem
from nmt_expert.practice.events import Committed, Planned
from nmt_expert.records import Store, open_store
from nmt_expert.records.practised import PracticeBook
from nmt_expert.review.remarks import Remark
from tests.records.handed import MISSED, handed

AT = "2026-11-20T11:00:00Z"
AGREE = Remark(about="remark:referral", verdict="agree")
UNSURE = Remark(about="remark:referral", verdict="unsure", words="said aloud")
FIRST = Committed(ranking=("ischemia",), sure="unsure")


@pytest.fixture
def attempt(store: Store) -> str:
    book = PracticeBook(store.database, "S-01")
    number = book.begin("stiff-back", "ab12", AT)
    for n, event in enumerate((FIRST, Planned()), start=1):
        book.keep(number, n, event, AT)
    book.finish(number, handed("unsafe", MISSED), AT)
    return f"attempt-{number}"


def sign(store: Store, attempt: str) -> None:
    store.attempts.sign(attempt, name="Ruth Example", qualification="Supervisor", at=AT)


def altered(folder: Path, table: str, change: str) -> None:
    """Change a row behind the back of the store, past its guards."""
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection:
        for kind in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{kind}")
        connection.execute(f"UPDATE {table} SET {change}")
        connection.commit()


def test_a_supervisor_sees_the_attempts_of_every_student(store: Store, attempt: str) -> None:
    other = PracticeBook(store.database, "S-02")
    other.finish(other.begin("stiff-back", "ab12", AT), handed("acceptable"), AT)
    assert [one.student for one in store.attempts.every()] == ["S-02", "S-01"]
    assert store.attempts.students() == ("S-01", "S-02")
    assert [one.of for one in store.attempts.remembered("S-01")] == [MISSED.of]


def test_an_attempt_comes_back_as_it_was_handed_in(store: Store, attempt: str) -> None:
    found = store.attempts.one(attempt)
    assert found.events == (FIRST, Planned())
    assert found.score.verdict == "unsafe"
    assert found.case.presentation == "A gardener of 50 with a stiff back."
    assert (found.impression.factor, found.impression.refer) == ("ischemia", "none")


def test_an_attempt_that_is_not_finished_is_nobodys_to_review(store: Store) -> None:
    number = PracticeBook(store.database, "S-01").begin("stiff-back", "ab12", AT)
    assert store.attempts.every() == ()
    for name in (f"attempt-{number}", "attempt-99", "attempt-x", "attempt-"):
        with pytest.raises(StoreProblem, match="handed in"):
            store.attempts.one(name)


def test_remarks_are_kept_and_the_newest_stands(store: Store, attempt: str) -> None:
    store.attempts.remark(attempt, AGREE, at=AT, by="Ruth Example")
    store.attempts.remark(attempt, UNSURE, at=AT, by="Second Reader")
    found = store.attempts.one(attempt)
    assert [(one.remark, one.by) for one in found.said] == [
        (AGREE, "Ruth Example"),
        (UNSURE, "Second Reader"),
    ]
    assert found.remarks == {"remark:referral": UNSURE}
    assert store.verify() == ()


def test_what_is_signed_is_locked_until_it_is_amended_with_a_reason(
    store: Store, attempt: str
) -> None:
    with pytest.raises(StoreProblem, match="not signed"):
        store.attempts.amend(attempt, name="Ruth Example", why="talked to her", at=AT)
    sign(store, attempt)
    for refused in (
        lambda: store.attempts.remark(attempt, AGREE, at=AT, by="Ruth Example"),
        lambda: sign(store, attempt),
        lambda: store.attempts.amend(attempt, name="Ruth Example", why=" ", at=AT),
    ):
        with pytest.raises(StoreProblem):
            refused()
    store.attempts.amend(attempt, name="Ruth Example", why="talked to her", at=AT)
    store.attempts.remark(attempt, AGREE, at=AT, by="Ruth Example")
    sign(store, attempt)
    found = store.attempts.one(attempt)
    assert (len(found.signed), found.amended[0].why, found.state) == (2, "talked to her", "signed")
    assert store.verify() == ()


@pytest.mark.parametrize(
    ("table", "change", "says"),
    [
        ("attempt_events", "content = replace(content, 'ischemia', 'posture')", "a step"),
        ("attempts", "verdict = 'acceptable'", "how it ended"),
        ("attempts", "student = 'S-02'", "a step, or how it ended"),
        ("attempt_results", "packed = CAST(x'01' || substr(packed, 2) AS BLOB)", "not what was"),
        ("attempt_journal", "content = replace(content, 'agree', 'unsure')", "was altered"),
        ("attempt_journal", "by = 'Somebody Else'", "by whom"),
        ("attempts", "entries = 1", "not the last one"),
    ],
)
def test_one_changed_byte_is_found(
    folder: Path, store: Store, attempt: str, table: str, change: str, says: str
) -> None:
    store.attempts.remark(attempt, AGREE, at=AT, by="Ruth Example")
    sign(store, attempt)
    assert store.verify() == ()
    store.close()
    altered(folder, table, change)
    with open_store(folder) as again:
        found = again.verify()
    assert found
    assert {one.interview for one in found} == {attempt}
    assert any(says in one.says for one in found)


def test_what_is_taken_out_of_the_end_is_found(folder: Path, store: Store, attempt: str) -> None:
    sign(store, attempt)
    store.close()
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection:
        connection.execute("DROP TRIGGER attempt_journal_no_delete")
        connection.execute("DELETE FROM attempt_journal WHERE n = 2")
        connection.commit()
    with open_store(folder) as again:
        assert any("not the last one" in one.says for one in again.verify())


@pytest.mark.in_a_file
def test_practice_and_clients_share_no_row(store: Store, attempt: str) -> None:
    sign(store, attempt)
    assert store.reviews.every() == ()
    assert store.interviews() == ()
    query = 'SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
    with store.database.read() as connection:
        links = connection.exec_driver_sql(query).all()
    practised = {"attempts", "attempt_events", "attempt_results", "attempt_journal", "lessons"}
    assert any(name in practised for name, _ in links)
    assert all((name in practised) == (to in practised) for name, to in links)
