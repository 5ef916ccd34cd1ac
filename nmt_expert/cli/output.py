"""Where results go: standard output, or a private file written in one piece."""

import sys
from pathlib import Path

from nmt_expert.model.errors import Fault, NmtError


def emit(text: str, output: Path | None = None) -> None:
    """Write a result; to a file it replaces what was there, all or nothing, mode 0600."""
    if output is None:
        _write_stdout(text)
    else:
        _write_file(text.encode(), output)


def emit_bytes(content: bytes, output: Path | None = None) -> None:
    """Write a result that is no text; never to a terminal."""
    if output is not None:
        _write_file(content, output)
        return
    if sys.stdout.isatty():
        fault = Fault("standard output", "it is a terminal, and this is no text", _UNWRITTEN, _NAME)
        raise NmtError(str(fault))
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


_UNWRITTEN = "Nothing was written."
_NAME = "Name a file with -o."


def _write_file(content: bytes, output: Path) -> None:
    from nmt_expert.settings.private_file import write_private

    try:
        write_private(output, content)
    except OSError as error:
        fault = Fault(
            str(output),
            f"the result cannot be written there ({error.strerror})",
            _UNWRITTEN,
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
