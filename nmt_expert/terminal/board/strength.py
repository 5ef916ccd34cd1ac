"""How strong each marked place is: digits behind its side, kept as notes on the places."""

from nmt_expert.reports.marks import STRONGEST, score, score_in
from nmt_expert.terminal.asking import Row


class Strength:
    """The strengths of one board; ``asked`` is the place that digits speak of at the moment."""

    def __init__(self, notes: dict[str, str]) -> None:
        self._notes = notes
        self.asked: Row | None = None

    def of(self, row: Row) -> int | None:
        """How strong a place was said to be, of 10; None when it was not said."""
        return score_in(self._notes.get(row.key, ""))

    def pressed(self, key: str, row: Row | None) -> bool:
        """Whether the key said how strong ``row`` is, or only ended that; other keys end it too."""
        before = self.of(row) if row else None
        if row and len(key) == 1 and key in "123456789":
            self._say(row, int(key))
            self.asked = row
            return True
        if row and self.asked and key == "0" and before == 1:
            self._say(row, STRONGEST)
            return True
        ended = self.asked is not None and before is not None and key == "enter"
        self.asked = None
        return ended

    def _say(self, row: Row, intensity: int) -> None:
        """What else was noted on the place stays behind the strength."""
        parts = self._notes.get(row.key, "").split("; ")
        rest = [part for part in parts if part and score_in(part) is None]
        self._notes[row.key] = "; ".join([score(intensity), *rest])
