"""What differs between the databases that a record store may lie in: one module each.

Everything else of this room speaks SQLAlchemy and knows no database.
"""

from pathlib import Path
from typing import Any, ClassVar, Protocol

from sqlalchemy import Connection, Engine

from nmt_expert.model.errors import Fault


class Dialect(Protocol):
    """How one kind of database is opened and begun, and what it means when it fails.

    ``place`` is what faults call the store, without any password. ``file`` and ``secret`` are
    those of a store in a file: None for one on a server.
    """

    place: str
    file: Path | None
    secret: str | None
    elsewhere: ClassVar[str]

    @property
    def error(self) -> type[Exception]:
        """What the driver raises."""

    def engine(self) -> Engine:
        """The store, opened when it is first used."""

    def options(self, *, writes: bool) -> dict[str, Any]:
        """What makes the next transaction one view that stays, or the only one that writes."""

    def mark(self, connection: Connection) -> str | None:
        """A name by which a transaction is known after its connection is lost."""

    def was_kept(self, mark: str | None) -> bool | None:
        """Whether a transaction whose commit failed was kept after all; None: nobody can say."""

    def fault(self, error: BaseException | None, consequence: str) -> Fault:
        """What the driver says of this store, as a sentence without anything a client said."""

    def tables(self, connection: Connection) -> set[str]:
        """What lies where the store should be."""

    def is_ours(self, connection: Connection) -> bool:
        """Whether what lies there is marked as a store of this program."""

    def settle(self, connection: Connection) -> None:
        """Finish what migrations made; in their transaction."""

    def scrub(self, driver: Any) -> bool:
        """Write the store anew without what was deleted; False while others still read it."""
