"""A file that only this user can read, written in one piece or not at all."""

import os
import tempfile
from pathlib import Path


def write_private(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Put ``content`` in the place of what was at ``path``, in one step.

    ``mkstemp`` makes the file 0600 from its first moment, and the rename is atomic. ``lasting``
    waits until it is on the disk; what can be made again need not.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
