"""A page of text over the board, such as help or why: it scrolls, and any other key closes it."""

from collections.abc import Sequence

from nmt_expert.terminal.layout import Shown, text, wrapped

STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -9999, "end": 9999}
CLOSE = "any key: go on"
MORE = "arrows: more   any other key: go on"


class Paged:
    """Paragraphs, as far as they fit."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._paragraphs = tuple(paragraphs)
        self._first = 0

    def pressed(self, key: str) -> bool:
        """Whether the page stays: arrows move it."""
        self._first += STEPS.get(key, 0)
        return key in STEPS

    def lines(self, width: int, room: int) -> list[Shown]:
        """At most ``room`` lines, the last of which says what keys do."""
        room = max(2, room)
        said = [line for words in self._paragraphs for line in wrapped(words, width) or [text("")]]
        last = max(0, len(said) - (room - 1))
        self._first = max(0, min(self._first, last))
        shown = said[self._first : self._first + room - 1]
        return [*shown, text(MORE if last else CLOSE, "keys")]
