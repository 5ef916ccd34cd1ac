"""What is put to a person, and what a person may do: shared by keyboard screens and plain lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from nmt_expert.interview import NonAnswer, Prompt, Reply, Said, Why
from nmt_expert.interview.progress import Progress

MAY_STOP = "red-flag questions asked, focus settled: s to finish now"


@dataclass(frozen=True)
class Row:
    """One line that can be answered; ``words`` are what it may be found by, in lower case."""

    key: str
    name: str
    question: str
    help: tuple[str, ...] = ()
    pick_side: bool = False
    can_doubt: bool = True
    alarming: bool = False
    group: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One value that may be chosen."""

    value: str
    words: str


@dataclass(frozen=True)
class Screen:
    """One prompt ready to be shown.

    ``start`` is what is ticked when it opens; ``lead`` is said before it; ``alarm`` stays on it.
    ``none`` is the choice that 0 stands for, as it does on lists; empty where there is none. On
    the body chart of the complaint the place marked first is the ``chief`` one.
    """

    prompt: Prompt
    title: str
    section: str
    who: str
    rows: tuple[Row, ...]
    why: Why
    progress: Progress = field(default_factory=lambda: Progress(0, 0, ()))
    choices: tuple[Choice, ...] = ()
    none: str = ""
    chief: bool = False
    unit: str = ""
    lowest: float = 0
    highest: float = 0
    start: Mapping[str, Said] = field(default_factory=dict)
    alarm: str = ""
    lead: str = ""

    @property
    def header(self) -> str:
        """How far the interview is, what is being considered, and whether it may stop."""
        done, left = self.progress.answered, self.progress.remaining
        text = f"{self.section} | {done} answered, {left} or more to go"
        considering = ", ".join(self.progress.considering)
        text += f" | considering {considering}" if considering else ""
        return f"{text} | {MAY_STOP}" if self.progress.may_stop else text

    @property
    def digits(self) -> tuple[str, ...]:
        """What is pressed for each choice."""
        return tuple(
            "0" if choice.value == self.none else str(at)
            for at, choice in enumerate(self.choices, start=1)
        )

    @property
    def asked(self) -> str:
        """The title and who is asked."""
        private = "; private: hand over the screen" if self.prompt.question.private else ""
        return f"{self.title} ({self.who}{private})"


class Command(Enum):
    """What a person may do at a prompt instead of replying."""

    BACK = "back"
    LEAVE = "leave"
    NOW = "now"


Outcome = Reply | Command
SKIPS: dict[NonAnswer, str] = {
    "unknown": "not known",
    "not_examined": "not examined",
    "not_applicable": "does not apply",
    "later": "ask later",
}


class Asker(Protocol):
    """Puts prompts to a person; one works with keys and redraws, one with typed lines."""

    def ask(self, screen: Screen) -> Outcome:
        """Ask until there is a reply, or a wish to go back, leave or report what happens now."""

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        """Ask for one of the choices; the first is the harmless one."""

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        """Ask for a line of text that matches ``pattern``; cleaned, empty when nothing is said."""
