"""What a person types is taken for a number only where it can be nothing else."""

import re

from nmt_expert.model.case import AnswerSide

SIDE_LETTER: dict[str, AnswerSide] = {"r": "right", "l": "left", "b": "both"}
SIDE_TYPED = SIDE_LETTER | {side: side for side in SIDE_LETTER.values()}
"""A side as it may be typed: its letter or its word."""
MOST_TYPED = 1000
"""Characters of one line, such as a note; as many as an answer may carry."""
TOO_LONG = f"That is longer than {MOST_TYPED} characters, so nothing was taken. Type less."
_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{0,9})?")


def line_number(text: str, most: int) -> int:
    """The number of a line, 1 to ``most``; 0 for anything else, such as a raised or a far digit."""
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return int(text) if plain and 1 <= int(text) <= most else 0


def decimal(text: str) -> float | None:
    """A number with a point or a comma; None for what is none, such as 1e3, 1_0 or nan."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def side_behind(text: str) -> tuple[str, AnswerSide | None]:
    """The words before a side that ends a text, and the side; all of it where there is none."""
    words, _, last = text.rpartition(" ")
    side = SIDE_TYPED.get(last.lower()) if words else None
    return (words.strip(), side) if side else (text, None)


def shown(text: str, most: int = 40) -> str:
    """The beginning of what was typed, to say what could not be used."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
