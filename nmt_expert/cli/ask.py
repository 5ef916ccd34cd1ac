"""``ask``: a shell for questions to one assessment."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.cases import STANDARD_INPUT
from nmt_expert.cli.options import DepthName, DepthOption, PlainFlag
from nmt_expert.cli.setup import noted
from nmt_expert.cli.subjects import Subjects
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import Fault

if TYPE_CHECKING:
    from nmt_expert.assessment.subject import Subject

SubjectName = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE|ID]",
        help="A case file, an assessment saved as JSON, or an interview; else the newest finished.",
    ),
]
JsonLines = Annotated[bool, typer.Option("--json", help="Print one line of JSON a question.")]


def ask(
    ctx: typer.Context,
    subject: SubjectName = None,
    json: JsonLines = False,
    depth: DepthOption = DepthName.tree,
    plain: PlainFlag = False,
) -> None:
    """Ask one question after another: how, why-not, what-if, flip, compare.

    Nothing is recorded, and what is typed is kept nowhere. Without a terminal the questions are
    read from standard input, a line each; the exit code is 4 when one of them was not understood.

    \b
    Examples:
      nmt-expert ask case.yml
      nmt-expert ask 2026-11-20-1
    """
    from nmt_expert.terminal.ask import Shell
    from nmt_expert.terminal.streams import Streams

    subjects = Subjects(ctx.obj)
    shell = Shell(
        _opened(subjects, subject),
        subjects.open,
        Streams(),
        plain=plain,
        json=json,
        depth=depth.value,
        noted=lambda: noted("Reasoning"),
    )
    if not shell.run() and not sys.stdin.isatty():
        raise typer.Exit(exit_codes.INPUT_INVALID)


def _opened(subjects: Subjects, name: str | None) -> "Subject":
    """What is asked about; standard input holds the questions, so it cannot hold the case."""
    if name is None:
        return subjects.newest()
    if name == STANDARD_INPUT:
        says = "standard input holds the questions, so the case cannot come from there"
        remedy = "Name a file or an interview."
        raise WrongUsage(str(Fault("nmt-expert ask", says, "Nothing was asked.", remedy)))
    return subjects.open(name)
