"""One list for many muscles: tick where anything is found, then only those are asked about.

A dozen candidate muscles with a question each is more than a visit has time for. The therapist
feels them all and ticks some; an unticked one is examined and normal in everything the question
asks, and one that was not examined says so.
"""

from collections.abc import Callable, Iterable
from itertools import groupby

from nmt_expert.interview.ledger import places_asked, single_sided
from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.case import Answer
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item

FEWEST = 2
"""Fewer than this are asked one by one."""
ABOUT = ("muscle", "nerve")


def surveyed(
    prompts: Iterable[Prompt],
    kb: KnowledgeBase,
    ticked: frozenset[str],
    closeness: Callable[[Instance], int],
) -> tuple[Prompt, ...]:
    """The prompts with those of one question about many muscles made into one list.

    ``ticked`` names the instances ticked in a survey before: they are asked in full. The most
    suspected muscle, by ``closeness``, comes first.
    """
    made: list[Prompt] = []
    for _, group in groupby(prompts, key=lambda prompt: prompt.question):
        together = list(group)
        members = [p.instance for p in together if _is_whole(p, together, kb)]
        members = list({m.id: m for m in members if m.id not in ticked}.values())
        if len(members) < FEWEST:
            made += together
            continue
        members.sort(key=closeness, reverse=True)
        listed = {member.id for member in members}
        made.append(_survey(tuple(members), together[0]))
        made += (p for p in together if p.instance.id not in listed)
    return tuple(made)


def step_name(prompt: Prompt, answers: Iterable[Answer], before: int) -> str:
    """The name of the step that replies to a prompt, unique after ``before`` of its kind.

    A survey's step carries what was ticked: nothing was answered there yet, and an interview that
    is resumed must know it from the steps alone.
    """
    if not prompt.members:
        return f"{prompt.id}~{before + 1}" if before else prompt.id
    told = {(a.finding, a.site, a.side) for answer in answers for a in single_sided(answer)}
    ticked = [member.id for member in prompt.members if told.isdisjoint(places_asked(member.items))]
    return f"{prompt.id}~{';'.join([str(before + 1), *ticked])}"


def asked_prompt(step: str) -> str:
    """The id of the prompt that a step replied to."""
    return step.partition("~")[0]


def ticked_by(step: str) -> tuple[str, ...]:
    """The instances ticked in a step that replied to a survey."""
    return tuple(step.partition("~")[2].split(";")[1:])


def ticked_in(steps: Iterable[str]) -> frozenset[str]:
    """The instances ticked in the surveys among these steps."""
    return frozenset(name for step in steps for name in ticked_by(step))


def row_of(member: Instance) -> Item:
    """The line that stands for a muscle in a survey."""
    first = member.items[0]
    return Item(finding=first.finding, places=first.places)


def _survey(members: tuple[Instance, ...], like: Prompt) -> Prompt:
    question = like.question
    rows = tuple(row_of(member) for member in members)
    whole = Instance(id=question.id, question=question.id, bindings={}, items=rows)
    return Prompt(
        f"{question.id}#survey", "survey", whole, question, rows, like.late, False, members
    )


def _is_whole(prompt: Prompt, together: list[Prompt], kb: KnowledgeBase) -> bool:
    """Whether nothing of the instance was asked yet, and all of it has a normal value."""
    instance = prompt.instance
    wanted = {item for p in together if p.instance.id == instance.id for item in p.items}
    return (
        prompt.question.who == "therapist"
        and any(name in instance.bindings for name in ABOUT)
        and all(item in wanted for item in instance.items)
        and all(_has_normal(item, kb) for item in instance.items)
    )


def _has_normal(item: Item, kb: KnowledgeBase) -> bool:
    finding = kb.findings[item.finding]
    return finding.normal in finding.values
