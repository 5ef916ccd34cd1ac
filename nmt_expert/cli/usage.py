"""What Typer finds wrong with a command line, as place, fault, consequence and remedy."""

import re
from difflib import get_close_matches

from nmt_expert.model.errors import Fault, NmtError

_OF_ITS_LIBRARY = "Value error, "
_OFFER = " Did you mean "
_QUOTED = re.compile(r"'([^']*)'")


class WrongUsage(NmtError):
    """The command line names what there is not."""


def wrong_usage(error: Exception) -> WrongUsage | None:
    """The error in our words, when it is one of Typer's about the command line.

    Typer's own classes of error are private to it, so they are known by what they can say.
    """
    told = getattr(error, "format_message", None)
    if told is None:
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "nmt-expert"
    says = told().replace(_OF_ITS_LIBRARY, "").rstrip(".")
    if says.startswith("Usage:"):  # a group without a command: its help
        return WrongUsage(says)
    says, offers, offered = says.partition(_OFFER)
    meant = offers.lstrip() + offered or _meant(says)
    remedy = f"{meant} See: {command} --help".lstrip()
    return WrongUsage(str(Fault(command, says[:1].lower() + says[1:], "Nothing was done.", remedy)))


def _meant(says: str) -> str:
    """The choice that was probably meant."""
    _, _, choices = says.partition(" is not one of ")
    given = _QUOTED.findall(says.removesuffix(choices))
    near = get_close_matches(given[-1], _QUOTED.findall(choices), 1) if given and choices else []
    return f"Did you mean {near[0]!r}?" if near else ""
