"""Nothing that the interview needs is found on one kind of system only."""

import ast
import importlib
import sys

import pytest

from tests.conftest import ROOT

POSIX_ONLY = {
    "curses", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios",
    "tty",
}  # fmt: skip
ROOMS = ("terminal", "cli", "interview", "assessment", "engine", "kb", "records", "settings")
FILES = [path for room in ROOMS for path in sorted((ROOT / "nmt_expert" / room).rglob("*.py"))]
COMMANDS = ("nmt_expert.terminal.interview", "nmt_expert.cli.interview", "nmt_expert.cli.opening")


def imported(tree: ast.Module) -> set[str]:
    """What a module imports when it is imported itself: not what it imports in a function."""
    names: set[str] = set()
    for node in ast.walk(ast.Module(_outside(tree.body), [])):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def _outside(body: list[ast.stmt]) -> list[ast.stmt]:
    return [node for node in body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_no_module_needs_a_library_that_only_posix_has() -> None:
    for path in FILES:
        assert not imported(ast.parse(path.read_text("utf-8"))) & POSIX_ONLY, path


def test_paths_are_put_together_by_pathlib() -> None:
    for path in FILES:
        assert "os.path" not in path.read_text("utf-8"), path


def test_the_interview_is_imported_where_those_libraries_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("nmt_expert.terminal")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("fcntl", "grp", "pwd", "resource", "readline", "curses"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in COMMANDS:
        importlib.import_module(name)
