"""Prompts as boards: what is ticked and where the cursor is; a key goes in, a reply comes out.

A board draws itself as lines and knows no terminal, so it is tested without one.
"""

from nmt_expert.terminal.asking import Screen
from nmt_expert.terminal.board.base import Board
from nmt_expert.terminal.board.chart import Chart
from nmt_expert.terminal.board.checklist import Checklist
from nmt_expert.terminal.board.choice import ChoiceBoard
from nmt_expert.terminal.board.form import FormBoard
from nmt_expert.terminal.board.grid import GridBoard
from nmt_expert.terminal.board.number import NumberBoard


def board_of(screen: Screen) -> Board:
    """The board for a screen, with what was ticked before."""
    kinds: dict[str, type[Board]] = {
        "checklist": Checklist,
        "chart": Chart,
        "choice": ChoiceBoard,
        "number": NumberBoard,
        "grid": GridBoard,
        "form": FormBoard,
    }
    return kinds[screen.prompt.kind](screen)


__all__ = [
    "Board",
    "Chart",
    "Checklist",
    "ChoiceBoard",
    "FormBoard",
    "GridBoard",
    "NumberBoard",
    "board_of",
]
