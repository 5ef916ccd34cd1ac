"""Draws a board in the terminal and feeds it keys; leaves nothing behind when it closes."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import ColorDepth

from nmt_expert.interview import Reply
from nmt_expert.reports.canvas import Ink
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.board import Board
from nmt_expert.terminal.layout import LOOK, Scroller, Shown, beside, joined, listed, text, wrapped
from nmt_expert.terminal.paged import Paged

FOOTER = "b back  c change  k skip  ? help  w why  n note  s save, leave  ! happening now"
TAB_FOOTER = "tab opens: back, change, skip, why, note, save   ? help  ! happening now"
MOST_LEAD = 3
"""Lines of what is said before a prompt; more would push the list off a small screen."""
LEAST_WIDTH, LEAST_LINES = 10, 3
PICTURED = 76
"""Columns from which a picture stands beside the list."""
WIDEST_PICTURE, LOWEST_PICTURE, HIGHEST_PICTURE = 48, 9, 22
NAMED = {
    Keys.Left: "left",
    Keys.Right: "right",
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
    CHANGE = "c"
    LEAVE = "s"
    NOW = "!"
    MENU = "tab"


def drop_code(event: KeyPressEvent) -> None:
    """Forget what came together with an escape: a code nobody typed, whose digits answer nothing.

    A person who presses escape, and then a key, is never that quick. Ctrl-C and Ctrl-D stay.
    """
    queue = event.key_processor.input_queue
    leaving = [press for press in queue if press.key in (Keys.ControlC, Keys.ControlD)]
    queue.clear()
    queue.extend(leaving)


def bound(pressed: Callable[[KeyPressEvent, str], None]) -> KeyBindings:
    """Keys by their names, Ctrl-C and Ctrl-D to leave; what is pasted is dropped."""
    bindings = KeyBindings()
    for key, name in NAMED.items():
        bindings.add(key)(lambda event, name=name: pressed(event, name))
    bindings.add(Keys.Any)(lambda event: pressed(event, event.data))
    bindings.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt()))
    bindings.add("c-d")(lambda event: event.app.exit(exception=EOFError()))
    bindings.add(Keys.BracketedPaste)(lambda event: None)
    return bindings


def drawn(
    text: Callable[[], StyleAndTextTuples],
    keys: KeyBindings,
    depth: ColorDepth,
    *,
    whole: bool = False,
) -> Application[Any]:
    """A screen that draws ``text`` anew after every key; ``whole`` takes the terminal for it."""
    control = FormattedTextControl(text, focusable=True, show_cursor=False)
    app: Application[Any] = Application(
        layout=Layout(Window(control, wrap_lines=False)),
        key_bindings=keys,
        style=LOOK,
        color_depth=depth,
        erase_when_done=True,
        full_screen=whole,
    )
    app.ttimeoutlen = 0.05
    return app


PageText = Callable[[Screen, Row], list[str]]


class Panel:
    """One board on the terminal until a reply, or a wish that leads elsewhere."""

    def __init__(
        self, board: Board, depth: ColorDepth, pages: Mapping[str, PageText], ink: Ink = "dots"
    ) -> None:
        self._board = board
        self._ink: Ink = ink
        self._pages = pages
        self._page: Paged | None = None
        self._first = 0
        self._app: Application[Reply | Wish] = drawn(self._text, self._bindings(), depth)

    def run(self) -> Reply | Wish:
        """Show the board.

        Raises:
            KeyboardInterrupt: Ctrl-C. EOFError: Ctrl-D, or the terminal is gone.
        """
        return self._app.run()

    def open(self, key: str) -> None:
        """Show help or why before the board."""
        self._page = Paged(self._pages[key](self._board.screen, self._board.focus))

    # Keys

    def _bindings(self) -> KeyBindings:
        bindings = bound(self._pressed)
        bindings.add(" ")(lambda event: self._pressed(event, "space"))
        bindings.add(Keys.Tab)(lambda event: self._pressed(event, "tab"))
        bindings.add("c-b")(lambda event: event.app.exit(result=Wish.BACK))
        bindings.add("escape")(self._escaped)
        return bindings

    def _escaped(self, event: KeyPressEvent) -> None:
        drop_code(event)
        self._pressed(event, "escape")

    def _pressed(self, event: KeyPressEvent, key: str) -> None:
        """A fault ends the screen as any other does; inside, it would only be printed and wait."""
        try:
            self._do(event, key)
        except Exception as error:
            event.app.exit(exception=error)

    def _do(self, event: KeyPressEvent, key: str) -> None:
        if self._page:
            self._page = self._page if self._page.pressed(key) else None
            return
        wish = self._wish(key)
        if wish is Wish.WHY or key == "?":
            self.open(key)
        elif wish:
            event.app.exit(result=wish)
        elif key == "=" and not self._board.typing:
            self._board.as_before()
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
        return draw(self._board, self._page, size.columns, size.rows - 1, self._scrolled, self._ink)

    def _scrolled(self, at: int, count: int, room: int) -> int:
        """The first line to show, so that the cursor stays in sight and moves the list least."""
        self._first = max(min(self._first, at), at - room + 1, 0)
        self._first = min(self._first, max(0, count - room))
        return self._first


def draw(
    board: Board, page: Paged | None, width: int, height: int, scrolled: Scroller, ink: Ink
) -> StyleAndTextTuples:
    """All of a screen: header, title, board or page, question, message, keys."""
    width = max(LEAST_WIDTH, min(width, 100) - 1)
    screen = board.screen
    top = wrapped(screen.alarm, width, "alarm") + wrapped(screen.header, width, "header")
    top += wrapped(screen.asked, width, "title") + wrapped(screen.lead, width, most=MOST_LEAD)
    if page:
        return joined([*top, *page.lines(width, height - len(top))])
    top += [text(line[:width], "keys") for line in board.head]
    bottom = [text(board.message[:width], "message")]
    bottom += wrapped(board.detail, width, most=4, indent="  ")
    for keys in (board.keys, TAB_FOOTER if board.typing else FOOTER):
        bottom += wrapped(keys, width, "keys")
    top, bottom = _squeezed(top, bottom, height - LEAST_LINES)
    room = max(LEAST_LINES, height - len(top) - len(bottom))
    return joined([*top, *_middle(board, width, room, scrolled, ink), *bottom])


def _squeezed(top: list[Shown], bottom: list[Shown], room: int) -> tuple[list[Shown], list[Shown]]:
    """On a tiny screen the list matters most: the keys go first, then what is above the title."""
    bottom = bottom[: max(1, room - len(top))]
    return top[-max(1, room - len(bottom)) :], bottom


def _middle(board: Board, width: int, room: int, scrolled: Scroller, ink: Ink) -> list[Shown]:
    """The lines of a board, with its picture beside them where there is space."""
    picture = None
    if width >= PICTURED and room >= LOWEST_PICTURE:
        picture = board.picture(WIDEST_PICTURE, min(room, HIGHEST_PICTURE), ink)
    if picture is None:
        return listed(board.lines(), width, room, scrolled)
    left = width - WIDEST_PICTURE
    return beside(listed(board.lines(), left, room, scrolled), left, picture)
