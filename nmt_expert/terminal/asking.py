"""What is put to a person, and what a person may do: shared by keyboard screens and plain lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Protocol

from nmt_expert.interview import NonAnswer, Prompt, Reply, Said, Why
from nmt_expert.interview.progress import Progress
from nmt_expert.kb.referral_map import Referred
from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.terminal.grid import Grid

MAY_STOP = "red-flag questions asked, focus settled: s to finish now"


@dataclass(frozen=True)
class Row:
    """One line that can be answered; ``words`` are what it may be found by, in lower case.

    ``site`` is the place it is about; ``muscles`` are those that may be felt there.
    """

    key: str
    name: str
    question: str
    help: tuple[str, ...] = ()
    pick_side: bool = False
    can_doubt: bool = True
    alarming: bool = False
    group: str = ""
    words: tuple[str, ...] = ()
    site: str = ""
    muscles: tuple[Referred, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One value that may be chosen."""

    value: str
    words: str


@dataclass(frozen=True)
class Screen:
    """One prompt ready to be shown.

    ``start`` is what is ticked when it opens, ``noted`` the notes on it, ``before`` what was said
    at the last visit, which one key takes over; ``lead`` is said before it; ``alarm`` stays on it;
    ``body`` is the chart that places are marked on, ``grid`` the muscles by findings, ``parts``
    the screens of the questions of a form. ``none`` is
    the choice that 0 stands for, as it does on lists; empty where there is none. On the body chart
    of the complaint the place marked first is the ``chief`` one. ``consequences`` works out, on
    demand, what each answer to the row of a key would do.
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
    noted: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Said] = field(default_factory=dict)
    body: BodyChart | None = None
    grid: Grid | None = None
    parts: tuple["Screen", ...] = ()
    alarm: str = ""
    lead: str = ""
    consequences: Callable[[str], tuple[str, ...]] = lambda key: ()

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
    CHANGE = "change"
    LEAVE = "leave"
    NOW = "now"


Outcome = Reply | Command


@dataclass(frozen=True)
class Aside:
    """A wish to read or write something before replying; ``row`` counts from 1.

    ``rows`` are the lines that ``list`` shows; none given, it shows all.
    """

    kind: Literal["help", "why", "note", "list"]
    row: int = 1
    text: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """A typed line that cannot be used, and why; nothing was answered."""

    says: str


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
