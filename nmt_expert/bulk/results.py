"""The file of results: private, written a whole line at a time, and gone on with after a cut."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from nmt_expert.model.errors import Fault, NmtError

LEFT = "Nothing was added to it."
ANEW = "Name another file with -o, or write it anew with --force."
_ASSESSED, _REFUSED = b'{"assessment": ', b'{"faults": '
"""How the two kinds of line begin: keys are sorted."""


class Done(NamedTuple):
    """What stands in a file of results: lines, how many of them refused, the last line's mark."""

    lines: int = 0
    refused: int = 0
    mark: str = ""


def begun(path: Path, *, anew: bool) -> BinaryIO:
    """A new file that only this user can read; ``anew`` in the place of one that is there.

    Raises:
        NmtError: one is there, or none can be made.
    """
    try:
        if anew and path.is_file():
            path.unlink()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        fault = Fault(
            str(path),
            "it is there already",
            "Nothing was done.",
            "Go on with it by --resume, write it anew with --force, or name another with -o.",
        )
        raise NmtError(str(fault)) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    return _alone(os.fdopen(descriptor, "r+b"), path)


def gone_on(path: Path) -> tuple[BinaryIO, Done]:
    """The file as a run that was cut left it, without the half line at its end.

    Raises:
        NmtError: it is not a file of results, or cannot be written.
    """
    try:
        file = _alone(path.open("r+b"), path)
    except FileNotFoundError:
        return begun(path, anew=False), Done()
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        done, whole = _stands(file, path)
        file.truncate(whole)
        file.seek(whole)
    except BaseException:
        file.close()
        raise
    return file, done


def _stands(file: BinaryIO, path: Path) -> tuple[Done, int]:
    """What the whole lines say, and the bytes they take."""
    lines = refused = whole = 0
    last = half = b""
    for line in file:
        if not line.endswith(b"\n"):
            half = line
            break
        lines, whole, last = lines + 1, whole + len(line), line
        refused += line.startswith(_REFUSED)
    with suppress(ValueError, KeyError, TypeError):
        told = json.loads(last) if lines else {"n": 0, "mark": ""}
        if told["n"] == lines and _begins_a_line(half):
            return Done(lines, refused, str(told["mark"])), whole
    at_fault = lines + (_begins_a_line(last) or not lines)
    fault = Fault(f"{path}:{at_fault}", "this is no line of a batch", LEFT, ANEW)
    raise NmtError(str(fault))


def _begins_a_line(content: bytes) -> bool:
    """Whether it is how a line of ours begins: nobody else's file is to be cut short."""
    return any(content[: len(one)] == one[: len(content)] for one in (_ASSESSED, _REFUSED))


def _alone(file: BinaryIO, path: Path) -> BinaryIO:
    """Two runs that write one file would mix their lines; a killed one lets go by itself."""
    try:
        import fcntl
    except ImportError:  # only POSIX has these locks
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        fault = Fault(str(path), "another run is writing it", "Nothing was done.", "Wait for it.")
        raise NmtError(str(fault)) from None
    except OSError:  # a file system without locks
        pass
    return file


def _unwritable(path: Path, error: OSError) -> NmtError:
    reason = (error.strerror or "it cannot be opened").lower()
    remedy = "Name another file with -o."
    return NmtError(
        str(Fault(str(path), f"cannot be written: {reason}", "Nothing was done.", remedy))
    )
