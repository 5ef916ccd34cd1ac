"""What a typed line means at a prompt: ``1 3r 5l``, ``0``, ``u``, ``38``, ``temple r, neck b``."""

import re
from typing import Literal

from nmt_expert.interview import NonAnswer, Reply, Said
from nmt_expert.model.text import clean
from nmt_expert.terminal.asking import Aside, Command, Outcome, Row, Screen, Wrong
from nmt_expert.terminal.board.base import DOUBT, NOTHING_BEFORE
from nmt_expert.terminal.board.number import number_of, range_of
from nmt_expert.terminal.plain_grid import HINT as GRID_HINT
from nmt_expert.terminal.plain_grid import cell_at, read_grid
from nmt_expert.terminal.plain_places import read_marks
from nmt_expert.terminal.typed import MOST_TYPED, SIDE_LETTER, TOO_LONG, line_number, shown

SKIP_WORDS: dict[str, NonAnswer] = {
    "u": "unknown",
    "x": "not_examined",
    "na": "not_applicable",
    "later": "later",
}
SURE_OF = {sign: sure for sure, sign in DOUBT.items()}
COMMAND_WORDS = {
    "b": Command.BACK,
    "c": Command.CHANGE,
    "s": Command.LEAVE,
    "!": Command.NOW,
}
_PART = re.compile(r"(\d{1,3})(later|na|[rlbux])?(~f?)?")
_DOUBTED = re.compile(r"(.*?)\s*(~f?)?")


def read_line(line: str, screen: Screen) -> Outcome | Aside | Wrong:
    """What a person meant by a line; an empty line never answers."""
    line = clean(line).strip()
    low = line.lower()
    if len(line) > MOST_TYPED:
        return Wrong(TOO_LONG)
    if not line:
        return Wrong("Nothing was typed, so nothing was answered. Type ? for help.")
    if low in COMMAND_WORDS:
        return COMMAND_WORDS[low]
    aside = _aside(line, low, screen)
    if aside is not None:
        return aside
    if low in SKIP_WORDS:
        return Reply({}, SKIP_WORDS[low])
    if low == "=":
        return Reply(screen.before) if screen.before else Wrong(NOTHING_BEFORE)
    readers = {
        "checklist": _ticks,
        "chart": read_marks,
        "choice": _choice,
        "number": _number,
        "grid": read_grid,
    }
    return readers[screen.prompt.kind](low, screen)


def _aside(line: str, low: str, screen: Screen) -> Aside | Wrong | None:
    if low == "list":
        return Aside("list")
    if low == "w" or low.startswith("w "):
        return _row_aside("why", low[1:].strip() or "1", "", screen)
    if low == "n" or low.startswith("n "):
        return _note(line[1:].strip(), screen)
    if low.startswith("?"):
        return _row_aside("help", low[1:].strip() or "1", "", screen)
    return None


def _note(text: str, screen: Screen) -> Aside | Wrong:
    """``n text`` is about the first line, ``n 3 text`` about the third."""
    number, _, rest = text.partition(" ")
    if line_number(number, len(screen.rows)) and rest.strip() and len(screen.rows) > 1:
        return _row_aside("note", number, rest.strip(), screen)
    return Aside("note", 1, text) if text else Wrong("Type the note behind the n.")


def _row_aside(
    kind: Literal["help", "why", "note"], number: str, text: str, screen: Screen
) -> Aside | Wrong:
    at = cell_at(number, screen) if screen.grid else line_number(number, len(screen.rows))
    if not at:
        return Wrong("There is no such line.")
    return Aside(kind, at, text)


def _ticks(low: str, screen: Screen) -> Reply | Wrong:
    said: dict[str, Said] = dict(screen.start)
    parts = low.replace(",", " ").split()
    for part in parts:
        if part == "0":
            continue
        read = _tick(part, screen)
        if isinstance(read, Wrong):
            return read
        said[read[0].key] = read[1]
    ticked = any(one.value == "present" for one in said.values())
    if "0" in parts and ticked:
        return Wrong("0 means none of these, and something is ticked. Type one or the other.")
    if "0" not in parts and not ticked:
        return Wrong("Nothing is ticked. Add 0 if none of the others applies.")
    return Reply(said)


def _tick(part: str, screen: Screen) -> tuple[Row, Said] | Wrong:
    match = _PART.fullmatch(part)
    if match is None or not 1 <= int(match[1]) <= len(screen.rows):
        return Wrong(
            f"{shown(part)} is not one of the lines 1 to {len(screen.rows)}. Nothing was answered."
        )
    row, mark = screen.rows[int(match[1]) - 1], match[2] or ""
    if mark in SKIP_WORDS:
        return row, Said(SKIP_WORDS[mark])
    side = SIDE_LETTER.get(mark)
    if row.pick_side and side is None:
        n = match[1]
        return Wrong(f"{n} has sides: {n}r right, {n}l left, {n}b both. Nothing was answered.")
    if match[3] and not row.can_doubt:
        return Wrong(f"{match[1]} counts as yes, sure or not. Nothing was answered.")
    return row, Said("present", side if row.pick_side else None, SURE_OF[match[3] or ""])


def _choice(low: str, screen: Screen) -> Reply | Wrong:
    read = _DOUBTED.fullmatch(low)
    word, doubt = (read[1], read[2] or "") if read else (low, "")
    values = {d: choice.value for d, choice in zip(screen.digits, screen.choices, strict=True)}
    values |= {choice.words.lower(): choice.value for choice in screen.choices}
    if word not in values:
        return Wrong(f"Type one of {', '.join(screen.digits)}. Nothing was answered.")
    if doubt and not screen.rows[0].can_doubt:
        return Wrong("This counts, sure or not. Type it without ~.")
    return Reply({screen.rows[0].key: Said(values[word], sure=SURE_OF[doubt])})


def _number(low: str, screen: Screen) -> Reply | Wrong:
    number = number_of(low.removesuffix(screen.unit).strip(), screen)
    if isinstance(number, str):
        return Wrong(f"{number} Nothing was answered.")
    return Reply({screen.rows[0].key: Said(number)})


def hint(screen: Screen) -> str:
    """What may be typed at this prompt."""
    sided = any(row.pick_side for row in screen.rows)
    match screen.prompt.kind:
        case "checklist":
            sides = ", with r, l or b for the side (1r)" if sided else ""
            return f"Type the numbers that apply{sides}; 0 none of these."
        case "chart":
            scored = " and how strong, 1 to 10" if screen.chief else ""
            example = "temple r 6, neck b 3" if screen.chief else "temple r, neck b"
            return (
                f"Type the places, parted by commas, each with r, l or b for the side{scored}, the"
                f" worst first ({example}); a few letters show what they find; 0 nothing; list"
                " shows all."
            )
        case "choice":
            return "Type the number of one."
        case "number":
            return range_of(screen)
        case _:  # the questions of a form are asked one by one, so that this is a grid
            return GRID_HINT
