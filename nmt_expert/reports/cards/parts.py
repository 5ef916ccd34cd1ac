"""Pieces that several cards are made of."""

from collections.abc import Iterable

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.document import Block, Bullets, Line, Section

Fact = tuple[str, object]


def facts(title: str, pairs: Iterable[Fact]) -> Section:
    """``Name: value`` lines; those without a value are left out."""
    lines = tuple(Line(f"{name}: {value}") for name, value in pairs if value not in (None, "", ()))
    return Section(title, (Bullets(lines),) if lines else ())


def listed(title: str, lines: Iterable[str]) -> Section:
    """One bullet a line; no section when there is none."""
    items = tuple(Line(line) for line in lines)
    blocks: tuple[Block, ...] = (Bullets(items),) if items else ()
    return Section(title, blocks)


def source_lines(kb: KnowledgeBase, keys: Iterable[str]) -> list[str]:
    """The citations behind plain source keys."""
    return [kb.sources[key].citation if key in kb.sources else key for key in keys]


def standing(grade: str, basis: str) -> str:
    """How well an entry stands, in the words the knowledge base uses."""
    return f"grade {grade}, basis {basis}"


def filled(*sections: Section) -> tuple[Section, ...]:
    """The sections that have something to say."""
    return tuple(section for section in sections if section.blocks)
