"""How long an interview is: its prompts, the items that are read, and an estimate in minutes.

The estimate is a proposal, nobody timed it: a line of about five words is read in a little over a
second, a screen is turned and answered in three, a body chart takes longer to look at. Examining a
muscle, and talking, are not in it.
"""

from typing import NamedTuple

from nmt_expert.engine import Engine
from nmt_expert.interview.replay import Recording, played
from nmt_expert.interview.session import Interview
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase

SECONDS_A_PROMPT = 3.0
SECONDS_A_CHART = 10.0
"""On top of the prompt's; a chart is looked at, and its places are not read one by one."""
SECONDS_AN_ITEM = 1.2


class Length(NamedTuple):
    """Prompts put, items read (on a chart: places marked), estimated minutes."""

    prompts: int
    items: int
    minutes: float


def length_of(case: Case, kb: KnowledgeBase, engine: Engine, *, quick: bool) -> Length:
    """How long the interview is with the client of a case, everything not in it being normal."""
    client = case.client.model_copy(update={"age": None})
    start = Interview.begin(kb, engine, client=client, visit=case.visit, name=case.id, quick=quick)
    prompts = items = charts = 0
    for _, prompt, reply in played(start, Recording(case, kb)):
        prompts += 1
        charts += prompt.kind == "chart"
        items += len(reply.said) if prompt.kind == "chart" else len(prompt.items)
    seconds = prompts * SECONDS_A_PROMPT + charts * SECONDS_A_CHART + items * SECONDS_AN_ITEM
    return Length(prompts, items, round(seconds / 60, 1))
