"""The words of a prompt: titles and questions with their places filled in, help, legal values."""

import re
from collections.abc import Iterable, Mapping

from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.case import Answer
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item
from nmt_expert.model.words import within

YES_NO = {"present": "yes", "absent": "no"}
SIDE_WORDS = {"right": "right", "left": "left", "both": "both sides"}
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
        if prompt.kind == "survey":
            return self._member(item, prompt)
        finding = self._kb.findings[item.finding]
        what = finding.terse or finding.label
        where = self._sites(item)
        findings = {other.finding for other in prompt.items}
        places = {self._sites(other) for other in prompt.items} - {""}
        if len(findings) == 1 and where:
            what = where
        elif len(places) > 1 and where:
            what = f"{what}, {within(where)}"
        side = _side(item)
        return f"{what} ({side})" if side and "side" not in prompt.instance.bindings else what

    def lead(self, prompt: Prompt) -> str:
        """What is said before a prompt: what a survey looks for, what a muscle is known for."""
        if prompt.members:
            return f"Look for: {self.sought(prompt)}."
        muscle = self._kb.sites.get(prompt.instance.bindings.get("muscle", ""))
        if muscle is None or not muscle.story or prompt.question.who != "client":
            return ""
        return f"What people report of it: {muscle.story}"

    def sought(self, prompt: Prompt) -> str:
        """What a survey looks for in each of its muscles."""
        items = [item for member in prompt.members for item in member.items]
        findings = dict.fromkeys(item.finding for item in items)
        return "; ".join(within(self._sign(self._kb.findings[name])) for name in findings)

    def reported(self, item: Item) -> str:
        """What people report of a muscle; empty where nothing is recorded."""
        site = self._kb.sites.get(item.places[0].site or "")
        return f"{site.label}. Reported of it: {site.story}" if site and site.story else ""

    def _sign(self, finding: Finding) -> str:
        name = finding.terse or finding.label
        if finding.yes_or_no and finding.normal == "absent":
            return name
        values = [self.value(finding, v) for v in finding.values if v != finding.normal]
        return f"{name}: {' or '.join(values)}"

    def _member(self, item: Item, prompt: Prompt) -> str:
        return ", ".join(self._bound(self._stands_for(item, prompt).bindings).values())

    @staticmethod
    def _stands_for(item: Item, prompt: Prompt) -> Instance:
        return prompt.members[prompt.items.index(item)]

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
        if prompt.kind == "survey":
            return self._surveyed(prompt, answers)
        said = [self._answer(prompt, answer) for answer in answers]
        noted = list(dict.fromkeys(words for words in said if words))
        return "; ".join(noted) if noted else "none of these"

    def _surveyed(self, prompt: Prompt, answers: Iterable[Answer]) -> str:
        told = list(answers)
        found, skipped = [], []
        for item in prompt.items:
            here = next((answer for answer in told if _asks(item, answer)), None)
            member = within(self._member(item, prompt))
            if here is None:
                found.append(member)
            elif here.value in NON_ANSWERS:
                value = self.value(self._kb.findings[item.finding], here.value)
                skipped.append(f"{member}: {value}")
        first = f"something found in {'; '.join(found)}" if found else "nothing found"
        return "; ".join([first, *skipped])

    def _answer(self, prompt: Prompt, answer: Answer) -> str:
        finding = self._kb.findings[answer.finding]
        listed = prompt.kind in ("checklist", "chart")
        if listed and answer.value == finding.normal:
            return ""
        value = self.value(finding, answer.value)
        if not listed:
            return value
        item = next(item for item in prompt.items if _asks(item, answer))
        name = self.name(item, prompt)
        if answer.side and item.pick_side:
            name = f"{name} ({SIDE_WORDS[answer.side]})"
        unsure = {"sure": "", "fairly": " (fairly sure)", "unsure": " (unsure)"}[answer.sure]
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
    titles = dict.fromkeys(
        kb.questions[kb.asked_by[a.finding]].title for a in given if a.finding in kb.asked_by
    )
    there = [_listed(a, kb) for a in given if a.value != kb.findings[a.finding].normal]
    title = _SLOT.sub("", next(iter(titles), "")).strip()
    return f"{title}: {'; '.join(there) if there else 'none of these'}"


def _listed(answer: Answer, kb: KnowledgeBase) -> str:
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
