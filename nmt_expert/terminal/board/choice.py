"""One value out of a few; nothing is chosen until the person chooses."""

from nmt_expert.interview import Reply, Said
from nmt_expert.model.case import Sure
from nmt_expert.terminal.asking import Screen
from nmt_expert.terminal.board.base import Board, BoardLine, doubted

DOUBT_WORDS: dict[Sure, str] = {"sure": "", "unsure": "  (not sure)", "fairly": "  (fairly sure)"}


class ChoiceBoard(Board):
    """Numbered values; a digit answers, or the arrows and enter do."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.cursor = -1
        self.sure: Sure = "sure"
        self._point()

    def as_before(self) -> None:
        """The pointer goes to what was chosen at the last visit."""
        super().as_before()
        self._point()

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        return "number or arrows and enter  u not known or not sure  x not examined"

    def lines(self) -> list[BoardLine]:
        """Each value with its number."""
        made = []
        digits = self.screen.digits
        for at, choice in enumerate(self.screen.choices):
            here = at == self.cursor
            doubt = DOUBT_WORDS[self.sure] if here else ""
            made.append(BoardLine(f"{digits[at]}  {choice.words}{doubt}", here, here))
        return made

    def press(self, key: str) -> Reply | None:
        """Choose, doubt, or be done."""
        self.message = ""
        if key in ("up", "down") and self.cursor < 0:
            self.cursor = 0 if key == "down" else len(self.screen.choices) - 1
            return None
        if self._move(key, len(self.screen.choices)):
            return None
        match key:
            case "enter" if self.cursor >= 0:
                return self._choose()
            case "enter":
                self.message = "Nothing is chosen. Press a number, or k to skip."
            case "u" if self.cursor < 0 or not self.focus.can_doubt:
                return self.skip("unknown")
            case "u":
                self.sure = doubted(self.sure)
            case "x":
                return self.skip("not_examined")
            case _ if key in self.screen.digits:
                self.cursor = self.screen.digits.index(key)
                return self._choose()
        return None

    def _point(self) -> None:
        """Put the pointer on what is said already."""
        said = self.said.get(self.focus.key)
        for at, choice in enumerate(self.screen.choices):
            if said and said.value == choice.value:
                self.cursor = at

    def _choose(self) -> Reply:
        value = self.screen.choices[self.cursor].value
        self.said[self.focus.key] = Said(value, sure=self.sure)
        return self.reply()
