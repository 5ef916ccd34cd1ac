"""What all records share: they are frozen and refuse keys nobody declared."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
"""A lower_snake_case name that never changes once published."""

SourceKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""The key of a source in ``knowledge/sources.yml``."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")

Grade = Literal["A", "B", "C", "D", "X", "not recorded"]
"""How well a statement is supported: A review, B study, C consensus, D teaching, X disputed."""

Basis = Literal["read", "recalled", "proposal", "tradition"]
"""How a statement stands: a source was read, recalled only, proposed here, or web tradition."""

Urgency = Literal["emergency", "same_day", "soon", "routine"]
URGENCIES: tuple[Urgency, ...] = ("emergency", "same_day", "soon", "routine")
"""Most urgent first."""
URGENT: tuple[Urgency, ...] = ("emergency", "same_day")
"""Those that cannot wait for another day."""

Strength = Literal["decisive", "hallmark", "strong", "moderate", "weak"]
"""Strongest first; ``decisive`` speaks only against, and nothing outweighs it."""
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
Band = Literal["strong", "moderate", "weak", "not_supported"]
BANDS: tuple[Band, ...] = ("strong", "moderate", "weak")
"""The supported bands, highest first."""


def opposite(side: Side) -> Side:
    """The other side of the body."""
    return "left" if side == "right" else "right"


class Record(BaseModel):
    """A value: frozen, strict about its keys, compared by content."""

    model_config = ConfigDict(frozen=True, extra="forbid")
