"""What all boards share: the cursor, the notes, and non-answers for everything not said."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from nmt_expert.interview import NonAnswer, Reply, Said
from nmt_expert.model.case import Sure
from nmt_expert.reports.body_chart import Picture
from nmt_expert.reports.canvas import Ink
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.typed import MOST_TYPED

DOUBT: dict[Sure, str] = {"sure": "", "unsure": "~", "fairly": "~f"}
"""How sure an answer is, and the sign for it; the key for doubt goes through them in this order."""

AS_BEFORE = "As last time. Press enter if it is so today."
FULL = f"Nothing was noted: a line has room for {MOST_TYPED} characters."
NOTHING_BEFORE = "Nothing was ticked last time, so there is nothing to take over."


@dataclass(frozen=True)
class BoardLine:
    """One line of a board; ``current`` is where the cursor is, ``marked`` what was answered.

    ``more`` stands behind it where there is room.
    """

    text: str
    current: bool = False
    marked: bool = False
    more: str = ""


def doubted(sure: Sure) -> Sure:
    """The next degree: sure, unsure, fairly sure, and sure again."""
    degrees = tuple(DOUBT)
    return degrees[(degrees.index(sure) + 1) % len(degrees)]


class Board(ABC):
    """One prompt while it is being answered.

    ``press`` takes the name of a key (``up``, ``enter``, ``space`` or a character) and gives the
    reply once there is one; ``message`` says why a key did not do what was expected.
    """

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.said: dict[str, Said] = dict(screen.start)
        self.notes: dict[str, str] = dict(screen.noted)
        self.message = ""
        self.cursor = 0

    @property
    @abstractmethod
    def keys(self) -> str:
        """What the board's own keys do, in one line of the footer."""

    @property
    def head(self) -> tuple[str, ...]:
        """Lines that stay above the list when it scrolls."""
        return ()

    @property
    def typing(self) -> bool:
        """Whether letters are text here, so that they cannot be commands."""
        return False

    @property
    def focus(self) -> Row:
        """The row the cursor is on, or the only one."""
        return self.screen.rows[min(self.cursor, len(self.screen.rows) - 1)]

    @property
    def detail(self) -> str:
        """The whole question at the cursor, with its note."""
        note = self.notes.get(self.focus.key)
        return self.focus.question + (f"  [note: {note}]" if note else "")

    def note(self, text: str) -> None:
        """Add a note to what the cursor is on, as far as it has room for one."""
        earlier = self.notes.get(self.focus.key)
        whole = f"{earlier}; {text}" if earlier else text
        if len(whole) <= MOST_TYPED:
            self.notes[self.focus.key] = whole
        else:
            self.message = FULL

    def skip(self, non_answer: NonAnswer) -> Reply:
        """The reply that leaves everything not said as a non-answer."""
        kept = dict(self.said) if len(self.screen.rows) > 1 else {}
        return Reply(kept, non_answer, dict(self.notes))

    def skip_focus(self, non_answer: NonAnswer) -> Reply | None:
        """Leave only what the cursor is on as a non-answer; a lone question is replied to so."""
        self.said[self.focus.key] = Said(non_answer)
        return self.reply() if len(self.screen.rows) == 1 else None

    def as_before(self) -> None:
        """Say what was said at the last visit; it counts once it is confirmed with enter."""
        self.said |= self.screen.before
        self.message = AS_BEFORE if self.screen.before else NOTHING_BEFORE

    def reply(self) -> Reply:
        """The reply as it stands, everything not said being normal."""
        return Reply(dict(self.said), "normal", dict(self.notes))

    @abstractmethod
    def lines(self) -> list[BoardLine]:
        """All lines, however many; the panel shows those around the cursor."""

    def picture(self, width: int, height: int, ink: Ink) -> Picture | None:
        """What is drawn beside the lines, within so many characters; most boards draw nothing."""
        return None

    @abstractmethod
    def press(self, key: str) -> Reply | None:
        """Do what a key means here."""

    def _move(self, key: str, count: int) -> bool:
        """Whether the key only moved the cursor."""
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -999, "end": 999}
        if key not in steps:
            return False
        step, last = steps[key], max(0, count - 1)
        if abs(step) == 1 and count:
            self.cursor = (self.cursor + step) % count
        else:
            self.cursor = max(0, min(last, self.cursor + step))
        return True
