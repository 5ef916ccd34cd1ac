"""Many muscles or nerves on one screen: each a line, each finding a column, left and right.

A dozen candidate muscles with a question each is more than a visit has time for. What is not
touched in the grid stays *not examined*; that the rest is normal has to be said.
"""

from collections.abc import Callable, Iterable
from itertools import groupby

from nmt_expert.interview.prompts import Prompt, by_side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item

FEWEST = 2
"""Fewer muscles than this are asked one by one."""
MOST_LINES = 16
"""More than this on one screen are marked without being felt; the least suspected come next."""
MOST_COLUMNS = 8
"""Findings that stand beside one another in 80 columns."""
ABOUT = ("muscle", "nerve")


def gridded(
    prompts: Iterable[Prompt], kb: KnowledgeBase, closeness: Callable[[Instance], int]
) -> tuple[Prompt, ...]:
    """The prompts with those of one question about many muscles made into one grid.

    The most suspected muscle, by ``closeness``, comes first.
    """
    made: list[Prompt] = []
    for _, group in groupby(prompts, key=lambda prompt: prompt.question):
        together = list(group)
        fitting = [prompt for prompt in together if _fits(prompt, kb)]
        grids = _grids(fitting, closeness)
        made += grids
        made += together if not grids else (p for p in together if p not in fitting)
    return tuple(made)


def _grids(prompts: list[Prompt], closeness: Callable[[Instance], int]) -> list[Prompt]:
    """Grids of at most so many lines; none where there is too little, or too much in a line."""
    findings = {item.finding for prompt in prompts for item in prompt.items}
    members = {prompt.instance.id: prompt.instance for prompt in prompts}
    if len(members) < FEWEST or len(findings) > MOST_COLUMNS:
        return []
    suspected = sorted(members.values(), key=closeness, reverse=True)
    names = list(dict.fromkeys(_about(one) for one in suspected))
    return [
        _grid([p for p in prompts if _about(p.instance) in names[at : at + MOST_LINES]], names)
        for at in range(0, len(names), MOST_LINES)
    ]


def _grid(prompts: list[Prompt], names: list[str]) -> Prompt:
    like = prompts[0]
    ordered = sorted(prompts, key=lambda prompt: names.index(_about(prompt.instance)))
    parted = (one for prompt in ordered for item in prompt.items for one in by_side(item))
    items = tuple({item.key: item for item in parted}.values())
    question = like.question
    whole = Instance(id=question.id, question=question.id, bindings={}, items=items)
    first = _about(ordered[0].instance)
    name = f"{question.id}#grid" if first == names[0] else f"{question.id}#grid of {first}"
    members = tuple({p.instance.id: p.instance for p in ordered}.values())
    return Prompt(name, "grid", whole, question, items, like.late, False, members)


def _about(instance: Instance) -> str:
    return next(instance.bindings[name] for name in ABOUT if name in instance.bindings)


def _fits(prompt: Prompt, kb: KnowledgeBase) -> bool:
    """Whether the hand finds it, about a muscle or a nerve, and all of it has a normal value."""
    return (
        prompt.question.who == "therapist"
        and any(name in prompt.instance.bindings for name in ABOUT)
        and all(_has_normal(item, kb) for item in prompt.items)
    )


def _has_normal(item: Item, kb: KnowledgeBase) -> bool:
    finding = kb.findings[item.finding]
    return finding.number is None and finding.normal in finding.values
