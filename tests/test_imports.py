"""The rooms: imports go one way, each big library stays behind one room, modules stay small."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "nmt_expert"
ONE_WAY = (
    "cli",
    "terminal",
    "fhir",
    "reports",
    "records",
    "review",
    "practice",
    "bulk",
    "interview",
    "assessment",
    "engine",
    "kb",
    "settings",
    "model",
)
"""Each room may import those after it."""
BEHIND = {
    "experta": "engine",
    "clips": "engine",
    "rich": "terminal",
    "questionary": "terminal",
    "prompt_toolkit": "terminal",
    "sqlalchemy": "records",
    "alembic": "records",
    "psycopg": "records",
    "sqlcipher3": "records",
    "pyrage": "records",
    "yaml": "kb",
    "fsrs": "practice",
    "distributed": "bulk",
    "typer": "cli",
    "jinja2": "reports",
    "markupsafe": "reports",
    "fhir": "fhir",
}
LONGEST = 400
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(module: Path) -> Iterator[str]:
    """Every module that one imports, at the top or inside functions, or only for its types."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative import"
            yield node.module or ""


def rooms_of(module: Path) -> set[str]:
    """The rooms that a module imports from."""
    named = (name.split(".") for name in imported(module))
    return {parts[1] for parts in named if parts[0] == PACKAGE.name and len(parts) > 1}


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0]


def test_the_rooms_are_those_of_the_list():
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(ONE_WAY)


@pytest.mark.parametrize("name", ONE_WAY)
def test_a_room_imports_only_rooms_after_it(name):
    allowed = set(ONE_WAY[ONE_WAY.index(name) :])
    wrong = {
        str(module.relative_to(ROOT)): sorted(rooms_of(module) - allowed)
        for module in MODULES
        if room(module) == name and rooms_of(module) - allowed
    }
    assert wrong == {}


@pytest.mark.parametrize(("library", "behind"), BEHIND.items())
def test_a_library_stays_behind_its_room(library, behind):
    users = {
        room(module)
        for module in MODULES
        if any(name.split(".")[0] == library for name in imported(module))
    }
    assert users == {behind}


def test_main_py_calls_the_command_line_and_nothing_else():
    assert list(imported(ROOT / "main.py")) == ["nmt_expert.cli"]


def test_the_package_itself_imports_nothing_heavy():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    at_once = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert all(name in sys.stdlib_module_names for name in at_once)


@pytest.mark.parametrize("name", ONE_WAY)
def test_a_room_says_what_it_is_for(name):
    tree = ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)


def test_no_module_is_longer_than_a_person_reads():
    long = {str(m): n for m in MODULES if (n := len(m.read_text("utf-8").splitlines())) > LONGEST}
    assert long == {}
