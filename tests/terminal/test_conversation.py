"""The loop itself, on the tiny knowledge base, led by a recorded client."""

import io
from collections.abc import Callable
from typing import Any

from nmt_expert.interview import Interview, Reply, Said, Step
from nmt_expert.model.case import Answer, Case, Complaint, ComplaintSite
from nmt_expert.terminal.asking import Choice, Command, Outcome, Screen
from nmt_expert.terminal.conversation import Conversation
from nmt_expert.terminal.keeper import NoKeeper
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.recorded import Recorded
from nmt_expert.terminal.streams import Streams

Begin = Callable[..., Interview]


class Kept(NoKeeper):
    """Remembers what was kept and withdrawn."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.withdrawn: list[tuple[str, str]] = []

    def keep(self, step: Step, complaint: Complaint | None = None) -> None:
        self.steps.append(step.prompt)

    def withdraw(self, step: Step, why: str) -> None:
        self.withdrawn.append((step.prompt, why))


class Scripted:
    """Gives its outcomes one after the other, then leaves."""

    def __init__(self, *outcomes: Outcome, chosen: str = "leave") -> None:
        self.outcomes = list(outcomes)
        self.chosen = chosen
        self.screens: list[Screen] = []
        self.menus: list[tuple[Choice, ...]] = []

    def ask(self, screen: Screen) -> Outcome:
        self.screens.append(screen)
        return self.outcomes.pop(0) if self.outcomes else Command.LEAVE

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        self.menus.append(choices)
        return self.chosen if self.outcomes or self.chosen == "finish" else "leave"

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        return "wrong line"

    @property
    def asked(self) -> list[str]:
        return [screen.prompt.question.id for screen in self.screens]


def held(interview: Interview, asker: Any) -> tuple[Conversation, Kept, str]:
    printed = io.StringIO()
    page = Page(Streams(stdout=printed, interactive=False, width=80).console())
    kept = Kept()
    talk = Conversation(interview, asker, page, kept, lambda: "2026-01-01T00:00:00Z", "GB")
    talk.hold()
    return talk, kept, printed.getvalue()


def recorded(interview: Interview, kb: Any, case: Case) -> tuple[Conversation, Kept, str]:
    printed = io.StringIO()
    page = Page(Streams(stdout=printed, interactive=False, width=80).console())
    kept = Kept()
    asker = Recorded(case, kb, page)
    talk = Conversation(interview, asker, page, kept, lambda: "2026-01-01T00:00:00Z")
    assert talk.hold() == "done"
    return talk, kept, printed.getvalue()


NONE, CHEST = Reply(), Reply({"chest_pressure": Said()})
MOOD = Reply({"mood_low": Said("absent")})


def test_a_recorded_client_is_asked_everything_and_answers_as_recorded(
    begin: Begin, kb: Any
) -> None:
    case = Case(
        complaint=Complaint(sites=(ComplaintSite(site="neck", side="left"),)),
        answers=(
            Answer(finding="age", value=52),
            Answer(finding="spot", site="scalenes", side="left"),
            Answer(finding="length", site="scalenes", side="left", value="short"),
        ),
    )
    talk, kept, printed = recorded(begin(), kb, case)
    told = {(a.finding, a.site, a.side): a.value for a in talk.interview.case.answers}
    assert told[("spot", "scalenes", "left")] == "present"
    assert told[("spot", "scalenes", "right")] == "absent"
    assert told[("length", "scalenes", "left")] == "short"
    assert "Where: Neck (left)" in printed
    assert len(kept.steps) == len(talk.interview.steps)


def test_every_reply_is_kept_before_the_next_prompt(begin: Begin) -> None:
    _, kept, _ = held(begin(), Scripted(NONE, MOOD))
    assert kept.steps == ["right_now#list", "mood#mood_low"]


def test_back_asks_the_last_prompt_again_as_it_was_ticked(begin: Begin) -> None:
    age = Reply({"age": Said(38)})
    asker = Scripted(NONE, MOOD, age, Command.BACK, age)
    _, kept, _ = held(begin(), asker)
    assert asker.asked == ["right_now", "mood", "who", "where", "who", "where"]
    assert asker.screens[4].start == {"age": Said(38)}
    assert kept.withdrawn == [("who#age", "went back one question")]


def test_an_emergency_interrupts_before_the_next_prompt(begin: Begin) -> None:
    asker = Scripted(CHEST, chosen="finish")
    talk, _, printed = held(begin(), asker)
    assert asker.asked == ["right_now"]
    for words in ("EMERGENCY", "Call 999 now.", "Say: ", "Tell the ambulance: ", "Do NOT: treat."):
        assert words in printed
    assert talk.interview.urgent


def test_a_mistick_is_withdrawn_with_its_reason_and_asked_again_unticked(begin: Begin) -> None:
    asker = Scripted(CHEST, NONE, chosen="undo")
    talk, kept, _ = held(begin(), asker)
    assert asker.asked[:2] == ["right_now", "right_now"]
    assert asker.screens[1].start == {}
    assert kept.withdrawn == [("right_now#list", "wrong line")]
    assert talk.interview.urgent == ()


def test_going_back_over_a_red_flag_needs_a_reason(begin: Begin) -> None:
    _, kept, _ = held(begin(), Scripted(CHEST, Command.BACK, NONE, chosen="stay"))
    assert kept.withdrawn == [("right_now#list", "wrong line")]


def test_something_happening_now_asks_two_lists_then_goes_on(begin: Begin) -> None:
    asker = Scripted(Command.NOW, Reply({"allergy_now": Said("absent")}), NONE, NONE)
    held(begin(), asker)
    assert asker.asked[:4] == ["right_now", "in_session", "right_now", "right_now"]


def test_a_raised_flag_stays_on_every_screen(begin: Begin) -> None:
    asker = Scripted(CHEST, MOOD, chosen="stay")
    held(begin(), asker)
    assert "withheld" in asker.screens[1].alarm
