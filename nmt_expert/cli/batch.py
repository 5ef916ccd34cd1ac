"""``batch``: any number of cases in, one line of JSON each out."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from nmt_expert.bulk.engines import EngineName, check_installed
from nmt_expert.cli import exit_codes
from nmt_expert.cli.errors import Interrupted
from nmt_expert.cli.options import OutputOption
from nmt_expert.cli.setup import Setup, counted, processors
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import Fault, InputInvalid

if TYPE_CHECKING:
    from nmt_expert.bulk.cases import Cases
    from nmt_expert.bulk.results import Done
    from nmt_expert.bulk.run import Executor, Tally

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Case files, folders of them, or .jsonl files of a case a line; - is such lines.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, help="Processes at most; as many as there are processors."),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a run that was cut.")]
Force = Annotated[bool, typer.Option("--force", help="Write over results that are there.")]
JsonLines = Annotated[
    bool, typer.Option("--json-lines", help="Every file has a case a line, whatever its name.")
]
Engine = Annotated[
    EngineName, typer.Option("--engine", help="Who runs the rules; the bytes are the same.")
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Leave the work to a dask cluster: its scheduler, such as tls://host:8786.",
    ),
]


def batch(
    ctx: typer.Context,
    files: Files,
    output: OutputOption = None,
    jobs: Jobs = None,
    resume: Resume = False,
    force: Force = False,
    json_lines: JsonLines = False,
    engine: Engine = EngineName.experta,
    dask: Dask = None,
) -> None:
    """Assess many cases, one line of JSON each, in the order they came.

    A case that cannot be used gets a line that says why, and stops no other; the run then ends
    with 4. A run that was cut goes on with --resume.

    \b
    Examples:
      nmt-expert batch cases/ -o results.jsonl
      nmt-expert batch cases.jsonl -o results.jsonl --jobs 4
      nmt-expert batch cases.jsonl -o results.jsonl --resume
      zcat cases.jsonl.gz | nmt-expert batch - > results.jsonl
      nmt-expert batch cases.jsonl -o results.jsonl --dask tls://scheduler:8786
    """
    from nmt_expert.bulk.cases import Cases

    _check(output, resume, force)
    if dask is not None and jobs:
        _wrong("--dask and --jobs exclude each other", "A cluster has its own processes.")
    cases = Cases(tuple(files), sys.stdin.buffer, json_lines, output)
    at_work = _executor(ctx.obj, engine, dask, jobs or processors())
    with at_work as executor, _results(output, resume, force) as (file, done):
        tally = _run(ctx.obj, cases, file, done, executor)
    if not tally.lines:
        raise InputInvalid([_nothing_in(files)])
    print(_said(tally, output), file=sys.stderr)
    if tally.refused:
        raise typer.Exit(exit_codes.INPUT_INVALID)


def _check(output: Path | None, resume: bool, force: bool) -> None:
    if resume and force:
        _wrong("--resume and --force exclude each other", "Leave one of them out.")
    if output is None and (resume or force):
        _wrong("--resume and --force are about a file", "Name it with -o.")


def _wrong(says: str, remedy: str) -> None:
    raise WrongUsage(str(Fault("nmt-expert batch", says, "Nothing was done.", remedy)))


@contextmanager
def _results(output: Path | None, resume: bool, force: bool) -> "Iterator[tuple[BinaryIO, Done]]":
    """Where lines go, and what stands there already."""
    from nmt_expert.bulk.results import Done, begun, gone_on

    if output is None:
        yield sys.stdout.buffer, Done()
        return
    file, done = gone_on(output) if resume else (begun(output, anew=force), Done())
    with file:
        yield file, done


def _executor(
    setup: Setup, engine: EngineName, dask: str | None, jobs: int
) -> "AbstractContextManager[Executor]":
    """Who does the work; it is there before anything is written."""
    from nmt_expert.bulk.run import processes
    from nmt_expert.bulk.worker import Recipe

    recipe = Recipe(setup.settings.knowledge_base, setup.settings.overlay, engine)
    if dask is None:
        check_installed(engine)
        return nullcontext(processes(recipe, jobs))
    from nmt_expert.bulk.cluster import is_private, on_cluster

    if not is_private(dask):
        print(f"{dask}: cases go there unencrypted; see docs/batch.md.", file=sys.stderr)
    return on_cluster(dask, recipe, setup.kb.sha256)


def _run(
    setup: Setup, cases: "Cases", file: BinaryIO, done: "Done", executor: "Executor"
) -> "Tally":
    from nmt_expert.bulk.run import Tally, not_done, run, start_of

    tally = Tally(done.lines, done.refused)
    of = cases.number() if sys.stderr.isatty() else 0
    try:
        with counted("Assessing") as told:
            left = not_done(cases.pieces(start_of(setup.kb)), done, str(cases.output))
            run(left, executor, file, tally, lambda lines: told(lines, of))
    except KeyboardInterrupt:
        raise Interrupted(_stopped(tally, cases.output)) from None
    return tally


def _nothing_in(names: list[str]) -> Fault:
    place = ", ".join(names[:5])
    remedy = "Name case files, or folders that hold some."
    return Fault(place, "no case is here", "Nothing was assessed.", remedy)


def _stopped(tally: "Tally", output: Path | None) -> str:
    where = f" in {output}; go on with --resume" if output else ""
    return f"Stopped. {tally.lines} lines are written{where}."


def _said(tally: "Tally", output: Path | None) -> str:
    where = f" ({output})" if output else ""
    refused = f", {tally.refused} refused; their lines say why" if tally.refused else ""
    return f"{tally.lines - tally.refused} cases assessed{refused}{where}."
