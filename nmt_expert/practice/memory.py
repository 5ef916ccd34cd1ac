"""What a student has seen, used and missed, and what is due again: spaced repetition.

Nothing is kept here: the cards are worked out anew from what was shown, in order, so that the same
history gives the same dates. The scheduling is FSRS, without its random spread.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from nmt_expert.model.base import Record
from nmt_expert.practice.remarks import Outcome

if TYPE_CHECKING:
    from fsrs import Card, Rating, Scheduler


class Remembered(Record):
    """What one attempt or drill showed of one rule or topic, and when."""

    at: datetime
    of: str
    outcome: Outcome
    practised: str


class Standing(Record):
    """How a student stands with one rule or topic.

    ``due`` is when to meet it again; ``recall`` how likely, from 0 to 1, it would be there now.
    """

    of: str
    used: int
    seen: int
    missed: int
    last: Outcome
    due: datetime
    recall: float

    @property
    def met(self) -> int:
        """How often it came up."""
        return self.used + self.seen + self.missed

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to meet it again."""
        return self.due <= now


class Progress(Record):
    """How one student stands with everything met so far."""

    student: str
    standings: tuple[Standing, ...]

    def times(self, outcome: Outcome) -> int:
        """How often something was used, seen or missed, over everything."""
        return sum(int(getattr(one, outcome)) for one in self.standings)


def standings(history: Iterable[Remembered], now: datetime) -> tuple[Standing, ...]:
    """One for each rule and topic met so far, the most overdue first."""
    by_item: dict[str, list[Remembered]] = {}
    for one in history:
        by_item.setdefault(one.of, []).append(one)
    if not by_item:
        return ()
    scheduler, ratings = _fsrs()
    found = [_standing(of, shown, scheduler, ratings, now) for of, shown in by_item.items()]
    return tuple(sorted(found, key=lambda one: (one.due, one.of)))


def _standing(
    of: str,
    shown: list[Remembered],
    scheduler: "Scheduler",
    ratings: dict[Outcome, "Rating"],
    now: datetime,
) -> Standing:
    card = _first_card()
    for one in sorted(shown, key=lambda one: one.at):
        card, _ = scheduler.review_card(card, ratings[one.outcome], one.at)
    counts = {outcome: sum(one.outcome == outcome for one in shown) for outcome in ratings}
    return Standing(
        of=of,
        used=counts["used"],
        seen=counts["seen"],
        missed=counts["missed"],
        last=shown[-1].outcome,
        due=card.due,
        recall=scheduler.get_card_retrievability(card, now),
    )


def _fsrs() -> tuple["Scheduler", dict[Outcome, "Rating"]]:
    """The scheduler, and which of its ratings an outcome is."""
    from fsrs import Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    return scheduler, {"used": Rating.Good, "seen": Rating.Hard, "missed": Rating.Again}


def _first_card() -> "Card":
    """A new card; its number is only there to tell cards apart, and nobody does."""
    from fsrs import Card

    return Card(card_id=0)
