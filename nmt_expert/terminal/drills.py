"""The command ``practice drill``: items one after another, each with its answer and the reason."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from nmt_expert.model.moments import stamp
from nmt_expert.practice.drills import Item
from nmt_expert.practice.remarks import Lesson
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Look, Page
from nmt_expert.terminal.person import INTERRUPTED, asker_of
from nmt_expert.terminal.streams import Streams

WHAT = "A drill"
NO_TERMINAL = "To print the items with their answers: nmt-expert practice drill KIND --json."
LEAVE = ""
IDLE = "This finding changes nothing here; to see that is the right answer."
Keep = Callable[[tuple[Lesson, ...], str], None]
"""Keeps what an item showed, at a moment (ISO 8601 in UTC)."""


def run(title: str, items: Iterable[Item], streams: Streams, keep: Keep, *, plain: bool) -> int:
    """Go through the items; the exit code. What was answered is kept at once.

    Raises:
        NeedsTerminal: there is nobody to ask.
    """
    streams.need_terminal(WHAT, NO_TERMINAL)
    page = Page(streams.console(plain=plain), streams.ink)
    asker = asker_of(streams, page, plain=plain)
    page.line(title, "title")
    try:
        with streams.session(plain=plain):
            _go_through(items, asker, page, keep)
    except (KeyboardInterrupt, EOFError):
        page.gap()
        page.line("Stopped. What you answered is kept.")
        return INTERRUPTED
    return 0


def _go_through(items: Iterable[Item], asker: Asker, page: Page, keep: Keep) -> None:
    earned, asked = 0.0, 0
    for item in items:
        chosen = _ask(item, asker, page)
        if chosen is None:
            break
        earned, asked = earned + item.credit[chosen], asked + 1
        keep(item.lessons(chosen), stamp(datetime.now(UTC)))
        _tell(item, chosen, page)
    page.gap()
    page.line(f"{earned:g} of {asked}.")
    page.line("What you answer with --student CODE is remembered; to see it:", "quiet")
    page.line("nmt-expert practice progress --student CODE", "quiet")


def _ask(item: Item, asker: Asker, page: Page) -> int | None:
    """The position of the option that was chosen; None when the student stops here."""
    page.gap()
    for line in item.stem:
        page.line(line)
    page.line(item.asks, "title")
    choices = [Choice(str(n), words) for n, words in enumerate(item.options)]
    chosen = asker.choose("Your answer?", (Choice(LEAVE, "Stop here"), *choices))
    return None if chosen == LEAVE else int(chosen)


def _tell(item: Item, chosen: int, page: Page) -> None:
    """Right, partly right or not; then the right answer and the rule."""
    credit = item.credit[chosen]
    look: Look = "good" if credit == 1 else "caution"
    page.line("Right." if credit == 1 else f"Partly ({credit:g})." if credit else "No.", look)
    if chosen not in item.right:
        page.line(f"You said: {item.options[chosen].strip()}")
        page.line(f"Right: {' / '.join(item.options[n] for n in item.right)}", "answer")
    if item.changes_nothing:
        page.line(IDLE)
    for line in item.because:
        page.line(line)
    if item.rules:
        page.line(f"kb show {item.rules[0]}", "quiet")
