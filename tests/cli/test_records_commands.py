"""The commands of the record store as a person types them: what they print, what they refuse."""

import io
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.model.case import Answer, Client
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import InterviewId, open_store

AT = "2026-11-20T10:00:00Z"
ID = InterviewId("2026-11-20-1")
SADDLE = str(Path(__file__).parents[2] / "examples" / "gardener-saddle-numbness.yml")
Said = Callable[[], str]


class Terminal(io.StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine
) -> Path:
    """A store with one client's interview, which every command here uses."""
    folder = tmp_path / "data"
    monkeypatch.setenv("NMT_EXPERT_DATA", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", lambda *_: engine)
    with open_store(folder) as store:
        client = Client(code="C-001", occupation="typist")
        started = store.start(client, quick=True, kb_version="1", kb_sha256="1", at=AT)
        answers = [Answer(finding="taut_band", site="masseter", note="like a rope")]
        store.append(started, answers, prompt="p", at=AT)
    return folder


def kept(folder: Path) -> tuple[str, ...]:
    with open_store(folder) as store:
        return tuple(one.id for one in store.interviews())


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)


@pytest.mark.parametrize(
    "name",
    [
        *("search", "import", "redact", "delete", "backup", "restore", "verify", "doctor"),
        *("encrypt", "decrypt", "export", "postgres-setup"),
    ],
)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["records", name, "--help"]) == exit_codes.DONE
    assert f"nmt-expert records {name}" in capsys.readouterr().out


def test_search_lists_what_holds_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["records", "search", "rope", "masseter"]) == exit_codes.DONE
    assert ID in capsys.readouterr().out
    assert run(["records", "search", "rope", "knee"]) == exit_codes.DONE
    assert "No interview holds all of these words." in capsys.readouterr().out
    assert run(["records", "search", "rope", "--json"]) == exit_codes.DONE
    assert json.loads(capsys.readouterr().out)[0]["id"] == ID


def test_a_case_file_is_assessed_and_kept_and_can_be_listed(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    assert run(["records", "import", SADDLE, "--dry-run"]) == exit_codes.DONE
    assert len(kept(data)) == 1
    assert run(["records", "import", SADDLE]) == exit_codes.DONE
    assert run(["records", "import", SADDLE]) == exit_codes.DONE
    said = capsys.readouterr().out
    assert (said.count("would take in"), said.count("took in"), said.count("here already")) == (
        1,
        1,
        1,
    )
    assert len(kept(data)) == 2


def test_a_file_with_a_fault_is_left_out_and_the_others_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("schema: nmt.case/1\nanswers: [{finding: no_such_thing}]\n")
    missing = str(tmp_path / "missing.yml")
    assert run(["records", "import", str(bad), missing, SADDLE]) == exit_codes.INPUT_INVALID
    said = capsys.readouterr()
    assert "no_such_thing" in said.err
    assert "missing.yml" in said.err
    assert "took in" in said.out
    assert len(kept(data)) == 2


def test_whole_records_come_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["records", "export", ID, "--whole"]) == exit_codes.DONE
    piped = io.TextIOWrapper(io.BytesIO(capsys.readouterr().out.encode()))
    monkeypatch.setattr("sys.stdin", piped)
    other = tmp_path / "other"
    assert run(["--data", str(other), "records", "import", "-"]) == exit_codes.DONE
    assert kept(other) == (ID,)


def test_whole_records_go_out_and_come_into_another_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "records.json", tmp_path / "other"
    assert run(["records", "export", "C-001", "--whole", "-o", str(file)]) == exit_codes.DONE
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run(["--data", str(other), "records", "import", str(file)]) == exit_codes.DONE
    assert kept(other) == (ID,)


def test_an_encrypted_export_opens_with_the_identity_file(tmp_path: Path) -> None:
    age = pytest.importorskip("pyrage", reason="the extra [encrypted] is not installed")
    key = age.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"{key}\n")
    file, other = tmp_path / "records.age", tmp_path / "other"
    sent = ["records", "export", ID, "--age", str(key.to_public()), "-o", str(file)]
    assert run(sent) == exit_codes.DONE
    assert b"rope" not in file.read_bytes()
    taken = ["records", "import", str(file), "--identity", str(tmp_path / "key.txt")]
    assert run(["--data", str(other), *taken]) == exit_codes.DONE
    assert kept(other) == (ID,)


