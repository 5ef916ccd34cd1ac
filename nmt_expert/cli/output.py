"""Where results go: standard output, or a private file written in one piece."""

import sys
from pathlib import Path

from nmt_expert.model.errors import Fault, NmtError
from nmt_expert.settings.private_file import write_private


def emit(text: str, output: Path | None = None) -> None:
    """Write a result; to a file it replaces what was there, all or nothing, mode 0600."""
    if output is None:
        _write_stdout(text)
        return
    try:
        write_private(output, text.encode())
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
