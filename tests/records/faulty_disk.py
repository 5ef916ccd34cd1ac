"""A disk that fails when it is told to, under the database library itself.

SQLite lets a program put its own layer between the database and the files (a "VFS"). This one
hands every call on to the system's and counts those that change something: write, sync, truncate,
delete, and open. The one with the chosen number fails instead, or that one and all after it. No
rename is among them, since SQLite renames nothing; renames of backups are made to fail by other
means. What a disk does that lies about a sync is not covered.
"""

import ctypes
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

CANNOT_OPEN = sqlite3.SQLITE_CANTOPEN
IO = {"write": 778, "sync": 1034, "truncate": 1546, "delete": 2570}
"""SQLite's extended codes for a disk that reports a fault."""
How = Literal["fault", "full", "forbidden"]
REFUSED: dict[How, int] = {
    "fault": IO["write"],
    "full": sqlite3.SQLITE_FULL,
    "forbidden": sqlite3.SQLITE_READONLY,
}
"""What a write ends in: a broken disk, a full one, one that may not be written to any more."""


class _Methods(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int)] + [
        (name, ctypes.c_void_p)
        for name in (
            *("close", "read", "write", "truncate", "sync", "size", "lock", "unlock", "reserved"),
            *("control", "sector", "device", "map", "shm_lock", "barrier", "unmap"),
            *("fetch", "unfetch"),
        )
    ]


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


class _Vfs(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int) for name in ("version", "size", "longest")),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        *((name, ctypes.c_void_p) for name in ("data", "open", "delete", "access", "full")),
        *((f"rest{n}", ctypes.c_void_p) for n in range(13)),
    ]


_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, ctypes.POINTER(_File), _I, _P)
_DELETE = ctypes.CFUNCTYPE(_I, _P, _P, _I)
_CALLS: dict[str, Any] = {
    "write": ctypes.CFUNCTYPE(_I, _P, _P, _I, _L),
    "truncate": ctypes.CFUNCTYPE(_I, _P, _L),
    "sync": ctypes.CFUNCTYPE(_I, _P, _I),
}


class FaultyDisk:
    """Which change of the disk fails: the ``fails_at``-th from now, with ``stays`` all after it."""

    def __init__(self) -> None:
        self.arm(0)

    def arm(self, fails_at: int, *, how: How = "fault", stays: bool = False) -> None:
        """Count from here on; 0 means that nothing fails."""
        self.calls, self.failed = 0, ""
        self._at, self._how, self._stays = fails_at, how, stays

    def fault(self, call: str) -> int:
        """The code that this call must fail with; 0 when it may go on."""
        self.calls += 1
        due = self.calls == self._at or (self._stays and self._at and self.calls > self._at)
        if not due:
            return 0
        self.failed = self.failed or call
        if call == "open":
            return CANNOT_OPEN
        return REFUSED[self._how] if call == "write" else IO[call]


def library() -> Any:
    """The very copy of SQLite that Python uses; None where it hides its functions."""
    import _sqlite3

    try:
        found = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        found.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    except (AttributeError, OSError):
        return None
    return found


@contextmanager
def faulty_disk() -> Iterator[FaultyDisk]:
    """Every connection that is opened inside goes through a disk that can be made to fail."""
    sqlite, disk = library(), FaultyDisk()
    system = sqlite.sqlite3_vfs_find(None)
    ours = _Vfs.from_buffer_copy(system.contents)
    ours.name = b"faulty"
    keep: list[Any] = []
    ours.open = _pointer(_open(disk, system, keep), _OPEN, keep)
    ours.delete = _pointer(_delete(disk, system), _DELETE, keep)
    sqlite.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield disk
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.byref(ours))


def _open(disk: FaultyDisk, system: Any, keep: list[Any]) -> Callable[..., int]:
    real = _OPEN(system.contents.open)
    wrapped: dict[int, Any] = {}

    def opened(_vfs: int, name: int, file: Any, flags: int, out: int) -> int:
        fault = disk.fault("open")
        if fault:
            file.contents.methods = ctypes.POINTER(_Methods)()
            return fault
        code = real(ctypes.cast(system, _P), name, file, flags, out)
        if code == 0:
            methods = file.contents.methods
            where = ctypes.addressof(methods.contents)
            if where not in wrapped:
                wrapped[where] = _failing(disk, methods.contents, keep)
            file.contents.methods = ctypes.pointer(wrapped[where])
        return int(code)

    return opened


def _delete(disk: FaultyDisk, system: Any) -> Callable[..., int]:
    real = _DELETE(system.contents.delete)

    def deleted(_vfs: int, name: int, sync: int) -> int:
        return disk.fault("delete") or int(real(ctypes.cast(system, _P), name, sync))

    return deleted


def _failing(disk: FaultyDisk, methods: _Methods, keep: list[Any]) -> _Methods:
    ours = _Methods.from_buffer_copy(methods)
    for name, kind in _CALLS.items():
        real = kind(getattr(methods, name))

        def call(*given: Any, name: str = name, real: Any = real) -> int:
            return disk.fault(name) or int(real(*given))

        setattr(ours, name, _pointer(call, kind, keep))
    keep.append(ours)
    return ours


def _pointer(call: Callable[..., int], kind: Any, keep: list[Any]) -> int | None:
    """A function that C can call; it must outlive every file."""
    keep.append(kind(call))
    return ctypes.cast(keep[-1], _P).value
