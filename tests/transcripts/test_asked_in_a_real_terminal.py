"""The shell in a pseudo-terminal of 80 by 24, with keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.transcripts.test_in_a_real_terminal import Terminal

CASE = str(ROOT / "examples/gardener-saddle-not-known.yml")
CTRL_C, CTRL_D, TAB, ENTER = "\x03", "\x04", "\t", "\r"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path, CASE, "--depth", "sentence", command="ask")
    yield made
    made.child.close(force=True)


def test_a_question_is_completed_answered_and_left(shell: Terminal) -> None:
    shell.wait("ask>")
    shell.type(f"why-not saddle{CTRL_C}")
    shell.wait("Stopped.")
    shell.type(f"why-not cauda_e{TAB}")
    shell.wait("Possible pressure on")
    shell.type(f"{TAB}{ENTER}")
    shell.wait("CHEAPEST NEXT STEP")
    shell.type(f"flip 3{ENTER}")
    shell.wait("3 runs of at most 3")
    shell.type(CTRL_D)
    assert shell.ended() == 0
