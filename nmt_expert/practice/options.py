"""What a student may ask or examine now: found by name, with its cost, and what it is worth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nmt_expert.interview import Interview, Prompt, Words
from nmt_expert.interview.bearing import Bearing
from nmt_expert.kb.search import best
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Item
from nmt_expert.model.words import within


@dataclass(frozen=True)
class Option:
    """One question or examination. ``worth`` is what it could still change; smaller is more.

    ``names`` are what it may be found by. The student sees the title and the minutes alone.
    """

    prompt: Prompt
    title: str
    minutes: float
    worth: int
    names: tuple[str, ...]


def options(interview: Interview, bearing: Bearing) -> tuple[Option, ...]:
    """Everything open, also what can no longer matter; each muscle of a grid also by itself."""
    words, kb = Words(interview.kb), interview.kb
    prompts = [*interview.open, *interview.skipped]
    prompts += [one for prompt in prompts for one in _single(prompt, kb)]
    once = {prompt.id: prompt for prompt in prompts}
    return tuple(_option(prompt, bearing, words, kb) for prompt in once.values())


def best_first(found: Sequence[Option]) -> list[Option]:
    """By worth; of equal worth in the given order."""
    return sorted(found, key=lambda option: option.worth)


def find(text: str, found: Iterable[Option]) -> tuple[Option, ...]:
    """The options whose title, or a finding in them, is like a text, closest first."""
    return best(text, found, lambda option: option.names)


def _single(prompt: Prompt, kb: KnowledgeBase) -> Iterator[Prompt]:
    """Each muscle or nerve of a grid, to be examined alone."""
    if prompt.kind != "grid":
        return
    for site in _sites(prompt):
        items = tuple(item for item in prompt.items if item.places[0].site == site)
        name = f"{prompt.id}@{site}"
        about = {"nerve" if kb.sites[site].kind == "nerve" else "muscle": site}
        instance = prompt.instance.model_copy(
            update={"id": name, "bindings": about, "items": items}
        )
        yield replace(prompt, id=name, instance=instance, items=items)


def _sites(prompt: Prompt) -> list[str]:
    return list(dict.fromkeys(site for item in prompt.items if (site := item.places[0].site)))


def _option(prompt: Prompt, bearing: Bearing, words: Words, kb: KnowledgeBase) -> Option:
    title = words.title(prompt)
    label = kb.findings[prompt.items[0].finding].label
    if len(prompt.items) == 1 and label.lower() not in title.lower():
        title += f": {within(label)}"
    return Option(
        prompt=prompt,
        title=title,
        minutes=_minutes(prompt, kb),
        worth=bearing.least(prompt.items),
        names=(title, *_names(prompt.items, kb)),
    )


def _names(items: Iterable[Item], kb: KnowledgeBase) -> Iterator[str]:
    for name in dict.fromkeys(item.finding for item in items):
        finding = kb.findings[name]
        yield from (finding.label, finding.id, *finding.synonyms)


def _minutes(prompt: Prompt, kb: KnowledgeBase) -> float:
    """By the kind of the first thing asked, for each muscle of a grid; more for further things.

    A body chart is looked at as one.
    """
    rules = kb.practice
    if rules is None:
        return 0.0
    kind = kb.findings[prompt.items[0].finding].kind
    begun = len(_sites(prompt)) if prompt.kind == "grid" else 1
    more = 0 if prompt.kind == "chart" else len(prompt.items) - begun
    return round(begun * rules.minutes[kind] + more * rules.another, 1)
