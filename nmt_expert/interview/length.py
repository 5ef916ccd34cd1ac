"""How long an interview is: its prompts, the items that are read, and an estimate in minutes."""

from typing import NamedTuple

from nmt_expert.engine import Engine
from nmt_expert.interview.prompts import Prompt
from nmt_expert.interview.replay import Recording, played
from nmt_expert.interview.replies import Reply
from nmt_expert.interview.session import Interview
from nmt_expert.model.case import Case
from nmt_expert.model.effort import minutes as estimated
from nmt_expert.model.knowledge import KnowledgeBase


class Length(NamedTuple):
    """Prompts put, items read (places marked on a chart, lines and columns of a grid), minutes."""

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
        items += _read(prompt, reply)
    return Length(prompts, items, estimated(prompts, items, charts))


def _read(prompt: Prompt, reply: Reply) -> int:
    if prompt.kind == "chart":
        return len(reply.said)
    if prompt.kind == "grid":
        lines = {(item.places[0].site, item.places[0].side) for item in prompt.items}
        return len(lines) + len({item.finding for item in prompt.items})
    return len(prompt.items)
