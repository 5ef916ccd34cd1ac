"""``records search``, ``verify``, ``doctor``: find interviews; is everything what was written."""

from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.options import JsonFlag

if TYPE_CHECKING:
    from nmt_expert.records import Break
    from nmt_expert.records.doctor import Check
    from nmt_expert.reports import Report

Words = Annotated[
    list[str], typer.Argument(metavar="WORD...", help="Parts of words; all of them must occur.")
]


def search(ctx: typer.Context, words: Words, json: JsonFlag = False) -> None:
    """Interviews in which every word occurs: told, noted, found or concluded.

    \b
    Examples:
      nmt-expert records search headache temple
      nmt-expert records search C-001 "upper trapezius"
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.cli.setup import counted
    from nmt_expert.records import care
    from nmt_expert.reports import as_json
    from nmt_expert.reports.stored import stored_list

    with opened(ctx.obj) as store, counted("Reading", after=1.0) as told:
        found = care.find(store, words, told)
    if json:
        emit(as_json(found))
    elif found:
        print_reports([stored_list(found)])
    else:
        print("No interview holds all of these words.")


def verify(ctx: typer.Context, json: JsonFlag = False) -> None:
    """Whether every record is what was written; names every break, and ends with 5 then.

    \b
    Example:
      nmt-expert records verify
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.setup import noted
    from nmt_expert.reports import as_json

    with opened(ctx.obj) as store, noted("Checking every entry"):
        breaks = store.verify()
        count = len(store.interviews())
    if json:
        emit(as_json(breaks))
    else:
        print("\n".join(map(_told, breaks)) or f"{count} interviews: every entry is whole.")
    if breaks:
        raise typer.Exit(exit_codes.RECORD_STORE)


def doctor(ctx: typer.Context, json: JsonFlag = False) -> None:
    """Look the store over: modes, space, log, pages, locks, version; ends with 5 if not well.

    On a server: how records travel, what survives a power cut, what the log tells, your role.

    \b
    Example:
      nmt-expert records doctor
    """
    from nmt_expert.cli.confirming import now
    from nmt_expert.cli.opening import secret_of
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.records.doctor import examine
    from nmt_expert.records.server_doctor import examine_server
    from nmt_expert.reports import as_json

    settings = ctx.obj.settings
    if settings.database_url is not None:
        checks = examine_server(settings.database_url, now())
    else:
        checks = examine(settings.data_folder, now(), secret_of(ctx.obj))
    if json:
        emit(as_json(checks))
    else:
        print_reports([_examined(checks)])
    if any(check.state == "wrong" for check in checks):
        raise typer.Exit(exit_codes.RECORD_STORE)


def _told(one: "Break") -> str:
    where = f"interview {one.interview}" + (f", entry {one.n}" if one.n else "")
    return f"{where}: {one.says}."


def _examined(checks: "tuple[Check, ...]") -> "Report":
    from nmt_expert.reports.document import Line, Report, Section, Table

    wrong = sum(check.state == "wrong" for check in checks)
    head = Line(f"{wrong} things are not well" if wrong else "The record store is well.")
    rows = tuple(
        tuple(Line(cell) for cell in (one.what, one.state, one.says, one.remedy)) for one in checks
    )
    table = Table(("what", "state", "found", "what to do"), rows)
    return Report(head, (Section("", (table,)),))
