"""What a delta visit asks again, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nmt_expert.interview.ledger import Key, Ledger
from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.case import Answer
from nmt_expert.model.prompt import Instance, Place

SCORES, WHERE, SAFETY, REASONS, NOT_CLEARED = range(5)
"""The stages of a delta visit, in order."""


@dataclass(frozen=True)
class Agenda:
    """What is asked again; everything else waits for the full interview.

    ``then`` is what was answered on ``date``. ``whole`` says at which stage a finding is asked
    wherever its question applies, ``places`` at which stage it is asked at one place. ``examined``
    are questions that are asked even if nothing opens them today: a muscle that was the reason is
    felt again, also when the pain that led to it is gone.
    """

    date: str
    then: Ledger
    whole: Mapping[str, int]
    places: Mapping[Key, int]
    examined: tuple[Instance, ...] = ()

    def wants(self, finding: str, place: Place) -> bool:
        """Whether it is asked again at all."""
        return self._stage(finding, place) is not None

    def stage(self, prompt: Prompt) -> int:
        """The stage of a prompt is the earliest of its items."""
        found = (self._stage(i.finding, place) for i in prompt.items for place in i.places)
        return min((stage for stage in found if stage is not None), default=NOT_CLEARED)

    def soonest(self, waiting: Sequence[Prompt]) -> list[Prompt]:
        """The prompts of the earliest stage, with those that follow an answer directly."""
        stages = {prompt.id: self.stage(prompt) for prompt in waiting}
        least = min(stages.values(), default=SCORES)
        return [p for p in waiting if p.question.follow_up or stages[p.id] == least]

    def answered_then(self, prompt: Prompt) -> tuple[Answer, ...]:
        """What was answered to the items of a prompt; empty where it was not asked."""
        found = (
            self.then.newest(Answer(finding=item.finding, site=place.site, side=place.side))
            for item in prompt.items
            for place in item.places
        )
        return tuple(dict.fromkeys(answer for answer in found if answer))

    def _stage(self, finding: str, place: Place) -> int | None:
        found = (
            self.whole.get(finding),
            self.places.get((finding, place.site, place.side)),
            self.places.get((finding, place.site, None)),
        )
        return min((stage for stage in found if stage is not None), default=None)
