"""A number with its unit, held to its range."""

from nmt_expert.interview import Reply, Said
from nmt_expert.terminal.asking import Screen
from nmt_expert.terminal.board.base import Board, BoardLine
from nmt_expert.terminal.typed import decimal, shown


def number_of(text: str, screen: Screen) -> float | int | str:
    """The number typed, or a sentence that says what is wrong with it."""
    number = decimal(text)
    if number is None:
        return f"{shown(text)} is not a number. {range_of(screen)}"
    if not screen.lowest <= number <= screen.highest:
        return f"{number:g} is out of range. {range_of(screen)}"
    return int(number) if number.is_integer() else number


def range_of(screen: Screen) -> str:
    """What may be typed."""
    unit = "" if screen.unit.startswith("of ") else f" {screen.unit}"
    return f"Type {screen.lowest:g} to {screen.highest:g}{unit}."


class NumberBoard(Board):
    """Digits build the number; enter gives it."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.typed = ""
        self._type()

    def as_before(self) -> None:
        """The number of the last visit stands there as if typed."""
        super().as_before()
        self._type()

    def _type(self) -> None:
        said = self.said.get(self.focus.key)
        if said and not isinstance(said.value, str):
            self.typed = f"{said.value:g}"

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        return "type the number and enter  u not known  x not examined"

    def lines(self) -> list[BoardLine]:
        """What is typed, and the range."""
        return [
            BoardLine(f"{self.typed}_ {self.screen.unit}", True),
            BoardLine(range_of(self.screen)),
        ]

    def press(self, key: str) -> Reply | None:
        """Type, correct, or be done."""
        self.message = ""
        match key:
            case "backspace":
                self.typed = self.typed[:-1]
            case "u":
                return self.skip("unknown")
            case "x":
                return self.skip("not_examined")
            case "enter":
                return self._done()
            case _ if len(key) == 1 and key in "0123456789.,-" and len(self.typed) < 9:
                self.typed += key
        return None

    def _done(self) -> Reply | None:
        if not self.typed:
            self.message = f"Nothing is typed. {range_of(self.screen)}"
            return None
        number = number_of(self.typed, self.screen)
        if isinstance(number, str):
            self.message = number
            return None
        self.said[self.focus.key] = Said(number)
        return self.reply()
