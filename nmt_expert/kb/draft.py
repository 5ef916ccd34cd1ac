"""The knowledge as it was read: records by kind and id, and where each entry stands.

A draft may be incomplete: an entry that is broken is missing from its table, but its name still
counts as declared, so that one mistake is reported once.
"""

from dataclasses import dataclass, field
from typing import TypeVar, cast

from nmt_expert.kb.document import Document
from nmt_expert.kb.marks import Path_
from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Entry:
    """Where one entry stands: its document and the path to it."""

    document: Document
    path: Path_
    line: int

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.document.name}:{self.line}"

    def spot(self, path: Path_ = (), key: bool = False) -> str:
        """``file:line:column`` of a part of the entry."""
        return self.document.place((*self.path, *path), key)


@dataclass
class Draft:
    """Everything read so far, and every fault found while reading."""

    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def table(self, kind: str, record: type[R]) -> dict[str, R]:
        """The records of a kind by id, in reading order."""
        return cast("dict[str, R]", self.tables.setdefault(kind, {}))

    def one(self, kind: str, record: type[R]) -> R | None:
        """The record of a kind that exists once, or None when it is missing or broken."""
        return next(iter(self.table(kind, record).values()), None)

    def declared(self, kind: str) -> dict[str, Entry]:
        """Every entry of a kind that has a name, broken or not."""
        return self.entries.setdefault(kind, {})

    def spot(self, kind: str, name: str, path: Path_ = (), key: bool = False) -> str:
        """Where a part of an entry stands."""
        entry = self.declared(kind).get(name)
        return entry.spot(path, key) if entry else f"{kind} {name}"
