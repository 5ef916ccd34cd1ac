"""Which questions would have to be asked for some answers, and what asking them costs."""

from collections import defaultdict

from nmt_expert.assessment.applied import written
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.model.case import Answer
from nmt_expert.model.effort import minutes
from nmt_expert.model.explanation import NearRule, Step
from nmt_expert.model.prompt import Instance

COMPUTED = "Computed from the scores of two visits, never asked"
NOT_ASKED = "Told at the start, not asked"


def steps(answers: tuple[Answer, ...], found: Reasoning) -> tuple[Step, ...]:
    """One step a question, those that apply already first.

    On a body chart only what is marked counts as an item.
    """
    asked: dict[str, list[Answer]] = defaultdict(list)
    opened: dict[str, Instance] = {}
    for answer in answers:
        instance = _open(answer, found)
        name = instance.id if instance else found.kb.asked_by.get(answer.finding, "")
        asked[name or answer.finding].append(answer)
        if instance:
            opened[name] = instance
    made = (_step(name, own, opened.get(name), found) for name, own in asked.items())
    return tuple(sorted(made, key=lambda step: not step.open_now))


def cost(near: NearRule) -> tuple[bool, int, int, int, int]:
    """What a rule costs: whether it fires at all, what was denied, prompts, closed ones, items."""
    denied = sum(part.state in ("contradicted", "below_threshold") for part in near.conditions)
    closed = sum(not step.open_now for step in near.steps)
    items = sum(step.items for step in near.steps)
    return not near.fires, denied, len(near.steps), closed, items


def _open(answer: Answer, found: Reasoning) -> Instance | None:
    """The question that applies now and asks this."""
    for instance in found.instances:
        for item in instance.items:
            if item.finding == answer.finding and any(
                place.site == answer.site and place.side in (answer.side, None)
                for place in item.places
            ):
                return instance
    return None


def _step(name: str, answers: list[Answer], instance: Instance | None, found: Reasoning) -> Step:
    kb = found.kb
    own = tuple(map(written, answers))
    question = kb.questions.get(instance.question if instance else name)
    if question is None:
        computed = answers[0].finding == kb.plan.change_finding
        title = COMPUTED if computed else NOT_ASKED
        return Step(
            question=None, title=title, answers=own, who=None, open_now=False, items=0, minutes=0
        )
    charted = question.style == "chart"
    asked = len(instance.items) if instance else len(question.ask)
    items = len(own) if charted else asked
    return Step(
        question=name,
        title=question.title,
        answers=own,
        who=question.who,
        open_now=instance is not None,
        items=items,
        minutes=minutes(1, items, charted),
    )
