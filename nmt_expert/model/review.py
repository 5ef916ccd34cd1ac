"""What people sign: rules of the knowledge base, and why they disagree with a result."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from nmt_expert.model.base import Id, Record, Text

Kind = Literal["conclusion", "focus", "flag", "remark"]
"""What a reviewer's remark may be about; the last is one of the process score of practice."""

Verdict = Literal["agree", "override", "unsure"]
"""What a reviewer thinks of one result."""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a date such as 2026-11-20") from None


Day = Annotated[str, AfterValidator(_day)]
"""A date as 2026-11-20."""


def _with_letters(text: str) -> str:
    if not any(sign.isalpha() for sign in text):
        raise ValueError(f"{text!r} has no letters in it")
    return text


Words = Annotated[
    str,
    StringConstraints(min_length=2, max_length=200, strip_whitespace=True),
    AfterValidator(_with_letters),
]
"""A name or a qualification: it has letters in it."""


class RuleSignature(Record):
    """A named, qualified person's signature under one version of a rule, on a day."""

    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    name: Words
    qualification: Words
    date: Day
    words: Text | None = None


class RuleReview(Record):
    """Every signature under one rule, oldest first; those under other versions are history."""

    rule: str
    signed: tuple[RuleSignature, ...]

    def of_version(self, version: str) -> tuple[RuleSignature, ...]:
        """The signatures that hold for a version of the rule."""
        return tuple(one for one in self.signed if one.version == version)


class ReviewReason(Record):
    """A coded reason for not agreeing: what it may be said about, and what it means.

    ``needs_words`` says that the code alone would tell nobody anything. ``expects`` is what a case
    file made of an override holds the rules to: that the result is absent; that it is present; only
    what the reviewer puts in its place; or nothing, where the rules did what they should.
    """

    id: Id
    label: Text
    about: tuple[Kind, ...]
    means: Text
    needs_words: bool = False
    expects: Literal["absent", "present", "instead", "nothing"] = "absent"
