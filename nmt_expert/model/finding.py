"""What may be asked: a finding has a finite set of values, so everything about it is computable."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from nmt_expert.model.base import Basis, Id, Record, SourceKey, Text
from nmt_expert.model.site import SiteKind

FindingKind = Literal[
    "symptom",
    "history",
    "lifestyle",
    "posture",
    "movement",
    "palpation",
    "test",
    "measure",
    "red_flag",
]
NON_ANSWERS: tuple[str, ...] = ("unknown", "not_examined", "not_applicable", "later")
"""Answers that assert nothing; never values of a finding."""


class Bands(Record):
    """Named bands over a number: lower bound included, upper excluded; they cover min to max."""

    unit: Text
    min: float
    max: float
    bands: dict[Id, tuple[float, float]]
    source: SourceKey
    date: str

    def band_of(self, number: float) -> str | None:
        """The band that holds ``number``, or None when it is out of range."""
        if not self.min <= number <= self.max:
            return None
        for name, (low, high) in self.bands.items():
            if low <= number < high:
                return name
        return None


class Finding(Record):
    """One question's subject: where it applies, what it may be, how it is asked and examined."""

    id: Id
    label: Text
    kind: FindingKind
    site: tuple[SiteKind, ...] = ()
    sided: Literal["site", True, False] = False
    values: tuple[Id, ...] = ("present", "absent")
    labels: dict[Id, Text] = Field(default_factory=dict)
    normal: Id = "absent"
    unremarkable: tuple[Id, ...] = ()
    """Other values that call for nothing, but are told apart from ``normal``."""
    number: Bands | None = None
    asked_of: Literal["client", "therapist"]
    question: Text
    help: Text | None = None
    terse: Text | None = None
    short: Annotated[str, StringConstraints(min_length=1, max_length=4)] | None = None
    synonyms: tuple[Text, ...] = ()
    unsure: bool = True
    contradicts: tuple[Id, ...] = ()
    use: Literal["rules", "outcome"] = "rules"
    sources: tuple[SourceKey, ...] = ()
    basis: Basis

    @model_validator(mode="before")
    @classmethod
    def _one_kind_may_stand_alone(cls, data: object) -> object:
        if isinstance(data, dict):
            data = dict(data)
            if isinstance(data.get("site"), str):
                data["site"] = (data["site"],)
            if "number" in data and "values" not in data:
                bands = data["number"]
                if isinstance(bands, dict) and isinstance(bands.get("bands"), dict):
                    data["values"] = tuple(bands["bands"])
        return data

    @property
    def yes_or_no(self) -> bool:
        """Whether it is answered present or absent, and so fits a checklist."""
        return self.values == ("present", "absent")

    def value_label(self, value: str) -> str:
        """The words a person reads for ``value``."""
        return self.labels.get(value, value.replace("_", " "))
