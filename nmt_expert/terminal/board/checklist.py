"""A checklist: tick what applies, with sides, and say "none of these" outright."""

from nmt_expert.interview import Reply, Said
from nmt_expert.model.case import AnswerSide
from nmt_expert.terminal.asking import Row
from nmt_expert.terminal.board.base import DOUBT, Board, BoardLine, doubted
from nmt_expert.terminal.typed import SIDE_LETTER, line_number

NEXT_SIDE: dict[AnswerSide | None, AnswerSide] = {None: "right", "right": "left", "left": "both"}
BOXES: dict[AnswerSide | None, str] = {"right": "R  ", "left": "  L", "both": "R+L", None: " x "}
SKIPPED = {"unknown": " ? ", "not_examined": " - ", "not_applicable": "n/a", "later": " > "}
BEFORE = "  (last time; = takes it over)"
NOTHING = "Nothing is ticked. Press 0 for none of these, or k to skip."


class Checklist(Board):
    """Rows that are present, absent or, one by one, not known."""

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        tick = (
            "space or r l tick" if any(row.pick_side for row in self.screen.rows) else "space tick"
        )
        return f"{tick}  enter done  0 none of these  u not sure  x not examined"

    @property
    def ticked(self) -> bool:
        """Whether anything is said to be present."""
        return any(said.value == "present" for said in self.said.values())

    def lines(self) -> list[BoardLine]:
        """A box, a name, and how sure."""
        return [
            BoardLine(
                f"{self._box(row)} {row.name}{BEFORE if row.key in self.screen.before else ''}",
                at == self.cursor,
                row.key in self.said,
            )
            for at, row in enumerate(self.screen.rows)
        ]

    def press(self, key: str) -> Reply | None:
        """Tick, pick a side, doubt, or be done."""
        self.message = ""
        if self._move(key, len(self.screen.rows)):
            return None
        match key:
            case "enter":
                return self._done()
            case "0":
                return self._none()
            case "space":
                self._tick(self.focus)
            case "u":
                self._doubt(self.focus)
            case "x":
                self._mark(self.focus, Said("not_examined"))
            case "r" | "l" if self.focus.pick_side:
                self._mark(self.focus, Said(side=SIDE_LETTER[key]))
            case _ if at := line_number(key, len(self.screen.rows)):
                self.cursor = at - 1
                self._tick(self.focus)
        return None

    def _done(self) -> Reply | None:
        if self.ticked:
            return self.reply()
        self.message = NOTHING
        return None

    def _none(self) -> Reply | None:
        if not self.ticked:
            return self.reply()
        self.message = "Something is ticked. Untick it with space, or press enter if it is right."
        return None

    def _tick(self, row: Row) -> None:
        said = self.said.pop(row.key, None)
        here = said.side if said and said.value == "present" else None
        if row.pick_side:
            if here != "both":
                self.said[row.key] = Said(side=NEXT_SIDE[here])
        elif said is None or said.value != "present":
            self.said[row.key] = Said()

    def _mark(self, row: Row, said: Said) -> None:
        """The same mark twice takes it away."""
        if self.said.get(row.key) == said:
            del self.said[row.key]
        else:
            self.said[row.key] = said

    def _doubt(self, row: Row) -> None:
        """Unsure, fairly sure, sure about what is ticked; unknown where nothing is."""
        said = self.said.get(row.key)
        if said is None or said.value != "present":
            self._mark(row, Said("unknown"))
        elif not row.can_doubt:
            self.message = (
                "Ticked counts as yes here, sure or not. Untick it with space to say unknown."
            )
        else:
            self.said[row.key] = Said(side=said.side, sure=doubted(said.sure))

    def _box(self, row: Row) -> str:
        said = self.said.get(row.key)
        if said is None:
            return "[   ]"
        if said.value != "present":
            return f"[{SKIPPED[str(said.value)]}]"
        return f"[{BOXES[said.side]}]{DOUBT[said.sure]}"