@pytest.mark.parametrize(
    "command",
    [["redact", ID, "--why", "asked"], ["delete", "C-001", "--why", "asked"]],
    ids=["redact", "delete"],
)
def test_without_a_terminal_nothing_goes_unless_the_code_is_given(
    command: list[str], capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    with open_store(data) as store:
        before = store.journal(ID)
    assert run(["records", *command]) == exit_codes.USAGE
    assert "C-001" in capsys.readouterr().err
    assert run(["records", *command, f"--yes-{command[0]}", "C-002"]) == exit_codes.FAILED
    assert "Nothing was changed" in capsys.readouterr().err
    assert run(["records", *command, "--dry-run"]) == exit_codes.DONE
    with open_store(data) as store:
        assert store.journal(ID) == before


def test_deletion_asks_for_the_code_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    at_a_terminal(monkeypatch, "yes\n")
    assert run(["records", "delete", "C-001", "--why", "asked"]) == exit_codes.FAILED
    assert kept(data) == (ID,)
    at_a_terminal(monkeypatch, "C-001\n")
    assert run(["records", "delete", "C-001", "--why", "asked"]) == exit_codes.DONE
    assert kept(data) == ()


def test_the_code_on_the_command_line_deletes_too(data: Path) -> None:
    command = ["records", "delete", ID, "--why", "asked", "--yes-delete", "C-001"]
    assert run(command) == exit_codes.DONE
    assert kept(data) == ()


def test_looking_first_shows_what_was_typed_in_which_entry(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["records", "redact", ID, "--why", "asked", "--dry-run"]) == exit_codes.DONE
    said = capsys.readouterr().out
    assert "entry 1, started: typist" in said
    assert "entry 2, answered: like a rope" in said


def test_redaction_says_what_it_took(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    command = ["records", "redact", ID, "--entry", "2", "--why", "a name", "--yes-redact", "C-001"]
    assert run(command) == exit_codes.DONE
    assert f"interview {ID}: journal entries 2" in capsys.readouterr().out
    with open_store(data) as store:
        assert store.state(ID).answers[0].note == "[redacted 1]"
        assert store.state(ID).client.occupation == "typist"


def test_a_reason_must_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["records", "redact", ID]) == exit_codes.USAGE
    assert "--why" in capsys.readouterr().err


def test_backup_and_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str], data: Path) -> None:
    file, home = tmp_path / "copy.sqlite3", tmp_path / "home"
    assert run(["records", "backup", str(file), "--dry-run"]) == exit_codes.DONE
    assert not file.exists()
    assert run(["records", "backup", str(file)]) == exit_codes.DONE
    assert run(["records", "restore", str(file)]) == exit_codes.RECORD_STORE
    assert "not empty" in capsys.readouterr().err
    assert run(["--data", str(home), "records", "restore", str(file), "--dry-run"]) == 0
    assert kept(home) == ()
    assert run(["--data", str(home), "records", "restore", str(file)]) == exit_codes.DONE
    assert kept(home) == (ID,)


def test_verify_names_every_break_and_ends_with_five(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    assert run(["records", "verify"]) == exit_codes.DONE
    assert "every entry is whole" in capsys.readouterr().out
    with open_store(data) as store, store.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET by = 'somebody', at = '2020-01-01'")
    assert run(["records", "verify"]) == exit_codes.RECORD_STORE
    assert capsys.readouterr().out.count(f"interview {ID}, entry ") == 4
    assert run(["records", "verify", "--json"]) == exit_codes.RECORD_STORE
    assert len(json.loads(capsys.readouterr().out)) == 4


def test_the_doctor_ends_with_five_when_something_is_wrong(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    assert run(["records", "doctor"]) == exit_codes.DONE
    assert "The record store is well" in capsys.readouterr().out
    (data / "records.sqlite3").chmod(0o640)
    if os.name == "posix":
        assert run(["records", "doctor"]) == exit_codes.RECORD_STORE
        assert "chmod 600" in capsys.readouterr().out


def test_a_passphrase_file_that_others_can_read_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra [encrypted] is not installed")
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n")
    secret.chmod(0o600)
    monkeypatch.setenv("NMT_EXPERT_PASSPHRASE_FILE", str(secret))
    assert run(["records", "encrypt", "--dry-run"]) == exit_codes.DONE
    assert run(["records", "encrypt"]) == exit_codes.DONE
    assert b"rope" not in (data / "records.sqlite3").read_bytes()
    assert run(["records", "search", "rope"]) == exit_codes.DONE
    assert ID in capsys.readouterr().out
    secret.chmod(0o644)
    assert run(["records", "list"]) == exit_codes.RECORD_STORE
    assert "chmod 600" in capsys.readouterr().err
    monkeypatch.delenv("NMT_EXPERT_PASSPHRASE_FILE")
    monkeypatch.setattr("nmt_expert.cli.opening._in_keyring", lambda _: None)
    assert run(["records", "list"]) == exit_codes.USAGE
    assert "not a terminal" in capsys.readouterr().err


def test_no_command_takes_a_passphrase_as_a_flag(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["records", "encrypt", "--passphrase", "secret"]) == exit_codes.USAGE
    run(["records", "export", "--help"])
    assert "the passphrase is asked" in " ".join(capsys.readouterr().out.split())
