"""``practice``: reason first, then see the difference."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import practice_drills, practice_panel
from nmt_expert.cli.options import JsonFlag, OutputOption, PlainFlag
from nmt_expert.cli.setup import Setup, noted

if TYPE_CHECKING:
    from nmt_expert.model.practice import PracticeCase

group = typer.Typer(
    help="Practise clinical reasoning on cases; alone it proposes one and begins.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
practice_drills.register(group)
practice_panel.register(group)
StudentOption = Annotated[
    str | None,
    typer.Option("--student", metavar="CODE", help="Your code; without it you are asked."),
]
NeededStudent = Annotated[
    str, typer.Option("--student", metavar="CODE", help="Whose; such as S-01.")
]
CasesOption = Annotated[
    Path | None,
    typer.Option("--cases", metavar="DIR", help="An instructor's own cases, beside the library."),
]
CaseName = Annotated[str, typer.Argument(metavar="CASE", help="The id of a case.")]


@group.callback()
def practice(
    ctx: typer.Context,
    student: StudentOption = None,
    plain: PlainFlag = False,
    cases: CasesOption = None,
) -> None:
    """Practise clinical reasoning on cases; alone it proposes one and begins.

    \b
    Examples:
      nmt-expert practice
      nmt-expert practice list
      nmt-expert practice resume --student S-01
    """
    if ctx.invoked_subcommand is None:
        raise typer.Exit(_hold(ctx.obj, student, plain, cases))
    if student or plain or cases:
        where = f"nmt-expert practice {ctx.invoked_subcommand} --help"
        raise typer.BadParameter(f"options stand behind the command; see: {where}")


@group.command("list")
def list_cases(ctx: typer.Context, cases: CasesOption = None, json: JsonFlag = False) -> None:
    """The cases there are; nothing of what they hold.

    \b
    Examples:
      nmt-expert practice list
      nmt-expert practice list --cases my_cases
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.practice.library import listed
    from nmt_expert.reports import as_json
    from nmt_expert.reports.practice import list_report

    found = listed(_library(ctx.obj, cases))
    if json:
        emit(as_json(found))
    else:
        print_reports([list_report(found, ctx.obj.kb)])


@group.command("play")
def play(
    ctx: typer.Context,
    case: CaseName,
    student: StudentOption = None,
    plain: PlainFlag = False,
    cases: CasesOption = None,
) -> None:
    """Play one case.

    \b
    Examples:
      nmt-expert practice play bookkeeper-temple-headache
      nmt-expert practice play my-own-case --cases my_cases
    """
    raise typer.Exit(_hold(ctx.obj, student, plain, cases, case))


@group.command("resume")
def resume(
    ctx: typer.Context,
    student: StudentOption = None,
    plain: PlainFlag = False,
    cases: CasesOption = None,
) -> None:
    """Go on with the case that was left last.

    \b
    Examples:
      nmt-expert practice resume
      nmt-expert practice resume --student S-01
    """
    raise typer.Exit(_hold(ctx.obj, student, plain, cases, resume=True))


@group.command("progress")
def progress(
    ctx: typer.Context,
    student: NeededStudent,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    json: JsonFlag = False,
    plain: PlainFlag = False,
    output: OutputOption = None,
) -> None:
    """What a student has met, used and missed, and what is due again.

    \b
    Examples:
      nmt-expert practice progress --student S-01
      nmt-expert practice progress --student S-01 --csv -o s01.csv
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.practice.memory import standings
    from nmt_expert.records.practised import PracticeBook
    from nmt_expert.reports import as_json
    from nmt_expert.reports.practice import progress_csv, progress_report

    now, kb = datetime.now(UTC), ctx.obj.kb
    with opened(ctx.obj) as store:
        remembered = PracticeBook(store.database, student).remembered()
    found = standings(remembered, now)
    if json:
        emit(as_json(found), output)
    elif csv:
        emit(progress_csv(found, kb, student), output)
    else:
        print_reports([progress_report(found, kb, student, now)], output=output, plain=plain)


def _hold(
    setup: Setup,
    student: str | None,
    plain: bool,
    cases: Path | None,
    case: str | None = None,
    *,
    resume: bool = False,
) -> int:
    from nmt_expert.cli.opening import opened
    from nmt_expert.terminal.practice import NO_TERMINAL, WHAT, Classroom, run
    from nmt_expert.terminal.streams import Streams

    streams = Streams()
    streams.need_terminal(WHAT, NO_TERMINAL)
    found = _library(setup, cases)
    with opened(setup) as store:
        room = Classroom(setup.kb, setup.engine(), store, found, lambda: datetime.now(UTC))
        return run(room, streams, student=student, plain=plain, case=case, resume=resume)


def _library(setup: Setup, cases: Path | None) -> tuple["PracticeCase", ...]:
    from nmt_expert.practice.library import library

    with noted("Reading the cases"):
        settings = setup.settings
        return library(setup.kb, settings.knowledge_base, settings.overlay, cases)
