"""Answers that were not asked in this interview: carried over, or taken over from somebody else."""

from collections.abc import Iterable

from nmt_expert.assessment.inputs import answers_of
from nmt_expert.interview.ledger import single_sided
from nmt_expert.interview.prompts import fits_checklist
from nmt_expert.model.case import Answer, AnswerSide, Case
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


def taken_over(case: Case, kb: KnowledgeBase) -> dict[str, tuple[Answer, ...]]:
    """What a case file says, by the name of a step; the chief complaint stays the first.

    Where nobody is named, the answer says which case it comes from.
    """
    chief = [(place.site, place.side) for place in case.complaint.sites]
    given = [a if a.by else a.model_copy(update={"by": case.id}) for a in answers_of(case, kb)]
    given.sort(key=lambda a: _rank(a, chief, kb.plan.complaint_finding))
    return by_prompt(TAKEN_OVER, given, kb)


def _rank(
    answer: Answer, chief: list[tuple[str, AnswerSide | None]], complaint: str
) -> tuple[bool, int]:
    """Places of the complaint come first, in its order; sorting keeps the order of all others."""
    place = (answer.site or "", answer.side)
    if answer.finding != complaint:
        return True, 0
    return False, chief.index(place) if place in chief else len(chief)


def _asked_together(answer: Answer, kb: KnowledgeBase) -> str:
    question = kb.asked_by.get(answer.finding, answer.finding)
    if fits_checklist(kb.findings[answer.finding]):
        return question
    where = (part for part in (answer.finding, answer.site, answer.side) if part)
    return f"{question}:{'.'.join(where)}"
