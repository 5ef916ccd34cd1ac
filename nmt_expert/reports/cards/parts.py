"""Pieces that several cards are made of."""

import re
from collections.abc import Iterable, Sequence

from nmt_expert.model.base import Basis, Grade
from nmt_expert.model.knowledge import KnowledgeBase, Source
from nmt_expert.model.rule import Citation, Rule
from nmt_expert.model.words import counted
from nmt_expert.reports.document import Block, Bullets, Line, Paragraph, Section

_SLOT = re.compile(r"\{(\w+)\}")
Fact = tuple[str, object]
GRADES: dict[Grade, str] = {
    "A": "A (review)",
    "B": "B (study)",
    "C": "C (consensus)",
    "D": "D (teaching)",
    "X": "X (disputed)",
    "not recorded": "not recorded",
}
BASES: dict[Basis, str] = {
    "read": "a cited source was read",
    "recalled": "from memory, no document was read",
    "proposal": "our own proposal",
    "tradition": "teaching without a study",
}
READ = {
    "full": "read in full",
    "abstract": "abstract read",
    "opening": "opening read",
    "excerpt": "excerpt read",
    "recalled": "from memory, not read",
    "not recorded": "reading not recorded",
}
"""How much of a source was read, in words."""
NO_SOURCE = "No source is recorded."
MOST_SOURCES = 10


def facts(title: str, pairs: Iterable[Fact]) -> Section:
    """``Name: value`` lines; those without a value are left out."""
    lines = tuple(Line(f"{name}: {value}") for name, value in pairs if value not in (None, "", ()))
    return Section(title, (Bullets(lines),) if lines else ())


def listed(title: str, lines: Iterable[str], at_most: int | None = None) -> Section:
    """One bullet a line, no section when there is none; after ``at_most`` only their number."""
    told = list(dict.fromkeys(lines))
    shown = told if at_most is None else told[:at_most]
    shown += [f"and {len(told) - len(shown)} more"] if len(told) > len(shown) else []
    blocks: tuple[Block, ...] = (Bullets(tuple(map(Line, shown))),) if shown else ()
    return Section(title, blocks)


def paragraph(title: str, text: str | None) -> Section:
    """A sentence or two under a title; no section when there is no text."""
    return Section(title, (Paragraph(Line(text)),) if text else ())


def sources(kb: KnowledgeBase, keys: Iterable[str]) -> Section:
    """The documents behind plain source keys, and how much of each was read."""
    told = [source_line(kb.sources[key]) for key in keys]
    return listed("Sources", told or [NO_SOURCE], MOST_SOURCES)


def sources_of_rules(kb: KnowledgeBase, rules: Sequence[Rule]) -> Section:
    """The documents behind rules, the one most rules cite first."""
    return listed("Sources", _most_cited(kb, rules) or [NO_SOURCE], MOST_SOURCES)


def source_line(source: Source) -> str:
    """``Author. Title. Journal (abstract read)``."""
    return f"{source.citation.rstrip('.')} ({READ[source.read]})"


def citation_line(kb: KnowledgeBase, citation: Citation) -> str:
    """A citation of a rule: the document, where in it, how much was read, what it says."""
    source = kb.sources[citation.source]
    where = "" if citation.locator == "not recorded" else f", {citation.locator}"
    read = READ["recalled" if citation.recalled else source.read]
    says = f": {citation.says}" if citation.says else ""
    return f"{source.citation.rstrip('.')}{where} ({read}){says}"


def standing(grade: Grade, basis: Basis) -> list[Fact]:
    """How well an entry stands."""
    return [("Grade", GRADES[grade]), ("Basis", BASES[basis])]


def review(rules: Sequence[Rule]) -> Fact:
    """How many of the rules that use an entry a qualified person has signed."""
    drafts = sum(rule.status == "draft" for rule in rules)
    if not rules:
        return ("Review", "no rule names it")
    told = counted(len(rules), "rule names it", "rules name it")
    return ("Review", f"{told}, {drafts} unreviewed")


def rule_names(rules: Sequence[Rule]) -> Fact:
    """Where to read on: the ids of the rules, or how to list them when they are many."""
    if len(rules) > MOST_SOURCES:
        return ("Rules", f"{len(rules)}; --json lists their ids")
    return ("Rules", ", ".join(rule.id for rule in rules))


def without_slots(text: str) -> str:
    """A text with the kind of thing that each slot stands for: ``stretch the muscle``."""
    return _SLOT.sub(r"\1", text)


def filled(*sections: Section) -> tuple[Section, ...]:
    """The sections that have something to say."""
    return tuple(section for section in sections if section.blocks)


def _most_cited(kb: KnowledgeBase, rules: Sequence[Rule]) -> list[str]:
    keys = [citation.source for rule in rules for citation in rule.sources]
    once = sorted(dict.fromkeys(keys), key=lambda key: -keys.count(key))
    return [source_line(kb.sources[key]) for key in once]
