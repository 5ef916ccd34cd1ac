"""Open the record store for a command; ask for the passphrase where it is encrypted."""

import os
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from nmt_expert.cli.setup import Setup
from nmt_expert.model.errors import Fault, NeedsTerminal, StoreProblem

if TYPE_CHECKING:
    from nmt_expert.records import Store

_SERVICE = "nmt-expert"
"""The name under which a keyring keeps passphrases; the user name is the path of the store."""
MOST = 1000
"""Characters that a passphrase may have."""


def opened(setup: Setup) -> "Store":
    """The store of this command, open; from here on the process holds what clients said."""
    from nmt_expert.records import open_store

    keep_out_of_core_dumps()
    settings = setup.settings
    return open_store(settings.data_folder, secret=secret_of(setup), url=settings.database_url)


def keep_out_of_core_dumps() -> None:
    """A crash writes no memory to the disk: clients' words would lie there, outside the store."""
    try:
        import resource
    except ImportError:  # only POSIX has core dumps
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def secret_of(setup: Setup) -> Callable[[], str]:
    """Where the passphrase comes from: the file of the setting, a keyring, or the keyboard.

    There is no flag for it: command lines are kept in histories and seen by others.
    """

    def ask() -> str:
        file = setup.settings.passphrase_file
        if file is not None:
            return _in_file(file)
        return _in_keyring(setup.settings.data_folder) or typed("Passphrase of the record store: ")

    return ask


def typed(question: str, *, twice: bool = False) -> str:
    """A passphrase from the keyboard, unseen; ``twice`` for a new one.

    Raises:
        NeedsTerminal: there is nobody to ask.
        StoreProblem: it is empty or too long, or the second is not the first.
    """
    if not sys.stdin.isatty():
        raise NeedsTerminal(
            "A passphrase is needed, and standard input is not a terminal. Nothing was opened. "
            "Set NMT_EXPERT_PASSPHRASE_FILE to a private file that holds it."
        )
    secret = _legal("passphrase", getpass(question))
    if twice and getpass("The same again: ") != secret:
        fault = Fault("passphrase", "the second is not the first", "Nothing was changed.")
        raise StoreProblem(str(fault))
    return secret


def _in_file(file: Path) -> str:
    """The first line of a file that nobody else can read."""
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            says = "others of this computer can read the passphrase file"
            fault = Fault(str(file), says, "It was not used.", f"Run: chmod 600 '{file}'")
            raise StoreProblem(str(fault))
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        fault = Fault(str(file), "the passphrase file cannot be read", "Nothing was opened.")
        raise StoreProblem(str(fault)) from None
    return _legal(str(file), lines[0] if lines else "")


def _in_keyring(folder: Path) -> str | None:
    """What the system's keyring keeps for this store; nothing where there is no keyring."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(_SERVICE, str(folder))
    except KeyringError:
        return None
    return found


def _legal(place: str, secret: str) -> str:
    if not secret or len(secret) > MOST or "\0" in secret:
        says = f"a passphrase has 1 to {MOST} characters"
        raise StoreProblem(str(Fault(place, says, "Nothing was opened.")))
    return secret
