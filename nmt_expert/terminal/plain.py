"""Asks with numbered lines and typed replies: for screen readers, dumb terminals and scripts."""

import re

from nmt_expert.interview import Reply, Said
from nmt_expert.model.text import clean
from nmt_expert.terminal.asking import Aside, Choice, Command, Outcome, Row, Screen, Wrong
from nmt_expert.terminal.board.base import FULL
from nmt_expert.terminal.helptext import why_page
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.plain_grid import grid_lines
from nmt_expert.terminal.plain_line import hint, read_line
from nmt_expert.terminal.plain_places import joined_notes, marked_lines, place_lines
from nmt_expert.terminal.streams import Streams
from nmt_expert.terminal.typed import MOST_TYPED, TOO_LONG, line_number

SKIP_HINT = "Or: u not known, x not examined, na does not apply, later."
KEY_HINT = (
    "b back, c change an answer, ? help (? 3 for line 3), w why (w 3), n TEXT note,"
    " s save and leave, ! happening now."
    " Behind a number: u not known, x not examined, ~ not sure, ~f fairly sure."
)


class Plain:
    """A person who types lines; nothing is ever redrawn."""

    def __init__(self, streams: Streams, page: Page, *, full: bool = False) -> None:
        self._streams = streams
        self._page = page
        self._full = full
        self._taught = False

    def ask(self, screen: Screen) -> Outcome:
        """Print the prompt, then read lines until one is a reply or a wish to be elsewhere."""
        return self._one_by_one(screen) if screen.parts else self._ask(screen)

    def _one_by_one(self, form: Screen) -> Outcome:
        """The questions of a form one after the other; a wish in any of them leaves them all."""
        said: dict[str, Said] = {}
        notes: dict[str, str] = {}
        for part in form.parts:
            outcome = self._ask(part)
            if isinstance(outcome, Command):
                return outcome
            key = part.rows[0].key
            said[key] = outcome.said.get(key) or Said(outcome.rest)
            notes |= outcome.notes
        return Reply(said, notes=notes)

    def _ask(self, screen: Screen) -> Outcome:
        self._show(screen)
        notes: dict[str, str] = {}
        while True:
            read = read_line(self._line("> "), screen)
            if isinstance(read, Command):
                return read
            if isinstance(read, Reply):
                for line in marked_lines(read, screen):
                    self._page.line(line)
                return Reply(read.said, read.rest, joined_notes(read.notes, notes))
            if isinstance(read, Wrong):
                self._page.line(read.says)
            else:
                self._aside(read, screen, notes)

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        """A numbered menu; an empty line chooses nothing."""
        self._page.line(question)
        for at, choice in enumerate(choices, start=1):
            self._page.line(f" {at}. {choice.words}")
        while True:
            at = line_number(self._line("> ").strip(), len(choices))
            if at:
                return choices[at - 1].value
            self._page.line(f"Type a number from 1 to {len(choices)}.")

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        """A line of text."""
        while True:
            text = clean(self._line(f"{question} ")).strip()
            fits = len(text) <= MOST_TYPED
            if fits and (not pattern or re.fullmatch(pattern, text)):
                return text
            self._page.line(wrong if fits else TOO_LONG)

    def _line(self, mark: str) -> str:
        self._streams.stdout.write(mark)
        self._streams.stdout.flush()
        line = self._streams.stdin.readline()
        if not line:
            raise EOFError
        return line

    def _show(self, screen: Screen) -> None:
        self._page.gap()
        if screen.alarm:
            self._page.line(screen.alarm, "alarm")
        self._page.line(screen.header, "quiet")
        self._page.line(screen.asked, "title")
        if screen.lead:
            self._page.line(screen.lead)
        if screen.prompt.kind == "checklist":
            self._rows(screen)
        elif screen.grid:
            for line in grid_lines(screen.grid):
                self._page.line(line)
        elif screen.prompt.kind == "chart":
            self._page.line(screen.rows[0].question)
        else:
            self._page.line(screen.rows[0].question)
            for digit, choice in zip(screen.digits, screen.choices, strict=True):
                self._page.line(f" {digit}. {choice.words}")
        self._page.line(hint(screen), "quiet")
        if not self._taught:
            self._page.line(SKIP_HINT, "quiet")
            self._page.line(KEY_HINT, "quiet")
            self._taught = True

    def _rows(self, screen: Screen) -> None:
        for at, row in enumerate(screen.rows, start=1):
            ticked = " (ticked)" if row.key in screen.start else ""
            ticked = ticked or (" (last time; type = for that)" if row.key in screen.before else "")
            words = row.question if self._full or row.alarming else row.name
            self._page.line(f"{at:2}. {words}{ticked}")

    def _aside(self, aside: Aside, screen: Screen, notes: dict[str, str]) -> None:
        row = screen.rows[aside.row - 1]
        match aside.kind:
            case "help":
                lines = [*row.help, hint(screen), SKIP_HINT, KEY_HINT]
            case "why":
                lines = why_page(screen, row)
            case "list":
                lines = place_lines(screen, aside)
            case "note":
                lines = [_noted(aside.text, row, notes)]
        for line in lines:
            self._page.line(line)


def _noted(text: str, row: Row, notes: dict[str, str]) -> str:
    """Add a note to a line, as far as it has room for one, and say so."""
    whole = "; ".join(part for part in (notes.get(row.key), text) if part)
    if len(whole) > MOST_TYPED:
        return FULL
    notes[row.key] = whole
    return f"Noted on {row.name}."
