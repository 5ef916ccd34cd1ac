"""The body chart: type a few letters of a place, mark it with its side, as many as hurt.

The marked places are lit on a drawing beside the list, with how strong each one is.
"""

from nmt_expert.interview import Reply, Said
from nmt_expert.model.body_chart import ViewId
from nmt_expert.reports.body_chart import Picture
from nmt_expert.reports.canvas import Ink
from nmt_expert.reports.marks import STRONGEST, Mark
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.board.base import Board, BoardLine
from nmt_expert.terminal.board.checklist import BOXES, NOTHING
from nmt_expert.terminal.board.strength import Strength
from nmt_expert.terminal.places import Found, rows_found
from nmt_expert.terminal.typed import SIDE_LETTER

SIDE_ASKED = "Which side? r right, l left, b both, 0 not here"
LONGEST = 40
"""Letters that may be typed to find a place."""


class Chart(Board):
    """Places by region; what is not marked does not hurt. The first one marked is the chief one."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.sought = ""
        self.siding = False
        self._strength = Strength(self.notes)
        self._found: list[Found] = []
        self._detail: ViewId | None = None

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        chief = "1-10 strength  * chief  " if self.screen.chief else ""
        closer = "<- -> closer  " if self.screen.body else ""
        return f"type to find  enter mark/done  {chief}{closer}0 nothing"

    @property
    def typing(self) -> bool:
        """Letters find places."""
        return True

    @property
    def shown(self) -> list[Row]:
        """The rows that match what is typed: marked ones first when nothing is."""
        if self.sought:
            return [found.row for found in self._found]
        marked = [row for key in self.said for row in self.screen.rows if row.key == key]
        return marked + [row for row in self.screen.rows if row.key not in self.said]

    @property
    def focus(self) -> Row:
        """The place the cursor is on."""
        shown = self.shown or list(self.screen.rows)
        return shown[min(self.cursor, len(shown) - 1)]

    @property
    def detail(self) -> str:
        """What is typed, the whole name at the cursor, and which place is the chief one."""
        if self.siding:
            return f"{self.focus.name}: {SIDE_ASKED}"
        if self._strength.asked:
            return f"{self._strength.asked.name}: how strong, 1 to {STRONGEST}? Or go on typing."
        if self.sought:
            return f"Find: {self.sought}_   {self._under_cursor()}"
        if self.cursor:
            return f"{self.focus.name}{_bracketed(self.focus)}"
        first = next(iter(self.said), "") if self.screen.chief else ""
        chief = next((row.name for row in self.screen.rows if row.key == first), "")
        return f"Chief complaint: {chief}." if chief else self.focus.question

    def lines(self) -> list[BoardLine]:
        """Marked places, then all by region, or what was found."""
        return [
            BoardLine(self._text(row), at == self.cursor, row.key in self.said, _bracketed(row))
            for at, row in enumerate(self.shown)
        ]

    def picture(self, width: int, height: int, ink: Ink) -> Picture | None:
        """The chart with what is marked, and with the place at the cursor."""
        if self.screen.body is None:
            return None
        return self.screen.body.draw(
            self.marks, width=width, height=height, ink=ink, detail=self._detail
        )

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every marked place once, the strongest first; last the one at the cursor, if unmarked."""
        marks: dict[tuple[str, str | None], Mark] = {}
        for row in self.screen.rows:
            said = self.said.get(row.key)
            if said and row.site:
                marks.setdefault(
                    (row.site, said.side), Mark(row.site, said.side, self._strength.of(row))
                )
        here = self.focus
        lit = sorted(marks.values(), key=lambda mark: -(mark.intensity or 0))
        if here.site and here.key not in self.said and self.shown:
            lit.append(Mark(here.site, "both" if here.pick_side else None, meaning="here"))
        return tuple(lit)

    def press(self, key: str) -> Reply | None:
        """Find, mark, or be done."""
        self.message = ""
        if self.siding:
            self._side(key)
            return None
        if self._scored(key) or self._turned(key) or self._move(key, len(self.shown)):
            return None
        match key:
            case "enter" if not self.sought and not self._unmarked_under_cursor():
                return self._done()
            case "space" if self.sought:
                self._seek(self.sought + " " if self._has_room else self.sought)
            case "enter" | "space":
                self._mark()
            case "backspace":
                self._seek(self.sought[:-1])
            case "0":
                return self._nothing()
            case "*" if self.screen.chief and self.focus.key in self.said:
                self.said = {self.focus.key: self.said.pop(self.focus.key), **self.said}
                self.cursor = 0
            case _ if len(key) == 1 and (key.isalpha() or key in "-'") and self._has_room:
                self._seek(self.sought + key)
        return None

    @property
    def _has_room(self) -> bool:
        return len(self.sought) < LONGEST

    def _unmarked_under_cursor(self) -> bool:
        """Whether the cursor was moved to a place that enter would mark."""
        return self.cursor > 0 and self.focus.key not in self.said

    def _seek(self, text: str) -> None:
        self.sought, self.cursor = text, 0
        self._found = rows_found(self.screen.rows, text)
        if text and not self._found:
            self.message = f"No place is called {text}. Backspace to correct."

    def _mark(self) -> None:
        if not self.shown:
            return
        row = self.focus
        if row.key in self.said:
            del self.said[row.key]
            self.notes.pop(row.key, None)
            self._seek("")
        elif row.pick_side:
            self.siding = True
        else:
            self._marked(row, Said())

    def _side(self, key: str) -> None:
        if key in SIDE_LETTER:
            self.siding = False
            self._marked(self.focus, Said(side=SIDE_LETTER[key]))
        elif key == "0":
            self.siding = False
            self._seek("")
        else:
            self.message = SIDE_ASKED

    def _marked(self, row: Row, said: Said) -> None:
        """Keep a mark; how strong it is may follow."""
        self.said[row.key] = said
        self._seek("")
        self._strength.asked = row if self.screen.chief else None

    def _scored(self, key: str) -> bool:
        """Whether the key says how strong the place just marked, or the one at the cursor, is."""
        row = self._strength.asked or self.focus
        may = self.screen.chief and not self.sought and row.key in self.said
        return self._strength.pressed(key, row if may else None)

    def _turned(self, key: str) -> bool:
        """Whether the key chose another view: the whole body, or a part of it more closely."""
        if key not in ("left", "right") or self.screen.body is None:
            return False
        views: list[ViewId | None] = [None, *self.screen.body.details]
        step = 1 if key == "right" else -1
        self._detail = views[(views.index(self._detail) + step) % len(views)]
        return True

    def _nothing(self) -> Reply | None:
        if not self.said and not self.sought:
            return self.reply()
        self.message = (
            "Places are marked. Take them away with space, or press enter."
            if self.said
            else "0 means nothing here. Take away what is typed with backspace first."
        )
        return None

    def _done(self) -> Reply | None:
        if self.said:
            return self.reply()
        self.message = NOTHING.replace("ticked", "marked")
        return None

    def _under_cursor(self) -> str:
        """The place that enter would mark, and the muscle it was found by."""
        if not self._found:
            return ""
        row, via = self._found[min(self.cursor, len(self._found) - 1)]
        how = f" ({via.kind})" if via and via.kind else ""
        return f"{row.name}: {via.site.label} may be felt there{how}" if via else row.name

    def _text(self, row: Row) -> str:
        said = self.said.get(row.key)
        box = f"[{BOXES[said.side]}]" if said else "[   ]"
        strong = self._strength.of(row)
        return f"{box} {row.name}" if strong is None else f"{box} {strong} {row.name}"


def _bracketed(row: Row) -> str:
    return f"  ({row.group})" if row.group else ""
