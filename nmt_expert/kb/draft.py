"""The knowledge as it was read: records by kind and id, and where each entry stands.

A draft may be incomplete: an entry that is broken is missing from its table, but its name still
counts as declared, so that one mistake is reported once.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from nmt_expert.kb.document import Document
from nmt_expert.kb.marks import Path_
from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Entry:
    """Where one entry stands: its document and the path to it.

    ``more`` are the entries whose rows were added to a relation, each with the number of its first.
    """

    document: Document
    path: Path_
    line: int
    more: tuple[tuple[int, "Entry"], ...] = ()

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.document.name}:{self.line}"

    def spot(self, path: Path_ = (), key: bool = False) -> str:
        """``file:line:column`` of a part of the entry."""
        match path:
            case ("rows", int(number), *inner):
                for first, added in reversed(self.more):
                    if number >= first:
                        return added.spot(("rows", number - first, *inner), key)
        return self.document.place((*self.path, *path), key)

    def with_rows_of(self, added: "Entry", first: int) -> "Entry":
        """The entry of a relation that has further rows from ``first`` on."""
        return replace(self, more=(*self.more, (first, added)))


@dataclass
class Draft:
    """Everything read so far, and every fault found while reading.

    ``documents`` are by their place in the knowledge base, below ``overlay/`` for those of the
    overlay, whose folder is called ``overlay``. ``laid_over`` counts its entries by what they did
    (added, replaced, extended) and by their kind.
    """

    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    overlay: str | None = None
    laid_over: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

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
