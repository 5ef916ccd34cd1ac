"""``review progress``: how students stand, as a supervisor sees it."""

from typing import Annotated

import typer

from nmt_expert.cli.confirming import now
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import JsonFlag, OutputOption, PlainFlag
from nmt_expert.cli.setup import Setup


def progress(
    ctx: typer.Context,
    student: Annotated[
        str | None, typer.Argument(metavar="[STUDENT]", help="One student's code; else all.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    json: JsonFlag = False,
    plain: PlainFlag = False,
    output: OutputOption = None,
) -> None:
    """What students have seen, used and missed: everybody in a line, or one by rule and topic.

    \\b
    Examples:
      nmt-expert review progress
      nmt-expert review progress S-01
      nmt-expert review progress --csv -o progress.csv
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.model.moments import moment
    from nmt_expert.practice.memory import Progress, standings
    from nmt_expert.reports import as_json
    from nmt_expert.reports.practice import progress_report
    from nmt_expert.reports.progress import class_csv, class_report

    setup: Setup = ctx.obj
    at, kb = moment(now()), setup.kb
    with opened(setup) as store:
        codes = store.attempts.students() if student is None else (student,)
        remembered = {code: store.attempts.remembered(code) for code in codes}
    found = tuple(
        Progress(student=code, standings=standings(those, at)) for code, those in remembered.items()
    )
    if json:
        emit(as_json(found), output)
    elif csv:
        emit(class_csv(found, kb), output)
    elif student is None:
        print_reports([class_report(found, kb, at)], output=output, plain=plain)
    else:
        shown = progress_report(found[0].standings, kb, student, at)
        print_reports([shown], output=output, plain=plain)
