"""``review verify`` and ``stats``: whether records are whole, and what all reviews say together."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import JsonFlag, OutputOption
from nmt_expert.cli.setup import Setup, noted

if TYPE_CHECKING:
    from nmt_expert.model.knowledge import KnowledgeBase
    from nmt_expert.review.attempts import AttemptReview
    from nmt_expert.review.queue import Review
    from nmt_expert.review.scorecards import Scorecards


class By(StrEnum):
    """Of whom scorecards are made."""

    all = "all"
    client = "client"
    student = "student"
    case = "case"


def verify(ctx: typer.Context, json: JsonFlag = False) -> None:
    """Whether every record and attempt is what was written and signed; names what was altered.

    \b
    Example:
      nmt-expert review verify
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.model.words import counted
    from nmt_expert.reports import as_json

    with opened(ctx.obj) as store:
        breaks, records = store.verify(), len(store.interviews())
        attempts = len(store.attempts.names())
    if json:
        emit(as_json(breaks))
    else:
        for one in breaks:
            print(f"{one.interview}{f', entry {one.n}' if one.n else ''}: {one.says}.")
        altered = len({one.interview for one in breaks})
        seen = f"{counted(records, 'record')}, {counted(attempts, 'attempt')}"
        print(f"{seen}: {altered or 'none'} altered.")
    if breaks:
        raise typer.Exit(exit_codes.FAILED)


def stats(
    ctx: typer.Context,
    by: Annotated[
        By, typer.Option(help="One scorecard, or one for each client, student or practice case.")
    ] = By.all,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of tables.")] = False,
    json: JsonFlag = False,
    output: OutputOption = None,
) -> None:
    """Scorecards: of rules, of people and program, of reviewers, of students and cases.

    \b
    Examples:
      nmt-expert review stats
      nmt-expert review stats --by student
      nmt-expert review stats --by client --csv -o scorecards.csv
    """
    from nmt_expert.cli.options import Format
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.scorecards import stats_csv, stats_report

    setup: Setup = ctx.obj
    with opened(setup) as store, noted("Reading what was reviewed"):
        reviews, attempts = store.reviews.every(), store.attempts.every()
    cards = _grouped(by, reviews, attempts, setup.kb)
    if json:
        emit(as_json(cards), output)
    elif csv:
        emit(stats_csv(cards), output)
    else:
        shown = [stats_report(one, setup.kb) for one in cards]
        print_reports(shown, Format.text, output)


def _grouped(
    by: By,
    reviews: "Sequence[Review]",
    attempts: "Sequence[AttemptReview]",
    kb: "KnowledgeBase",
) -> "tuple[Scorecards, ...]":
    """A scorecard of each client, student or case; or one of all of it."""
    from nmt_expert.review.scorecards import by as grouped
    from nmt_expert.review.scorecards import scorecards

    if by is By.all:
        return (scorecards(reviews, kb.factors, attempts),)
    if by is By.client:
        clients = grouped(reviews, lambda one: one.whose).items()
        return tuple(scorecards(those, kb.factors, of=of) for of, those in clients)
    practised = grouped(attempts, lambda one: one.student if by is By.student else one.case.id)
    return tuple(scorecards((), kb.factors, those, of) for of, those in practised.items())
