"""The migrations and the tables that the program uses are the same thing."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from nmt_expert.records import Store
from nmt_expert.records import migrations as shipped
from nmt_expert.records.database import Database
from nmt_expert.records.tables import APPEND_ONLY, REVISION, metadata


def test_the_migrations_lead_to_the_tables_the_program_uses(store: Store) -> None:
    with store._database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(shipped.__path__[0])))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_every_append_only_table_has_both_guards(store: Store) -> None:
    with store._database.read() as connection:
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        guards = set(found.scalars())
    assert guards == {
        f"{table}_no_{kind}" for table in APPEND_ONLY for kind in ("update", "delete")
    }


def test_every_connection_is_durable_and_checked(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with store._database.read() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted


def test_odd_characters_in_the_folder_name_do_no_harm(tmp_path: Path) -> None:
    database = Database(tmp_path / "50% of ?a#b&c.sqlite3", wait=1)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["50% of ?a#b&c.sqlite3"]
