"""What each possible answer would do: the interview after it, beside the interview now.

Nothing is worked out here: every answer is given to a copy of the interview, the engine runs, and
the two results are compared, so that a preview cannot differ from what giving the answer does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nmt_expert.assessment.compared import compared, results_of
from nmt_expert.interview.prompts import Prompt
from nmt_expert.interview.replies import Reply, Said, Value, answers_of
from nmt_expert.interview.session import Interview
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.difference import Difference
from nmt_expert.model.finding import Finding
from nmt_expert.model.prompt import Item


@dataclass(frozen=True)
class Preview:
    """One answer that an item may be given, and what would be different after it.

    ``side`` is None where the item has no side to pick, or its side is fixed.
    """

    item: Item
    value: Value
    side: Side | None
    difference: Difference


def previews(interview: Interview, prompt: Prompt, item: Item) -> Iterator[Preview]:
    """Every possible answer to one item, in the order of the finding's values.

    It takes one run an answer. The four non-answers assert nothing, so they change nothing.
    """
    finding = interview.kb.findings[item.finding]
    alone = replace(prompt, kind="checklist", items=(item,), members=())
    now = results_of(interview.reasoning)
    for value in _values(finding):
        for side in _sides(item, value, finding):
            reply = Reply({item.key: Said(value, side)})
            after = interview.replied(alone, answers_of(alone, reply, interview.kb))
            yield Preview(item, value, side, compared(now, results_of(after.reasoning)))


def _values(finding: Finding) -> tuple[Value, ...]:
    """The values, or for a number the lower end of each of its bands."""
    if finding.number:
        return tuple(low for low, _ in finding.number.bands.values())
    return finding.values


def _sides(item: Item, value: Value, finding: Finding) -> tuple[Side | None, ...]:
    """What may be true of one side only is looked at side by side."""
    return tuple(reversed(SIDES)) if item.pick_side and value != finding.normal else (None,)
