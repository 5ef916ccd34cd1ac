"""Terminals for the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transcripts.terminal import Opened, Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Opened]:
    """Opens terminals in one folder; they are closed with the test."""
    opened: list[Terminal] = []

    def here(*words: str, command: str = "interview") -> Terminal:
        opened.append(Terminal(tmp_path, *words, command=command))
        return opened[-1]

    yield here
    for one in opened:
        one.child.close(force=True)
