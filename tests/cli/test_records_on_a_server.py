"""The commands of the record store when ``NMT_EXPERT_DATABASE_URL`` names a server."""

from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.model.case import Answer, Client
from nmt_expert.records import open_store
from nmt_expert.settings import ServerAddress
from tests.records.server import Server

AT = "2026-11-20T10:00:00Z"
SECRET = "s3cret"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a store in a file would have."""
    folder = tmp_path / "data"
    monkeypatch.setenv("NMT_EXPERT_DATA", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


@pytest.fixture
def on_server(data: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A store on the server with one interview; the address holds a password."""
    url = ServerAddress(postgres.url(password=SECRET))
    monkeypatch.setenv("NMT_EXPERT_DATABASE_URL", url)
    with open_store(url=url) as store:
        started = store.start(
            Client(code="C-001"), quick=True, kb_version="1", kb_sha256="1", at=AT
        )
        store.append(started, [Answer(finding="taut_band")], prompt="p", at=AT)
    return postgres


def said(capsys: Said) -> str:
    captured = capsys.readouterr()
    assert SECRET not in captured.out + captured.err
    return captured.out + captured.err


def test_the_records_are_those_of_the_server_and_no_file_is_made(
    on_server: Server, data: Path, capsys: Said
) -> None:
    assert run(["records", "list"]) == exit_codes.DONE
    assert "C-001" in said(capsys)
    assert run(["records", "verify"]) == exit_codes.DONE
    assert "1 interviews: every entry is whole." in said(capsys)
    assert not data.exists()


@pytest.mark.parametrize(
    "command",
    [["backup", "b"], ["backup", "b", "--dry-run"], ["restore", "b"], ["encrypt"], ["decrypt"]],
)
def test_what_is_only_done_to_a_file_is_refused(
    on_server: Server, data: Path, capsys: Said, command: list[str]
) -> None:
    assert run(["records", *command]) == exit_codes.RECORD_STORE
    assert "on a server, not in a file" in said(capsys)
    assert not data.exists()


def test_settings_show_the_server_without_its_password(on_server: Server, capsys: Said) -> None:
    assert run(["settings", "show"]) == exit_codes.DONE
    assert "postgresql://keeper@/records" in said(capsys)
    assert run(["settings", "show", "--json"]) == exit_codes.DONE
    assert "postgresql://keeper@/records" in said(capsys)


def test_the_setup_of_roles_is_printed_to_be_read_and_applied_when_asked(
    on_server: Server, capsys: Said
) -> None:
    assert run(["records", "postgres-setup"]) == exit_codes.DONE
    assert "CREATE POLICY" in said(capsys)
    assert run(["records", "postgres-setup", "--apply"]) == exit_codes.DONE
    assert "nmt_supervisor are set up" in said(capsys)
    roles = on_server.run("SELECT rolname FROM pg_roles WHERE rolname LIKE 'nmt%' ORDER BY 1")
    assert roles == [("nmt_student",), ("nmt_supervisor",), ("nmt_therapist",)]


def test_the_printed_script_is_what_psql_would_run(on_server: Server, capsys: Said) -> None:
    run(["records", "postgres-setup"])
    on_server.run(said(capsys), "records")


def test_a_file_has_no_roles_to_set_up(data: Path, capsys: Said) -> None:
    assert run(["records", "postgres-setup", "--apply"]) == exit_codes.RECORD_STORE
    assert "no roles" in said(capsys)


def test_the_doctor_says_what_a_power_cut_would_lose(on_server: Server, capsys: Said) -> None:
    assert run(["records", "doctor"]) == exit_codes.RECORD_STORE
    told = said(capsys)
    assert "2 things are not well" in told  # the tests' server is quick: fsync, full_page_writes
    assert "a socket of this computer" in told
    assert "the owner" in told


def test_the_doctor_says_that_the_servers_log_would_repeat_what_clients_said(
    on_server: Server, capsys: Said
) -> None:
    on_server.run("ALTER ROLE keeper SET log_statement = 'all'")
    try:
        run(["records", "doctor"])
    finally:
        on_server.run("ALTER ROLE keeper RESET log_statement")
    assert "log_statement = none" in " ".join(said(capsys).split())


def test_the_doctor_tells_a_login_without_a_role(
    on_server: Server, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server.run("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN")
    monkeypatch.setenv("NMT_EXPERT_DATABASE_URL", on_server.url("stranger", password=SECRET))
    assert run(["records", "doctor"]) == exit_codes.RECORD_STORE
    assert "none of the roles" in said(capsys)


def test_the_doctor_tells_a_server_that_is_not_there(
    data: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgresql://anna:{SECRET}@127.0.0.1:9/records"
    monkeypatch.setenv("NMT_EXPERT_DATABASE_URL", url)
    assert run(["records", "doctor"]) == exit_codes.RECORD_STORE
    told = " ".join(said(capsys).split())
    assert "the server is not reached" in told
    assert "Connection refused)" in told
    assert SECRET not in told
