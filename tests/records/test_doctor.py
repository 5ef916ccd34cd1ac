"""The doctor names what is wrong with a store and says what to do; it changes nothing."""

import os
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.records import open_store
from nmt_expert.records.doctor import Check, examine

AT = "2026-11-20T10:01:00Z"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def file(folder: Path, begin) -> Path:
    with open_store(folder) as store:
        begin(store)
        return store.file


def wrong(folder: Path) -> dict[str, Check]:
    return {one.what: one for one in examine(folder, AT) if one.state == "wrong"}


def test_a_store_that_is_well_has_nothing_wrong(file: Path) -> None:
    before = file.read_bytes()
    assert wrong(file.parent) == {}
    assert file.read_bytes() == before


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    (only,) = examine(tmp_path, AT)
    assert "there is no store" in only.says
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_open_modes_are_named_with_the_command_that_closes_them(file: Path) -> None:
    file.chmod(0o644)
    file.parent.chmod(0o755)
    found = wrong(file.parent)
    assert found["records.sqlite3"].remedy == f"Run: chmod 600 '{file}'"
    assert found["folder"].remedy == f"Run: chmod 700 '{file.parent}'"


def test_little_space_is_wrong_before_the_disk_is_full(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 0, 10**6))
    assert wrong(file.parent)["free space"].says == "1 MB free"


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "what", "remedy"),
    [
        (["UPDATE alembic_version SET version_num = '0999'"], "version", "newer nmt-expert"),
        (["PRAGMA application_id = 7"], "kind of file", "--data"),
        (["PRAGMA foreign_keys = OFF", "DELETE FROM visits"], "foreign keys", "backup"),
    ],
)
def test_what_is_wrong_inside_is_named(
    file: Path, statements: list[str], what: str, remedy: str
) -> None:
    change(file, *statements)
    assert remedy in wrong(file.parent)[what].remedy


def test_another_journal_mode_is_named(file: Path) -> None:
    change(file, "PRAGMA journal_mode = DELETE")
    assert wrong(file.parent)["journal mode"].says == "journal mode delete"


def test_damaged_pages_are_found(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8192 : 8192 + 2000] = b"\xff" * 2000
    file.write_bytes(bytes(content))
    assert wrong(file.parent).keys() & {"integrity", "content"}


def test_what_is_no_database_is_told(file: Path) -> None:
    file.write_text("a letter to my aunt " * 300)
    assert "backup" in wrong(file.parent)["content"].remedy


def test_locks_are_told_apart_by_whether_their_program_lives(folder: Path, begin) -> None:
    with open_store(folder) as store:
        begin(store)
        (lock,) = [one for one in examine(folder, AT) if one.what == "lock"]
        assert "open just now" in lock.says
        change(store.file, "UPDATE locks SET born = '1', pid = 1")
        (lock,) = [one for one in examine(folder, AT) if one.what == "lock"]
        assert "its program has ended" in lock.says
