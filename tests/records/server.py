"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, never as root.

Nothing of it is reached from a network, and it is gone with the tests. ``durable`` is left out by
default: a cut connection or a killed server loses nothing that the system had taken over, and only
a power cut would tell the difference.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import psycopg

OWNER = "keeper"
_NEEDED = ("initdb", "postgres")
_UNPRIVILEGED = ("postgres", "nobody")
_QUICK = (
    *("fsync=off", "full_page_writes=off", "autovacuum=off"),
    *("wal_level=minimal", "max_wal_senders=0"),
)
_SETTINGS = ("listen_addresses=", "max_connections=40", "shared_buffers=16MB", "jit=off")
_PATIENCE = 60


def missing() -> str:
    """Why no server can be started here; empty when one can."""
    if not hasattr(os, "geteuid"):
        return "needs a POSIX system"
    if importlib.util.find_spec("psycopg") is None:
        return "the extra [postgres] is not installed"
    return "" if _binaries() else "the binaries of a PostgreSQL server are not installed"


def _binaries() -> Path | None:
    """The folder of the newest server that is installed."""
    debian = Path("/usr/lib/postgresql")
    newest = sorted(debian.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = [
        Path(found).resolve().parent for name in _NEEDED[:1] if (found := shutil.which(name))
    ]
    for folder in (*newest, *on_path):
        if all((folder / name).exists() for name in _NEEDED):
            return folder
    return None


@dataclass
class Server:
    """A running server: its binaries, its folder, how its processes are started."""

    binaries: Path
    folder: Path
    account: dict[str, Any]
    settings: tuple[str, ...]
    process: "subprocess.Popen[bytes] | None" = None
    keepers: "dict[str, psycopg.Connection[Any]]" = field(default_factory=dict)

    def url(self, user: str = OWNER, database: str = "records", password: str = "") -> str:
        """How a program finds it; it asks nobody for a password."""
        secret = f":{quote(password)}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={quote(str(self.folder), safe='')}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        told = ["-D", self.folder / "data", "-k", self.folder]
        told += [part for one in self.settings for part in ("-c", one)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", *told],
                stdout=log,
                stderr=log,
                **self.account,
            )
        import psycopg

        for _ in range(_PATIENCE * 20):
            try:
                self.connected("postgres").close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text("utf-8", "replace")[-2000:])

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: at once (SIGINT), or as a crash would (SIGQUIT)."""
        for connection in self.keepers.values():
            connection.close()
        self.keepers.clear()
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(_PATIENCE)
            self.process = None

    def run(self, sql: str, database: str = "postgres") -> list[Any]:
        """Run statements as the owner; the rows of the last one that gives any."""
        with self.connected(database) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def connected(self, database: str, user: str = OWNER) -> "psycopg.Connection[Any]":
        """A connection of the tests' own, beside the program's."""
        import psycopg

        return psycopg.connect(self.url(user, database), autocommit=True)

    def wipe(self, database: str) -> None:
        """Empty every table of a store, the guards set aside: a fresh one for the next test."""
        from nmt_expert.records.tables import metadata

        names = [table.name for table in metadata.sorted_tables]
        gone = [f'DELETE FROM "{name}"' for name in reversed(names)]
        numbers = "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"
        if database not in self.keepers:
            self.keepers[database] = self.connected(database)
            self.keepers[database].execute("SET session_replication_role = replica")
        self.keepers[database].execute("; ".join([*gone, numbers]).encode())


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A server that runs inside."""
    binaries = _binaries()
    assert binaries is not None
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="nmt-pg-"))
    if account:
        os.chown(folder, account["user"], account["group"])
    try:
        made = [binaries / "initdb", "-D", folder / "data", "-U", OWNER, "-A", "trust"]
        made += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, timeout=_PATIENCE, **account)
        one = Server(binaries, folder, account, _SETTINGS if durable else (*_SETTINGS, *_QUICK))
        one.start()
        try:
            yield one
        finally:
            one.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_a_store(one: Server) -> None:
    """Make the database ``records``, with an empty store in it."""
    from nmt_expert.records import open_store
    from nmt_expert.settings import ServerAddress

    one.run("CREATE DATABASE records")
    open_store(url=ServerAddress(one.url())).close()


def _account() -> dict[str, Any]:
    """Whose the server's processes are: PostgreSQL refuses to run as root."""
    cwd: dict[str, Any] = {"cwd": "/"}
    if os.geteuid() != 0:
        return cwd
    import pwd

    known = {one.pw_name: one for one in pwd.getpwall()}
    found = next(known[name] for name in _UNPRIVILEGED if name in known)
    return cwd | {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
