"""A supervisor on the panel: concordance items one after another, each with an answer and why."""

import re
from collections.abc import Callable, Iterable

from nmt_expert.model.practice import PanelAnswer
from nmt_expert.practice.drills import Item
from nmt_expert.practice.drills.concordance import SHIFTS
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.person import INTERRUPTED, asker_of
from nmt_expert.terminal.streams import Streams

WHAT = "Answering for the panel"
NO_TERMINAL = "Or write the entries by hand: see the practice page of the documentation."
WELCOME = (
    "You answer for the panel: how far does the finding move the hypothesis? What the engine or"
    " others answered is not shown. Your answer and your reason decide what students earn."
)
STOP = ""
BECAUSE = "Because (one sentence):"
NO_REASON = "Students read the reason; please give one."
Keep = Callable[[PanelAnswer], object]


def run(
    items: Iterable[Item], by: str, today: str, streams: Streams, keep: Keep, *, plain: bool
) -> int:
    """Ask for an answer to each item; the exit code. Each answer is kept at once.

    Raises:
        NeedsTerminal: there is nobody to ask.
        NmtError: the answer cannot be kept.
    """
    streams.need_terminal(WHAT, NO_TERMINAL)
    page = Page(streams.console(plain=plain), streams.ink)
    asker = asker_of(streams, page, plain=plain)
    page.line(WELCOME)
    count = 0
    try:
        with streams.session(plain=plain):
            for item in items:
                answer = _asked(item, by, today, asker, page)
                if answer is None:
                    break
                keep(answer)
                count += 1
    except (KeyboardInterrupt, EOFError):
        page.line(f"Stopped. Kept: {count}.")
        return INTERRUPTED
    page.line(f"Kept: {count}.")
    return 0


def _asked(item: Item, by: str, today: str, asker: Asker, page: Page) -> PanelAnswer | None:
    """One supervisor's answer to an item; None when they stop here."""
    page.gap()
    for line in (*item.stem, item.asks):
        page.line(line)
    shifts = [Choice(str(SHIFTS[n]), words) for n, words in enumerate(item.options)]
    chosen = asker.choose("Your answer?", (Choice(STOP, "Stop here"), *shifts))
    if chosen == STOP:
        return None
    because = asker.write(BECAUSE, pattern=r".*\S.*", wrong=NO_REASON)
    name = id_of(item.id, by)
    return PanelAnswer(
        id=name, item=item.id, by=by, answer=int(chosen), because=because, date=today
    )


def id_of(item: str, by: str) -> str:
    """The id of a supervisor's answer to an item; each has one."""
    return re.sub(r"[^a-z0-9]+", "_", f"{item}_{by}".lower()).strip("_")
