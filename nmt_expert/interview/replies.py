"""What a person replied to a prompt, and the answers it makes.

A reply names what was said of single items; ``rest`` is what holds for the items it does not
name: the finding's normal value ("none of these", explicitly), or one of the four non-answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.base import SIDES
from nmt_expert.model.case import Answer, AnswerSide, Sure
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Item, Place

NonAnswer = Literal["unknown", "not_examined", "not_applicable", "later"]
Value = str | int | float


@dataclass(frozen=True)
class Said:
    """What was said of one item: a value, a number or a non-answer, and on which side."""

    value: Value = "present"
    side: AnswerSide | None = None
    sure: Sure = "sure"


@dataclass(frozen=True)
class Reply:
    """The reply to one prompt, by item key; the order of ``said`` is kept (the first leads)."""

    said: Mapping[str, Said] = field(default_factory=dict)
    rest: Literal["normal"] | NonAnswer = "normal"
    notes: Mapping[str, str] = field(default_factory=dict)


def answers_of(
    prompt: Prompt,
    reply: Reply,
    kb: KnowledgeBase,
    *,
    by: str | None = None,
    at: str | None = None,
) -> tuple[Answer, ...]:
    """Every answer a reply asserts, what was named first; left and right alike become both."""
    named = {item.key: item for item in prompt.items}
    keys = [*reply.said, *(key for key in named if key not in reply.said)]
    made: list[Answer] = []
    for key in keys:
        item = named[key]
        finding = kb.findings[item.finding]
        said = reply.said.get(key) or Said(value_of_rest(finding, reply.rest))
        note = reply.notes.get(key)
        for place, value in _values(item, said, finding):
            sure: Sure = said.sure if value == said.value else "sure"
            made.append(_answer(item.finding, place, value, sure, note, by, at))
    return tuple(_both(made))


def value_of_rest(finding: Finding, rest: str) -> str:
    """What an item that was not named counts as; no value is assumed where none may be."""
    if rest != "normal":
        return rest
    return finding.normal if finding.normal in finding.values else "unknown"


def _values(item: Item, said: Said, finding: Finding) -> Iterator[tuple[Place, Value]]:
    """Each place of an item with its value: a side that was not picked has the normal one."""
    for place in item.places:
        picked = said.side in (None, "both", place.side) or said.value in NON_ANSWERS
        yield place, said.value if picked else value_of_rest(finding, "normal")


def _answer(
    finding: str,
    place: Place,
    value: Value,
    sure: Sure,
    note: str | None,
    by: str | None,
    at: str | None,
) -> Answer:
    return Answer(
        finding=finding,
        site=place.site,
        side=place.side,
        value=value,
        sure=sure,
        note=note,
        by=by,
        at=at,
    )


def _both(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Left and right with one value are said once, with side both."""
    waiting: dict[Answer, AnswerSide | None] = {}
    for answer in answers:
        bare = answer.model_copy(update={"side": None})
        if answer.side in SIDES and waiting.get(bare, answer.side) != answer.side:
            waiting[bare] = "both"
        else:
            waiting[bare] = answer.side
    for bare, side in waiting.items():
        yield bare.model_copy(update={"side": side})
