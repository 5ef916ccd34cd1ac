"""Where cases come from: files, folders, lines of JSON; one at a time, each with its place."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple

from nmt_expert.kb.document import MAX_BYTES, UNUSED, Unreadable, file_bytes, opened
from nmt_expert.model.errors import Fault, NmtError
from nmt_expert.model.text import clean

CASE_ENDINGS = (".yml", ".yaml", ".json")
LINES_ENDINGS = (".jsonl", ".ndjson")
STANDARD_INPUT = "-"
_ENDLESS = 100_000_000
"""Bytes of one line after which its end is not waited for."""
_NAME_OF_STDIN = "standard input"


class Piece(NamedTuple):
    """One case as it was found: its bytes, or why it could not be read.

    ``mark`` stands for this case and all before it; ``line`` when it is one line of a file.
    """

    n: int
    place: str
    mark: str
    content: bytes
    line: bool = False
    faults: tuple[Fault, ...] = ()


class _Raw(NamedTuple):
    place: str
    content: bytes
    line: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Cases:
    """The files and folders that were named; ``-`` is ``standard_input``, which holds lines.

    ``all_lines``: whatever its name, a file that is named holds one case a line. ``output`` is
    written meanwhile, so that it is no input.

    Raises:
        NmtError: the output is named as input.
    """

    names: tuple[str, ...]
    standard_input: BinaryIO
    all_lines: bool = False
    output: Path | None = None

    def __post_init__(self) -> None:
        for name in self.names:
            if name != STANDARD_INPUT and self._is_output(Path(name)):
                remedy = "Name another file with -o."
                fault = Fault(name, "it is the input and the output", "Nothing was done.", remedy)
                raise NmtError(str(fault))

    def pieces(self, start: str) -> Iterator[Piece]:
        """Every case in order; ``start`` is what all marks stand for besides the cases."""
        mark = start
        for n, raw in enumerate(self._raw(), start=1):
            mark = _marked(mark, raw)
            yield Piece(n, raw.place, mark, raw.content, raw.line, raw.faults)

    def number(self) -> int:
        """How many there are; 0 when nobody can know before they are read."""
        if STANDARD_INPUT in self.names:
            return 0
        return sum(1 for _ in self._raw(counted=True))

    def _raw(self, counted: bool = False) -> Iterator[_Raw]:
        for name in self.names:
            if name == STANDARD_INPUT:
                yield from _lines(self.standard_input, _NAME_OF_STDIN)
                continue
            for path in self._files(name):
                if self.all_lines or path.suffix in LINES_ENDINGS:
                    yield from _lines_of(path)
                else:
                    yield _Raw(str(path), b"") if counted else _whole(path)

    def _files(self, name: str) -> Iterator[Path]:
        path = Path(name)
        if path.is_dir():
            yield from (one for one in _below(path) if not self._is_output(one))
        else:
            yield path

    def _is_output(self, path: Path) -> bool:
        return self.output is not None and path.resolve() == self.output.resolve()


def _below(folder: Path) -> Iterator[Path]:
    """The case files of a folder and the folders in it, by name; what is hidden is left out."""
    for name in sorted(os.listdir(folder)):
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.suffix in (*CASE_ENDINGS, *LINES_ENDINGS):
            yield path


def _whole(path: Path) -> _Raw:
    place = clean(str(path))
    try:
        return _Raw(place, file_bytes(path, place))
    except Unreadable as stop:
        return _Raw(place, b"", faults=stop.faults)


def _lines_of(path: Path) -> Iterator[_Raw]:
    place = clean(str(path))
    try:
        file = opened(path)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        fault = Fault(place, f"cannot be read: {reason}", UNUSED, "Name a file that can be read.")
        yield _Raw(place, b"", faults=(fault,))
        return
    with closing(file):
        yield from _lines(file, place)


def _lines(file: BinaryIO, name: str) -> Iterator[_Raw]:
    """The lines that are not blank; of one that is too long, as much as shows that it is.

    What follows a line that seems to have no end is not read.
    """
    for number in count(1):
        content = file.readline(MAX_BYTES + 1)
        if not content:
            return
        passed, end = len(content), content
        while end and not end.endswith(b"\n") and passed < _ENDLESS:
            end = file.readline(MAX_BYTES)
            passed += len(end)
        if not content.isspace():
            yield _Raw(f"{name}:{number}", content, line=True)
        if passed >= _ENDLESS:
            return


def _marked(before: str, raw: _Raw) -> str:
    """The mark of a case that comes after ``before``."""
    content = sha256(raw.content).hexdigest()
    return sha256(f"{before} {content} {raw.place}".encode()).hexdigest()
