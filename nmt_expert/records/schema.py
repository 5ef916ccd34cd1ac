"""Bring an opened store to the newest schema, or say why it cannot be used."""

from pathlib import Path

from sqlalchemy import Connection

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records.database import Database
from nmt_expert.records.dialects import Dialect
from nmt_expert.records.tables import REVISION


def bring_up_to_date(database: Database, *, make: bool = True) -> None:
    """Apply the migrations that are missing, all or none of them; ``make`` a store of nothing.

    Raises:
        StoreProblem: a newer program wrote the store, or it belongs to another program.
    """
    dialect = database.dialect
    with database.read() as connection:
        revision = revision_of(connection, dialect)
    if revision is None and not make:
        raise StoreProblem(str(_foreign(dialect)))
    if revision == REVISION:
        return
    with database.write() as connection:
        revision = revision_of(connection, dialect)  # another program may have been quicker
        if revision != REVISION:
            _upgrade(connection, revision, dialect)


def revision_of(connection: Connection, dialect: Dialect) -> str | None:
    """The store's revision; None while it is empty.

    Raises:
        StoreProblem: it belongs to another program.
    """
    tables = dialect.tables(connection)
    if not tables:
        return None
    if "alembic_version" not in tables or not dialect.is_ours(connection):
        raise StoreProblem(str(_foreign(dialect)))
    found = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar_one_or_none()
    return str(found)


def _upgrade(connection: Connection, revision: str | None, dialect: Dialect) -> None:
    from alembic import command  # late: a store that is up to date needs none of it
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreProblem(str(_newer(dialect, revision)))
    command.upgrade(config, "head")
    dialect.settle(connection)


def _foreign(dialect: Dialect) -> Fault:
    return Fault(
        place=dialect.place,
        says="this database was not made by nmt-expert",
        consequence="It was left as it is.",
        remedy=dialect.elsewhere,
    )


def _newer(dialect: Dialect, revision: str) -> Fault:
    return Fault(
        place=dialect.place,
        says=f"a newer nmt-expert wrote this record store (version {revision}; "
        f"this one knows versions up to {REVISION})",
        consequence="It was left as it is.",
        remedy=f"Install the newer nmt-expert. Or: {dialect.elsewhere}",
    )
