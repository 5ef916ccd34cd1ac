"""``review verify`` and ``stats``: whether records are whole, and what all reviews say together."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import JsonFlag, OutputOption
from nmt_expert.cli.setup import Setup

if TYPE_CHECKING:
    from nmt_expert.review.queue import Review


class By(StrEnum):
    """Of whom scorecards are made."""

    all = "all"
    client = "client"
    student = "student"


def verify(ctx: typer.Context, json: JsonFlag = False) -> None:
    """Whether every record is what was written and signed; names each that was altered.

    \b
    Example:
      nmt-expert review verify
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.model.words import counted
    from nmt_expert.reports import as_json

    with opened(ctx.obj) as store:
        breaks, records = store.verify(), len(store.interviews())
    if json:
        emit(as_json(breaks))
    else:
        for one in breaks:
            print(f"{one.interview}{f', entry {one.n}' if one.n else ''}: {one.says}.")
        altered = len({one.interview for one in breaks})
        print(f"{counted(records, 'record')}: {altered or 'none'} altered.")
    if breaks:
        raise typer.Exit(exit_codes.FAILED)


def stats(
    ctx: typer.Context,
    by: Annotated[By, typer.Option(help="One scorecard, or one a client or student.")] = By.all,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of tables.")] = False,
    json: JsonFlag = False,
    output: OutputOption = None,
) -> None:
    """Scorecards: what reviewers say of each rule, how people and program agree.

    \b
    Examples:
      nmt-expert review stats
      nmt-expert review stats --by client --csv -o scorecards.csv
    """
    from nmt_expert.cli.options import Format
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.reviews import stats_csv, stats_report
    from nmt_expert.review.scorecards import by as grouped
    from nmt_expert.review.scorecards import scorecards

    setup: Setup = ctx.obj
    with opened(setup) as store:
        reviews = store.reviews.every()
    groups = {"": reviews} if by is By.all else grouped(reviews, _whose(by))
    cards = {of: scorecards(those, setup.kb.factors) for of, those in groups.items()}
    if json:
        emit(as_json(tuple(cards.values())), output)
    elif csv:
        emit(stats_csv(cards, setup.kb), output)
    else:
        shown = [stats_report(one, setup.kb, of) for of, one in cards.items()]
        print_reports(shown, Format.text, output)


def _whose(by: By) -> "Callable[[Review], str]":
    if by is By.student:
        return lambda one: one.student or ""
    return lambda one: one.client.code or ""
