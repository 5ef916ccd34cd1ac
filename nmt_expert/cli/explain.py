"""``explain``: why something was concluded, why not, what would change it, what differs."""

from enum import StrEnum
from typing import Annotated

import typer

from nmt_expert.cli.options import (
    DepthName,
    DepthOption,
    Format,
    JsonFlag,
    OutputOption,
    PlainFlag,
)
from nmt_expert.cli.setup import noted
from nmt_expert.cli.subjects import SubjectName, Subjects


class Asked(StrEnum):
    """What may be asked of an assessment."""

    how = "how"
    why_not = "why-not"
    what_if = "what-if"
    flip = "flip"
    compare = "compare"


class ExplainFormat(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


What = Annotated[
    Asked, typer.Argument(metavar="how|why-not|what-if|flip|compare", help="What is asked.")
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ABOUT]...",
        help="how, why-not: a conclusion (active_trigger_point:upper_trapezius:right), flag, "
        "factor, place or technique. what-if: FINDING[@SITE[:SIDE]]=VALUE. compare: FILE, ID or "
        "own-view.",
    ),
]
FormatOption = Annotated[ExplainFormat, typer.Option("--format", "-f", help="What to print.")]
RunsOption = Annotated[
    int | None,
    typer.Option("--runs", min=1, max=20000, help="flip: how many runs it may take (200)."),
]


def explain(
    ctx: typer.Context,
    subject: SubjectName,
    ask: What,
    about: Words = None,
    format: FormatOption = ExplainFormat.text,
    json: JsonFlag = False,
    depth: DepthOption = DepthName.tree,
    runs: RunsOption = None,
    output: OutputOption = None,
    plain: PlainFlag = False,
) -> None:
    """Why something was concluded, why not, and what would change it.

    how reads the reasons off the assessment; why-not names the nearest rules and what they lack;
    what-if tries answers and records nothing; flip looks for the smallest changes that would turn
    the leading factor or a referral; compare says what differs from another result, and why.

    \b
    Examples:
      nmt-expert explain case.yml how active_trigger_point:upper_trapezius:right
      nmt-expert explain case.yml why-not cauda_equina --depth full
      nmt-expert explain case.yml how "ischemic compression"
      nmt-expert explain case.yml what-if taut_band@levator_scapulae:right=present
      nmt-expert explain case.yml flip --runs 400
      nmt-expert explain first.yml compare second.yml
    """
    from nmt_expert.assessment.flip import LIMIT
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.asked import answer

    subjects = Subjects(ctx.obj)
    opened = subjects.open(subject)
    with noted("Reasoning"):
        told = answer(ask.value, about or [], opened, subjects.open, depth.value, runs or LIMIT)
    if json or format is ExplainFormat.json:
        emit(as_json(told.value), output)
    else:
        print_reports([told.report], Format(format.value), output, plain)
