"""A store in one SQLite file, encrypted or not: its pragmas, its faults."""

import sqlite3
import time
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from nmt_expert.model.errors import Fault
from nmt_expert.records import cipher
from nmt_expert.records.tables import APPLICATION_ID

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


class InFile:
    """A store in a file; ``wait`` is how many seconds a write waits for another program's."""

    elsewhere: ClassVar[str] = "Name another folder with --data or NMT_EXPERT_DATA."

    def __init__(self, file: Path, wait: float, secret: str | None = None) -> None:
        self.place = str(file)
        self.file: Path | None = file
        self.secret = secret
        self._wait = wait

    @property
    def error(self) -> type[Exception]:
        """Either library's own."""
        found: type[Exception] = cipher.driver(self.secret).Error
        return found

    def engine(self) -> Engine:
        """One connection, which begins no transaction by itself."""
        engine = create_engine(
            "sqlite://",
            module=cipher.driver(self.secret),
            creator=lambda: cipher.connect(Path(self.place), self.secret, self._wait),
            poolclass=StaticPool,
            hide_parameters=True,  # what clients said stays out of messages and tracebacks
        )
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def options(self, *, writes: bool) -> dict[str, Any]:
        """What ``_begin`` is told."""
        return {"writes": writes}

    def mark(self, connection: Connection) -> str | None:
        """None is needed: a commit that fails here was not made."""
        return None

    def was_kept(self, mark: str | None) -> bool | None:
        """Never."""
        return False

    def fault(self, error: BaseException | None, consequence: str) -> Fault:
        """What the database library says of the file, as a sentence."""
        return fault_of(Path(self.place), error, consequence, self.secret)

    def tables(self, connection: Connection) -> set[str]:
        """Every table, index and trigger in the file."""
        return set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())

    def is_ours(self, connection: Connection) -> bool:
        """Whether the file's header says so."""
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        return bool(mark == APPLICATION_ID)

    def settle(self, connection: Connection) -> None:
        """Nothing is left to do."""

    def scrub(self, driver: Any) -> bool:
        """Write the file anew without its free pages, and empty the write-ahead log."""
        driver.execute("VACUUM")
        busy, _frames, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _prepare(self, connection: Any, _record: Any) -> None:
        try:
            _write_ahead(connection, self._wait)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except Exception:
            connection.close()  # the pool does not know of it yet
            raise


def fault_of(
    file: Path, error: BaseException | None, consequence: str, secret: str | None
) -> Fault:
    """What the database library says of a file, as a sentence."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part
    says, remedy = _FAULTS.get(code, (f"the record store refused ({error})", ""))
    if secret is not None and code == sqlite3.SQLITE_NOTADB:
        says, remedy = _WRONG_PASSPHRASE
    return Fault(str(file), says, consequence, remedy)


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
