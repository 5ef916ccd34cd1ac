"""A few short questions on one screen, numbers and single choices, each with its own keys."""

from nmt_expert.interview import NonAnswer, Reply
from nmt_expert.terminal.asking import Row, Screen
from nmt_expert.terminal.board.base import Board, BoardLine
from nmt_expert.terminal.board.choice import ChoiceBoard
from nmt_expert.terminal.board.number import NumberBoard


class FormBoard(Board):
    """A board a question; an answer leads to the next one, the last one to the reply.

    Enter never stands for an answer that was not given.
    """

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        kinds = {"choice": ChoiceBoard, "number": NumberBoard}
        self._parts: list[Board] = [kinds[part.prompt.kind](part) for part in screen.parts]

    @property
    def keys(self) -> str:
        """What the board's own keys do."""
        return "up down: question  number answers  enter done  u not known  x not examined"

    @property
    def detail(self) -> str:
        """The question at the cursor, and what may be pressed."""
        part = self.screen.parts[self.cursor]
        choices = zip(part.digits, part.choices, strict=True)
        told = "  ".join(f"{digit} {choice.words}" for digit, choice in choices)
        return f"{super().detail}  {told}".rstrip()

    def lines(self) -> list[BoardLine]:
        """A line a question, with its answer."""
        return [
            BoardLine(f"{row.name}: {self._answer(n, row)}", n == self.cursor, row.key in self.said)
            for n, row in enumerate(self.screen.rows)
        ]

    def press(self, key: str) -> Reply | None:
        """Move, answer, or be done."""
        self.message = ""
        if self._move(key, len(self._parts)):
            return None
        part = self._parts[self.cursor]
        if key == "enter" and self._stands(part):
            return self._next()
        reply = part.press(key)
        self.message = part.message
        return self._taken(reply) if reply is not None else None

    def skip_focus(self, non_answer: NonAnswer) -> Reply | None:
        """Leave the question at the cursor as a non-answer, and go on."""
        super().skip_focus(non_answer)
        return self._next()

    def _stands(self, part: Board) -> bool:
        """Whether the question was answered before, and nothing else is being typed."""
        return part.focus.key in self.said and not (isinstance(part, NumberBoard) and part.typed)

    def _taken(self, reply: Reply) -> Reply | None:
        key = self.screen.rows[self.cursor].key
        if key in reply.said:
            self.said[key] = reply.said[key]
            return self._next()
        return super().skip_focus(reply.rest) or self._next() if reply.rest != "normal" else None

    def _next(self) -> Reply | None:
        """Go to the first question that has no answer; with none left this is the reply."""
        open_ = [n for n, row in enumerate(self.screen.rows) if row.key not in self.said]
        if not open_:
            return self.reply()
        later = [n for n in open_ if n > self.cursor]
        self.cursor = (later or open_)[0]
        return None

    def _answer(self, n: int, row: Row) -> str:
        part, said = self.screen.parts[n], self.said.get(row.key)
        board = self._parts[n]
        if isinstance(board, NumberBoard) and (n == self.cursor or said):
            typed = board.typed or (f"{said.value:g}" if said and _is_number(said.value) else "")
            return f"{typed}{'_' if n == self.cursor else ''} {part.unit}"
        if said is None:
            return ".."
        words = {choice.value: choice.words for choice in part.choices}
        return words.get(str(said.value), str(said.value).replace("_", " "))


def _is_number(value: str | float) -> bool:
    return not isinstance(value, str)
