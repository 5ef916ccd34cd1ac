"""A store on a server: how it is reached, what is durable, and what is said when it fails."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from nmt_expert.model.case import Answer
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import Store, care, open_store
from nmt_expert.records.backup import back_up
from nmt_expert.settings import ServerAddress
from tests.records import cut
from tests.records.conftest import Begin, Child
from tests.records.server import Server

AT = "2026-11-20T10:01:00Z"
ANSWER = [Answer(finding="taut_band")]
SECRET = "s3cret"
WRITE = """
import sys
from nmt_expert.model.case import Answer, Client
from nmt_expert.records import open_store
from nmt_expert.settings import ServerAddress
with open_store(url=ServerAddress(sys.argv[1])) as store:
    at = "2026-11-20T10:00:00Z"
    interview = store.start(Client(), quick=True, kb_version="1", kb_sha256="1", at=at)
    for n in range(25):
        store.append(interview, [Answer(finding=f"f{n}")], prompt=f"p{n}", at=at)
"""
Fresh = Callable[..., ServerAddress]


@pytest.fixture
def url(postgres: Server) -> ServerAddress:
    return ServerAddress(postgres.url())


@pytest.fixture
def fresh(postgres: Server) -> Iterator[Fresh]:
    """A new database with nothing in it."""

    def made(options: str = "") -> ServerAddress:
        postgres.run(f"CREATE DATABASE fresh TEMPLATE template0 {options}")
        return ServerAddress(postgres.url(database="fresh"))

    yield made
    postgres.run("DROP DATABASE IF EXISTS fresh WITH (FORCE)")


def setting(store: Store, name: str) -> str:
    with store.database.read() as connection:
        return str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())


# Durable


@pytest.mark.parametrize(("servers", "ours"), [("off", "on"), ("on", "on"), ("local", "local")])
def test_a_commit_waits_for_the_disk_even_where_the_server_would_not(
    postgres: Server, url: ServerAddress, servers: str, ours: str
) -> None:
    postgres.run(f"ALTER ROLE keeper SET synchronous_commit = {servers}")
    try:
        with open_store(url=url) as store:
            assert setting(store, "synchronous_commit") == ours
    finally:
        postgres.run("ALTER ROLE keeper RESET synchronous_commit")


def test_a_dozen_cut_connections_and_a_crash_lose_no_acknowledged_answer(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut, "LONGEST", 0.1)
    counts = cut.cuts(postgres, times=12, crashes=1, seats=2, seed=3)
    assert counts["cuts"] >= 12
    assert counts["kept"] > 5


def test_a_cut_between_two_answers_is_not_even_noticed(
    postgres: Server, url: ServerAddress, begin: Begin
) -> None:
    with open_store(url=url) as store:
        interview = begin(store)
        for n in range(5):
            assert postgres.run(cut.CUT) == [(True,)]
            store.append(interview, ANSWER, prompt=f"p{n}", at=AT)
        assert len(store.state(interview).answered) == 5


def test_a_step_that_was_kept_before_the_cut_counts_as_kept(
    url: ServerAddress, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(url=url) as store:
        interview = begin(store)
        commit = store.database._engine.dialect.do_commit

        def kept_then_cut(connection: Any) -> None:
            commit(connection)
            connection.driver_connection.close()
            raise psycopg.OperationalError("cut")

        with monkeypatch.context() as patched:
            patched.setattr(store.database._engine.dialect, "do_commit", kept_then_cut)
            n = store.append(interview, ANSWER, prompt="p", at=AT)
        assert [entry.n for entry in store.journal(interview)] == [1, n]


def test_a_step_that_was_cut_before_it_was_kept_is_said_not_to_be_saved(
    postgres: Server, url: ServerAddress, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(url=url) as store:
        interview = begin(store)
        commit = store.database._engine.dialect.do_commit

        def cut_then_kept(connection: Any) -> None:
            postgres.run(cut.CUT)
            commit(connection)

        with monkeypatch.context() as patched:
            patched.setattr(store.database._engine.dialect, "do_commit", cut_then_kept)
            with pytest.raises(StoreProblem, match=r"cut\. Nothing of this step was saved"):
                store.append(interview, ANSWER, prompt="p", at=AT)
        assert store.state(interview).answered == ()


def test_after_a_crash_a_steps_number_proves_nothing_since_it_may_be_given_again(
    postgres: Server, url: ServerAddress
) -> None:
    with open_store(url=url) as store:
        with store.database.write() as connection:
            mark = store.database.dialect.mark(connection)
        assert store.database.dialect.was_kept(mark) is True
        postgres.stop(signal.SIGQUIT)
        postgres.start()
        assert store.database.dialect.was_kept(mark) is None


def test_where_nobody_can_say_whether_a_step_was_kept_that_is_said(
    url: ServerAddress, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(url=url, wait=0.2) as store:
        interview = begin(store)

        def cut_for_good(connection: Any) -> None:
            connection.driver_connection.close()
            raise psycopg.OperationalError("cut")

        with monkeypatch.context() as patched:
            patched.setattr(store.database._engine.dialect, "do_commit", cut_for_good)
            patched.setattr(store.database.dialect, "was_kept", lambda mark: None)
            with pytest.raises(StoreProblem, match="is not known: look before"):
                store.append(interview, ANSWER, prompt="p", at=AT)


# Many seats


def test_two_programs_that_begin_at_once_on_an_empty_database_lose_nothing(
    fresh: Fresh, child: Child
) -> None:
    url = fresh()
    writers: list[subprocess.Popen[str]] = [child(WRITE, url) for _ in range(2)]
    for writer in writers:
        assert writer.communicate(timeout=60)[1] == ""
    with open_store(url=url) as store:
        assert [one.entries for one in store.unfinished()] == [26] * 2
        assert store.verify() == ()


def test_a_writer_that_never_ends_is_named_and_nothing_is_half_saved(
    url: ServerAddress, begin: Begin
) -> None:
    with open_store(url=url, wait=0.1) as store, open_store(url=url) as other:
        interview = begin(store)
        with (
            other.database.write(),
            pytest.raises(StoreProblem, match=r"another program was writing .* Nothing"),
        ):
            store.note(interview, "hello", AT)
        store.note(interview, "hello again", AT)
        assert [note.text for note in store.state(interview).notes] == ["hello again"]


def test_a_reader_keeps_its_view_while_another_writes(url: ServerAddress, begin: Begin) -> None:
    query = "SELECT count(*) FROM journal"
    with open_store(url=url) as store, open_store(url=url) as other:
        with store.database.read() as connection:
            before = connection.exec_driver_sql(query).scalar_one()
            begin(other)
            assert connection.exec_driver_sql(query).scalar_one() == before
        with store.database.read() as connection:
            assert connection.exec_driver_sql(query).scalar_one() == before + 1


def test_words_that_were_deleted_are_not_in_the_tables_files(
    postgres: Server, url: ServerAddress, begin: Begin
) -> None:
    def holders() -> list[str]:
        postgres.run("CHECKPOINT")
        files = [path for path in (postgres.folder / "data/base").rglob("*") if path.is_file()]
        return [path.name for path in files if b"Zebrafish" in path.read_bytes()]

    with open_store(url=url) as store:
        interview = begin(store)
        store.note(interview, "Zebrafish", AT)
        assert holders() != []
        care.redact(store, interview, why="asked", at=AT)
        assert holders() == []


# In whatever language, whosever database


def test_texts_are_in_one_order_whatever_language_the_database_speaks(
    fresh: Fresh, begin: Begin
) -> None:
    icu = "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ka-shifted' LOCALE 'C'"
    with open_store(url=fresh(icu)) as store:
        for _ in range(3):
            begin(store, "C-1")
        begin(store, "c-1", at="2026-11-21T10:00:00Z")
        assert [one.id for one in store.interviews("C-1")] == [
            "2026-11-20-3",
            "2026-11-20-2",
            "2026-11-20-1",
        ]
        query = "SELECT code FROM clients ORDER BY code"
        with store.database.read() as connection:
            assert list(connection.exec_driver_sql(query).scalars()) == ["C-1", "c-1"]


def test_the_database_of_another_program_is_refused_and_left_alone(
    postgres: Server, fresh: Fresh
) -> None:
    url = fresh()
    postgres.run("CREATE TABLE holiday (a int)", "fresh")
    with pytest.raises(StoreProblem, match=r"not made by nmt-expert.*a database or a schema"):
        open_store(url=url)
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert postgres.run(query, "fresh") == [("holiday",)]


def test_a_store_may_have_a_schema_of_its_own_in_a_database_with_other_things(
    postgres: Server, fresh: Fresh, begin: Begin
) -> None:
    url = fresh()
    postgres.run("CREATE TABLE holiday (a int); CREATE SCHEMA nmt", "fresh")
    with open_store(url=ServerAddress(f"{url}&options=-csearch_path%3Dnmt")) as store:
        interview = begin(store)
        care.redact(store, interview, why="asked", at=AT)
        assert store.verify() == ()
    query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert postgres.run(query, "fresh") == [(1,)]


def test_a_store_from_a_newer_version_is_refused(postgres: Server, fresh: Fresh) -> None:
    url = fresh()
    open_store(url=url).close()
    postgres.run("UPDATE alembic_version SET version_num = '9999'", "fresh")
    with pytest.raises(StoreProblem, match="a newer nmt-expert wrote"):
        open_store(url=url)


# What is said


def test_no_server_there_is_a_sentence_without_the_password() -> None:
    url = ServerAddress(f"postgresql://anna:{SECRET}@127.0.0.1:9/records")
    with pytest.raises(StoreProblem, match=r"anna@127.0.0.1:9/records: the server is not") as told:
        open_store(url=url)
    assert SECRET not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize("sslmode", ["disable", "allow", "prefer"])
def test_records_do_not_cross_a_network_in_plain_words(sslmode: str) -> None:
    url = ServerAddress(f"postgresql://anna:{SECRET}@db.clinic.example/records?sslmode={sslmode}")
    with pytest.raises(StoreProblem, match="cross the network in plain words") as told:
        open_store(url=url)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    ("host", "sslmode"),
    [
        ("db.clinic.example", "verify-full"),
        ("192.0.2.7", "verify-full"),
        ("localhost", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("localhost,db.clinic.example", "verify-full"),
    ],
)
def test_over_a_network_the_servers_certificate_is_checked(host: str, sslmode: str | None) -> None:
    from nmt_expert.records.dialects.postgres import OnServer

    dialect = OnServer(ServerAddress(f"postgresql://anna@{host}/records"), wait=1)
    assert dialect._given.get("sslmode") == sslmode


def test_what_clients_said_stays_out_of_error_texts(url: ServerAddress, begin: Begin) -> None:
    with open_store(url=url) as store:
        begin(store, "marker")
        with (
            pytest.raises(StoreProblem, match=r"refused \(23505 UniqueViolation\)") as told,
            store.database.write() as connection,
        ):
            connection.exec_driver_sql("INSERT INTO clients (code, since) VALUES ('marker', '')")
    assert "marker" not in str(told.value)
    assert told.value.__suppress_context__


def test_what_is_done_to_a_file_is_not_done_to_a_server(url: ServerAddress, tmp_path) -> None:
    with open_store(url=url) as store, pytest.raises(StoreProblem, match="such as pg_dump"):
        back_up(store, tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_a_server_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StoreProblem, match=r"pip install 'nmt-expert\[postgres\]'"):
        open_store(url=ServerAddress("postgresql://anna@localhost/records"))
