"""The store while it is open: its transactions, and its faults as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, Transaction
from sqlalchemy.exc import DBAPIError

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records.dialects import Dialect

_NOT_SAVED = "Nothing of this step was saved."
_NOT_KNOWN = "Whether this step was saved is not known: look before you tell it again."


class Database:
    """The only place that begins and ends transactions."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._engine = dialect.engine()

    @property
    def place(self) -> str:
        """Where the store lies, as faults name it."""
        return self.dialect.place

    @property
    def file(self) -> Path:
        """The file in which the store lies.

        Raises:
            StoreProblem: it lies on a server.
        """
        if self.dialect.file is None:
            raise StoreProblem(str(not_a_file(self.place)))
        return self.dialect.file

    @property
    def secret(self) -> str | None:
        """The passphrase of an encrypted file."""
        return self.dialect.secret

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, wholly kept or wholly undone; a second writer waits at its start."""
        with self._sentences(_NOT_SAVED), self._engine.connect() as plain:
            connection = plain.execution_options(**self.dialect.options(writes=True))
            with connection.begin() as transaction:
                mark = self.dialect.mark(connection)
                yield connection
                self._commit(transaction, mark)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One unchanging view of the store."""
        with self._sentences("Nothing was read."), self._engine.connect() as plain:
            connection = plain.execution_options(**self.dialect.options(writes=False))
            with connection.begin():
                yield connection

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction: to back up, or to tidy up."""
        with self._sentences("It was left as it is."):
            lent = self._engine.raw_connection()
            try:
                yield lent.driver_connection
            finally:
                lent.close()

    def close(self) -> None:
        """Let go of the store."""
        self._engine.dispose()

    def _commit(self, transaction: Transaction, mark: str | None) -> None:
        """Keep the step. A connection may be cut after the server kept it and before it says so."""
        try:
            transaction.commit()
        except DBAPIError as error:
            kept = self.dialect.was_kept(mark)
            if kept is None:
                raise StoreProblem(str(self.dialect.fault(error.orig, _NOT_KNOWN))) from None
            if not kept:
                raise

    @contextmanager
    def _sentences(self, consequence: str) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreProblem(str(self.dialect.fault(error.orig, consequence))) from None
        except self.dialect.error as error:
            raise StoreProblem(str(self.dialect.fault(error, consequence))) from None


def not_a_file(place: str) -> Fault:
    """Say that something is only done to a store in a file."""
    return Fault(
        place=place,
        says="the records lie on a server, not in a file",
        consequence="Nothing was done.",
        remedy="Use the server's own tools, such as pg_dump; see docs/store.md.",
    )


def rows(connection: Connection, query: Executable) -> list[dict[str, Any]]:
    """What a query finds, each row by column name."""
    found = connection.execute(query)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]
