"""A store on a PostgreSQL server, extra ``[postgres]``: its sessions, its faults.

The only module that knows of psycopg. Without the extra such a store is refused with a sentence.
"""

import time
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records.tables import APPLICATION_ID, MARK, metadata
from nmt_expert.settings import ServerAddress

_SESSION = {
    "application_name": "nmt-expert",
    "client_encoding": "utf8",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "tcp_user_timeout": "30000",
}
"""What libpq is told unless the address says otherwise: seconds, but the last in milliseconds."""
_SETTINGS = (
    "SELECT set_config('lock_timeout', %(wait)s, false)",
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'",
)
_SAFE = ("require", "verify-ca", "verify-full")
_PAUSE = 0.1
_ASK_OWNER = (
    "Log in as a role that may (docs/store.md), or ask the owner of the database to run: "
    "nmt-expert records postgres-setup --apply"
)
_BUSY = ("another program was writing to the record store all the time", "Try again in a moment.")
_FULL = ("the server's disk is full", "Tell whoever keeps the server.")
_CUT = ("the connection to the server was cut", "Try again; see: nmt-expert records doctor")
_FAULTS = {
    "23001": ("what is written stays: that table is append-only", ""),
    "42501": ("your login may not do that", _ASK_OWNER),
    "25006": ("the server may be read but not written", "Name the server that takes writes."),
    "53100": _FULL,
    "55P03": _BUSY,
    "57014": _BUSY,
    "40P01": _BUSY,
}
_CUTS = ("08", "57P")
"""How the codes begin that say that the server ended the connection."""


class OnServer:
    """A store on a server; ``wait`` is how many seconds a write waits for another program's.

    Raises:
        StoreProblem: the address would send records over a network in plain words, or the extra
            is not installed.
    """

    elsewhere: ClassVar[str] = "Name a database or a schema of its own."

    def __init__(self, url: ServerAddress, wait: float) -> None:
        self.place = url.told
        self.file: Path | None = None
        self.secret: str | None = None
        self._wait = wait
        self._given = _understood(url)

    @property
    def error(self) -> type[Exception]:
        """The driver's own."""
        found: type[Exception] = _driver().Error
        return found

    def engine(self) -> Engine:
        """A connection for each transaction that is open, tried before it is used again."""
        engine = create_engine(
            "postgresql+psycopg://",
            module=_driver(),
            creator=lambda: _driver().connect(**self._given),
            pool_size=1,
            pool_pre_ping=True,
            hide_parameters=True,  # what clients said stays out of messages and tracebacks
        )
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def options(self, *, writes: bool) -> dict[str, Any]:
        """A reader has one view of everything; a writer sees what the one before it wrote."""
        level = "READ COMMITTED" if writes else "REPEATABLE READ"
        return {"writes": writes, "isolation_level": level, "postgresql_readonly": not writes}

    def mark(self, connection: Connection) -> str | None:
        """The server's own number of the transaction, and since when its numbers go up."""
        number = connection.exec_driver_sql("SELECT pg_current_xact_id()::text").scalar_one()
        return f"{number} {_numbered_since(connection)}"

    def was_kept(self, mark: str | None) -> bool | None:
        """Ask the server over a new connection, for as long as a write would wait.

        A server that crashed may give a number again that it had not yet written down; another
        program's step under it would be taken for this one. Then nobody can say.
        """
        number, _, since = (mark or "").partition(" ")
        last_try = time.monotonic() + self._wait
        engine = create_engine(
            "postgresql+psycopg://",
            module=_driver(),
            creator=lambda: _driver().connect(**self._given),
            poolclass=NullPool,
        )
        while time.monotonic() < last_try:
            with suppress(DBAPIError), engine.connect() as connection:
                if _numbered_since(connection) != since:
                    return None
                said = connection.exec_driver_sql("SELECT pg_xact_status(%s::xid8)", (number,))
                status = said.scalar_one()
                if status != "in progress":
                    return {"committed": True, "aborted": False}.get(status)
            time.sleep(_PAUSE)
        return None

    def fault(self, error: BaseException | None, consequence: str) -> Fault:
        """What the server says, by its code: its words may repeat what a client said."""
        code = getattr(error, "sqlstate", None)
        if code is None:
            says, remedy = f"the server is not reached ({self._reason(error)})", _CUT[1]
        elif code.startswith(_CUTS):
            says, remedy = _CUT
        else:
            known = type(error).__name__
            says, remedy = _FAULTS.get(code, (f"the record store refused ({code} {known})", ""))
        return Fault(self.place, says, consequence, remedy)

    def tables(self, connection: Connection) -> set[str]:
        """Every table of the schema."""
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        return set(connection.exec_driver_sql(query).scalars())

    def is_ours(self, connection: Connection) -> bool:
        """Whether the comment on the version table says so."""
        query = "SELECT obj_description('alembic_version'::regclass, 'pg_class')"
        return bool(connection.exec_driver_sql(query).scalar_one() == MARK)

    def settle(self, connection: Connection) -> None:
        """Compare texts byte by byte, as SQLite does, whatever language the database speaks."""
        query = (
            "SELECT 'ALTER TABLE ' || quote_ident(table_name) || ' ALTER ' || "
            "quote_ident(column_name) || ' TYPE text COLLATE \"C\"' "
            "FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type = 'text' "
            "AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'alembic_version'"
        )
        for change in connection.exec_driver_sql(query).scalars().all():
            connection.exec_driver_sql(change)

    def scrub(self, driver: Any) -> bool:
        """Write every table anew without what was deleted."""
        driver.autocommit = True
        try:
            driver.execute(f"VACUUM (FULL) {', '.join(metadata.tables)}")
        except _driver().errors.LockNotAvailable:
            return False
        finally:
            driver.autocommit = False
        return True

    def _prepare(self, driver: Any, _record: Any) -> None:
        """A committed answer is on the server's disk, whatever the server's own default is."""
        try:
            driver.autocommit = True
            for change in _SETTINGS:
                driver.execute(change, {"wait": f"{self._wait * 1000:.0f}"})
            driver.autocommit = False
        except Exception:
            driver.close()  # the pool does not know of it yet
            raise

    def _reason(self, error: BaseException | None) -> str:
        """The library's last line but its hints, which are indented; without the password."""
        told = [line for line in str(error).strip().splitlines() if not line.startswith("\t")]
        line = told[-1:] or ["no reason given"]
        password = str(self._given.get("password") or "")
        return line[0].replace(password, "...") if password else line[0]


