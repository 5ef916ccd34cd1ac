"""Places in typed lines: ``temple r 6, neck b 3``, found by a few letters, told in sentences."""

import re
from collections.abc import Mapping

from nmt_expert.interview import Reply, Said
from nmt_expert.model.case import AnswerSide
from nmt_expert.reports.marks import Mark, score, score_in
from nmt_expert.terminal.asking import Aside, Row, Screen, Wrong
from nmt_expert.terminal.places import rows_found
from nmt_expert.terminal.typed import SIDE_LETTER, line_number, side_behind

MOST_LISTED = 15
_PART = re.compile(r"(?P<place>.+?)(?:\s+(?P<score>10|[1-9])(?:\s*(?:/|of)\s*10)?)?", re.DOTALL)
_NUMBERED = re.compile(r"(\d{1,3})([rlb])")


def read_marks(low: str, screen: Screen) -> Reply | Aside | Wrong:
    """The places of a line; letters that find several show them with their numbers."""
    if low == "0":
        return Reply()
    said: dict[str, Said] = {}
    notes: dict[str, str] = {}
    for part in (part.strip() for part in low.split(",") if part.strip()):
        read = _mark(part, screen)
        if not isinstance(read, tuple):
            return read
        row, side, strong = read
        said[row.key] = Said(side=side)
        if strong:
            notes[row.key] = score(strong)
    return Reply(said, notes=notes)


def _mark(part: str, screen: Screen) -> tuple[Row, AnswerSide | None, int | None] | Aside | Wrong:
    """One place with its side and how strong it is."""
    match = _PART.fullmatch(part)
    assert match is not None, part
    strong = int(match["score"]) if match["score"] else None
    numbered = _NUMBERED.fullmatch(match["place"])
    words, side = (
        (numbered[1], SIDE_LETTER[numbered[2]]) if numbered else side_behind(match["place"])
    )
    row = _place(words, screen)
    if not isinstance(row, Row):
        return row
    if row.pick_side and side is None:
        return Wrong(f"{row.name} has sides: add r, l or b. Nothing was answered.")
    if strong and not screen.chief:
        return Wrong("How strong it is is not asked here. Nothing was answered.")
    return row, side if row.pick_side else None, strong


def _place(words: str, screen: Screen) -> Row | Aside | Wrong:
    """The one place that is meant."""
    if words.isdecimal():
        at = line_number(words, len(screen.rows))
        return screen.rows[at - 1] if at else Wrong("There is no such number on the list.")
    found = rows_found(screen.rows, words)
    exact = [one.row for one in found if words in one.row.words]
    if len(exact) == 1 or (len(found) == 1 and not found[0].via):
        return (exact or [found[0].row])[0]
    if not found:
        return Wrong("No place is called that. Type list for all of them. Nothing was answered.")
    numbers = {row.key: at for at, row in enumerate(screen.rows, start=1)}
    return Aside("list", text=words, rows=tuple(numbers[one.row.key] for one in found))


def place_lines(screen: Screen, aside: Aside) -> list[str]:
    """The lines of a list, all or those that were found, each with its number."""
    if not aside.rows:
        return [f"{at:3}. {row.name}" for at, row in enumerate(screen.rows, start=1)]
    via = {found.row.key: found.via for found in rows_found(screen.rows, aside.text)}
    lines = [f"{aside.text} could be:"]
    for at in aside.rows[:MOST_LISTED]:
        row = screen.rows[at - 1]
        muscle = via.get(row.key)
        about = f"{muscle.site.label}, {muscle.kind}" if muscle else row.group
        lines.append(f"{at:3}. {row.name}" + (f" ({about})" if about else ""))
    more = len(aside.rows) - MOST_LISTED
    lines += [f"     and {more} more; type more letters"] if more > 0 else []
    return [*lines, "Nothing was answered. Say which: its number or name, with its side."]


def marked_lines(reply: Reply, screen: Screen) -> list[str]:
    """What a reply marks on the chart, a sentence a place; none where there is no chart."""
    if screen.body is None:
        return []
    rows = {row.key: row for row in screen.rows}
    return [
        screen.body.sentence(Mark(rows[key].site, said.side, score_in(reply.notes.get(key, ""))))
        + "."
        for key, said in reply.said.items()
        if rows[key].site and said.value == "present"
    ]


def joined_notes(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Notes on the same rows put together."""
    keys = dict.fromkeys((*first, *then))
    return {key: "; ".join(n for n in (first.get(key), then.get(key)) if n) for key in keys}
