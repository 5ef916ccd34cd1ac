"""Ids into words: places with their side, answers, bands, flags. Nothing is concluded here.

Every room that prints says it with these, so that a trace and a report never differ in words.
"""

import re
from collections.abc import Iterable
from datetime import date

from nmt_expert.model.assessment import Conclusion, Input
from nmt_expert.model.case import Sure
from nmt_expert.model.knowledge import KnowledgeBase

_ITEM = re.compile(
    r"^(?P<finding>[a-z]\w*)(@(?P<site>[a-z]\w*))?(:(?P<side>\w+))?(=(?P<value>.+))?$"
)
_BAND = re.compile(r"^(?P<name>[a-z]\w*)(@(?P<where>[\w:]+))? (?P<least>at least \w+) \(.*\)$")
_CANDIDATE = re.compile(r"^candidate (?P<name>[a-z]\w*)(@(?P<where>[\w:]+))?$")
SURE_WORDS: dict[Sure, str] = {"sure": "", "fairly": " (fairly sure)", "unsure": " (unsure)"}
"""What is said behind an answer of how sure it was."""
SIDE_WORDS = {"left": "left", "right": "right", "both": "both sides"}

URGENCY_WORDS = {
    "emergency": "EMERGENCY",
    "same_day": "SAME DAY",
    "soon": "SOON",
    "routine": "ROUTINE",
}
BAND_WORDS = {
    "strong": "strong",
    "moderate": "moderate",
    "weak": "weak",
    "not_supported": "not supported",
}


EPONYMS = ("Achilles",)
"""Names that keep their capital inside a sentence."""


def within(label: str) -> str:
    """A label as it stands inside a sentence: names and abbreviations keep their capital."""
    second = label[1:2]
    keeps = label.startswith(EPONYMS) or second.isupper() or second.isdigit()
    return label if keeps else label[:1].lower() + label[1:]


def humanised(name: str) -> str:
    """An id that has no label, made readable."""
    return name.replace("_", " ")


def place(kb: KnowledgeBase, site: str | None, side: str | None) -> str:
    """``Upper trapezius, right``; empty when there is neither site nor side."""
    words = [kb.sites[site].label if site in kb.sites else humanised(site)] if site else []
    return ", ".join([*words, SIDE_WORDS[side]] if side in SIDE_WORDS else words)


def places(kb: KnowledgeBase, keys: Iterable[str]) -> str:
    """Several places written ``site:side`` or ``site``, in words."""
    return "; ".join(place_of_key(kb, key) for key in keys)


def place_of_key(kb: KnowledgeBase, key: str) -> str:
    """A place written ``site:side`` in words."""
    site, _, side = key.partition(":")
    return place(kb, site, side or None)


def conclusion(kb: KnowledgeBase, drawn: Conclusion) -> str:
    """What was concluded, where, and how well it stands."""
    kind = kb.conclusions.get(drawn.conclude)
    label = kind.label if kind else humanised(drawn.conclude)
    return f"{label}: {place(kb, drawn.site, drawn.side)} ({BAND_WORDS[drawn.band]})"


def drawn(kb: KnowledgeBase, key: str) -> str:
    """What a firing drew, ``name:site:side``, in words."""
    name, _, where = key.partition(":")
    label = kb.conclusions[name].label if name in kb.conclusions else flag(kb, name)
    return f"{label}: {place_of_key(kb, where)}" if where else label


def relation(kb: KnowledgeBase, link: str) -> str:
    """A relation of the anatomy in words: ``upper_trapezius refers_to temple``."""
    match link.split(" "):
        case [start, name, end] if start in kb.sites and end in kb.sites:
            return f"{place(kb, start, None)} {humanised(name)} {place(kb, end, None)}"
    return link


def flag(kb: KnowledgeBase, name: str) -> str:
    """The label of a red flag, caution or perpetuating factor."""
    return kb.flags[name].label if name in kb.flags else humanised(name).capitalize()


def techniques(kb: KnowledgeBase, names: tuple[str, ...]) -> str:
    """Technique labels in their order of use."""
    return ", then ".join(technique(kb, name) for name in names)


def technique(kb: KnowledgeBase, name: str) -> str:
    """One technique's label; ``all`` is every technique."""
    if name == "all":
        return "all techniques"
    return kb.techniques[name].label if name in kb.techniques else humanised(name)


def answer(kb: KnowledgeBase, given: Input) -> str:
    """One answer as a person would say it: finding, place, value, and how sure."""
    finding = kb.findings.get(given.finding)
    label = finding.label if finding else humanised(given.finding)
    where = place(kb, given.site, given.side)
    value = finding.value_label(given.value) if finding else humanised(given.value)
    if given.number is not None:
        unit = f" {finding.number.unit}" if finding and finding.number else ""
        value = f"{given.number:g}{unit} ({value})"
    return f"{label}{': ' + where if where else ''} - {value}{SURE_WORDS[given.sure]}"


def lacking(kb: KnowledgeBase, item: str) -> str:
    """What is lacked, in words, from an item key such as ``taut_band@upper_trapezius:right``."""
    if weighed := _BAND.match(item):
        return f"{_drawn_at(kb, weighed)} {weighed['least']}"
    if looked_at := _CANDIDATE.match(item):
        return f"{_drawn_at(kb, looked_at)} considered"
    match = _ITEM.match(item)
    if match is None or match["finding"] not in kb.findings:
        return item
    finding = kb.findings[match["finding"]]
    where = place(kb, match["site"], match["side"])
    value = match["value"]
    told = f" = {finding.value_label(value)}" if value and value != "present" else ""
    return f"{finding.label}{': ' + where if where else ''}{told}"


def _drawn_at(kb: KnowledgeBase, match: re.Match[str]) -> str:
    return drawn(kb, ":".join(filter(None, match.group("name", "where"))))


def some(kb: KnowledgeBase, items: tuple[str, ...], at_most: int | None = 4) -> str:
    """Things lacked, in words; after ``at_most`` of them only their number."""
    words = list(dict.fromkeys(lacking(kb, item) for item in items))
    if at_most is None or len(words) <= at_most:
        return "; ".join(words)
    return f"{'; '.join(words[:at_most])}; and {len(words) - at_most} more"


def capital(words: str) -> str:
    """A sentence's beginning: only the first letter is changed."""
    return words[:1].upper() + words[1:]


def spoken_day(written: str) -> str:
    """``1 November 2026`` for an ISO date; as it was written where it is none."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day.day} {day:%B} {day.year}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 answer``, ``2 answers``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
