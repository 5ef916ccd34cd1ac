"""Muscles as lines, findings left and right as columns: eight muscles felt are one screen."""

from nmt_expert.interview import Reply, Said
from nmt_expert.model.base import Side
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.board.base import Board, BoardLine
from nmt_expert.terminal.grid import NORMAL, SIDE_HEADS, UNTOUCHED, Column, Grid, GridLine
from nmt_expert.terminal.typed import line_number

NAME = 24
"""Columns for the name of a muscle."""
NOTHING = "Nothing is marked. 0: all of it examined and normal; k: skip."


class GridBoard(Board):
    """A cell is untouched, which is not examined, until it is marked; enter leaves it so."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        assert screen.grid is not None
        self.grid: Grid = screen.grid
        self.at = 0
        self._rows = {row.key: row for row in screen.rows}

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        return (
            "arrows  space mark  - normal  r rest of line normal  0 all the rest normal  enter done"
        )

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns, and their sides."""
        width = self._width()
        names = " ".join(f"{n}{column.head}"[:width].ljust(width) for n, column in self._numbered())
        sides = "".join(f" {SIDE_HEADS[side]} " for side in self.grid.sides)
        return (
            f"  {'':{NAME}} {names}".rstrip(),
            f"  {'':{NAME}} {' '.join(sides.ljust(width) for _ in self.grid.columns)}".rstrip(),
        )

    @property
    def focus(self) -> Row:
        """The row of the cell the cursor is on, or of the nearest one in its line."""
        return self._rows[self._key() or next(iter(self._line().cells.values()))]

    @property
    def detail(self) -> str:
        """What the column at the cursor asks, and what the cell says."""
        column, side = self._column(), self._side()
        where = f"{self._line().name}, {side}" if side else self._line().name
        key = self._key()
        if key is None:
            return f"{where}: not asked on this side."
        said = self.said.get(key)
        stands = f" [{self._words(said, column)}]" if said else ""
        note = f"  [note: {self.notes[key]}]" if key in self.notes else ""
        return f"{column.name}, {where}.{stands} {self._rows[key].question}{note}"

    def lines(self) -> list[BoardLine]:
        """A line a muscle, the cursor's cell in brackets."""
        return [
            BoardLine(self._text(n, line), n == self.cursor, self._touched(line))
            for n, line in enumerate(self.grid.lines)
        ]

    def press(self, key: str) -> Reply | None:
        """Move, mark, or be done."""
        self.message = ""
        if self._move(key, len(self.grid.lines)) or self._across(key):
            return None
        match key:
            case "enter":
                return self._done()
            case "0":
                return self.reply()
            case "space":
                self._next_value()
            case "-":
                self._say(Said(self._column().normal))
            case "r":
                self._rest_of_line_normal()
            case _ if column := line_number(key, len(self.grid.columns)):
                self.at = (column - 1) * len(self.grid.sides) + self.at % len(self.grid.sides)
                self._next_value()
        return None

    def _done(self) -> Reply | None:
        if not self.said:
            self.message = NOTHING
            return None
        return self.skip("not_examined")

    def _across(self, key: str) -> bool:
        """Whether the key only moved the cursor within its line."""
        if key not in ("left", "right"):
            return False
        count = len(self.grid.columns) * len(self.grid.sides)
        self.at = (self.at + (1 if key == "right" else -1)) % count
        return True

    def _next_value(self) -> None:
        """Untouched, each value that is not normal, normal, and untouched again."""
        key, column = self._key(), self._column()
        if key is None:
            self.message = "That side is not asked about here."
            return
        said = self.said.pop(key, None)
        order = (*column.values, column.normal)
        if said is None or said.value not in order:
            self.said[key] = Said(order[0])
        elif said.value != order[-1]:
            self.said[key] = Said(order[order.index(str(said.value)) + 1])

    def _say(self, said: Said) -> None:
        if key := self._key():
            self.said[key] = said

    def _rest_of_line_normal(self) -> None:
        for (column, _), key in self._line().cells.items():
            self.said.setdefault(key, Said(self.grid.columns[column].normal))

    def _line(self) -> GridLine:
        return self.grid.lines[self.cursor]

    def _column(self) -> Column:
        return self.grid.columns[self.at // len(self.grid.sides)]

    def _side(self) -> Side | None:
        return self.grid.sides[self.at % len(self.grid.sides)]

    def _key(self) -> str | None:
        return self._line().cells.get((self.at // len(self.grid.sides), self._side()))

    def _numbered(self) -> list[tuple[int, Column]]:
        return list(enumerate(self.grid.columns, start=1))

    def _width(self) -> int:
        """Columns of the screen that one finding has."""
        return max(3 * len(self.grid.sides), 5)

    def _touched(self, line: GridLine) -> bool:
        return any(key in self.said for key in line.cells.values())

    def _text(self, n: int, line: GridLine) -> str:
        width = self._width()
        findings = [
            "".join(self._cell(n, line, c, s) for s in range(len(self.grid.sides))).ljust(width)
            for c in range(len(self.grid.columns))
        ]
        return f"{line.name[:NAME]:{NAME}} {' '.join(findings)}".rstrip()

    def _cell(self, n: int, line: GridLine, column: int, side: int) -> str:
        key = line.cells.get((column, self.grid.sides[side]))
        here = (n, column * len(self.grid.sides) + side) == (self.cursor, self.at)
        said = self.said.get(key) if key else None
        sign = " " if key is None else UNTOUCHED
        if said:
            sign = self.grid.columns[column].sign(said.value)
        return f"[{sign}]" if here else f" {sign} "

    @staticmethod
    def _words(said: Said, column: Column) -> str:
        if column.sign(said.value) == NORMAL:
            return "normal"
        return str(said.value).replace("_", " ")
