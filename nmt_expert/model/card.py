"""An entry of the knowledge base with what rests on it, as ``kb show --json`` prints it."""

from typing import Any, Literal

from pydantic import Field

from nmt_expert.model.base import Record


class CardRule(Record):
    """A rule that uses or draws the entry, and in words what it takes and what follows."""

    rule: str
    title: str
    role: str
    status: str
    says: str


class CardSource(Record):
    """A document behind the entry, and how much of it was read."""

    source: str
    citation: str
    where: str | None
    read: str


class CardSection(Record):
    """A titled part of the card as a person reads it, line by line."""

    title: str
    lines: tuple[str, ...]


class Card(Record):
    """One entry: ``entry`` is what its file says, ``place`` where; the rest is worked out."""

    kind: str
    id: str
    label: str
    place: str
    entry: dict[str, Any]
    rules: tuple[CardRule, ...]
    sources: tuple[CardSource, ...]
    sections: tuple[CardSection, ...]


class Cards(Record):
    """Everything that a name means; ``asked`` is the name."""

    schema_: Literal["nmt.cards/1"] = Field(default="nmt.cards/1", alias="schema")
    asked: str
    cards: tuple[Card, ...]
