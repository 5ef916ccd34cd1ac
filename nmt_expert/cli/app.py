"""The command tree and the options that stand before every command."""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from nmt_expert import __version__
from nmt_expert.cli import (
    ask,
    assess,
    batch,
    exit_codes,
    explain,
    fhir,
    interview,
    kb,
    practice,
    records,
    report,
    review,
    settings,
)
from nmt_expert.cli.errors import Interrupted, told
from nmt_expert.cli.setup import Setup
from nmt_expert.cli.usage import wrong_usage
from nmt_expert.model.errors import NmtError

SHORT_HELP = """\
nmt-expert supports neuromuscular therapists: interview, reasoning, reasons.

  nmt-expert interview                the guided interview, then the report
  nmt-expert demo                     a recorded interview, played by itself
  nmt-expert assess case.yml          one report on a case file
  nmt-expert explain case.yml how ID  why something was concluded
  nmt-expert practice                 a case to reason on, then the difference
  nmt-expert kb findings neck         what may be asked
  nmt-expert review queue             records to read and sign

All commands: nmt-expert --help. It supports a trained person and diagnoses no disease."""

EPILOG = """\b
Examples:
  nmt-expert interview --client C-001
  nmt-expert assess examples/desk-worker-headache.yml
  nmt-expert kb check"""


class Commands(TyperGroup):
    """The commands; Ctrl-C anywhere in them ends on one path."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command named on the line."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError) as stop:
            raise Interrupted(str(stop)) from None


app = typer.Typer(
    cls=Commands,
    name="nmt-expert",
    help="Supports neuromuscular therapists: guided interview, five-factor reasoning, reasons.",
    epilog=EPILOG,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"nmt-expert {__version__}")
        raise typer.Exit(exit_codes.DONE)


@app.callback(invoke_without_command=True)
def before(
    ctx: typer.Context,
    knowledge_base: Annotated[
        str | None,
        typer.Option("--kb", metavar="DIR", help="Use this knowledge base (or NMT_EXPERT_KB)."),
    ] = None,
    overlay: Annotated[
        str | None,
        typer.Option(
            "--overlay", metavar="DIR", help="Lay these additions over it (or NMT_EXPERT_OVERLAY)."
        ),
    ] = None,
    data_folder: Annotated[
        str | None,
        typer.Option("--data", metavar="DIR", help="Keep records here (or NMT_EXPERT_DATA)."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(metavar="CC", help="Whose emergency numbers to show, such as GB."),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours (or NO_COLOR).")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="The version, and end."),
    ] = False,
) -> None:
    """Supports neuromuscular therapists: guided interview, five-factor reasoning, reasons."""
    if no_color:
        os.environ["NO_COLOR"] = "1"
    ctx.obj = Setup(
        {
            "knowledge_base": knowledge_base,
            "overlay": overlay,
            "data_folder": data_folder,
            "country": country,
        }
    )
    if ctx.invoked_subcommand is None:
        print(SHORT_HELP)


app.command("interview")(interview.interview)
app.command("demo")(interview.demo)
app.command("assess")(assess.assess)
app.command("batch")(batch.batch)
app.command("explain")(explain.explain)
app.command("ask")(ask.ask)
app.command("report")(report.report)
app.add_typer(practice.group, name="practice")
app.add_typer(kb.group, name="kb")
app.add_typer(fhir.group, name="fhir")
app.add_typer(records.group, name="records")
app.add_typer(review.group, name="review")
app.add_typer(settings.group, name="settings")


def run(argv: list[str]) -> int:
    """Run one command line; the exit code, after any error has been told."""
    if sys.stdout is None:  # as after ">&-" in a shell
        return told(NmtError("Standard output is closed. Nothing was done."))
    words = interview.with_bare_resume(argv)
    try:
        code = app(args=words, prog_name="nmt-expert", standalone_mode=False)
    except SystemExit as end:
        return _flushed(end.code if isinstance(end.code, int) else exit_codes.FAILED)
    except Exception as error:
        return told(wrong_usage(error) or error)
    except BaseException as error:
        return told(error)
    return _flushed(code if isinstance(code, int) else exit_codes.DONE)


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return told(error)
    return code
