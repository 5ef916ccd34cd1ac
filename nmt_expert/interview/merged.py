"""Short lists of one section are put on one screen, so that a visit has fewer prompts."""

from collections.abc import Iterable, Iterator

from nmt_expert.interview.grid import ABOUT
from nmt_expert.interview.prompts import Prompt, fits_checklist
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item
from nmt_expert.model.question import Question

MOST_ROWS = 16
"""More than this on one screen are ticked without being read."""

LONGEST_TITLE = 64
"""Characters; with the words for who is asked it has to fit on one line."""


def merged(prompts: Iterable[Prompt], kb: KnowledgeBase) -> tuple[Prompt, ...]:
    """The prompts with short lists of one section, put to one person, made into one list.

    A list about one muscle or nerve, a private one and a follow-up stay alone; one that was opened
    for something, such as a posture, is only joined with its like.
    """
    kin: dict[object, list[Prompt]] = {}
    for prompt in prompts:
        kin.setdefault(_kin(prompt, kb) or prompt.id, []).append(prompt)
    return tuple(one for together in kin.values() for one in _screens(together))


def _kin(prompt: Prompt, kb: KnowledgeBase) -> tuple[str, ...] | None:
    """What prompts on one screen share; None for a prompt that stands alone."""
    question = prompt.question
    alone = (
        prompt.kind not in ("checklist", "choice")
        or question.private
        or question.follow_up
        or any(name in prompt.instance.bindings for name in ABOUT)
        or not all(fits_checklist(kb.findings[item.finding]) for item in prompt.items)
    )
    like = (question.id,) if prompt.instance.bindings else ()
    return None if alone else (question.section, question.who, *like)


def _screens(prompts: list[Prompt]) -> Iterator[Prompt]:
    """Each list on the first screen that has room for it."""
    screens: list[list[Prompt]] = []
    for prompt in prompts:
        room = (s for s in screens if len(_items([*s, prompt])) <= MOST_ROWS)
        screen = next(room, None)
        if screen is None:
            screens.append([prompt])
        else:
            screen.append(prompt)
    return (_one(screen) for screen in screens)


def _one(together: list[Prompt]) -> Prompt:
    if len(together) == 1:
        return together[0]
    names = "+".join(prompt.instance.id for prompt in together)
    questions = list({prompt.question.id: prompt.question for prompt in together}.values())
    question = questions[0] if len(questions) == 1 else _joint(questions)
    items = _items(together)
    instance = Instance(id=names, question=question.id, bindings={}, items=items)
    return Prompt(f"{names}#list", "checklist", instance, question, items)


def _items(together: list[Prompt]) -> tuple[Item, ...]:
    """The items of all, each once."""
    return tuple({item.key: item for prompt in together for item in prompt.items}.values())


def _joint(questions: list[Question]) -> Question:
    """Several questions as one, with their titles, as far as a line holds them, and reasons."""
    titles = questions[0].title
    for question in questions[1:]:
        longer = f"{titles} / {question.title}"
        if len(longer) > LONGEST_TITLE:
            titles += " / more"
            break
        titles = longer
    return questions[0].model_copy(
        update={
            "title": titles,
            "why": " ".join(question.why for question in questions),
        }
    )
