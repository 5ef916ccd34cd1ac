"""Answers whose question no longer applies are kept but not used, and come back with it."""

from collections.abc import Callable, Collection

from nmt_expert.assessment import Reasoning
from nmt_expert.interview.ledger import places_asked
from nmt_expert.model.case import Answer
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance

Answers = tuple[Answer, ...]


def settled(
    answers: Answers,
    reasoned: Callable[[Answers], Reasoning],
    kb: KnowledgeBase,
    always: Collection[str],
    besides: Collection[Instance] = (),
) -> tuple[Reasoning, Answers]:
    """What follows from the answers in use, and the answers that are parked.

    Parking may close further questions, so it is repeated until nothing more falls away. Findings
    named in ``always`` are never parked, nor is a red flag, nor what the questions ``besides`` ask.
    """
    parked: Answers = ()
    while True:
        reasoning = reasoned(answers)
        idle = _idle(answers, (*reasoning.instances, *besides), kb, always)
        if not idle:
            return reasoning, parked
        parked = (*parked, *idle)
        answers = tuple(answer for answer in answers if answer not in idle)


def _idle(
    answers: Answers, asked: Collection[Instance], kb: KnowledgeBase, always: Collection[str]
) -> Answers:
    applies = places_asked(item for instance in asked for item in instance.items)
    return tuple(
        answer
        for answer in answers
        if (answer.finding, answer.site, answer.side) not in applies
        and kb.findings[answer.finding].kind != "red_flag"
        and answer.finding not in always
    )
