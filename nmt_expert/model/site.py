"""Places and what holds between them: zones, muscles, nerves, patterns, and their relations."""

from typing import Literal

from pydantic import Field

from nmt_expert.model.base import Basis, Grade, Id, Record, SourceKey, Text
from nmt_expert.model.body_chart import ChartPlace

SiteKind = Literal[
    "zone", "region", "group", "muscle", "nerve", "joint", "tendon", "pattern", "fault", "exposure"
]
VARIABLE_KINDS: dict[str, tuple[SiteKind, ...]] = {
    "$muscle": ("muscle",),
    "$zone": ("zone",),
    "$nerve": ("nerve",),
    "$pattern": ("pattern",),
    "$fault": ("fault",),
    "$exposure": ("exposure",),
    "$joint": ("joint",),
    "$tendon": ("tendon",),
    "$region": ("region",),
    "$key": ("muscle", "nerve"),
}
"""Variables are typed by their name; ``$key`` is a second muscle or nerve."""


class Site(Record):
    """One card of ``knowledge/anatomy``: a place, or a closed list's entry that rules speak of.

    ``story`` is what clients report of a muscle; ``advice`` belongs to exposures, ``screen`` to
    movement faults, ``seen_as`` to posture patterns, ``area``, ``motor``, ``refer_if`` to nerves.
    """

    id: Id
    kind: SiteKind
    label: Text
    sided: bool
    part_of: tuple[Id, ...] = ()
    synonyms: tuple[Text, ...] = ()
    story: Text | None = None
    mimics: tuple[Text, ...] = ()
    causes: tuple[Text, ...] = ()
    note: Text | None = None
    advice: Text | None = None
    screen: Text | None = None
    seen_as: Text | None = None
    area: Text | None = None
    motor: Text | None = None
    refer_if: Text | None = None
    chart: ChartPlace | None = None
    grade: Grade = "not recorded"
    basis: Basis = "proposal"
    sources: tuple[SourceKey, ...] = ()


class RelationRow(Record):
    """Every pair of ``from`` and ``to``; ``side: other`` holds across the mid-line."""

    from_: tuple[Id, ...] = Field(alias="from")
    to: tuple[Id, ...]
    kind: Id | None = None
    side: Literal["same", "other"] = "same"
    basis: Basis
    grade: Grade = "not recorded"
    sources: tuple[SourceKey, ...] = ()
    note: Text | None = None


class RelationTable(Record):
    """One file of ``knowledge/relations``: what the relation means and all its rows.

    ``reads`` are the words that lead from the first place to the second on a card, ``reads_back``
    those from the second to the first.
    """

    relation: Id
    from_: tuple[SiteKind, ...] = Field(alias="from")
    to: tuple[SiteKind, ...]
    kinds: tuple[Id, ...] = ()
    means: Text
    reads: Text | None = None
    reads_back: Text | None = None
    rows: tuple[RelationRow, ...]


class Relation(Record):
    """One pair that holds: ``upper_trapezius refers_to temple``, kind ``essential``."""

    relation: Id
    from_: Id = Field(alias="from")
    to: Id
    kind: Id | None = None
    side: Literal["same", "other"] = "same"
