"""A body chart as a list: type a few letters of a place, mark it with its side, as many as hurt."""

from nmt_expert.interview import Reply, Said
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.board.base import SIDE_LETTER, Board, BoardLine
from nmt_expert.terminal.board.checklist import BOXES, NOTHING

SIDE_ASKED = "Which side? r right, l left, b both, 0 not here"


def rows_found(rows: tuple[Row, ...], text: str) -> list[Row]:
    """Rows whose name or synonym holds every word typed; those that begin with it come first."""
    wanted = text.lower().split()
    found = [row for row in rows if any(all(w in name for w in wanted) for name in row.words)]
    return sorted(found, key=lambda row: _closeness(row, text.lower()))


def _closeness(row: Row, text: str) -> int:
    if any(name == text for name in row.words):
        return 0
    return 1 if any(name.startswith(text) for name in row.words) else 2


class Chart(Board):
    """Places by region; what is not marked does not hurt. The first one marked is the chief one."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.sought = ""
        self.siding = False

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        chief = "* chief  " if self.screen.chief else ""
        return f"type to find  enter mark, then done  {chief}0 nothing here  tab all keys"

    @property
    def typing(self) -> bool:
        """Letters find places."""
        return True

    @property
    def shown(self) -> list[Row]:
        """The rows that match what is typed: marked ones first when nothing is."""
        if self.sought:
            return rows_found(self.screen.rows, self.sought)
        marked = [row for key in self.said for row in self.screen.rows if row.key == key]
        return marked + [row for row in self.screen.rows if row.key not in self.said]

    @property
    def focus(self) -> Row:
        """The place the cursor is on."""
        shown = self.shown or list(self.screen.rows)
        return shown[min(self.cursor, len(shown) - 1)]

    @property
    def detail(self) -> str:
        """What is typed, and which place is the chief one."""
        if self.siding:
            return f"{self.focus.name}: {SIDE_ASKED}"
        if self.sought:
            return f"Find: {self.sought}_"
        first = next(iter(self.said), "") if self.screen.chief else ""
        chief = next((row.name for row in self.screen.rows if row.key == first), "")
        return f"Chief complaint: {chief}." if chief else self.focus.question

    def lines(self) -> list[BoardLine]:
        """Marked places, then all by region, or what was found."""
        return [
            BoardLine(self._text(row), at == self.cursor, row.key in self.said)
            for at, row in enumerate(self.shown)
        ]

    def press(self, key: str) -> Reply | None:
        """Find, mark, or be done."""
        self.message = ""
        if self.siding:
            self._side(key)
            return None
        if self._move(key, len(self.shown)):
            return None
        match key:
            case "enter" if not self.sought and not self._unmarked_under_cursor():
                return self._done()
            case "space" if self.sought:
                self._seek(self.sought + " ")
            case "enter" | "space":
                self._mark()
            case "backspace":
                self._seek(self.sought[:-1])
            case "0" if not self.said:
                return self.reply()
            case "0":
                self.message = "Places are marked. Take them away with space, or press enter."
            case "*" if self.screen.chief and self.focus.key in self.said:
                self.said = {self.focus.key: self.said.pop(self.focus.key), **self.said}
                self.cursor = 0
            case _ if len(key) == 1 and (key.isalpha() or key in "-'"):
                self._seek(self.sought + key)
        return None

    def _unmarked_under_cursor(self) -> bool:
        """Whether the cursor was moved to a place that enter would mark."""
        return self.cursor > 0 and self.focus.key not in self.said

    def _seek(self, text: str) -> None:
        self.sought, self.cursor = text, 0
        if not self.shown:
            self.message = f"No place is called {text}. Backspace to correct."

    def _mark(self) -> None:
        if not self.shown:
            return
        if self.focus.key in self.said:
            del self.said[self.focus.key]
            self._found()
        elif self.focus.pick_side:
            self.siding = True
        else:
            self.said[self.focus.key] = Said()
            self._found()

    def _side(self, key: str) -> None:
        if key in SIDE_LETTER:
            self.said[self.focus.key] = Said(side=SIDE_LETTER[key])
        elif key != "0":
            self.message = SIDE_ASKED
            return
        self.siding = False
        self._found()

    def _found(self) -> None:
        self.sought, self.cursor = "", 0

    def _done(self) -> Reply | None:
        if self.said:
            return self.reply()
        self.message = NOTHING.replace("ticked", "marked")
        return None

    def _text(self, row: Row) -> str:
        said = self.said.get(row.key)
        box = f"[{BOXES[said.side]}]" if said else "[   ]"
        place = f"{row.name}  ({row.group})" if row.group else row.name
        return f"{box} {place}"
