"""Draws the pages of a reviewed record in the terminal and feeds it keys."""

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.output import ColorDepth

from nmt_expert.terminal.layout import joined
from nmt_expert.terminal.paged import Paged
from nmt_expert.terminal.panel import bound, drawn
from nmt_expert.terminal.trace_board import HELP, Act, TraceBoard

WIDEST = 100


class TracePanel:
    """One board on the terminal until something is to be done."""

    def __init__(self, board: TraceBoard, depth: ColorDepth) -> None:
        self._board = board
        self._page: Paged | None = None
        self._app: Application[Act] = drawn(self._text, bound(self._pressed), depth, whole=True)

    def run(self) -> Act:
        """Show the board.

        Raises:
            KeyboardInterrupt: Ctrl-C. EOFError: Ctrl-D, or the terminal is gone.
        """
        return self._app.run()

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
