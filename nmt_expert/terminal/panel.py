"""Draws a board in the terminal and feeds it keys; leaves nothing behind when it closes."""

import textwrap
from collections.abc import Callable, Mapping
from enum import Enum

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style

from nmt_expert.interview import Reply
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.board import Board

LOOK = Style.from_dict(
    {
        "header": "ansibrightblack",
        "title": "bold",
        "alarm": "reverse bold ansired",
        "current": "reverse",
        "marked": "bold",
        "message": "ansiyellow bold",
        "keys": "ansibrightblack",
    }
)
FOOTER = "b back  k skip  ? help  w why  n note  s save and leave  ! happening now"
TAB_FOOTER = "tab opens: back, skip, why, note, save and leave   ? help  ! happening now"
MOST_LEAD = 3
"""Lines of what is said before a prompt; more would push the list off a small screen."""
NAMED = {
    Keys.Up: "up",
    Keys.Down: "down",
    Keys.PageUp: "pageup",
    Keys.PageDown: "pagedown",
    Keys.Home: "home",
    Keys.End: "end",
    Keys.Enter: "enter",
    Keys.Backspace: "backspace",
}


class Wish(Enum):
    """A key that is no part of the board."""

    BACK = "b"
    SKIP = "k"
    WHY = "w"
    NOTE = "n"
    LEAVE = "s"
    NOW = "!"
    MENU = "tab"


PageText = Callable[[Screen, Row], list[str]]


class Panel:
    """One board on the terminal until a reply, or a wish that leads elsewhere."""

    def __init__(self, board: Board, depth: ColorDepth, pages: Mapping[str, PageText]) -> None:
        self._board = board
        self._pages = pages
        self._page: list[str] = []
        self._first = 0
        control = FormattedTextControl(self._text, focusable=True, show_cursor=False)
        self._app: Application[Reply | Wish] = Application(
            layout=Layout(Window(control, wrap_lines=False)),
            key_bindings=self._bindings(),
            style=LOOK,
            color_depth=depth,
            erase_when_done=True,
            full_screen=False,
        )
        self._app.ttimeoutlen = 0.05

    def run(self) -> Reply | Wish:
        """Show the board.

        Raises:
            KeyboardInterrupt: Ctrl-C. EOFError: Ctrl-D, or the terminal is gone.
        """
        return self._app.run()

    def open(self, key: str) -> None:
        """Show help or why before the board."""
        self._page = self._pages[key](self._board.screen, self._board.focus)

    # Keys

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        for key, name in NAMED.items():
            bindings.add(key)(lambda event, name=name: self._pressed(event, name))
        bindings.add(" ")(lambda event: self._pressed(event, "space"))
        bindings.add(Keys.Tab)(lambda event: self._pressed(event, "tab"))
        bindings.add(Keys.Any)(lambda event: self._pressed(event, event.data))
        bindings.add("c-b")(lambda event: event.app.exit(result=Wish.BACK))
        bindings.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt()))
        bindings.add("c-d")(lambda event: event.app.exit(exception=EOFError()))
        bindings.add(Keys.BracketedPaste)(lambda event: None)
        return bindings

    def _pressed(self, event: KeyPressEvent, key: str) -> None:
        if self._page:
            self._page = []
            return
        wish = self._wish(key)
        if wish is Wish.WHY or key == "?":
            self.open(key)
        elif wish:
            event.app.exit(result=wish)
        else:
            reply = self._board.press(key)
            if reply is not None:
                event.app.exit(result=reply)

    def _wish(self, key: str) -> Wish | None:
        if key not in {wish.value for wish in Wish}:
            return None
        if len(key) == 1 and key.isalpha() and self._board.typing:
            return None
        return Wish(key)

    # Drawing

    def _text(self) -> StyleAndTextTuples:
        size = get_app().output.get_size()
        return draw(self._board, self._page, size.columns, size.rows - 1, self._scrolled)

    def _scrolled(self, at: int, count: int, room: int) -> int:
        """The first line to show, so that the cursor stays in sight and moves the list least."""
        self._first = max(min(self._first, at), at - room + 1, 0)
        self._first = min(self._first, max(0, count - room))
        return self._first


def draw(
    board: Board,
    page: list[str],
    width: int,
    height: int,
    scrolled: Callable[[int, int, int], int],
) -> StyleAndTextTuples:
    """All of a screen: header, title, board or page, question, message, keys."""
    width = min(width, 100) - 1
    screen = board.screen
    top = [("class:alarm", line) for line in textwrap.wrap(screen.alarm, width)]
    top += [("class:header", line) for line in textwrap.wrap(screen.header, width)]
    top += [("class:title", line) for line in textwrap.wrap(screen.asked, width)]
    top += [("", line) for line in textwrap.wrap(screen.lead, width)[:MOST_LEAD]]
    if page:
        wrapped = [line for text in page for line in textwrap.wrap(text, width) or [""]]
        room = height - len(top) - 2
        return _joined([*top, *(("", line) for line in wrapped[:room]), _quiet("any key: go on")])
    detail = textwrap.wrap(board.detail, width - 2)[:4]
    bottom = [("", ""), *(("", f"  {line}") for line in detail)]
    if board.message:
        bottom.append(("class:message", board.message[:width]))
    for keys in (board.keys, TAB_FOOTER if board.typing else FOOTER):
        bottom += [_quiet(line) for line in textwrap.wrap(keys, width)]
    room = max(3, height - len(top) - len(bottom))
    return _joined([*top, *_window(board, width, room, scrolled), *bottom])


def _window(
    board: Board, width: int, room: int, scrolled: Callable[[int, int, int], int]
) -> list[tuple[str, str]]:
    lines = board.lines()
    at = next((n for n, line in enumerate(lines) if line.current), 0)
    first = scrolled(at, len(lines), room)
    shown = []
    for n, line in enumerate(lines[first : first + room], start=first):
        above = n == first and first > 0
        below = n == first + room - 1 and n < len(lines) - 1
        hint = " ^" if above else " v" if below else ""
        style = "class:current" if line.current else "class:marked" if line.marked else ""
        pointer = ">" if line.current else " "
        shown.append((style, f"{pointer} {line.text}"[: width - 2] + hint))
    return shown


def _quiet(text: str) -> tuple[str, str]:
    return "class:keys", text


def _joined(lines: list[tuple[str, str]]) -> StyleAndTextTuples:
    made: StyleAndTextTuples = []
    for n, (style, text) in enumerate(lines):
        made += [("", "\n"), (style, text)] if n else [(style, text)]
    return made
