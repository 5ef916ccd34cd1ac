"""A question instance cut into prompts: one checklist, and one prompt for each other item."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nmt_expert.model.base import SIDES
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item, Place
from nmt_expert.model.question import Question

PromptKind = Literal["checklist", "chart", "choice", "number", "grid", "form"]
Wanted = Callable[[str, Place], bool]
"""Whether a finding at a place is still to be asked."""


@dataclass(frozen=True)
class Prompt:
    """What is put to the person at one time.

    ``id`` names the instance and the part of it; ``late`` marks a prompt that was put off before
    and comes back at the end; ``again`` one that was answered and is asked once more, where
    nothing that was present is taken back. A grid is about its ``members``, one of each line; a
    form is made of its ``parts``, one a question.
    """

    id: str
    kind: PromptKind
    instance: Instance
    question: Question
    items: tuple[Item, ...]
    late: bool = False
    again: bool = False
    members: tuple[Instance, ...] = ()
    parts: tuple["Prompt", ...] = ()

    @cached_property
    def findings(self) -> frozenset[str]:
        """What it asks, wherever it asks it."""
        return frozenset(item.finding for item in self.items)

    @property
    def topic(self) -> tuple[str, frozenset[str]]:
        """The section and the muscles or nerves it is about: what is finished before the next."""
        bound = self.instance.bindings
        about = {bound[name] for name in ("muscle", "nerve") if name in bound}
        return self.question.section, frozenset(about)


def prompts_of(
    instance: Instance, kb: KnowledgeBase, wanted: Wanted = lambda finding, place: True
) -> tuple[Prompt, ...]:
    """The prompts that ask what is wanted of an instance, in the order of its items."""
    question = kb.questions[instance.question]
    items = [rest for item in instance.items if (rest := _only(item, wanted))]
    listed = [item for item in items if fits_checklist(kb.findings[item.finding])]
    if len(listed) == 1 and not listed[0].pick_side and question.style is None:
        listed = []  # a lone yes or no is asked outright
    made: list[Prompt] = []
    keys = {item.key for item in listed}
    for item in items:
        if item.key not in keys:
            made += (_alone(one, instance, question, kb) for one in by_side(item))
        elif item is listed[0]:
            kind: PromptKind = question.style or "checklist"
            made.append(Prompt(f"{instance.id}#list", kind, instance, question, tuple(listed)))
    return tuple(made)


def fits_checklist(finding: Finding) -> bool:
    """Whether leaving it unticked can only mean its normal value, absent."""
    return finding.yes_or_no and finding.normal == "absent"


def _only(item: Item, wanted: Wanted) -> Item | None:
    """The item with the places that are wanted; None when none is."""
    places = tuple([place for place in item.places if wanted(item.finding, place)])
    if len(places) == len(item.places):
        return item
    return item.model_copy(update={"places": places}) if places else None


def by_side(item: Item) -> Iterator[Item]:
    """A value that is not just present or absent is asked for each side by itself."""
    if not item.pick_side:
        yield item
        return
    for side in reversed(SIDES):
        places = tuple(place for place in item.places if place.side == side)
        if places:
            yield Item(finding=item.finding, places=places)


def _alone(item: Item, instance: Instance, question: Question, kb: KnowledgeBase) -> Prompt:
    kind: PromptKind = "number" if kb.findings[item.finding].number else "choice"
    return Prompt(f"{instance.id}#{item.key}", kind, instance, question, (item,))
