"""What cannot be undone is done only after its name was typed."""

import sys
from datetime import UTC, datetime

from nmt_expert.model.errors import Fault, NeedsTerminal, NmtError
from nmt_expert.model.moments import stamp


def confirm(name: str, given: str | None, *, flag: str, does: str) -> None:
    """Return once ``name`` was typed, or given with the flag.

    Raises:
        NeedsTerminal: it was not given, and there is nobody to ask.
        NmtError: something else was typed or given.
    """
    if given is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise NeedsTerminal(
                f"This {does} for good, and there is no terminal to ask. Nothing was changed. "
                f"To confirm on the command line: {flag} {name}. To look first: --dry-run."
            )
        given = input(f"This {does} for good. Type {name} to go on: ")
    if given.strip() != name:
        says = f"that is not {name!r}, whose records these are"
        raise NmtError(str(Fault(flag, says, "Nothing was changed.")))


def now() -> str:
    """The time now, as the records keep it: ISO 8601 in UTC."""
    return stamp(datetime.now(UTC))
