"""``assess``: case files in, one report each out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.options import (
    DepthName,
    DepthOption,
    Format,
    JsonFlag,
    OutputOption,
    PlainFlag,
)
from nmt_expert.cli.output import emit
from nmt_expert.cli.setup import Setup, noted

if TYPE_CHECKING:
    from nmt_expert.model.assessment import Assessment

Files = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Case files; - is standard input.")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What to print.")]
ExitCodeFlag = Annotated[
    bool, typer.Option("--exit-code", help="End with 10 on an emergency or same-day referral.")
]
StockFlag = Annotated[
    bool, typer.Option("--stock", help="Use experta's own matcher; slower, the same result.")
]


def assess(
    ctx: typer.Context,
    files: Files,
    format: FormatOption = Format.text,
    json: JsonFlag = False,
    depth: DepthOption = DepthName.sentence,
    output: OutputOption = None,
    exit_code: ExitCodeFlag = False,
    plain: PlainFlag = False,
    stock: StockFlag = False,
) -> None:
    """Assess case files, one report a file.

    \b
    Examples:
      nmt-expert assess case.yml
      nmt-expert assess case.yml --depth tree
      nmt-expert assess first.yml second.yml --json -o results.json
      nmt-expert assess - < case.yml
    """
    assessments = _assessed(ctx.obj, files, stock)
    _print(ctx.obj, assessments, Format.json if json else format, depth, output, plain)
    if exit_code and any(_is_urgent(assessment) for assessment in assessments):
        raise typer.Exit(exit_codes.URGENT_REFERRAL)


def _assessed(setup: Setup, files: list[str], stock: bool) -> "list[Assessment]":
    from nmt_expert.assessment import assess as assess_case
    from nmt_expert.cli.cases import read_cases

    cases = read_cases(files, setup.kb)
    with noted("Reasoning"):
        engine = setup.engine("stock" if stock else "indexed")
        return [assess_case(case, setup.kb, engine) for case in cases]


def _print(
    setup: Setup,
    assessments: "list[Assessment]",
    format: Format,
    depth: DepthName,
    output: Path | None,
    plain: bool,
) -> None:
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json, build

    if format is Format.json:
        emit(as_json(assessments if len(assessments) > 1 else assessments[0]), output)
        return
    reports = [build(a, setup.kb, depth.value, setup.settings.country) for a in assessments]
    print_reports(reports, format, output, plain)


def _is_urgent(assessment: "Assessment") -> bool:
    return any(r.urgency in ("emergency", "same_day") for r in assessment.referrals)
