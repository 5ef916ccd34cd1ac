"""What nobody means to type, and a screen of every kind to type it at."""

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from nmt_expert.assessment.closure import red_flag_findings
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Step
from nmt_expert.interview.handed import taken_over
from nmt_expert.kb import load, read_case
from nmt_expert.terminal.asking import Screen
from nmt_expert.terminal.screens import screen_of
from tests.conftest import ROOT

KINDS = ("checklist", "chart", "choice", "number", "grid", "form")
CODES = (
    "\x1b[2J",  # clears the screen
    "\x1b]0;owned\x07",  # renames the window
    "\x1b[99;1X0\r",  # a code that no terminal knows, with a 0 behind it
    "\x9b31m",  # a code of one byte
    "\x00",
    "\x7f",
    "\u202e\u2066\u200b",  # turns the line round, and hides
    "\U0001f6a8\U0001f468\u200d\U0001f9b0",
    "\udc80",  # half a character
    "²³٣①",  # digits that are no numbers to tick by
    "שלום",
    "à\u0301\u0301\u0301",
    "0\n0\r\n",
    "[/b][bold]:smile:{}%s",
    "9" * 5000,
    "x" * 10_000,
)
STEERING = {chr(n) for n in (*range(0x20), 0x7F, *range(0x80, 0xA0))} - {"\n", "\t"}
TEXT = st.one_of(
    st.sampled_from(CODES),
    st.text(st.characters(codec=None), max_size=60),
    st.lists(st.sampled_from([*CODES[:12], "0", "1r", "u", "b"]), max_size=5).map(" ".join),
)


@cache
def interview() -> Interview:
    """A client of whom enough is known that every kind of prompt is open."""
    kb = load()
    case = read_case(ROOT / "examples/desk-worker-headache.yml", kb)
    some = case.model_copy(update={"answers": case.answers[:20]})
    steps = tuple(Step(name, answers) for name, answers in taken_over(some, kb).items())
    return Interview.begin(kb, Engine(kb), steps=steps)


@cache
def screens() -> dict[str, Screen]:
    """A screen of each kind; the numbers and choices of a form stand for those asked alone."""
    held = interview()
    prompts = [part for prompt in held.open for part in (prompt, *prompt.parts)]
    first = {prompt.kind: prompt for prompt in reversed(prompts)}
    return {kind: screen_of(first[kind], held) for kind in KINDS}


@cache
def safety() -> tuple[Screen, ...]:
    """Every screen that asks what a red flag needs, for a new client and for this one."""
    held = interview()
    needed = red_flag_findings(held.kb)
    return tuple(
        screen_of(prompt, one)
        for one in (replace(held, steps=()), held)
        for prompt in one.open
        if needed & {item.finding for item in prompt.items}
    )
