"""``report``: documents on an interview that is kept, a case file or a saved assessment."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.documents import Wanted, print_documents
from nmt_expert.cli.options import (
    Format,
    FormatOption,
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
    from nmt_expert.model.case import Treated

Subject = Annotated[
    str,
    typer.Argument(
        metavar="ID|FILE",
        help="An interview that is kept, a case file, or an assessment saved as JSON.",
    ),
]


def report(
    ctx: typer.Context,
    subject: Subject,
    format: FormatOption = Format.text,
    depth: WantedDepthOption = None,
    reader: ReaderOption = Reader.therapist,
    trace: TraceFlag = False,
    unfold: UnfoldFlag = False,
    output: OutputOption = None,
    plain: PlainFlag = False,
) -> None:
    """Print a document: the report, a copy for the client, a SOAP note, a letter, a table.

    An interview's assessment is the one that was frozen when it was finished.

    \b
    Examples:
      nmt-expert report 2026-11-20-1 --format html -o report.html
      nmt-expert report 2026-11-20-1 --for client --format html -o copy.html
      nmt-expert report case.yml --format soap
      nmt-expert report result.json --format letter
    """
    found, done = _told(ctx.obj, subject)
    wanted = Wanted(format, depth, reader, trace, unfold, output, plain, done)
    print_documents(ctx.obj, found, wanted)


def _told(setup: Setup, subject: str) -> "tuple[tuple[Assessment, ...], tuple[Treated, ...]]":
    """The assessments there are, and what was done; only a case is reasoned about now."""
    from nmt_expert.cli.cases import STANDARD_INPUT
    from nmt_expert.cli.saved import saved_assessments

    path = Path(subject)
    if subject == STANDARD_INPUT:
        return _assessed(setup, subject), ()
    if not path.exists() and not path.suffix:
        return _kept(setup, subject)
    return saved_assessments(path) or _assessed(setup, subject), ()


def _assessed(setup: Setup, name: str) -> "tuple[Assessment, ...]":
    from nmt_expert.assessment import assess
    from nmt_expert.cli.cases import read_one

    case = read_one(name, setup.kb)
    with noted("Reasoning"):
        return (assess(case, setup.kb, setup.engine()),)


def _kept(setup: Setup, id: str) -> "tuple[tuple[Assessment, ...], tuple[Treated, ...]]":
    """An interview of the store: its frozen assessment, and its treatment log."""
    from nmt_expert.cli.opening import opened
    from nmt_expert.records import InterviewId

    interview = InterviewId(id)
    with opened(setup) as store:
        return (store.assessment(interview),), store.state(interview).treated
