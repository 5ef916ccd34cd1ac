"""Answers that were not asked in this interview: carried over, or taken over from somebody else."""

from collections.abc import Iterable

from nmt_expert.interview.ledger import single_sided
from nmt_expert.interview.prompts import fits_checklist
from nmt_expert.model.case import Answer
from nmt_expert.model.knowledge import KnowledgeBase

CARRIED = "carried"
"""The name of steps that hold what an earlier visit said and today confirmed."""
TAKEN_OVER = "taken_over"
"""The name of steps that hold what a case file said."""


def handed(step: str) -> bool:
    """Whether a step was handed on, and so replies to no prompt of this interview."""
    return step.partition(":")[0] in (CARRIED, TAKEN_OVER)


def by_prompt(
    name: str, answers: Iterable[Answer], kb: KnowledgeBase
) -> dict[str, tuple[Answer, ...]]:
    """Answers by the name of a step: one for each list, and one for each other question.

    So each can be changed by asking its prompt.
    """
    steps: dict[str, tuple[Answer, ...]] = {}
    for answer in answers:
        for one in single_sided(answer):
            key = f"{name}:{_asked_together(one, kb)}"
            steps[key] = (*steps.get(key, ()), one)
    return steps


def _asked_together(answer: Answer, kb: KnowledgeBase) -> str:
    question = kb.asked_by.get(answer.finding, answer.finding)
    if fits_checklist(kb.findings[answer.finding]):
        return question
    where = (part for part in (answer.finding, answer.site, answer.side) if part)
    return f"{question}:{'.'.join(where)}"
