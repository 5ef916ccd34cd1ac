"""One connection to one SQLite file: its pragmas, its transactions, its faults as sentences."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records import cipher

_PRAGMAS = (
    "synchronous = FULL",  # a committed answer outlives a power cut
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten
    "recursive_triggers = ON",  # else INSERT OR REPLACE would pass the append-only triggers
    "trusted_schema = OFF",  # a planted schema may not call functions
    "temp_store = MEMORY",  # nothing that clients said goes into files beside the store
)
_PAUSE = 0.02
_TAKE_BACKUP = "Keep the file, and put a backup in its place."
_FAULTS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "another program was writing to the record store all the time",
        "Close it, or try again in a moment.",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space, then go on."),
    sqlite3.SQLITE_READONLY: (
        "the record store may be read but not written",
        "Check who owns the file and its folder, or name another folder with --data.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the record store cannot be opened",
        "Check its folder, or name another one with --data.",
    ),
    sqlite3.SQLITE_IOERR: ("the disk reported a fault", "Check the disk, then try again."),
    sqlite3.SQLITE_CORRUPT: ("the record store is damaged", _TAKE_BACKUP),
    sqlite3.SQLITE_NOTADB: ("this is not a record store, or it is damaged", _TAKE_BACKUP),
}
_WRONG_PASSPHRASE = ("the passphrase is not that of this store, or it is damaged", "Try again.")


class Database:
    """The store's file while it is open; the only place that begins and ends transactions."""

    def __init__(self, file: Path, wait: float, secret: str | None = None) -> None:
        self.file = file
        self.secret = secret
        self._wait = wait
        self._engine = create_engine(
            "sqlite://",
            module=cipher.driver(secret),
            creator=lambda: cipher.connect(file, secret, wait),
            poolclass=StaticPool,
            hide_parameters=True,  # what clients said stays out of messages and tracebacks
        )
        event.listen(self._engine, "connect", self._prepare)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, wholly kept or wholly undone; a second writer waits at its start."""
        with self._sentences("Nothing of this step was saved."), self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One unchanging view of the store."""
        with self._sentences("Nothing was read."), self._engine.connect() as plain:
            connection = plain.execution_options(writes=False)
            with connection.begin():
                yield connection

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction: to back up, or to tidy up."""
        with self._sentences("It was left as it is."):
            lent = self._engine.raw_connection()
            try:
                yield lent.driver_connection
            finally:
                lent.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _prepare(self, connection: Any, _record: Any) -> None:
        try:
            _write_ahead(connection, self._wait)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except Exception:
            connection.close()  # the pool does not know of it yet
            raise

    @contextmanager
    def _sentences(self, consequence: str) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            told = fault_of(self.file, error.orig, consequence, self.secret)
            raise StoreProblem(str(told)) from None
        except cipher.driver(self.secret).Error as error:
            raise StoreProblem(str(fault_of(self.file, error, consequence, self.secret))) from None


def fault_of(
    file: Path, error: BaseException | None, consequence: str, secret: str | None
) -> Fault:
    """What the database library says of a file, as a sentence."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part
    says, remedy = _FAULTS.get(code, (f"the record store refused ({error})", ""))
    if secret is not None and code == sqlite3.SQLITE_NOTADB:
        says, remedy = _WRONG_PASSPHRASE
    return Fault(str(file), says, consequence, remedy)


def rows(connection: Connection, query: Executable) -> list[dict[str, Any]]:
    """What a query finds, each row by column name."""
    found = connection.execute(query)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def _write_ahead(connection: Any, wait: float) -> None:
    """Log writes ahead: readers and the writer never wait for each other.

    SQLite does not wait by itself while another program makes the same switch.
    """
    last_try = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:  # either library's own
            code = getattr(error, "sqlite_errorcode", None)
            if code != sqlite3.SQLITE_BUSY or time.monotonic() > last_try:
                raise
            time.sleep(_PAUSE)


def _begin(connection: Connection) -> None:
    """Begin for SQLite, whose driver would begin too late for a second writer to wait."""
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
