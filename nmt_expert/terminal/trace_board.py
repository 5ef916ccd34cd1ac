"""Leafs through a reviewed record with keys: a cursor on a page, links, and the way back."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from nmt_expert.reports.trace_book import ABOUT, ANSWERS, START, TREE, Spot, TraceBook
from nmt_expert.terminal.layout import Shown, text, wrapped

KEYS = (
    "enter open  b back  left/right pages  t tree  f firings  i answers  h start",
    "a agree  o override  u unsure  s sign  ? help  q leave",
)
HELP = (
    "A record is a set of pages. The first lists its flags, focus areas and conclusions; that of a "
    "student's attempt the student's view beside the program's, the remarks of the score, the "
    "steps, and then what the program concludes from the same answers.",
    "Arrows move; enter opens what a line leads to (marked with a sign at its end): the reasons of "
    "a result, a rule that fired, or an answer with everything it caused. b goes back the way you "
    "came, h to the first page. The reasons of a result are a sentence each; t leads down to the "
    "answers, and back.",
    "f shows the firings in order, left and right step through them; i lists the answers.",
    "a, o and u say what you think of the result on the line, or of the page you are on; of an "
    "attempt, what you think of a remark or of a heading. Overriding asks for a reason. A flag "
    "that is overridden stays in the record and in every report; your remark stands beside it.",
    "s signs: the review is locked with a hash over answers, trace and remarks.",
)
LEADS = " >"
POINTER = ">"
RESULT, SCORED = "a flag, focus area or conclusion", "a heading or a remark"
MOST_TITLE = 3
Kind = Literal["agree", "override", "unsure", "sign", "leave"]
_ACTS: dict[str, Kind] = {
    "a": "agree",
    "o": "override",
    "u": "unsure",
    "s": "sign",
    "q": "leave",
}
_STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -9999, "end": 9999}


@dataclass(frozen=True)
class Act:
    """What a person wants done; ``about`` is the subject of a verdict."""

    kind: Kind
    about: str = ""


class TraceBoard:
    """Where a person is in a book; ``press`` takes the name of a key."""

    def __init__(self, book: TraceBook, at: str = START) -> None:
        self._book = book
        self._way: list[tuple[str, int]] = []
        self._cursor = 0
        self._first = 0
        self.leaf = book.page(at)
        self.message = ""

    @property
    def spot(self) -> Spot:
        """The line that the cursor is on."""
        return self.leaf.spots[self._cursor]

    def turn_to(self, book: TraceBook) -> None:
        """The same page and line of a book that was written on."""
        self._book = book
        self.leaf = book.page(self.leaf.id)
        self._cursor = min(self._cursor, len(self.leaf.spots) - 1)

    def press(self, key: str) -> Act | None:
        """Do what a key means; an act ends the board for as long as it takes."""
        self.message = ""
        if key in _STEPS:
            self._cursor = max(0, min(self._cursor + _STEPS[key], len(self.leaf.spots) - 1))
        elif key in _ACTS:
            return self._act(_ACTS[key])
        elif key in ("b", "backspace"):
            self._back()
        else:
            self._go(self._target(key), key)
        return None

    def _target(self, key: str) -> str:
        """The page that a key leads to; empty when it leads nowhere."""
        leads = {
            "enter": self.spot.leads,
            "left": self.leaf.before,
            "right": self.leaf.after,
            "t": self._other_depth(),
            "f": "f1" if self._book.review.assessment.firings else "",
            "i": ANSWERS if self._book.review.assessment.inputs else "",
            "h": START,
        }
        return leads.get(key, "")

    @property
    def _subject(self) -> str:
        """The result that the page is about; empty where it is about none."""
        kind, _, key = self.leaf.id.partition(":")
        return key if f"{kind}:" in (ABOUT, TREE) else ""

    def _other_depth(self) -> str:
        """The tree of a result, or from there its sentences."""
        drawn = {one.key for one in self._book.results}
        key = next((one for one in (self._subject, self.spot.about) if one in drawn), "")
        if not key:
            return ""
        return f"{ABOUT}{key}" if self.leaf.id.startswith(TREE) else f"{TREE}{key}"

    def _go(self, target: str, key: str) -> None:
        if not target:
            nowhere = {"enter": "This line leads nowhere.", "left": "There is no page before it."}
            nowhere["right"] = "There is no page after it."
            nowhere["t"] = f"Put the cursor on {RESULT} first."
            self.message = nowhere.get(key, "")
            return
        if key not in ("left", "right"):  # stepping through pages is one step of the way back
            self._way.append((self.leaf.id, self._cursor))
        self.leaf, self._cursor, self._first = self._book.page(target), 0, 0

    def _back(self) -> None:
        if self._way:
            page, self._cursor = self._way.pop()
            self.leaf, self._first = self._book.page(page), 0

    def _act(self, kind: Kind) -> Act | None:
        if kind in ("sign", "leave"):
            return Act(kind)
        judged = {one.key: one for one in self._book.review.subjects}
        about = next((key for key in (self.spot.about, self._subject) if key in judged), "")
        if not about:
            practised = any(one.kind == "remark" for one in judged.values())
            self.message = f"Put the cursor on {SCORED if practised else RESULT} first."
        return Act(kind, about) if about else None

    def lines(self, width: int, height: int) -> list[Shown]:
        """The whole screen: the title, the page around the cursor, a message, the keys."""
        top = wrapped(self.leaf.title, width, "title", most=MOST_TITLE)
        bottom = [line for keys in KEYS for line in wrapped(keys, width, "keys")]
        bottom = [text(self.message[:width], "message"), *bottom]
        room = max(3, height - len(top) - len(bottom))
        body = self._body(width, room)
        return [*top, *body, *[text("")] * (room - len(body)), *bottom]

    def _body(self, width: int, room: int) -> list[Shown]:
        shown: list[Shown] = []
        begins = ends = 0
        for n, spot in enumerate(self.leaf.spots):
            current = n == self._cursor
            begins = len(shown) if current else begins
            lines = _wrapped(spot, width)
            lines[0] = f"{POINTER if current else ' '}{lines[0][1:]}"
            shown += [text(line, "current" if current else "") for line in lines]
            ends = len(shown) if current else ends
        self._first = min(max(self._first, ends - room), begins)
        return _hinted(shown, self._first, room, width)


def _wrapped(spot: Spot, width: int) -> list[str]:
    """A line of a page, hanging under its beginning."""
    indent = "  " + " " * spot.indent
    told = spot.text + (LEADS if spot.leads else "")
    return wrap(told, width - 2, initial_indent=indent, subsequent_indent=f"{indent}    ") or [""]


def _hinted(shown: list[Shown], first: int, room: int, width: int) -> list[Shown]:
    """The lines that fit, with a sign where more of them are."""
    seen = shown[first : first + room]
    for at, more, sign in ((0, first > 0, "^"), (-1, first + room < len(shown), "v")):
        if more and seen:
            look, words = seen[at][0]
            seen[at] = [(look, words.ljust(width - 1) + sign)]
    return seen
