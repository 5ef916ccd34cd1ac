"""What the commands of a review share: who reviews, and where what is meant is kept."""

from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.setup import Setup
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import Fault

if TYPE_CHECKING:
    from nmt_expert.records import Reviews, Store
    from nmt_expert.records.attempt_reviews import AttemptReviews

RecordId = Annotated[
    str, typer.Argument(metavar="ID", help="A record, or a student's attempt; see: review queue")
]
NameOption = Annotated[
    str | None, typer.Option("--name", help="Your name; else the setting reviewer.")
]
QualificationOption = Annotated[
    str | None, typer.Option(help="Your qualification; else the setting of that name.")
]


def reviews_with(store: "Store", id: str) -> "Reviews | AttemptReviews":
    """The part of the store that keeps it: client records or attempts, which never mix."""
    from nmt_expert.records.attempt_reviews import is_attempt

    return store.attempts if is_attempt(id) else store.reviews


def reviewer(setup: Setup, name: str | None) -> str:
    """Who reviews.

    Raises:
        WrongUsage: nobody said so.
    """
    return _needed(name or setup.settings.reviewer, "--name", "reviewer", "Jane Doe")


def qualified(setup: Setup, qualification: str | None) -> str:
    """With what qualification.

    Raises:
        WrongUsage: nobody said so.
    """
    told = qualification or setup.settings.qualification
    return _needed(told, "--qualification", "qualification", "Licensed massage therapist")


def _needed(told: str | None, option: str, setting: str, example: str) -> str:
    if told and any(letter.isalpha() for letter in told):
        return told
    fault = Fault(
        place="nmt-expert review",
        says=f"a review needs your {setting if setting != 'reviewer' else 'name'}",
        consequence="Nothing was done.",
        remedy=f"Add {option}, or for good: nmt-expert settings set {setting} '{example}'",
    )
    raise WrongUsage(str(fault))
