"""A store that cannot be used gets a sentence: place, fault, consequence, remedy."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import open_store


def file_of(folder: Path) -> Path:
    with open_store(folder) as store:
        return store.file


def test_a_store_from_a_newer_version_is_refused_and_left_alone(folder: Path) -> None:
    file = file_of(folder)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    before = file.read_bytes()
    with pytest.raises(StoreProblem, match=r"newer nmt-expert .*0999.* Install the newer"):
        open_store(folder)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(folder: Path) -> None:
    file = file_of(folder)
    file.write_text("this is not a database, it is a letter to my aunt " * 100)
    before = file.read_bytes()
    with pytest.raises(StoreProblem, match="not a record store, or it is damaged"):
        open_store(folder)
    assert file.read_bytes() == before


def test_a_damaged_store_is_refused_with_a_sentence(folder: Path) -> None:
    file = file_of(folder)
    content = bytearray(file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    file.write_bytes(bytes(content))
    with pytest.raises(StoreProblem, match="damaged"):
        open_store(folder)


def test_the_database_of_another_program_is_refused_and_left_alone(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    file = folder / "records.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreProblem, match="not made by nmt-expert"):
        open_store(folder)


def test_a_folder_below_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreProblem, match=r"cannot be used .* --data"):
        open_store(tmp_path / "file" / "records")


def test_a_folder_in_the_place_of_the_store_cannot_be_used(folder: Path) -> None:
    (folder / "records.sqlite3").mkdir(parents=True)
    with pytest.raises(StoreProblem, match="it is not a file"):
        open_store(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_may_not_be_written_is_refused(folder: Path) -> None:
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreProblem, match=r"cannot be used \(Permission denied\)"):
        open_store(folder)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system that refuses")
def test_a_place_where_nothing_can_be_made_is_refused() -> None:
    with pytest.raises(StoreProblem, match="cannot be used"):
        open_store(Path("/proc/nmt-expert"))


def test_a_writer_that_never_ends_is_named_and_nothing_is_half_saved(folder: Path, begin) -> None:
    with open_store(folder, wait=0.05) as store:
        interview = begin(store)
        with closing(sqlite3.connect(store.file)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreProblem, match=r"another program was writing .* Nothing"):
                store.note(interview, "hello", "2026-11-20T10:01:00Z")
        store.note(interview, "hello again", "2026-11-20T10:02:00Z")
        assert [note.text for note in store.state(interview).notes] == ["hello again"]


def test_a_new_store_that_cannot_be_finished_is_made_whole_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("nmt_expert.records.dialects.sqlite._PRAGMAS", ("max_page_count = 5",))
        with pytest.raises(StoreProblem, match="disk is full"):
            open_store(folder)
    with open_store(folder) as store:
        assert store.verify() == ()
