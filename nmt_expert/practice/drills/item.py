"""One drill item: what is shown, what may be chosen, what each choice earns, and why."""

from typing import Annotated, Literal

from pydantic import Field

from nmt_expert.model.base import Record
from nmt_expert.practice.remarks import Lesson, Outcome

DrillKind = Literal["contrast", "flag", "muscle", "zone", "next", "concordance"]
Credit = Annotated[float, Field(ge=0, le=1)]


class Item(Record):
    """An item with its answer.

    ``credit`` is what each of the ``options`` earns, from 0 to 1. ``rules`` are the ids of the
    rules that explain it, ``topic`` the factor or purpose it belongs to. With ``changes_nothing``
    what is asked about has no effect on what the engine concludes.
    """

    id: str
    kind: DrillKind
    stem: tuple[str, ...]
    asks: str
    options: tuple[str, ...]
    credit: tuple[Credit, ...]
    because: tuple[str, ...]
    rules: tuple[str, ...]
    topic: str
    changes_nothing: bool = False

    @property
    def right(self) -> tuple[int, ...]:
        """The positions of the options that earn most."""
        most = max(self.credit)
        return tuple(n for n, credit in enumerate(self.credit) if credit == most)

    def lessons(self, chosen: int) -> tuple[Lesson, ...]:
        """What choosing the option at a position shows of the topic and of each rule."""
        earned = self.credit[chosen]
        outcome: Outcome = "missed" if not earned else "seen" if earned < 1 else "used"
        of = (f"topic:{self.topic}", *(f"rule:{rule}" for rule in self.rules))
        return tuple(Lesson(of=name, outcome=outcome) for name in of)
