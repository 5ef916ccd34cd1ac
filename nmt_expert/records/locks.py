"""One interview, one program: a second one that opens it is refused while the first is alive."""

import os
import platform
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.moments import moment
from nmt_expert.records.database import rows
from nmt_expert.records.tables import locks

STALE_AFTER = timedelta(hours=12)
"""How long a lock counts after its last answer when nobody can see whether its program runs."""


def _born(pid: int) -> str:
    """When a process started, in the system's own units; empty when it ended or nobody says."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]  # Z: it ended, and nobody has collected it


@dataclass(frozen=True)
class Holder:
    """The open store that holds a lock: a random token, the computer, the process."""

    token: str = field(default_factory=lambda: secrets.token_hex(16))
    host: str = field(default_factory=platform.node)
    pid: int = field(default_factory=os.getpid)
    born: str = field(default_factory=lambda: _born(os.getpid()))


def hold(connection: Connection, interview: str, me: Holder, at: str, *, by_force: bool) -> None:
    """Take the lock, or renew it; a dead program's lock is taken over.

    Raises:
        StoreProblem: another program has the interview open.
    """
    this = locks.c.interview_id == interview
    for row in rows(connection, select(locks).where(this)):
        if row["token"] == me.token:
            connection.execute(update(locks).where(this).values(seen=at))
            return
        if not by_force and not is_stale(row, me, at):
            raise StoreProblem(str(_open_elsewhere(interview, row)))
        connection.execute(delete(locks).where(this))
    connection.execute(
        insert(locks).values(
            interview_id=interview,
            token=me.token,
            host=me.host,
            pid=me.pid,
            born=me.born,
            since=at,
            seen=at,
        )
    )


def release(connection: Connection, me: Holder, interview: str | None = None) -> None:
    """Give back one lock, or all that this store holds."""
    mine = delete(locks).where(locks.c.token == me.token)
    connection.execute(mine.where(locks.c.interview_id == interview) if interview else mine)


def is_stale(row: Mapping[str, Any], me: Holder, at: str) -> bool:
    """Whether the program that holds a lock has ended, as far as can be seen from here."""
    here = row["host"] == me.host and os.name == "posix"
    if here and (row["born"] or not _is_running(row["pid"], "")):
        return not _is_running(row["pid"], row["born"])
    return moment(at) - moment(row["seen"]) > STALE_AFTER


def _is_running(pid: int, born: str) -> bool:
    """Whether that very process still runs; a later one may have been given its number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's process, but a living one
    return born == _born(pid)


def _open_elsewhere(interview: str, row: Mapping[str, Any]) -> Fault:
    return Fault(
        place=f"interview {interview}",
        says=f"it is open in another window (computer {row['host']}, process {row['pid']}, "
        f"last answer {row['seen']})",
        consequence="Two at once would mix their answers.",
        remedy="Close that one first; if its program has ended, the lock ends with it "
        f"(on another computer {STALE_AFTER.seconds // 3600} hours after its last answer).",
    )
