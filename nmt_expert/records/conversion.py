"""Encrypt a store that was not, decrypt it again, or give it another passphrase."""

import os
from contextlib import closing
from pathlib import Path

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records import cipher
from nmt_expert.records.backup import Copied, examined, in_use, sentences, settle, staged
from nmt_expert.records.tables import APPLICATION_ID

_BLOCK = 1_000_000


def convert(file: Path, secret: str | None, new: str | None) -> Copied:
    """Write the store anew under another passphrase (None: without one), then take its place.

    The new file passes every check before the old one goes; the old bytes are overwritten, which
    a solid-state disk, a snapshot or a backup may not heed.

    Raises:
        StoreProblem: another program has it open, or the passphrase is not that of the store.
    """
    if new == "":
        fault = Fault(str(file), "the passphrase is empty", "Nothing was changed.")
        raise StoreProblem(str(fault))
    with staged(file.parent, file) as stage, file.open("r+b") as old:
        _write_anew(file, secret, stage, new)
        found = examined(stage, new)
        stage.replace(file)
        settle(file.parent)
        _overwrite(old.fileno())
    return found


def _write_anew(file: Path, secret: str | None, stage: Path, new: str | None) -> None:
    library = cipher.library()
    connection = library.connect(str(file), isolation_level=None, timeout=0)
    with closing(connection), sentences(file, secret or new):
        connection.execute("PRAGMA cipher_log_level = NONE")
        if secret is not None:
            connection.execute(f"PRAGMA key = {cipher.quoted(secret)}")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except library.OperationalError:
            raise StoreProblem(str(in_use(file))) from None
        to = f"{cipher.quoted(str(stage))} AS anew KEY {cipher.quoted(new or '')}"
        connection.execute(f"ATTACH {to}")
        connection.execute("SELECT sqlcipher_export('anew')")
        connection.execute(f"PRAGMA anew.application_id = {APPLICATION_ID}")
        connection.execute("DETACH anew")


def _overwrite(descriptor: int) -> None:
    """Zeros over every byte of a file that has lost its name."""
    size = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    for first in range(0, size, _BLOCK):
        os.write(descriptor, bytes(min(_BLOCK, size - first)))
    os.fsync(descriptor)
