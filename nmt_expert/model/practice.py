"""A practice case: what the student reads, what examining reveals, and the key; ``nmt.practice/1``.

It is a client's case (``nmt.case/1``) with more keys, so that the engine reads it as any other.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator

from nmt_expert.model.base import Id, Record, SourceKey, Text
from nmt_expert.model.case import AnswerSide, Case, ExpectedConclusion, ExpectedReferral


class KeyFocus(Record):
    """A place that should be treated; any of ``technique`` is right there, or any at all."""

    site: Id
    side: AnswerSide | None = None
    technique: tuple[Id, ...] = ()


class Key(Record):
    """What a good reasoner ends in.

    ``factors`` is the ranking as far as it matters, the first first; factors written together in a
    list are equal, and either order of them is right. ``conclusions`` are those that carry it,
    ``referrals`` all that must be made, each at its urgency. Without ``focus`` nothing may be
    treated today.
    """

    factors: tuple[tuple[Id, ...], ...] = ()
    conclusions: tuple[ExpectedConclusion, ...] = ()
    focus: tuple[KeyFocus, ...] = ()
    referrals: tuple[ExpectedReferral, ...] = ()

    @field_validator("factors", mode="before")
    @classmethod
    def _one_factor_may_stand_alone(cls, data: Any) -> Any:
        if not isinstance(data, list | tuple):
            return data
        return tuple((one,) if isinstance(one, str) else one for one in data)


class Teaching(Record):
    """One thing to take home from a case, and the documents that say so."""

    says: Text
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]


class PracticeCase(Case):
    """A case to practise on.

    ``presentation`` is all that the student reads first; the answers stay hidden until they are
    asked for, and what is not listed is normal. ``level`` goes from 1 (plain) to 3 (competing
    explanations). ``differs`` says where the engine and the key part, and why; it must be given
    when they do, and only then.
    """

    # A practice case reads as a case does, under a format of its own: the one field that differs.
    schema_: Literal["nmt.practice/1"] = Field(alias="schema")  # type: ignore[assignment]
    otherwise: Literal["normal"] = "normal"
    presentation: Text
    level: Annotated[int, Field(ge=1, le=3)]
    region: Id
    topic: Id
    key: Key
    teaching: Annotated[tuple[Teaching, ...], Field(min_length=3, max_length=5)]
    differs: Text | None = None


class Topic(Record):
    """What an examination calls a group of cases."""

    id: Id
    label: Text


class Plausible(Record):
    """Of whom any of the findings can be true: of which sex, and between which ages in years."""

    findings: Annotated[tuple[Id, ...], Field(min_length=1)]
    sex: Literal["female", "male"] | None = None
    ages: tuple[int, int]


class Generated(Record):
    """How clients are made up: the share with a red flag, and how many findings are beside it.

    ``ages`` in years, where nothing else says how old; ``plausible`` keeps them possible;
    ``flag_topic`` is the topic of those with a flag, the others have their factor's. ``needs``
    keeps to the anatomy: a finding is only at a site from which that relation leads somewhere.
    """

    red_flag_share: Annotated[float, Field(ge=0, le=1)]
    beside: tuple[int, int]
    ages: tuple[int, int]
    flag_topic: Id
    needs: dict[Id, Id] = Field(default_factory=dict)
    plausible: tuple[Plausible, ...] = ()


class PracticeRules(Record):
    """What practice needs to know beyond the cases.

    ``minutes`` is what asking or examining costs, by kind of finding, with ``another`` for each
    further item of the same question; ``hints`` is what a hint costs by its level, in minutes.
    ``topics`` are what cases may be about, ``generated`` how clients are made up.
    """

    minutes: dict[str, float]
    another: float
    hints: tuple[float, float, float]
    topics: tuple[Topic, ...]
    generated: Generated
    basis: Literal["read", "recalled", "proposal", "tradition"]
    limits: Text


class PanelAnswer(Record):
    """What one supervisor answers to a script-concordance item, from -2 to +2, and why.

    ``item`` is the item's name, ``by`` initials or a code, ``date`` a day (ISO).
    """

    id: Id
    item: Annotated[str, StringConstraints(pattern=r"^sct-[0-9a-f]{10}$")]
    by: Text
    answer: Annotated[int, Field(ge=-2, le=2, strict=True)]
    because: Text
    date: Text
