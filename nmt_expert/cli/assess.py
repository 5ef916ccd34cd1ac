"""``assess``: case files in, one report each out."""

from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.documents import Wanted, print_documents
from nmt_expert.cli.options import (
    Format,
    FormatOption,
    JsonFlag,
    OutputOption,
    PlainFlag,
    Reader,
    ReaderOption,
    TraceFlag,
    UnfoldFlag,
    WantedDepthOption,
)
from nmt_expert.cli.setup import Setup, noted

if TYPE_CHECKING:
    from nmt_expert.model.assessment import Assessment

Files = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Case files; - is standard input.")
]
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
    depth: WantedDepthOption = None,
    reader: ReaderOption = Reader.therapist,
    trace: TraceFlag = False,
    unfold: UnfoldFlag = False,
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
      nmt-expert assess case.yml --format html --trace -o report.html
      nmt-expert assess case.yml --for client --format html -o copy.html
      nmt-expert assess first.yml second.yml --json -o results.json
      nmt-expert assess - < case.yml
    """
    assessments = _assessed(ctx.obj, files, stock)
    chosen = Format.json if json else format
    print_documents(
        ctx.obj, assessments, Wanted(chosen, depth, reader, trace, unfold, output, plain)
    )
    if exit_code and any(_is_urgent(assessment) for assessment in assessments):
        raise typer.Exit(exit_codes.URGENT_REFERRAL)


def _assessed(setup: Setup, files: list[str], stock: bool) -> "list[Assessment]":
    from nmt_expert.assessment import assess as assess_case
    from nmt_expert.cli.cases import read_cases

    cases = read_cases(files, setup.kb)
    with noted("Reasoning"):
        engine = setup.engine("stock" if stock else "indexed")
        return [assess_case(case, setup.kb, engine) for case in cases]


def _is_urgent(assessment: "Assessment") -> bool:
    from nmt_expert.model.base import URGENT

    return any(r.urgency in URGENT for r in assessment.referrals)
