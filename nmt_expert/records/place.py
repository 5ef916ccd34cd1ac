"""Where the store lies: one file, 0600, in one folder, 0700. Wrong modes are mended or refused."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from nmt_expert.model.errors import Fault, StoreProblem

STORE_NAME = "records.sqlite3"
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a store while it is open."""


def prepare(folder: Path) -> Path:
    """Make the folder and an empty private file where they are missing; the path of the file.

    Raises:
        StoreProblem: they cannot be made, or others could read them and that cannot be mended.
    """
    try:
        folder = folder.expanduser().resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / STORE_NAME
        _close_folder(folder, holds_store=file.exists())
        _create(file)
        for path in (file, *(file.with_name(file.name + end) for end in COMPANIONS)):
            _close_file(path)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreProblem(str(_unusable(folder, error))) from None
    return file


def _close_folder(folder: Path, *, holds_store: bool) -> None:
    """Take the folder from other people, unless it plainly serves other things too."""
    mode = folder.stat().st_mode
    if os.name != "posix" or not mode & _FOR_OTHERS:
        return
    ours = holds_store or not any(folder.iterdir())
    if mode & stat.S_ISVTX or not ours:
        raise StoreProblem(str(_shared_folder(folder, mode)))
    folder.chmod(0o700)


def _create(file: Path) -> None:
    """An empty file that was never readable by others, not even for a moment."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not file.is_file():
            raise IsADirectoryError(None, "it is not a file") from None


def _close_file(file: Path) -> None:
    with suppress(FileNotFoundError):  # SQLite removes its companions when the last one closes
        if os.name == "posix" and file.stat().st_mode & _FOR_OTHERS:
            file.chmod(0o600)


def _unusable(folder: Path, error: Exception) -> Fault:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Fault(
        place=str(folder),
        says=f"the record folder cannot be used ({reason})",
        consequence="Nothing can be saved there.",
        remedy="Name a folder that you may write to with --data or NMT_EXPERT_DATA.",
    )


def _shared_folder(folder: Path, mode: int) -> Fault:
    return Fault(
        place=str(folder),
        says=f"other people of this computer can look into this folder "
        f"(mode {stat.S_IMODE(mode):o}), and it holds other things than records",
        consequence="Client records are not put there.",
        remedy="Name a folder of its own with --data or NMT_EXPERT_DATA, or run chmod 700 on it.",
    )
