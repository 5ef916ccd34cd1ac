"""A difference between two results in short sentences, the most urgent first."""

from collections.abc import Iterator

from nmt_expert.model import words
from nmt_expert.model.difference import (
    BandChange,
    CameAndWent,
    Difference,
    FactorChange,
    FlagChange,
)
from nmt_expert.model.knowledge import KnowledgeBase

NOTHING = "Nothing changes."
NOT_DRAWN = "not drawn"
MOST_NAMED = 4
"""How many places or rules a sentence names before it only counts."""


def told(difference: Difference, kb: KnowledgeBase) -> tuple[str, ...]:
    """What is different, a sentence each: flags, cautions, plan, factors, reasons, questions."""
    lines = (
        *(_flag(change, kb) for change in difference.flags),
        *_both(difference.uncleared, kb, "Not cleared any more", "Cleared"),
        *_both(difference.cautions, kb, "Caution", "No longer a caution"),
        *_both(difference.focus, kb, "Comes into the plan", "Leaves the plan"),
        *_both(difference.withheld, kb, "Withheld", "No longer withheld"),
        *([f"Another order: {_named(difference.moved, kb)}."] if difference.moved else []),
        *(_factor(change, kb) for change in difference.factors),
        *(_conclusion(change, kb) for change in difference.conclusions),
        *_rules(difference.rules, kb),
        *_questions(difference.questions),
    )
    return lines or (NOTHING,)


def _flag(change: FlagChange, kb: KnowledgeBase) -> str:
    label = words.flag(kb, change.flag)
    now = words.URGENCY_WORDS[change.after] if change.after else ""
    was = words.URGENCY_WORDS[change.before] if change.before else ""
    if not was:
        return f"Raises {now}: {label}."
    return f"{label}: {was} becomes {now}." if now else f"Takes away {was}: {label}."


def _factor(change: FactorChange, kb: KnowledgeBase) -> str:
    parts = []
    if change.rank_before != change.rank_after:
        parts.append(f"rank {change.rank_before} to {change.rank_after}")
    if change.band_before != change.band_after:
        was, now = (words.BAND_WORDS[band] for band in (change.band_before, change.band_after))
        parts.append(f"{was} to {now}")
    return f"{kb.factors[change.factor].label}: {', '.join(parts)}."


def _conclusion(change: BandChange, kb: KnowledgeBase) -> str:
    was = words.BAND_WORDS[change.before] if change.before else NOT_DRAWN
    now = words.BAND_WORDS[change.after] if change.after else NOT_DRAWN
    return f"{words.drawn(kb, change.conclusion)}: {was} to {now}."


def _both(change: CameAndWent, kb: KnowledgeBase, came: str, went: str) -> Iterator[str]:
    for says, names in ((came, change.came), (went, change.went)):
        if names:
            yield f"{says}: {_named(names, kb)}."


def _named(names: tuple[str, ...], kb: KnowledgeBase) -> str:
    return _some(tuple(_name(name, kb) for name in names))


def _name(name: str, kb: KnowledgeBase) -> str:
    """A flag, a caution as ``caution@site``, or a place as ``site:side``."""
    caution, _, site = name.partition("@")
    if caution in kb.flags:
        label = words.flag(kb, caution)
        return f"{label} ({words.place(kb, site, None)})" if site else label
    return words.place_of_key(kb, name)


def _rules(change: CameAndWent, kb: KnowledgeBase) -> Iterator[str]:
    for says, rules in (("Now fires", change.came), ("No longer fires", change.went)):
        if rules:
            yield f"{says}: {_some(tuple(_title(rule, kb) for rule in rules))}."


def _title(rule: str, kb: KnowledgeBase) -> str:
    """A rule's title; its id when the knowledge base has it no longer."""
    return kb.rules[rule].title if rule in kb.rules else rule


def _questions(change: CameAndWent) -> Iterator[str]:
    for says, questions in (("Opens", change.came), ("Closes", change.went)):
        if questions:
            yield f"{says} {words.counted(len(questions), 'question')}."


def _some(names: tuple[str, ...]) -> str:
    named = "; ".join(name.rstrip(".") for name in dict.fromkeys(names[:MOST_NAMED]))
    more = len(names) - MOST_NAMED
    return f"{named}; and {more} more" if more > 0 else named
