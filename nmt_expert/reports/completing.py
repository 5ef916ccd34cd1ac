"""What a half-typed question may go on with: commands, ids, places, sides, values."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nmt_expert.assessment.how import names
from nmt_expert.assessment.subject import Subject
from nmt_expert.kb.lookup import label_of
from nmt_expert.kb.search import best
from nmt_expert.model.base import Record
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase

MOST = 12
"""How many suggestions a person can look through."""
SIDES = ("left", "right", "both")


class Suggestion(NamedTuple):
    """A text that may stand in place of the last ``replaces`` characters, and what it is."""

    text: str
    replaces: int
    label: str


def suggestions(line: str, subject: Subject, commands: Iterable[str]) -> list[Suggestion]:
    """The likeliest ways to go on with a line, the closest first."""
    command, space, rest = line.partition(" ")
    if not space:
        fitting = (one for one in commands if one.startswith(command))
        return [Suggestion(one, len(command), "") for one in fitting]
    match command:
        case "how":
            return _places_of(rest) or _named(rest, list(_of_result(subject)))
        case "why-not":
            name, colon, where = rest.partition(":")
            found = _where(where, subject.kb) if colon else None
            return found or _named(name, list(_of_knowledge(subject.kb)))
        case "what-if":
            return _answer(rest.rpartition(" ")[2], subject.kb)
    return []


def _answer(word: str, kb: KnowledgeBase) -> list[Suggestion]:
    """``finding``, then ``@site``, then ``:side``, then ``=value``."""
    where, equals, value = word.partition("=")
    name, at, place = where.partition("@")
    if equals:
        finding = kb.findings.get(name.partition(":")[0])
        values = (*finding.values, *NON_ANSWERS) if finding else ()
        return [Suggestion(one, len(value), "") for one in values if one.startswith(value)]
    if at:
        return _where(place, kb, kb.findings[name].site if name in kb.findings else ())
    return _named(name, [(id, finding.label) for id, finding in kb.findings.items()])


def _where(text: str, kb: KnowledgeBase, kinds: tuple[str, ...] = ()) -> list[Suggestion]:
    """A place, or behind it a side."""
    site, colon, side = text.partition(":")
    if colon:
        return [Suggestion(one, len(side), "") for one in SIDES if one.startswith(side)]
    sites = (each for each in kb.sites.values() if not kinds or each.kind in kinds)
    return _named(site, [(each.id, each.label) for each in sites])


def _places_of(rest: str) -> list[Suggestion]:
    """The side behind a place."""
    name, colon, side = rest.rpartition(":")
    known = colon and any(one.startswith(side) for one in SIDES) and side
    return [Suggestion(one, len(side), name) for one in SIDES if known and one.startswith(side)]


def _named(text: str, entries: list[tuple[str, str]]) -> list[Suggestion]:
    if not text:
        return [Suggestion(id, 0, label) for id, label in entries[:MOST]]
    found = best(text, entries, lambda entry: entry)
    return [Suggestion(id, len(text), label) for id, label in found[:MOST]]


def _of_result(subject: Subject) -> Iterator[tuple[str, str]]:
    words = subject.assessment.words
    for name in names(subject.assessment):
        parts = [words.get(part, part) for part in name.split(":")]
        yield name, ", ".join(parts)


def _of_knowledge(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    tables: tuple[dict[str, Record], ...] = tuple(
        dict(table)
        for table in (kb.factors, kb.conclusions, kb.flags, kb.techniques, kb.sites, kb.rules)
    )
    for table in tables:
        yield from ((id, label_of(record, id)) for id, record in table.items())
