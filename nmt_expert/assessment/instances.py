"""The questions that apply now, with their items spelled out for this client."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from nmt_expert.engine import RawFiring
from nmt_expert.engine.compile import QUESTION
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item, Place
from nmt_expert.model.question import Ask, Question
from nmt_expert.model.site import Site

Bindings = Mapping[str, str]


def instances(opened: Iterable[RawFiring], kb: KnowledgeBase) -> tuple[Instance, ...]:
    """Every question that applies, in asking order; one without a condition always does."""
    bindings_of: dict[str, list[dict[str, str]]] = defaultdict(list)
    for raw in opened:
        bindings_of[raw.rule.removeprefix(QUESTION)].append(dict(raw.bindings))
    found = []
    for question in kb.questions.values():
        bound = [{}] if question.ask_when is None else bindings_of.get(question.id)
        if bound:
            found += [_instance(question, group, kb) for group in _groups(question, bound)]
    return tuple(instance for instance in found if instance.items)


def _groups(question: Question, bound: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Bindings that share a prompt: those alike in everything but the ``together`` variables."""
    groups: dict[tuple[tuple[str, str], ...], list[dict[str, str]]] = defaultdict(list)
    for bindings in bound:
        apart = tuple((k, v) for k, v in sorted(bindings.items()) if k not in question.together)
        groups[apart].append(bindings)
    return [groups[apart] for apart in sorted(groups)]


def _instance(question: Question, group: list[dict[str, str]], kb: KnowledgeBase) -> Instance:
    """The question bound so; an interview asks for the same ones after every reply."""
    key = (question.id, *(tuple(bindings.items()) for bindings in group))
    made: dict[object, Instance] = kb.derived.setdefault("instances", {})
    if key not in made:
        made[key] = _made(question, group, kb)
    return made[key]


def _made(question: Question, group: list[dict[str, str]], kb: KnowledgeBase) -> Instance:
    apart = {k[1:]: v for k, v in sorted(group[0].items()) if k not in question.together}
    written = ",".join(f"{name}={value}" for name, value in apart.items())
    items: dict[str, Item] = {}
    for ask in question.ask:
        for item in _items(ask, group, kb):
            items.setdefault(item.key, item)
    return Instance(
        id=f"{question.id}[{written}]" if written else question.id,
        question=question.id,
        bindings=apart,
        items=tuple(items.values()),
    )


def _items(ask: Ask, group: list[dict[str, str]], kb: KnowledgeBase) -> list[Item]:
    if ask.each:
        return [_single(ask, site.id, group[0], kb) for site in _each(ask, kb)]
    if ask.site and ask.site.startswith("$"):
        places = [p for bindings in group for p in _places(ask, bindings[ask.site], bindings, kb)]
        return [Item(finding=ask.finding, places=tuple(dict.fromkeys(places)),
                     pick_side=_picks(ask, group[0].get(ask.site), kb))]  # fmt: skip
    return [_single(ask, ask.site, group[0], kb)]


def _each(ask: Ask, kb: KnowledgeBase) -> list[Site]:
    kinds = kb.findings[ask.finding].site
    return [site for site in kb.of_kind(ask.each or "") if site.kind in kinds]


def _single(ask: Ask, site: str | None, bindings: Bindings, kb: KnowledgeBase) -> Item:
    places = tuple(_places(ask, site, bindings, kb))
    return Item(finding=ask.finding, places=places, pick_side=_picks(ask, site, kb))


def _picks(ask: Ask, site: str | None, kb: KnowledgeBase) -> bool:
    return ask.side is None and _sided(ask, site, kb)


def _sided(ask: Ask, site: str | None, kb: KnowledgeBase) -> bool:
    sided = kb.findings[ask.finding].sided
    return kb.is_sided(site) if sided == "site" else bool(sided)


def _places(ask: Ask, site: str | None, bindings: Bindings, kb: KnowledgeBase) -> list[Place]:
    if not _sided(ask, site, kb):
        return [Place(site=site)]
    sides: tuple[Side, ...] = SIDES
    if ask.side is not None:
        wanted = bindings["$side"] if ask.side == "$side" else ask.side
        sides = ("left" if wanted == "left" else "right",)
    return [Place(site=site, side=side) for side in sides]
