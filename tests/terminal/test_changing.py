"""The review screen changes any reply and opens what was skipped; all is seen before it counts."""

import io
from typing import Any

import pytest

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Prompt, Reply, Said
from nmt_expert.interview.correction import Correction
from nmt_expert.interview.replay import Recording, played
from nmt_expert.kb import load, read_case
from nmt_expert.terminal.asking import Choice, Command, Outcome, Screen
from nmt_expert.terminal.changing import Changing
from nmt_expert.terminal.keeper import NoKeeper
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.streams import Streams
from tests.conftest import ROOT


class Kept(NoKeeper):
    """Remembers the reasons of corrections."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def correct(self, change: Correction, why: str) -> None:
        self.reasons.append(why)


class Person:
    """Chooses the line with certain words, replies so, applies or leaves it."""

    def __init__(self, words: str, reply: Outcome = Command.BACK, then: str = "apply") -> None:
        self.words, self.reply, self.then = words, reply, then
        self.offered: list[str] = []

    def ask(self, screen: Screen) -> Outcome:
        return self.reply

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        if question != "Which answer?":
            return self.then
        self.offered = [choice.words for choice in choices]
        return next((c.value for c in choices if self.words in c.words), "")

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        return "misheard"


@pytest.fixture(scope="module")
def interview() -> Interview:
    """The end of the first example."""
    kb = load()
    case = read_case(ROOT / "examples" / "assembler-shoulder-ache.yml", kb)
    start = Interview.begin(kb, Engine(kb), client=case.client, name=case.id)
    *_, (held, prompt, reply) = played(start, Recording(case, kb))
    return held.replied(prompt, held.answers(prompt, reply))


def held(person: Person, interview: Interview) -> tuple[Any, Kept, str]:
    printed, kept = io.StringIO(), Kept()
    page = Page(Streams(stdout=printed, interactive=False, width=80).console())
    changing = Changing(person, page, kept, lambda: "2026-01-01T00:00:00Z")
    return changing.hold(interview), kept, printed.getvalue()


def test_every_reply_is_on_the_list_and_nothing_changes_unless_one_is_chosen(
    interview: Interview,
) -> None:
    person = Person("Change nothing")
    change, kept, _ = held(person, interview)
    assert change is None
    assert not kept.reasons
    answered = [step for step in interview.steps if step.answers]
    assert len(person.offered) == 1 + len(answered) + len(interview.skipped)


def test_what_was_skipped_says_so_and_is_asked_when_it_is_chosen(interview: Interview) -> None:
    chosen, kept, _ = held(Person("[skipped"), interview)
    assert isinstance(chosen, Prompt)
    assert chosen in interview.skipped
    assert not kept.reasons


def test_a_change_is_shown_before_it_is_applied_and_kept_with_its_reason(
    interview: Interview,
) -> None:
    key = next(k for k in _keys(interview, "Right now") if "chest" in k)
    change, kept, printed = held(Person("Right now", Reply({key: Said()})), interview)
    assert isinstance(change, Correction)
    assert "Raises" in printed
    assert kept.reasons == ["misheard"]


def test_a_change_that_is_left_changes_nothing(interview: Interview) -> None:
    key = next(k for k in _keys(interview, "Right now") if "chest" in k)
    change, kept, printed = held(Person("Right now", Reply({key: Said()}), ""), interview)
    assert change is None
    assert not kept.reasons
    assert "Nothing was changed." in printed


def _keys(interview: Interview, title: str) -> list[str]:
    prompt = next(
        p for p in interview.prompts_about(lambda *_: True) if p.question.title.startswith(title)
    )
    return [item.key for item in prompt.items]
