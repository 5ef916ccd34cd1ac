"""The one place where errors become sentences on standard error, and exit codes."""

import os
import sys
import traceback

from nmt_expert.cli import exit_codes
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import (
    InputInvalid,
    KnowledgeBaseInvalid,
    NeedsTerminal,
    NmtError,
    SettingInvalid,
    StoreProblem,
    fault_of_the_program,
)

_CODES: tuple[tuple[type[NmtError], int], ...] = (
    (KnowledgeBaseInvalid, exit_codes.KNOWLEDGE_BASE_INVALID),
    (InputInvalid, exit_codes.INPUT_INVALID),
    (StoreProblem, exit_codes.RECORD_STORE),
    (NeedsTerminal, exit_codes.USAGE),
    (SettingInvalid, exit_codes.USAGE),
    (WrongUsage, exit_codes.USAGE),
)
_DEBUG = "NMT_EXPERT_DEBUG"


class Interrupted(Exception):
    """Ctrl-C or the end of input; says what was saved, when something was."""


def told(error: BaseException) -> int:
    """Say on standard error what went wrong, and give the exit code for it."""
    if isinstance(error, BrokenPipeError):
        _close_stdout()
        return exit_codes.FAILED
    if isinstance(error, Interrupted | KeyboardInterrupt | EOFError):
        _say(str(error) or "Stopped.")
        return exit_codes.INTERRUPTED
    if isinstance(error, NmtError):
        _say(str(error))
        return next((code for kind, code in _CODES if isinstance(error, kind)), exit_codes.FAILED)
    _say(_unexpected(error))
    return exit_codes.FAILED


def _unexpected(error: BaseException) -> str:
    """What broke and where, without the message: that could hold a client's words."""
    if os.environ.get(_DEBUG) == "1":
        return "".join(traceback.format_exception(error)).rstrip()
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The system'}: {error.strerror}."
    return (
        f"This is {fault_of_the_program(error)}; nothing was concluded. "
        f"Please report it; {_DEBUG}=1 shows the details, which may hold client data."
    )


def _say(text: str) -> None:
    """Print for a person, on one stream only, with nothing that could steer the terminal."""
    from nmt_expert.model.text import clean

    print(clean(text), file=sys.stderr)


def _close_stdout() -> None:
    """The reader went away: nothing more may be written, also not when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
