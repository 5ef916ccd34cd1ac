"""A supervisor at a pseudo-terminal of 80 by 24: open, browse, disagree, sign."""

from pathlib import Path

import pexpect
import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import open_store
from tests.review.conftest import DESK_WORKER, kept
from tests.review.students import handed_over, skipped_safety
from tests.transcripts.terminal import Opened, Terminal

RECORD = "2026-11-18-1"


@pytest.fixture
def screen(terminal: Opened, tmp_path: Path, kb: KnowledgeBase, engine: Engine) -> Terminal:
    with open_store(tmp_path / "data") as store:
        assert kept(store, read_case(DESK_WORKER, kb), kb, engine, "2026-11-18") == RECORD
    return terminal("open", RECORD, command="review")


def test_a_supervisor_browses_disagrees_and_signs_with_keys(
    screen: Terminal, tmp_path: Path
) -> None:
    first = screen.wait("Flags")
    assert "Leading factor: Ischemia (the person) | Trigger points (the program)" in first
    assert "enter open" in first
    assert "q leave" in first
    screen.type("?", "A record is a set of pages")
    screen.type("x", "1. ROUTINE: Hours in one position")
    screen.type("\x1b[B" * 5 + "\r", "The same load for hours")
    screen.type("t", "over 4 hours")
    screen.type("\x1b[B\x1b[B\r", "everything it caused")
    screen.type("b", "The same load for hours")
    screen.type("f", "Firing 1 of")
    screen.type("\x1b[C", "Firing 2 of")
    screen.type("h", "1. ROUTINE")
    screen.type("\x1b[B" * 5, "1. ROUTINE")
    screen.type("o", "why?")
    screen.type("7\r", "In your words:")
    screen.type("She stands up every half hour\r", "What should hold?")
    screen.type("1\r", "Your name")
    screen.type("Ruth Example\r", "A case file that fails")
    screen.type("mine.yml\r", "it fails until")
    screen.wait("[overridden:")
    screen.type("s", "It is locked then.")
    screen.type("2\r", "Your qualification:")
    screen.type("Supervisor\r", "Signed; the seal is")
    assert "2026-11-18 | signed" in screen.text
    screen.type("a", "signed, and so locked")
    screen.child.send("q")
    screen.child.expect(pexpect.EOF)
    with open_store(tmp_path / "data") as store:
        review = store.reviews.every()[0]
        assert review.is_locked
        assert review.remarks["flag:habit_holding_still"].words == "She stands up every half hour"
        assert store.verify() == ()
    assert (tmp_path / "mine.yml").exists()


def test_a_supervisor_goes_from_a_missed_flag_to_its_rule_and_disagrees_with_the_score(
    terminal: Opened, tmp_path: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    with open_store(tmp_path / "data") as store:
        attempt = skipped_safety(kb, engine)
        name = handed_over(store, "S-01", attempt, engine, "2026-11-18")
    screen = terminal("open", name, command="review")
    first = screen.wait("1. Content: unsafe")
    assert "The student ranks: Trigger points (sure)" in first
    assert "author:  EMERGENCY" in first
    while not any(line.startswith(">    2. Unsafe: Missed red flag") for line in _lines(screen)):
        screen.type(DOWN, "attempt-1")
        screen.more(0.2)
    screen.type("\r", "Rule, did not fire")
    screen.type("\r", "Named by: Unsafe: Missed red flag")
    screen.type("b", "Rule, did not fire")
    screen.type("o", "why?")
    screen.type("4\r", "In your words:")
    screen.type("He asked it aloud\r", "What should hold?")
    screen.type("3\r", "Your name")
    screen.type("Ruth Example\r", "[overridden:")
    screen.type("h", "1. Content: unsafe")
    screen.type(END, "What the program concludes")
    screen.type("\x1b[A\r", "What the student did, in order")
    screen.type("\r", "Step 1 of")
    screen.type("\x1b[C", "Step 2 of")
    screen.type("s", "It is locked then.")
    screen.type("2\r", "Your qualification:")
    screen.type("Supervisor\r", "Signed; the seal is")
    screen.child.send("q")
    screen.child.expect(pexpect.EOF)
    with open_store(tmp_path / "data") as store:
        review = store.attempts.one(name)
        assert review.is_locked
        assert review.remarks["remark:red_flag"].instead == "questionable"
        assert store.verify() == ()


DOWN, END = "\x1b[B", "\x1b[F"


def _lines(screen: Terminal) -> list[str]:
    return screen.text.splitlines()
