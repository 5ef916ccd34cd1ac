"""Draws the pages of a reviewed record in the terminal and feeds it keys."""

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import ColorDepth

from nmt_expert.terminal.layout import LOOK, joined
from nmt_expert.terminal.paged import Paged
from nmt_expert.terminal.panel import NAMED
from nmt_expert.terminal.trace_board import HELP, Act, TraceBoard

WIDEST = 100


class TracePanel:
    """One board on the terminal until something is to be done."""

    def __init__(self, board: TraceBoard, depth: ColorDepth) -> None:
        self._board = board
        self._page: Paged | None = None
        control = FormattedTextControl(self._text, focusable=True, show_cursor=False)
        self._app: Application[Act] = Application(
            layout=Layout(Window(control, wrap_lines=False)),
            key_bindings=self._bindings(),
            style=LOOK,
            color_depth=depth,
            erase_when_done=True,
            full_screen=True,
        )
        self._app.ttimeoutlen = 0.05

    def run(self) -> Act:
        """Show the board.

        Raises:
            KeyboardInterrupt: Ctrl-C. EOFError: Ctrl-D, or the terminal is gone.
        """
        return self._app.run()

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        for key, name in NAMED.items():
            bindings.add(key)(lambda event, name=name: self._pressed(event, name))
        bindings.add(Keys.Any)(lambda event: self._pressed(event, event.data))
        bindings.add("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt()))
        bindings.add("c-d")(lambda event: event.app.exit(exception=EOFError()))
        bindings.add(Keys.BracketedPaste)(lambda event: None)
        return bindings

    def _pressed(self, event: KeyPressEvent, key: str) -> None:
        """A fault ends the screen as any other does; inside, it would only be printed and wait."""
        try:
            act = self._done(key)
        except Exception as error:
            event.app.exit(exception=error)
        else:
            if act:
                event.app.exit(result=act)

    def _done(self, key: str) -> Act | None:
        if self._page:
            self._page = self._page if self._page.pressed(key) else None
            return None
        if key == "?":
            self._page = Paged(HELP)
            return None
        return self._board.press(key)

    def _text(self) -> StyleAndTextTuples:
        size = get_app().output.get_size()
        width, height = min(size.columns, WIDEST) - 1, size.rows
        if self._page:
            return joined(self._page.lines(width, height))
        return joined(self._board.lines(width, height))
