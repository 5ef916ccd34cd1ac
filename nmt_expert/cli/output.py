"""Where results go: standard output, or a private file written in one piece."""

import os
import sys
import tempfile
from pathlib import Path

from nmt_expert.model.errors import Fault, NmtError


def emit(text: str, output: Path | None = None) -> None:
    """Write a result; to a file it replaces what was there, all or nothing, mode 0600."""
    if output is None:
        _write_stdout(text)
        return
    try:
        _replace(output, text)
    except OSError as error:
        fault = Fault(
            str(output),
            f"the result cannot be written there ({error.strerror})",
            "Nothing was written.",
            "Name another file with -o, or leave -o out to print it.",
        )
        raise NmtError(str(fault)) from None


def _write_stdout(text: str) -> None:
    """The same bytes on every machine; a stream without bytes below it takes the text."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8"))
    sys.stdout.flush()


def _replace(output: Path, text: str) -> None:
    """``mkstemp`` makes the file 0600 from its first moment; the rename is atomic."""
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
