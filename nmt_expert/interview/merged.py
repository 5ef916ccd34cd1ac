"""Short lists of one section are put on one screen, so that a visit has fewer prompts."""

from collections.abc import Iterable, Iterator
from typing import Literal

from nmt_expert.interview.grid import ABOUT
from nmt_expert.interview.prompts import Prompt, PromptKind, fits_checklist
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item
from nmt_expert.model.question import Question

MOST_ROWS = 16
"""More than this on one screen are ticked without being read."""
MOST_ASKED = 5
"""Numbers and single choices on one screen, each with its own answers."""

NAMED = {"checklist": "list", "form": "form"}
"""What the id of a joined prompt ends in."""
LONGEST_TITLE = 64
"""Characters; with the words for who is asked it has to fit on one line."""


def merged(prompts: Iterable[Prompt], kb: KnowledgeBase) -> tuple[Prompt, ...]:
    """The prompts with short lists of one section, put to one person, made into one list.

    Numbers and single choices are made into one form likewise. A prompt about one muscle or nerve,
    a private one, a follow-up and a red flag that is no list stay alone; one that was opened for
    something, such as a posture, is only joined with its like.
    """
    kin: dict[tuple[str, ...], list[Prompt]] = {}
    for prompt in prompts:
        kin.setdefault(_kin(prompt, kb) or (prompt.id,), []).append(prompt)
    return tuple(
        one
        for (kind, *_), together in kin.items()
        for one in (
            _screens(together, "form", MOST_ASKED)
            if kind == "form"
            else _screens(together, "checklist", MOST_ROWS)
        )
    )


def _kin(prompt: Prompt, kb: KnowledgeBase) -> tuple[str, ...] | None:
    """What prompts on one screen share; None for a prompt that stands alone."""
    question = prompt.question
    kind = _kind(prompt, kb)
    alone = (
        kind is None
        or question.private
        or question.follow_up
        or any(name in prompt.instance.bindings for name in ABOUT)
    )
    like = (question.id,) if prompt.instance.bindings else ()
    return None if alone or kind is None else (kind, question.section, question.who, *like)


def _kind(prompt: Prompt, kb: KnowledgeBase) -> Literal["checklist", "form"] | None:
    """What a prompt may be a part of."""
    findings = [kb.findings[item.finding] for item in prompt.items]
    if prompt.kind in ("checklist", "choice") and all(map(fits_checklist, findings)):
        return "checklist"
    if prompt.kind in ("choice", "number") and findings[0].kind != "red_flag":
        return "form"
    return None


def _screens(prompts: list[Prompt], kind: PromptKind, most: int) -> Iterator[Prompt]:
    """Each prompt on the first screen that has room for it."""
    screens: list[list[Prompt]] = []
    for prompt in prompts:
        room = (s for s in screens if len(_items([*s, prompt])) <= most)
        screen = next(room, None)
        if screen is None:
            screens.append([prompt])
        else:
            screen.append(prompt)
    return (_one(screen, kind) for screen in screens)


def _one(together: list[Prompt], kind: PromptKind) -> Prompt:
    if len(together) == 1:
        return together[0]
    names = "+".join(prompt.instance.id for prompt in together)
    questions = list({prompt.question.id: prompt.question for prompt in together}.values())
    question = questions[0] if len(questions) == 1 else _joint(questions)
    items = _items(together)
    instance = Instance(id=names, question=question.id, bindings={}, items=items)
    parts = tuple(together) if kind == "form" else ()
    return Prompt(f"{names}#{NAMED[kind]}", kind, instance, question, items, parts=parts)


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
