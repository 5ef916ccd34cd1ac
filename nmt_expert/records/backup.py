"""A copy of the whole store in one private file, and the way back into an empty store.

The copy is made by the database's own online backup, while other programs go on writing. An
encrypted store gives an encrypted copy with the same passphrase.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records import checks, cipher
from nmt_expert.records.database import Database
from nmt_expert.records.dialects.sqlite import InFile, fault_of
from nmt_expert.records.place import COMPANIONS, prepare
from nmt_expert.records.register import summaries
from nmt_expert.records.schema import bring_up_to_date
from nmt_expert.records.search import Progress
from nmt_expert.records.store import Store
from nmt_expert.records.tables import locks

_PAGES = 1000
_WAIT = 10.0
Secret = Callable[[], str]


def _quiet(done: int, of: int) -> None:
    """Nobody is told."""


class Copied(Record):
    """What a backup holds: how many interviews, and its size in bytes."""

    interviews: int
    size: int


def back_up(store: Store, target: Path, told: Progress = _quiet) -> Copied:
    """Copy the store to a new file (mode 0600), which is read again before it gets its name.

    Raises:
        StoreProblem: there is such a file already, or it cannot be written.
    """
    if target.exists():
        says, remedy = "there is such a file already", "Name a new one."
        raise StoreProblem(str(Fault(str(target), says, "Nothing was backed up.", remedy)))
    with staged(target.parent, target) as stage:
        file = store.file
        with store.database.raw() as source:
            _copy(source, file, stage, store.database.secret, told)
        found = examined(stage, store.database.secret)
        stage.replace(target)
        settle(target.parent)
    return found


def restore(
    file: Path,
    folder: Path,
    secret: Secret | None = None,
    told: Progress = _quiet,
    *,
    dry_run: bool = False,
) -> Copied:
    """Put a backup in the place of an empty store, brought up to this version.

    The backup is checked first: readable, whole, not from a newer version. A dry run ends there.

    Raises:
        StoreProblem: the store is not empty or in use, or the backup cannot be used.
    """
    key = _key(file, secret)
    place = prepare(folder)
    with staged(place.parent, place) as stage:
        with _opened(file, key) as source:
            _copy(source, file, stage, key, told)
        found = examined(stage, key)
        _replace_empty(place, stage, dry_run)
    return found


def _key(file: Path, secret: Secret | None) -> str | None:
    if not file.is_file():
        raise StoreProblem(str(Fault(str(file), "there is no such file", "Nothing was done.")))
    if not cipher.is_encrypted(file):
        return None
    if secret is None:
        raise StoreProblem(str(cipher.no_passphrase(file)))
    return secret()


@contextmanager
def staged(folder: Path, target: Path) -> Iterator[Path]:
    """A private file beside its target, which is gone again unless it took the target's place."""
    try:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{target.name}.")
        os.close(descriptor)
        stage = Path(name)
        try:
            yield stage
        finally:
            for end in ("", *COMPANIONS):
                stage.with_name(stage.name + end).unlink(missing_ok=True)
    except OSError as error:
        says = f"it cannot be written ({error.strerror})"
        raise StoreProblem(str(Fault(str(target), says, "Nothing was changed."))) from None


@contextmanager
def _opened(file: Path, key: str | None) -> Iterator[Any]:
    connection = cipher.connect(file, key, _WAIT)
    with closing(connection), sentences(file, key):
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master")  # a wrong passphrase shows here
        yield connection


def _copy(source: Any, file: Path, stage: Path, key: str | None, told: Progress) -> None:
    """Page by page; the copy is one file, without a log beside it."""
    with closing(cipher.connect(stage, key, _WAIT)) as target, sentences(file, key):
        source.backup(target, pages=_PAGES, progress=lambda _status, left, of: told(of - left, of))
        target.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def sentences(file: Path, key: str | None) -> Iterator[None]:
    """Faults of the database library, as sentences about a file."""
    try:
        yield
    except cipher.driver(key).Error as error:
        raise StoreProblem(str(fault_of(file, error, "Nothing was changed.", key))) from None


def examined(stage: Path, key: str | None) -> Copied:
    """Count what is in a copy, after every check that the store itself has to pass.

    Locks are let go: the programs that held them have the other file open.
    """
    database = Database(InFile(stage, _WAIT, key))
    try:
        bring_up_to_date(database, make=False)
        with database.write() as connection:
            connection.execute(delete(locks))
        with database.read() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            broken = checks.breaks(connection)
            count = len(summaries(connection))
        if sound != ["ok"] or broken:
            raise StoreProblem(str(_unsound(stage, len(broken))))
        with database.raw() as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        database.close()
    settle(stage)
    return Copied(interviews=count, size=stage.stat().st_size)


def _replace_empty(place: Path, stage: Path, dry_run: bool) -> None:
    """Take the place of the store while nobody else has it open, and only if it is empty."""
    if cipher.is_encrypted(place):
        raise StoreProblem(str(_not_empty(place)))
    with closing(sqlite3.connect(place, isolation_level=None, timeout=0)) as present:
        try:
            present.execute("PRAGMA journal_mode = DELETE")
            present.execute("BEGIN EXCLUSIVE")
            if _holds_records(present):
                raise StoreProblem(str(_not_empty(place)))
        except sqlite3.OperationalError:
            raise StoreProblem(str(in_use(place))) from None
        except sqlite3.DatabaseError:
            raise StoreProblem(str(_not_empty(place))) from None
        if not dry_run:
            stage.replace(place)
            settle(place.parent)


def _holds_records(present: sqlite3.Connection) -> bool:
    """Whether anything is in it; a store that was only opened, or not even that, is empty."""
    tables = present.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = {name for (name,) in tables} - {"alembic_version", "locks"}
    return any(
        present.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")').fetchone()[0] for name in names
    )


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "posix" or path.is_file():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unsound(file: Path, broken: int) -> Fault:
    says = f"the copy is not whole ({broken} broken records)" if broken else "the copy is damaged"
    return Fault(str(file), says, "It was not kept.", "See: nmt-expert records verify")


def _not_empty(place: Path) -> Fault:
    return Fault(
        place=str(place),
        says="the record store is not empty",
        consequence="A backup never takes the place of records; nothing was changed.",
        remedy="Name an empty folder: nmt-expert --data DIR records restore FILE",
    )


def in_use(place: Path) -> Fault:
    """Say that a store cannot be replaced now."""
    return Fault(
        place=str(place),
        says="another program has the record store open",
        consequence="Nothing was changed.",
        remedy="Close it, then try again.",
    )
