"""The shell in a pseudo-terminal of 80 by 24, with keys."""

import pytest

from tests.conftest import ROOT
from tests.transcripts.terminal import Opened, Terminal

CASE = str(ROOT / "examples/gardener-saddle-not-known.yml")
CTRL_C, CTRL_D, TAB, ENTER = "\x03", "\x04", "\t", "\r"


@pytest.fixture
def shell(terminal: Opened) -> Terminal:
    return terminal(CASE, "--depth", "sentence", command="ask")


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
