"""Whole processes: three spellings of one program, quick help, and a reader that goes away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nmt_expert import __version__

ROOT = Path(__file__).parent.parent.parent
HELP_BUDGET = 0.3
"""Seconds of the issue for ``--help`` as a whole process."""


def process(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_main_py_and_the_module_are_the_same_program() -> None:
    by_file, by_module = process("main.py", "--version"), process("-m", "nmt_expert", "--version")
    assert by_file.stdout == by_module.stdout == f"nmt-expert {__version__}\n"


def test_help_is_quick() -> None:
    """Processor time, so that what else the machine does cannot fail it."""

    def once() -> float:
        before = os.times()
        process("main.py", "--help")
        after = os.times()
        used = after.children_user - before.children_user
        return used + after.children_system - before.children_system

    assert min(once() for _ in range(3)) < HELP_BUDGET


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "{'experta', 'pydantic', 'rich', 'sqlalchemy'} & set(sys.modules)"
    for package in ("nmt_expert", "nmt_expert.cli.app"):
        assert process("-c", f"import {package}, sys; print({heavy})").stdout.strip() == "set()"


def test_the_public_door_opens() -> None:
    import nmt_expert

    assert all(getattr(nmt_expert, name) for name in nmt_expert.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = nmt_expert.nonsense


def test_a_reader_that_goes_away_is_met_in_silence() -> None:
    command = f"{sys.executable} main.py kb rules | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_no_environment_is_needed_for_colourless_output() -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "main.py", "settings", "show"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "\x1b" not in done.stdout
