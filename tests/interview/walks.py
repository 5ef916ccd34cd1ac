"""Interviews on the whole knowledge base, with random replies that a person might give."""

import random

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Prompt, Reply, Said
from nmt_expert.model.knowledge import KnowledgeBase


def walked(kb: KnowledgeBase, engine: Engine, seed: int, prompts: int) -> Interview:
    """An interview after so many random replies; the same seed gives the same."""
    chance = random.Random(seed)
    interview = Interview.begin(kb, engine)
    for _ in range(prompts):
        prompt = interview.next_prompt
        if prompt is None:
            break
        interview = interview.replied(prompt, interview.answers(prompt, reply(prompt, kb, chance)))
    return interview


def reply(prompt: Prompt, kb: KnowledgeBase, chance: random.Random) -> Reply:
    """One to three items with any value, the others normal; now and then nothing is known."""
    if chance.random() < 0.1:
        return Reply({}, chance.choice(("unknown", "not_examined")))
    some = chance.sample(prompt.items, min(len(prompt.items), chance.randint(1, 3)))
    said = {}
    for item in some:
        finding = kb.findings[item.finding]
        value: str | float = chance.choice(finding.values)
        if finding.number:
            value = finding.number.bands[str(value)][0]
        side = chance.choice(("left", "right", "both")) if item.pick_side else None
        said[item.key] = Said(value, side)
    return Reply(said)
