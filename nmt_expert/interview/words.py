"""The words of a prompt: titles and questions with their places filled in, help, legal values."""

import re
from collections.abc import Iterable, Iterator, Mapping

from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.case import Answer
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Item
from nmt_expert.model.words import SIDE_WORDS, SURE_WORDS, within

SECTIONS = {
    "client": "Client",
    "safety": "Safety",
    "complaint": "Complaint",
    "region_safety": "Safety, this region",
    "history": "History",
    "lifestyle": "Lifestyle",
    "posture": "Posture",
    "movement": "Movement",
    "palpation": "Palpation",
    "nerve": "Nerves",
    "joint": "Joints and tendons",
    "seen": "Seen by the therapist",
    "visit": "This visit",
}
"""What the sections of an interview are called."""
YES_NO = {"present": "yes", "absent": "no"}
_SLOT = re.compile(r"\s*\(?[{$](\w+)\}?\)?")


class Words:
    """Puts items and prompts of one knowledge base into words."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def title(self, prompt: Prompt) -> str:
        """The title of a prompt, with what it is about."""
        words = {k: within(word) for k, word in self._bound(prompt.instance.bindings).items()}
        title = self._filled(prompt.question.title, words)
        bound = self._bound(prompt.instance.bindings).values()
        about = [word for word in bound if word.lower() not in title.lower()]
        return f"{title}: {', '.join(about)}" if about else title

    def question(self, item: Item, prompt: Prompt) -> str:
        """The whole question, for one item; the side is said unless the title says it."""
        finding = self._kb.findings[item.finding]
        side = _side(item)
        site = within(self._sites(item))
        told = self._filled(finding.question, {"site": site, "side": side})
        said = "{side}" in finding.question or "side" in prompt.instance.bindings
        return f"{told} ({side})" if side and not said else told

    def name(self, item: Item, prompt: Prompt) -> str:
        """A few words for an item within its prompt: what differs between the items is said."""
        finding = self._kb.findings[item.finding]
        what = finding.terse or finding.label
        where = self._sites(item)
        if len(prompt.findings) == 1 and where:
            what = where
        elif where and any(self._sites(other) not in ("", where) for other in prompt.items):
            what = f"{what}, {within(where)}"
        side = _side(item)
        return f"{what} ({side})" if side and "side" not in prompt.instance.bindings else what

    def lead(self, prompt: Prompt) -> str:
        """What is said before a prompt: what a muscle is known for."""
        muscle = self._kb.sites.get(prompt.instance.bindings.get("muscle", ""))
        if muscle is None or not muscle.story or prompt.question.who != "client":
            return ""
        return f"What people report of it: {muscle.story}"

    def reported(self, item: Item) -> str:
        """What people report of a muscle; empty where nothing is recorded."""
        site = self._kb.sites.get(item.places[0].site or "")
        return f"{site.label}. Reported of it: {site.story}" if site and site.story else ""

    def help(self, item: Item, prompt: Prompt) -> tuple[str, ...]:
        """How to examine and what counts, and what may be answered."""
        finding = self._kb.findings[item.finding]
        lines = [self.question(item, prompt), *self._of_site(item, finding)]
        if finding.help:
            lines.append(finding.help)
        return (*lines, f"Possible answers: {self.legal(finding)}.")

    def legal(self, finding: Finding) -> str:
        """The answers a finding may have."""
        if finding.number:
            return f"{finding.number.min:g} to {finding.number.max:g} {finding.number.unit}"
        return ", ".join(self.value(finding, value) for value in finding.values)

    def value(self, finding: Finding, value: str | float) -> str:
        """One value, number or non-answer in words."""
        if isinstance(value, int | float):
            return f"{value:g} {finding.number.unit}" if finding.number else f"{value:g}"
        if value in finding.labels or value not in YES_NO:
            return finding.value_label(value)
        return YES_NO[value]

    def told(self, prompt: Prompt, answers: Iterable[Answer]) -> str:
        """What was just answered, in one line: what is there, else "none of these"."""
        if prompt.kind == "grid":
            return self._felt(answers)
        said = [self._answer(prompt, answer) for answer in answers]
        noted = list(dict.fromkeys(words for words in said if words))
        return "; ".join(noted) if noted else "none of these"

    def _felt(self, answers: Iterable[Answer]) -> str:
        """What was found in each muscle of a grid, which are normal, and how much was not felt."""
        found: dict[str, list[str]] = {}
        left = 0
        for answer in answers:
            left += answer.value in NON_ANSWERS
            if answer.value not in NON_ANSWERS:
                found.setdefault(self._where(answer), []).extend(self._sign(answer))
        told = [f"{where}: {', '.join(signs) or 'normal'}" for where, signs in found.items()]
        return "; ".join([*told, *([f"{left} not examined"] if left else [])])

    def _where(self, answer: Answer) -> str:
        side = f" ({SIDE_WORDS[answer.side]})" if answer.side else ""
        return f"{within(self._label(answer.site or ''))}{side}"

    def _sign(self, answer: Answer) -> Iterator[str]:
        """A finding that is there, in a few words; nothing for one that is normal."""
        finding = self._kb.findings[answer.finding]
        if answer.value != finding.normal:
            name = within(finding.terse or finding.label)
            told = self.value(finding, answer.value)
            yield name if answer.value == "present" else f"{name}: {told}"

    def _answer(self, prompt: Prompt, answer: Answer) -> str:
        finding = self._kb.findings[answer.finding]
        listed = prompt.kind in ("checklist", "chart")
        if listed and answer.value == finding.normal:
            return ""
        value = self.value(finding, answer.value)
        if not listed and prompt.kind != "form":
            return value
        item = next(item for item in prompt.items if _asks(item, answer))
        name = self.name(item, prompt)
        if prompt.kind == "form":
            return f"{within(name)}: {value}"
        if answer.side and item.pick_side:
            name = f"{name} ({SIDE_WORDS[answer.side]})"
        unsure = SURE_WORDS[answer.sure]
        return f"{name}: {value}" if answer.value in NON_ANSWERS else f"{name}{unsure}"

    def _bound(self, bindings: Mapping[str, str]) -> dict[str, str]:
        return {name: SIDE_WORDS.get(told) or self._label(told) for name, told in bindings.items()}

    def _label(self, site: str) -> str:
        return self._kb.sites[site].label if site in self._kb.sites else site.replace("_", " ")

    def _sites(self, item: Item) -> str:
        names = dict.fromkeys(place.site for place in item.places if place.site)
        return ", ".join(self._label(name) for name in names)

    def _of_site(self, item: Item, finding: Finding) -> tuple[str, ...]:
        """What the card of the place adds: how the screen is done, how it looks, which area."""
        site = self._kb.sites.get(item.places[0].site or "")
        if site is None or finding.asked_of == "client":
            return ()
        return tuple(text for text in (site.screen, site.seen_as, site.area) if text)

    @staticmethod
    def _filled(text: str, words: Mapping[str, str]) -> str:
        """A text with its slots filled; a slot with no words goes, with its brackets."""

        def fill(slot: re.Match[str]) -> str:
            word = words.get(slot[1], "")
            return (
                slot[0].replace(f"{{{slot[1]}}}", word).replace(f"${slot[1]}", word) if word else ""
            )

        filled = _SLOT.sub(fill, text).strip()
        return filled[:1].upper() + filled[1:]


def told_in_list(answers: Iterable[Answer], kb: KnowledgeBase) -> str:
    """One reply in one line: the title of its question, and what is there, else that nothing is."""
    given = list(answers)
    there = [in_a_list(a, kb) for a in given if a.value != kb.findings[a.finding].normal]
    return f"{_title(given, kb)}: {'; '.join(there) if there else 'none of these'}"


def told_and_denied(answers: Iterable[Answer], kb: KnowledgeBase, most: int = 0) -> str:
    """One reply in one line, with the names of what is not there; ``most`` characters, 0 for all.

    Where nothing may be taken for granted, "none of these" is not enough.
    """
    given = list(answers)
    title = _title(given, kb)
    there = [_there(a, kb, title) for a in given if not _is_denied(a, kb)]
    questions = {kb.asked_by[a.finding] for a in given if a.finding in kb.asked_by}
    one = len({ask.finding for name in questions for ask in kb.questions[name].ask}) == 1
    denied = [_what(a, kb, one) for a in given if _is_denied(a, kb)]
    parts = ["; ".join(there)] if there else []
    parts += [f"not there - {'; '.join(denied)}"] if denied else []
    told = f"{title}: {'; '.join(parts)}"
    return told if not most or len(told) <= most else f"{told[: most - 4].rstrip()} ..."


def _title(answers: list[Answer], kb: KnowledgeBase) -> str:
    asked = (kb.asked_by[a.finding] for a in answers if a.finding in kb.asked_by)
    return _SLOT.sub("", next((kb.questions[one].title for one in asked), "")).strip()


def _is_denied(answer: Answer, kb: KnowledgeBase) -> bool:
    finding = kb.findings[answer.finding]
    return finding.yes_or_no and answer.value == finding.normal


def _there(answer: Answer, kb: KnowledgeBase, title: str) -> str:
    """What is there; a number or a chosen value needs no more than the title says."""
    finding = kb.findings[answer.finding]
    value = Words(kb).value(finding, answer.value)
    same = (finding.terse or finding.label).lower().startswith(title.lower())
    return value if same and not finding.yes_or_no else in_a_list(answer, kb)


def _what(answer: Answer, kb: KnowledgeBase, one: bool) -> str:
    """What is not there, in a few words; the place alone where ``one`` thing is asked of many."""
    if answer.site is None or not one:
        return within(in_a_list(answer.model_copy(update={"value": "present"}), kb))
    side = SIDE_WORDS.get(answer.side or "", "")
    return within(kb.sites[answer.site].label) + (f" ({side})" if side else "")


def in_a_list(answer: Answer, kb: KnowledgeBase) -> str:
    """One answer by itself, in a few words: ``Taut band (upper trapezius, right)``."""
    finding = kb.findings[answer.finding]
    what = finding.terse or finding.label
    place = kb.sites[answer.site].label if answer.site else ""
    side = SIDE_WORDS.get(answer.side or "", "")
    where = ", ".join(word for word in (within(place) if place else "", side) if word)
    value = "" if answer.value == "present" else f": {Words(kb).value(finding, answer.value)}"
    return f"{what}{f' ({where})' if where else ''}{value}"


def _side(item: Item) -> str:
    sides = {place.side for place in item.places}
    if item.pick_side or len(sides) != 1:
        return ""
    return SIDE_WORDS.get(next(iter(sides)) or "", "")


def _asks(item: Item, answer: Answer) -> bool:
    return item.finding == answer.finding and any(
        place.site == answer.site and answer.side in (place.side, "both") for place in item.places
    )
