"""The migrations and the tables that the program uses are the same thing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from nmt_expert.records import InterviewId, Store, care, open_store
from nmt_expert.records import migrations as shipped
from nmt_expert.records.database import Database
from nmt_expert.records.dialects.sqlite import InFile
from nmt_expert.records.tables import APPEND_ONLY, REVISION, metadata
from tests.records.conftest import Opens

DUMPS = sorted((Path(__file__).parent / "fixtures").glob("store_*.sql"))
REVISIONS = Path(shipped.__path__[0]) / "versions"


def test_the_migrations_lead_to_the_tables_the_program_uses(store: Store) -> None:
    with store._database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(shipped.__path__[0])))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def laid_out(dump: Path, folder: Path) -> Path:
    """A store of an earlier version, as its dump tells."""
    folder.mkdir(mode=0o700)
    file = folder / "records.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(dump.read_text("utf-8"))
    return file


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_a_store_of_every_earlier_version_is_brought_forward_whole(
    dump: Path, folder: Path
) -> None:
    laid_out(dump, folder)
    with open_store(folder) as store:
        assert store.verify() == ()
        with store.database.read() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        finished, interrupted = InterviewId("2026-11-20-1"), InterviewId("2026-11-20-2")
        kept = store.state(finished)
        assert [a.finding for a in kept.answers] == ["saddle_numbness", "taut_band"]
        assert kept.treated[0].technique == "ischemic_compression"
        assert store.assessment(finished).case.complaint.text == "Headache from the neck"
        assert [one.id for one in care.find(store, ["headache", "daughter"])] == [finished]
        store.note(interrupted, "goes on", "2026-12-01T09:00:00Z")
        care.redact(store, finished, why="asked", at="2026-12-01T09:00:00Z")
        assert store.verify() == ()


def test_there_is_a_dump_of_every_earlier_version() -> None:
    versions = [path.stem.split("_")[0][1:] for path in REVISIONS.glob("v*.py")]
    assert {path.stem.split("_")[1] for path in DUMPS} == set(versions) - {REVISION}


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = laid_out(DUMPS[0], folder)

    def dump() -> list[str]:
        with closing(sqlite3.connect(file)) as connection:
            return list(connection.iterdump())

    def fail(_: object) -> bytes:
        raise OSError("no memory left")

    before = dump()
    with monkeypatch.context() as patched:
        patched.setattr("zlib.compress", fail)
        with pytest.raises(OSError, match="no memory"):
            open_store(folder)
    assert dump() == before
    with open_store(folder) as store:
        assert len(store.interviews()) == 2


def test_every_append_only_table_has_its_guards(opens: Opens) -> None:
    query, kinds = "SELECT name FROM sqlite_master WHERE type = 'trigger'", ["update", "delete"]
    if opens.server:
        query, kinds = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal", [*kinds, "truncate"]
    found = {name for (name,) in opens.ask(query)}
    assert found == {f"{table}_no_{kind}" for table in APPEND_ONLY for kind in kinds}


@pytest.mark.in_a_file
def test_every_connection_is_durable_and_checked(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with store._database.read() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted


def test_odd_characters_in_the_folder_name_do_no_harm(tmp_path: Path) -> None:
    database = Database(InFile(tmp_path / "50% of ?a#b&c.sqlite3", wait=1))
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["50% of ?a#b&c.sqlite3"]
