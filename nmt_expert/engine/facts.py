"""What stands in the working memory, and the plain tokens by which a trace speaks of it.

A finding, candidate or band on a side is held twice: with its side (``Sided``), for conditions that
bind ``$side``, and without (``Anywhere``), for conditions that do not ask. A fact that has no side
matches either one, so it is held for both.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from nmt_expert.engine.library import Fact
from nmt_expert.model.base import SIDES, Side, opposite
from nmt_expert.model.knowledge import KnowledgeBase

What = Literal["finding", "candidate", "band"]


class TextFact(Fact):
    """A fact whose fields are all text, so that experta need not freeze each of them."""

    def __init__(self, **fields: object) -> None:
        super().__init__()
        dict.update(self, fields)

    def __str__(self) -> str:
        """A word for experta's log, which asks for it at every firing whether it is kept or not."""
        return type(self).__name__

    @cached_property
    def token(self) -> "Token":
        """The fact in the trace's words."""
        return token_of(self)


class Sided(TextFact):
    """``what``, ``name``, ``site``, ``site_kind``, ``side``, ``other``, ``value``."""


class Anywhere(TextFact):
    """``what``, ``name``, ``site``, ``site_kind``, ``value``: whatever the side."""


class Link(TextFact):
    """A relation of the anatomy: ``name``, ``start``, ``start_kind``, ``end``, ``end_kind`` …"""


class Known(NamedTuple):
    """A finding's value, a candidate (value ``drawn``) or a band word, as the caller states it."""

    what: What
    name: str
    site: str | None
    side: Side | None
    value: str


class FactToken(NamedTuple):
    """One fact in the trace's words; ``side`` is ``any`` when the condition did not ask."""

    what: What
    name: str
    site: str
    side: str
    value: str


class LinkToken(NamedTuple):
    """One relation in the trace's words."""

    relation: str
    start: str
    end: str
    kind: str
    side: str


Token = FactToken | LinkToken


def token_of(fact: Fact) -> Token:
    """The token for a fact that experta matched."""
    if isinstance(fact, Link):
        return LinkToken(fact["name"], fact["start"], fact["end"], fact["kind"], fact["side"])
    side = fact["side"] if isinstance(fact, Sided) else "any"
    return FactToken(fact["what"], fact["name"], fact["site"], side, fact["value"])


def tokens_of(known: Known, kb: KnowledgeBase) -> tuple[FactToken, ...]:
    """Every token that ``known`` stands for: its sides, and for findings the regions around it.

    Only a present (or otherwise named) value spreads to regions: no pain at the temple says nothing
    of the rest of the head. Nothing but the anatomy counts, so each is worked out once.
    """
    made: dict[Known, tuple[FactToken, ...]] = kb.derived.setdefault("tokens", {})
    if known not in made:
        made[known] = tuple(_tokens(known, kb))
    return made[known]


def _tokens(known: Known, kb: KnowledgeBase) -> Iterator[FactToken]:
    sites = [known.site or ""]
    if known.what == "finding" and known.site and known.value != "absent":
        sites += sorted(
            a for a in kb.ancestors.get(known.site, ()) if kb.sites[a].kind in ("region", "group")
        )
    sides: tuple[Side, ...] = (known.side,) if known.side else SIDES
    for site in sites:
        yield FactToken(known.what, known.name, site, "any", known.value)
        for side in sides:
            yield FactToken(known.what, known.name, site, side, known.value)


def fact_of(token: FactToken, kb: KnowledgeBase) -> TextFact:
    """The experta fact for a token."""
    common = {
        "what": token.what,
        "name": token.name,
        "site": token.site,
        "site_kind": kb.sites[token.site].kind if token.site else "",
        "value": token.value,
    }
    if token.side == "any":
        return Anywhere(**common)
    side: Side = "left" if token.side == "left" else "right"
    return Sided(side=side, other=opposite(side), **common)


def links(kb: KnowledgeBase) -> Iterator[Fact]:
    """Every relation of the anatomy as an experta fact, declared once and kept."""
    for relation in kb.relations:
        yield Link(
            name=relation.relation,
            start=relation.from_,
            start_kind=kb.sites[relation.from_].kind,
            end=relation.to,
            end_kind=kb.sites[relation.to].kind,
            kind=relation.kind or "",
            side=relation.side,
        )


class Facts:
    """The experta facts of what a caller states, each made once, so that the same is the same."""

    def __init__(self, kb: KnowledgeBase, matter: Callable[[FactToken], bool]) -> None:
        self._kb = kb
        self._matter = matter
        self._made: dict[FactToken, TextFact] = {}
        self._stated: dict[Known, tuple[TextFact, ...]] = {}

    def of(self, known: Known) -> tuple[TextFact, ...]:
        """Every fact that ``known`` stands for and that matters to some condition."""
        if known not in self._stated:
            tokens = [token for token in tokens_of(known, self._kb) if self._matter(token)]
            self._stated[known] = tuple([self._fact(token) for token in tokens])
        return self._stated[known]

    def _fact(self, token: FactToken) -> TextFact:
        if token not in self._made:
            self._made[token] = fact_of(token, self._kb)
        return self._made[token]
