"""The error family: place, fault, consequence, remedy. The ``cli`` maps each to an exit code.

NmtError
├── KnowledgeBaseInvalid   the rules or the knowledge do not hold together (exit 3)
├── InputInvalid           a case file or an answer cannot be used (exit 4)
│   └── UnknownFinding     an answer names a finding that is not in the vocabulary
├── StoreProblem           the record store cannot be used (exit 5)
├── NeedsTerminal          a question must be asked and there is no terminal (exit 2)
└── SettingInvalid         a setting has a value it cannot have (exit 2)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

_ENDLESS = re.compile(r"\S{200,}")
"""A word that only a broken file has; a sentence shows its beginning."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file or an answer.

    ``place`` is ``file:line:column`` where it is known, else the file or the answer; ``says`` names
    the fault, ``consequence`` what could not work, ``remedy`` what to do.
    """

    place: str
    says: str
    consequence: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        says = _ENDLESS.sub(lambda word: f"{word.group()[:60]}...", self.says)
        parts = [f"{self.place}: {says}".rstrip(".") + ".", self.consequence, self.remedy]
        return " ".join(part for part in parts if part)


def in_file_order(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, by file, line and column: line 9 comes before line 10."""
    return sorted(set(faults), key=lambda fault: (_natural(fault.place), fault))


def _natural(place: str) -> list[str | int]:
    """Text and numbers in turn, so that places compare as a reader would."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", place)]


def fault_of_the_program(error: BaseException) -> str:
    """What broke and where, without the message: that could hold a client's words."""
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"a fault of the program ({type(error).__name__}{where})"


class NmtError(Exception):
    """Anything that ends a command with a sentence instead of a result."""


class FaultyInput(NmtError):
    """An error that carries every fault of a run, not the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = in_file_order(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class KnowledgeBaseInvalid(FaultyInput):
    """The knowledge base breaks one of its own rules."""


class InputInvalid(FaultyInput):
    """A case file, or an answer in it, cannot be used."""


class UnknownFinding(InputInvalid):
    """An answer names a finding that is not in the vocabulary."""


class StoreProblem(NmtError):
    """The record store cannot be opened, read or written."""


class NeedsTerminal(NmtError):
    """A question had to be asked, and there is nobody to ask."""


class SettingInvalid(NmtError):
    """A setting has a name or a value that it cannot have."""
