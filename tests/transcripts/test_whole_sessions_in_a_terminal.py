"""Whole interviews by the command itself, every prompt of them answered with its own keys."""

import time
from pathlib import Path

import pytest

from nmt_expert.records import InterviewId, StoredInterview, open_store
from tests.transcripts.terminal import Terminal

pytestmark = pytest.mark.slow
LONGEST = 400
"""Seconds for a whole interview on a busy machine."""
KEYS = {
    "type to find": "0",
    "number or arrows and enter": "u",
    "type the number and enter": "u",
    "up down: question": "u",
    "arrows  space mark": "0",
    "tick  enter done": "0",
    "? ": "\r",
}
"""What of the footer tells which kind of prompt it is, and a key that answers it."""
HEADACHE = ("tem", "\r", "r", "5", "\r", "\r")
SAVED = "Saved as interview"
DONE = "what was done?"
LINES = ("0", "1", "u")
"""What is typed to a plain prompt, and what if that is refused."""
REFUSED = ("Nothing was answered", "Type a number from", "Nothing was taken")


def held(folder: Path, *words: str) -> tuple[Terminal, int, StoredInterview]:
    """A whole interview by keys: the terminal, how many prompts it had, and what was kept."""
    sitting, prompts, before = Terminal(folder, *words), 0, ""
    sitting.wait("Right now or in the last 3 days (")
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        while sitting.more(0.25):
            pass
        screen = sitting.text
        if DONE in screen or not sitting.child.isalive():
            break
        kind = next((kind for kind in KEYS if kind in screen), None)
        if kind is None or screen == before:
            continue
        before, prompts = screen, prompts + 1
        chief = "* chief" in screen and "Chief complaint" not in screen
        for key in HEADACHE if chief else (KEYS[kind],):
            sitting.type(key)
            sitting.more(0.5)
    sitting.type("\r")
    assert sitting.ended() == 0
    with open_store(folder / "data") as store:
        newest = store.latest()
        assert newest is not None
        return sitting, prompts, store.state(InterviewId(newest.id))


def test_a_full_and_a_quick_interview_end_in_a_saved_report(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "quick").mkdir()
    full, asked, kept = held(tmp_path / "full", "--client", "C-001")
    quick, fewer, short = held(tmp_path / "quick", "--client", "C-001", "--quick")
    for sitting, stored in ((full, kept), (quick, short)):
        assert SAVED in sitting.text
        assert "No referral flag raised" in sitting.text
        assert stored.finished
        assert stored.complaint.sites[0].site == "temple"
    assert fewer < asked
    assert {a.finding for a in short.answers} < {a.finding for a in kept.answers}


def test_a_plain_interview_is_typed_line_by_line_to_its_report(tmp_path: Path) -> None:
    sitting, tries = Terminal(tmp_path, "--plain", "--client", "C-001"), 0
    sitting.wait("! happening now")
    end = time.monotonic() + LONGEST
    while sitting.child.isalive() and time.monotonic() < end:
        while sitting.more(0.25):
            pass
        *above, last = sitting.text.splitlines()
        refused = any(words in " ".join(above[-2:]) for words in REFUSED)
        tries = tries + 1 if refused else 0
        chart = any(line.startswith("Where it hurts (") for line in above[-6:])
        line = "temple r 5" if chart else LINES[min(tries, 2)]
        sitting.type("\n" if last != ">" else f"{line}\n")
        sitting.more(0.5)
    assert sitting.ended() == 0
    with open_store(tmp_path / "data") as store:
        newest = store.latest()
        assert newest is not None
        assert store.state(InterviewId(newest.id)).complaint.sites[0].site == "temple"