def _driver() -> Any:
    try:
        import psycopg
    except ImportError:
        fault = Fault(
            place="record store on a server",
            says="the library for PostgreSQL (psycopg) is not installed",
            consequence="Nothing was opened.",
            remedy="Install it: pip install 'nmt-expert[postgres]'.",
        )
        raise StoreProblem(str(fault)) from None
    return psycopg


def _understood(url: ServerAddress) -> dict[str, Any]:
    """The address as libpq reads it, with what it leaves open: over a network, TLS and no less."""
    psycopg = _driver()
    from psycopg.conninfo import conninfo_to_dict

    try:
        given: dict[str, Any] = _SESSION | conninfo_to_dict(url)
    except psycopg.Error:
        fault = Fault(url.told, "it is not an address of a server", "Nothing was opened.")
        raise StoreProblem(str(fault)) from None
    if not _is_here(str(given.get("host") or given.get("hostaddr") or "")):
        given.setdefault("sslmode", "verify-full")
        if given["sslmode"] not in _SAFE:
            raise StoreProblem(str(_in_plain_words(url.told)))
    return given


def _numbered_since(connection: Connection) -> str:
    """The server's last checkpoint and its timeline: both are others after a crash or a failover.

    An ordinary checkpoint changes the first too, every few minutes; that only makes it unsure.
    """
    query = (
        "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) || ' ' || checkpoint_lsn "
        "FROM pg_control_checkpoint()"
    )
    return str(connection.exec_driver_sql(query).scalar_one())


def _is_here(host: str) -> bool:
    """Whether every host that is named is this computer: a socket, or the loopback."""
    for one in host.split(","):
        name = one.strip("[]")
        try:
            here = ip_address(name).is_loopback
        except ValueError:
            here = not name or name.startswith(("/", "@")) or name == "localhost"
        if not here:
            return False
    return True


def _in_plain_words(place: str) -> Fault:
    return Fault(
        place=place,
        says="the address does without encryption (sslmode)",
        consequence="Records would cross the network in plain words; nothing was opened.",
        remedy="Write sslmode=verify-full, with sslrootcert=FILE for the clinic's own certificate.",
    )


def _begin(connection: Connection) -> None:
    """One writer at a time in a store, as in a file: numbers and chains are made by that."""
    if connection.get_execution_options().get("writes", True):
        turn = "SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))"
        connection.exec_driver_sql(turn, (APPLICATION_ID,))
