"""A delta visit by the command itself in a pseudo-terminal of 80 by 24, with keys."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.transcripts.runner import play
from tests.transcripts.terminal import Terminal

LONG_AGO = datetime(2026, 1, 5, 10, tzinfo=UTC)
DOWN = "\x1b[B"


@pytest.fixture
def client(kb: KnowledgeBase, engine: Engine, tmp_path: Path) -> Path:
    """A folder whose store knows the client."""
    play("visit_one", kb, engine, tmp_path, LONG_AGO)
    return tmp_path


def test_a_known_client_is_scored_before_the_safety_lists_and_nothing_is_ticked(
    client: Path,
) -> None:
    sitting = Terminal(client, "--client", "C-001")
    assert "C-001 was here on 5 January 2026" in sitting.wait("Which visit is this to be?")
    sitting.type("\r")
    sitting.wait("Does it still hold today?")
    sitting.type(f"{DOWN}\r")
    sitting.wait("Carry shopping: 4 on 5 January 2026. Now")
    sitting.type("6\r")
    sitting.wait("Turn the head when driving: 3 on 5 January 2026.")
    sitting.type("\r")
    sitting.wait("in the client's own words")
    sitting.type("\r")
    sitting.wait("Last time (5 January 2026): 6 of 10.")
    sitting.type("\x03")
    assert sitting.ended() == 130
    assert "interview --resume" in sitting.text

    later = Terminal(client, "--resume")
    later.wait("Last time (5 January 2026): 6 of 10.")
    later.type("4\r")
    assert "What does the re-assessment show?" in later.wait("Since the first visit (")
    later.type("\x03")
    assert later.ended() == 130
