"""Make sure that bytes which were deleted are gone from the file, not only from its tables."""

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records.database import Database


def scrub(database: Database) -> None:
    """Write the whole store anew without its free pages, and empty the write-ahead log.

    Raises:
        StoreProblem: another program reads the store, so that the log keeps old pages for now.
    """
    with database.raw() as driver:
        done = database.dialect.scrub(driver)
    if not done:
        raise StoreProblem(str(_still_read(database)))


def _still_read(database: Database) -> Fault:
    return Fault(
        place=database.place,
        says="it was taken out of the records, but another program has the store open",
        consequence="Old bytes may stay in the file that ends in -wal until it closes.",
        remedy="Close that program, then run: nmt-expert records doctor",
    )
