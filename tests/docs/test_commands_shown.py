"""Commands that a page shows are commands that work, and print what the page says they print."""

import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from nmt_expert.cli.app import app, run
from nmt_expert.cli.interview import with_bare_resume
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.docs.pages import PROGRAM, ROOT, Shown, commands

COMMANDS = list(dict.fromkeys(commands()))
KEPT = "2026-11-20-1"
NOT_RUN = (
    *(["interview"], ["demo"], ["kb", "test"], ["kb", "diff"]),
    *(["records", "export"], ["report", KEPT], ["review"]),
)
"""One asks, three need a kept interview; the others take a while and do what other tests do."""
CHEAP = [one for one in COMMANDS if not any(one.words[: len(w)] == w for w in NOT_RUN)]


def label(shown: Shown) -> str:
    return f"{shown.page}: {shown.line}"


@pytest.fixture
def somewhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase, engine: Engine
) -> None:
    """A folder like the repository's, where a command may write; knowledge is read once."""
    for folder in ("examples", "knowledge", "rules"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setattr(Setup, "kb", kb)
    monkeypatch.setattr("nmt_expert.engine.Engine", lambda kb, matcher="indexed": engine)


def parsed(words: list[str]) -> str:
    """Which command a line names; it raises what is wrong with the line."""
    command: Any = typer.main.get_command(app)
    arguments = with_bare_resume(words)
    context = command.make_context(PROGRAM, arguments)
    while hasattr(command, "resolve_command"):
        left = [*getattr(context, "_protected_args", []), *context.args]
        found, command, arguments = command.resolve_command(context, left)
        context = command.make_context(found, arguments, parent=context)
    return str(context.info_name)


def test_there_are_commands():
    assert len(COMMANDS) > 15


@pytest.mark.parametrize("shown", COMMANDS, ids=label)
def test_a_command_shown_parses(shown):
    assert parsed(shown.words) in shown.words


@pytest.mark.usefixtures("somewhere_else")
@pytest.mark.parametrize("shown", CHEAP, ids=label)
def test_a_command_shown_works_and_prints_what_is_shown(shown, capsys):
    assert run(shown.words) == 0
    sys.stdout.flush()
    printed = capsys.readouterr().out
    for line in shown.printed:
        assert line.strip() in printed
