"""One file as plain data, with the places of its parts; and why a file may not be one."""

import os
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from nmt_expert.kb.marks import Marks, Path_, mark_everything
from nmt_expert.model.errors import Fault

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast parser where libyaml is there, else the one in Python: the same events."""

MAX_BYTES = 2_000_000
UNUSED = "Nothing in the file was used."
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Unreadable(Exception):
    """Reading stopped at the last of these faults; nothing after it can be trusted."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class Document:
    """Plain data, the lines of its entries, and the faults of its form.

    Positions of inner parts are worked out when a fault first asks for one, so that reading a
    sound file costs a single pass.
    """

    def __init__(
        self, name: str, text: str, data: Any, lines: list[int], faults: list[Fault]
    ) -> None:
        self.name = name
        self.data = data
        self.lines = lines
        self.faults = faults
        self._text = text

    @cached_property
    def marks(self) -> Marks:
        """Where everything stands."""
        return mark_everything(yaml.parse(self._text, Loader=LOADER))

    def place(self, path: Path_ = (), key: bool = False) -> str:
        """``file:line:column`` of the part at ``path``, or of its key."""
        try:
            line, column = self.marks.find(path, key)
        except yaml.YAMLError:  # JSON that is no YAML
            return self.name
        return f"{self.name}:{line}:{column}"

    def besides(self, faults: Iterable[Fault]) -> list[Fault]:
        """The faults at places that no fault of form explains already."""
        told = {fault.place for fault in self.faults}
        return [fault for fault in faults if fault.place not in told]


def file_text(path: Path, name: str) -> str:
    """The text of a file.

    Raises:
        Unreadable: it cannot be opened, is too large, is not UTF-8, or steers terminals.
    """
    return decoded(file_bytes(path, name), name)


def file_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file, or its beginning when it is too large to be one of ours.

    Raises:
        Unreadable: it cannot be opened.
    """
    try:
        with opened(path) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # a ValueError is a NUL in the name
        reason = (getattr(error, "strerror", None) or "it cannot be opened").lower()
        fault = Fault(name, f"cannot be read: {reason}", UNUSED, "Name a file that can be read.")
        raise Unreadable(fault) from None


def opened(path: Path) -> BinaryIO:
    """The file, open; a pipe that nobody writes to is empty, and is not waited for.

    Raises:
        OSError: it cannot be opened.
    """
    return open(path, "rb", opener=_at_once)


def _at_once(name: str, flags: int) -> int:
    descriptor = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(descriptor, True)
    return descriptor


def decoded(raw: bytes, name: str) -> str:
    """The text that these bytes are.

    Raises:
        Unreadable: they are too many, or not UTF-8.
    """
    _check_size(len(raw), name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = Fault(f"{name}:{line}", "not UTF-8 text", UNUSED, "Save the file as UTF-8.")
        raise Unreadable(fault) from None


def check_text(text: str, name: str) -> None:
    """Hold text to the size and characters that a file may have.

    Raises:
        Unreadable: it is too large, or holds a control character.
    """
    _check_size(len(text), name)
    if found := _CONTROL.search(text):
        before = text[: found.start()]
        place = f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        says = f"control character U+{ord(found.group()):04X}"
        raise Unreadable(Fault(place, says, UNUSED, "Delete it."))


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        says = f"larger than {MAX_BYTES // 1_000_000} MB"
        remedy = "Split it, or check that it is the right file."
        raise Unreadable(Fault(name, says, UNUSED, remedy))
