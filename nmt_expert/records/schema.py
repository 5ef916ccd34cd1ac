"""Bring an opened store to the newest schema, or say why it cannot be used."""

from pathlib import Path

from sqlalchemy import Connection

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records.database import Database
from nmt_expert.records.tables import APPLICATION_ID, REVISION


def bring_up_to_date(database: Database, *, make: bool = True) -> None:
    """Apply the migrations that are missing, all or none of them; ``make`` a store of nothing.

    Raises:
        StoreProblem: a newer program wrote the store, or it belongs to another program.
    """
    with database.write() as connection:
        revision = revision_of(connection, database.file)
        if revision is None and not make:
            raise StoreProblem(str(_foreign(database.file)))
        if revision != REVISION:
            _upgrade(connection, revision, database.file)


def revision_of(connection: Connection, file: Path) -> str | None:
    """The store's revision; None while it is empty.

    Raises:
        StoreProblem: it belongs to another program.
    """
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    if not tables:
        return None
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if mark != APPLICATION_ID or "alembic_version" not in tables:
        raise StoreProblem(str(_foreign(file)))
    found = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar_one_or_none()
    return str(found)


def _upgrade(connection: Connection, revision: str | None, file: Path) -> None:
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
        raise StoreProblem(str(_newer(file, revision)))
    command.upgrade(config, "head")


def _foreign(file: Path) -> Fault:
    return Fault(
        place=str(file),
        says="this database was not made by nmt-expert",
        consequence="It was left as it is.",
        remedy="Name another folder with --data or NMT_EXPERT_DATA.",
    )


def _newer(file: Path, revision: str) -> Fault:
    return Fault(
        place=str(file),
        says=f"a newer nmt-expert wrote this record store (version {revision}; "
        f"this one knows versions up to {REVISION})",
        consequence="It was left as it is.",
        remedy="Install the newer nmt-expert, or name another folder with --data.",
    )
