"""The passphrase of an encrypted store comes from a file, a keyring or the keyboard."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from nmt_expert.cli import opening
from nmt_expert.cli.setup import Setup
from nmt_expert.model.errors import NeedsTerminal, StoreProblem


def setup_with(folder: Path, file: Path | None = None) -> Setup:
    return cast(
        Setup, SimpleNamespace(settings=SimpleNamespace(data_folder=folder, passphrase_file=file))
    )


def keyring_that_keeps(
    monkeypatch: pytest.MonkeyPatch, kept: dict[tuple[str, str], str], broken: bool = False
) -> None:
    errors: Any = ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})
    keyring: Any = ModuleType("keyring")
    keyring.errors = errors

    def get_password(service: str, user: str) -> str | None:
        if broken:
            raise errors.KeyringError("locked")
        return kept.get((service, user))

    keyring.get_password = get_password
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


def at_a_keyboard(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(opening, "getpass", lambda _: next(answers))


def test_the_first_line_of_the_private_file_is_the_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("open sesame\nand a note of mine\n")
    file.chmod(0o600)
    assert opening.secret_of(setup_with(tmp_path, file))() == "open sesame"


@pytest.mark.parametrize("content", ["", "\nsecond line\n", "x" * 1001])
def test_an_empty_or_endless_passphrase_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secret"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(StoreProblem, match="1 to 1000 characters"):
        opening.secret_of(setup_with(tmp_path, file))()


def test_a_passphrase_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be read"):
        opening.secret_of(setup_with(tmp_path, tmp_path / "none"))()


def test_the_keyring_is_asked_before_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring_that_keeps(monkeypatch, {("nmt-expert", str(tmp_path)): "kept"})
    assert opening.secret_of(setup_with(tmp_path))() == "kept"


@pytest.mark.parametrize("broken", [False, True])
def test_where_the_keyring_has_nothing_the_person_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    keyring_that_keeps(monkeypatch, {}, broken)
    at_a_keyboard(monkeypatch, "typed")
    assert opening.secret_of(setup_with(tmp_path))() == "typed"


def test_nobody_to_ask_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(NeedsTerminal, match="NMT_EXPERT_PASSPHRASE_FILE"):
        opening.typed("Passphrase: ")


def test_a_new_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_keyboard(monkeypatch, "one", "one")
    assert opening.typed("New: ", twice=True) == "one"
    at_a_keyboard(monkeypatch, "one", "two")
    with pytest.raises(StoreProblem, match="the second is not the first"):
        opening.typed("New: ", twice=True)
