"""What is known so far: the newest answer for each finding at each place."""

from collections.abc import Iterable, Iterator

from nmt_expert.model.base import SIDES
from nmt_expert.model.case import Answer
from nmt_expert.model.prompt import Item, Place

Key = tuple[str, str | None, str | None]


class Ledger:
    """The newest answers by finding, site and side, in the order they were first given."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._newest: dict[Key, Answer] = {}
        for answer in answers:
            for one in single_sided(answer):
                self._newest[(one.finding, one.site, one.side)] = one

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer, one side each."""
        return tuple(self._newest.values())

    def at(self, finding: str, place: Place) -> Answer | None:
        """The answer that holds at a place, or None when it was not asked."""
        exact = self._newest.get((finding, place.site, place.side))
        return (
            exact or self._newest.get((finding, place.site, None)) or self._either(finding, place)
        )

    def newest(self, like: Answer) -> Answer | None:
        """The newest answer to what a one-sided answer was given to."""
        return self._newest.get((like.finding, like.site, like.side))

    def is_open(self, finding: str, place: Place) -> bool:
        """Whether it was never asked there."""
        return self.at(finding, place) is None

    def is_later(self, finding: str, place: Place) -> bool:
        """Whether it was put off."""
        answer = self.at(finding, place)
        return answer is not None and answer.value == "later"

    def _either(self, finding: str, place: Place) -> Answer | None:
        if place.side is not None:
            return None
        found = [self._newest.get((finding, place.site, side)) for side in SIDES]
        return found[0] if all(found) else None


def single_sided(answer: Answer) -> Iterator[Answer]:
    """An answer for both sides as two; any other as it is."""
    if answer.side != "both":
        yield answer
        return
    for side in SIDES:
        yield answer.model_copy(update={"side": side})


def places_asked(items: Iterable[Item]) -> set[Key]:
    """Every finding and place that a set of items asks about."""
    return {(item.finding, place.site, place.side) for item in items for place in item.places}
