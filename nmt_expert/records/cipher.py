"""The encrypted store, extra ``[encrypted]``: SQLCipher in the place of SQLite, one passphrase.

The only module that knows of SQLCipher. Without the extra an encrypted store is refused with a
sentence, and a plain one works as ever.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from nmt_expert.model.errors import Fault, StoreProblem

_PLAIN = b"SQLite format 3\0"
_PAGE = 4096
INSTALL = "Install it: pip install 'nmt-expert[encrypted]'."


def is_encrypted(file: Path) -> bool:
    """Whether a file looks like an encrypted store: whole pages that begin with no known word."""
    try:
        with file.open("rb") as opened:
            begins, size = opened.read(len(_PLAIN)), os.fstat(opened.fileno()).st_size
    except OSError:
        return False
    return size > 0 and size % _PAGE == 0 and begins != _PLAIN


def library() -> Any:
    """SQLCipher's own copy of the database library.

    Raises:
        StoreProblem: the extra is not installed.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise StoreProblem(str(_missing())) from None
    return dbapi2


def driver(secret: str | None) -> Any:
    """The library for a store with this passphrase, or without one."""
    return sqlite3 if secret is None else library()


def connect(file: Path, secret: str | None, wait: float) -> Any:
    """A connection that begins no transaction by itself, unlocked with the passphrase.

    A wrong passphrase shows at the first statement: "not a record store, or it is damaged".
    """
    connection = driver(secret).connect(str(file), isolation_level=None, timeout=wait)
    if secret is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes to standard error
        connection.execute(f"PRAGMA key = {quoted(secret)}")
    return connection


def quoted(text: str) -> str:
    """A text as SQL writes it; a pragma takes no parameters."""
    return "'" + text.replace("'", "''") + "'"


def no_passphrase(file: Path) -> Fault:
    """Say that a store is encrypted, and nobody said how to open it."""
    return Fault(
        place=str(file),
        says="the record store is encrypted, and no passphrase was given (or its start is damaged)",
        consequence="Nothing was opened.",
        remedy="Run it in a terminal, or set NMT_EXPERT_PASSPHRASE_FILE to a private file.",
    )


def _missing() -> Fault:
    return Fault(
        place="encrypted store",
        says="the library for encrypted stores (sqlcipher3) is not installed",
        consequence="Nothing was opened.",
        remedy=INSTALL,
    )
