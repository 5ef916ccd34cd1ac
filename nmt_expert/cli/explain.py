"""``explain``: why something was concluded, or why not."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.options import CaseFile, DepthName, DepthOption, JsonFlag, PlainFlag
from nmt_expert.cli.setup import Setup, noted

if TYPE_CHECKING:
    from nmt_expert.model.explanation import How, WhyNot


class Ask(StrEnum):
    """What may be asked of a finished assessment."""

    how = "how"
    why_not = "why-not"


What = Annotated[Ask, typer.Argument(metavar="how|why-not", help="How it was drawn, or why not.")]
Subject = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A conclusion (active_trigger_point:upper_trapezius:right), a flag, a factor, "
        "a muscle or a technique.",
    ),
]


def explain(
    ctx: typer.Context,
    file: CaseFile,
    ask: What,
    of: Subject,
    json: JsonFlag = False,
    depth: DepthOption = DepthName.tree,
    plain: PlainFlag = False,
) -> None:
    """Why something was concluded, or why not.

    \b
    Examples:
      nmt-expert explain case.yml how active_trigger_point:upper_trapezius:right
      nmt-expert explain case.yml why-not cauda_equina --depth full
      nmt-expert explain case.yml how "ischemic compression"
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json, how_report, why_not_report

    if ask is Ask.how:
        how = _how(ctx.obj, file, of)
        report = how_report(how, depth.value)
        value: How | WhyNot = how
    else:
        why_not = _why_not(ctx.obj, file, of)
        report = why_not_report(why_not, ctx.obj.kb, depth.value)
        value = why_not
    if json:
        emit(as_json(value))
    else:
        print_reports([report], plain=plain)


def _how(setup: Setup, file: str, of: str) -> "How":
    from nmt_expert.assessment import assess, how
    from nmt_expert.cli.cases import read_one

    case = read_one(file, setup.kb)
    with noted("Reasoning"):
        return how(assess(case, setup.kb, setup.engine()), of, setup.kb)


def _why_not(setup: Setup, file: str, of: str) -> "WhyNot":
    from nmt_expert.assessment import why_not
    from nmt_expert.cli.cases import read_one

    case = read_one(file, setup.kb)
    with noted("Reasoning"):
        return why_not(case, of, setup.kb, setup.engine())
