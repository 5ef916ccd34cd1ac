"""The person at the terminal: asked with keys where screens can be redrawn, else by typed lines."""

from nmt_expert.terminal.asking import Asker
from nmt_expert.terminal.keyboard import Keyboard
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.plain import Plain
from nmt_expert.terminal.streams import Streams

INTERRUPTED = 130
"""The exit code after Ctrl-C or Ctrl-D."""


def asker_of(streams: Streams, page: Page, *, plain: bool, full: bool = False) -> Asker:
    """Who puts prompts to the person; ``full`` has typed lines say every question whole."""
    if plain or not streams.can_redraw:
        return Plain(streams, page, full=full)
    return Keyboard(streams)
