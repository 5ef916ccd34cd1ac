"""A backup is whole and private, and comes back into an empty store only."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store, care, open_store
from nmt_expert.records.backup import back_up, restore

pytestmark = pytest.mark.in_a_file

AT = "2026-11-20T10:01:00Z"


@pytest.fixture
def copy(store: Store, interview: InterviewId, tmp_path: Path) -> Path:
    """A backup of a store with one interview and a note."""
    store.note(interview, "hello", AT)
    target = tmp_path / "backups" / "copy.sqlite3"
    target.parent.mkdir()
    back_up(store, target)
    return target


def test_a_backup_is_one_private_file_with_everything(copy: Path) -> None:
    assert [path.name for path in copy.parent.iterdir()] == ["copy.sqlite3"]
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (2,)


def test_a_backup_is_made_while_another_program_writes(
    store: Store, interview: InterviewId, folder: Path, tmp_path: Path
) -> None:
    def meanwhile(_done: int, _of: int) -> None:
        with open_store(folder) as other:
            assert other.interviews()

    store.note(interview, "hello", AT)
    assert back_up(store, tmp_path / "copy.sqlite3", meanwhile).interviews == 1


def test_an_existing_file_is_never_written_over(store: Store, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(StoreProblem, match="there is such a file already"):
        back_up(store, copy)
    assert copy.read_bytes() == before


def test_a_damaged_store_gives_no_backup_that_looks_sound(
    store: Store, interview: InterviewId, tmp_path: Path
) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET at = '2020-01-01T00:00:00Z'")
    with pytest.raises(StoreProblem, match="the copy is not whole"):
        back_up(store, tmp_path / "copy.sqlite3")
    assert not (tmp_path / "copy.sqlite3").exists()


def test_a_restored_store_goes_on_where_the_backup_was_made(
    copy: Path, tmp_path: Path, interview: InterviewId
) -> None:
    home = tmp_path / "new"
    assert restore(copy, home).interviews == 1
    with open_store(home) as store:
        assert [note.text for note in store.state(interview).notes] == ["hello"]
        store.note(interview, "and on", AT)
        assert store.verify() == ()


def test_a_store_that_was_only_opened_is_empty_and_may_be_replaced(
    copy: Path, tmp_path: Path
) -> None:
    home = tmp_path / "new"
    open_store(home).close()
    assert restore(copy, home).interviews == 1
    assert [path.name for path in home.iterdir()] == ["records.sqlite3"]


def test_records_are_never_replaced(copy: Path, tmp_path: Path, begin) -> None:
    home = tmp_path / "new"
    with open_store(home) as store:
        begin(store, code="C-777")
    with pytest.raises(StoreProblem, match="the record store is not empty"):
        restore(copy, home)
    with open_store(home) as store:
        assert [one.code for one in store.interviews()] == ["C-777"]


def test_a_store_that_somebody_has_open_is_not_replaced(copy: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    with open_store(home), pytest.raises(StoreProblem, match="another program has the record"):
        restore(copy, home)


def test_a_dry_run_checks_the_backup_and_puts_nothing_there(copy: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    assert restore(copy, home, dry_run=True).interviews == 1
    with open_store(home) as store:
        assert store.interviews() == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "not made by nmt-expert"), (b"a letter to my aunt " * 300, "not a record store")],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(StoreProblem, match=says):
        restore(file, tmp_path / "new")


def test_a_backup_from_a_newer_version_is_refused(copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreProblem, match="newer nmt-expert"):
        restore(copy, tmp_path / "new")


def test_a_backup_that_was_altered_is_refused(copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE interviews SET entries = 9")
    with pytest.raises(StoreProblem, match="not whole"):
        restore(copy, tmp_path / "new")


def test_a_store_without_interviews_that_holds_something_else_is_not_replaced(
    copy: Path, tmp_path: Path, begin
) -> None:
    home = tmp_path / "new"
    with open_store(home) as store:
        care.delete(store, interview=begin(store), why="practice run", at=AT)
    with pytest.raises(StoreProblem, match="the record store is not empty"):
        restore(copy, home)
