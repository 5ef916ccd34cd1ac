"""Look the store over without changing it: what is well, what is not, and what to do about it."""

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from nmt_expert.model.base import Record
from nmt_expert.records import cipher
from nmt_expert.records.locks import Holder, is_stale
from nmt_expert.records.place import COMPANIONS, STORE_NAME
from nmt_expert.records.tables import APPLICATION_ID, REVISION

ENOUGH = 100_000_000
"""Bytes that should be free beside the store, so that a year of interviews and a backup fit."""
LONG_LOG = 64_000_000
"""Bytes of write-ahead log that say that it has not been emptied for long."""
_OF_A_LOCK = ("interview_id", "host", "pid", "born", "seen")
LOCKS = f"SELECT {', '.join(_OF_A_LOCK)} FROM locks"
_BACKUP = "Keep the file, and restore a backup: nmt-expert records restore FILE"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Check(Record):
    """One thing that was looked at. ``remedy`` is empty when it is well."""

    what: str
    state: Literal["well", "wrong", "note"]
    says: str
    remedy: str = ""


def examine(folder: Path, at: str, secret: Callable[[], str] | None = None) -> tuple[Check, ...]:
    """Every check of the store in a folder; the file is only read."""
    file = folder / STORE_NAME
    if not file.exists():
        says = f"there is no store in {folder} yet"
        return (Check(what="store", state="note", says=says),)
    found = [*_places(folder, file)]
    key = secret() if secret and cipher.is_encrypted(file) else None
    return (*found, *_inside(file, key, at))


def _places(folder: Path, file: Path) -> Iterator[Check]:
    if os.name == "posix":
        yield _mode("folder", folder, "700")
        for path in (file, *(file.with_name(file.name + end) for end in COMPANIONS)):
            if path.exists():
                yield _mode(path.name, path, "600")
    free = shutil.disk_usage(folder).free
    need = ENOUGH + file.stat().st_size
    yield check(
        "free space",
        free >= need,
        f"{free // 1_000_000} MB free",
        f"Free some space; {need // 1_000_000} MB leave room for a backup.",
    )
    log = file.with_name(file.name + COMPANIONS[0])
    size = log.stat().st_size if log.exists() else 0
    yield check(
        "write-ahead log",
        size < LONG_LOG,
        f"{size // 1000} kB",
        "Close every nmt-expert; the last one to close empties it.",
    )
    sealed = cipher.is_encrypted(file)
    yield Check(
        what="encryption", state="note", says="encrypted" if sealed else "the file is not encrypted"
    )


def _mode(what: str, path: Path, wanted: str) -> Check:
    found = path.stat()
    mode = stat.S_IMODE(found.st_mode)
    mine = found.st_uid == os.geteuid()
    return check(
        what,
        mine and not mode & _OTHERS,
        f"mode {mode:o}" + ("" if mine else ", owned by somebody else"),
        f"Run: chmod {wanted} '{path}'",
    )


def _inside(file: Path, key: str | None, at: str) -> Iterator[Check]:
    if cipher.is_encrypted(file) and key is None:
        says = "it cannot be looked into without its passphrase"
        yield Check(what="content", state="wrong", says=says, remedy="Run it in a terminal.")
        return
    with closing(cipher.connect(file, key, 2.0)) as connection:
        try:
            connection.execute("PRAGMA query_only = ON")
            yield from _schema(connection)
            yield from _soundness(connection)
            yield from held(connection.execute(LOCKS), at)
        except cipher.driver(key).Error as error:
            says = f"it cannot be read ({error})"
            yield Check(what="content", state="wrong", says=says, remedy=_BACKUP)


def _schema(connection: Any) -> Iterator[Check]:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    ours = mark == APPLICATION_ID
    says = "a store of nmt-expert" if ours else "not a store of nmt-expert"
    yield check("kind of file", ours, says, "Name another folder with --data.")
    if not ours:
        return
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    newer = version > REVISION
    says = f"{version}; this program writes {REVISION}"
    yield check("version", not newer, says, "Install the newer nmt-expert.")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    says = f"journal mode {mode}"
    remedy = "Open it once: nmt-expert records list"
    yield check("journal mode", mode == "wal", says, remedy)


def _soundness(connection: Any) -> Iterator[Check]:
    found = [line for (line,) in connection.execute("PRAGMA integrity_check")]
    sound = found == ["ok"]
    says = "every page is sound" if sound else f"{len(found)} faults, the first: {found[0]}"
    yield check("integrity", sound, says, _BACKUP)
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    says = f"{len(loose)} rows that belong to nothing" if loose else "every row belongs to another"
    yield check("foreign keys", not loose, says, _BACKUP)


def held(rows: Iterable[Any], at: str) -> Iterator[Check]:
    """What the rows that ``LOCKS`` asks for say."""
    for row in rows:
        lock = dict(zip(_OF_A_LOCK, row, strict=True))
        stale = is_stale(lock, Holder(), at)
        says = f"{lock['interview_id']} on {lock['host']}, process {lock['pid']}: " + (
            "its program has ended" if stale else "open just now"
        )
        remedy = f"Nothing needs doing: the next --resume {lock['interview_id']} takes it over."
        yield Check(what="lock", state="note", says=says, remedy=remedy if stale else "")


def check(what: str, well: bool, says: str, remedy: str) -> Check:
    """One thing that is well, or is not and has a remedy."""
    return Check(
        what=what, state="well" if well else "wrong", says=says, remedy="" if well else remedy
    )
