"""``practice drill``, ``practice generate``, ``practice check``: exercises, clients, own cases."""

import sys
from contextlib import nullcontext
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from nmt_expert.cli import exit_codes
from nmt_expert.cli.options import JsonFlag, OutputOption, PlainFlag


class Kind(StrEnum):
    """What is drilled."""

    contrast = "contrast"
    flag = "flag"
    muscle = "muscle"
    zone = "zone"
    next = "next"
    concordance = "concordance"


SeedOption = Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same result.")]
CountOption = Annotated[int, typer.Option("--count", min=1, max=200, help="How many items.")]
StudentOption = Annotated[
    str | None,
    typer.Option("--student", metavar="CODE", help="Your code; without it nothing is remembered."),
]


def register(group: typer.Typer) -> None:
    """Add the commands of this file to the group."""
    group.command("drill")(drill)
    group.command("generate")(generate)
    group.command("check")(check)


def drill(
    ctx: typer.Context,
    kind: Annotated[Kind, typer.Argument(help="What to drill.")],
    seed: SeedOption = 1,
    count: CountOption = 10,
    student: StudentOption = None,
    as_json: JsonFlag = False,
    plain: PlainFlag = False,
) -> None:
    """Short exercises made from the rules; --json prints the items with their answers.

    \b
    Examples:
      nmt-expert practice drill flag --student S-01
      nmt-expert practice drill concordance --seed 3 --count 5 --json
    """
    from nmt_expert.practice.drills import DRILLS, items

    setup = ctx.obj
    made = islice(items(kind.value, setup.kb, setup.engine(), seed), count)
    if as_json:
        from nmt_expert.cli.output import emit
        from nmt_expert.reports.json_text import as_json as json_text

        emit(json_text(tuple(made)))
        return
    from nmt_expert.cli.opening import opened
    from nmt_expert.practice.remarks import Lesson
    from nmt_expert.records.practised import PracticeBook
    from nmt_expert.terminal.drills import NO_TERMINAL, WHAT, run
    from nmt_expert.terminal.streams import Streams

    streams = Streams()
    streams.need_terminal(WHAT, NO_TERMINAL)

    with opened(setup) if student else nullcontext() as store:
        book = PracticeBook(store.database, student) if store and student else None

        def keep(shown: tuple[Lesson, ...], at: str) -> None:
            if book:
                book.learn(shown, f"drill-{kind.value}", at)

        code = run(DRILLS[kind.value], made, streams, keep, plain=plain)
    raise typer.Exit(code)


def generate(
    ctx: typer.Context,
    seed: SeedOption = 1,
    output: OutputOption = None,
) -> None:
    """A client drawn from the rules, as a case file; play it with practice play --cases DIR.

    \b
    Examples:
      nmt-expert practice generate --seed 7
      nmt-expert practice generate --seed 7 -o my_cases/generated-7.yml
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.kb.case_writer import case_text
    from nmt_expert.practice.generated import generated

    emit(case_text(generated(seed, ctx.obj.kb, ctx.obj.engine())), output)


def check(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, or folders.")],
) -> None:
    """Whether your own practice cases are sound: readable, solvable, and true to their key.

    \b
    Examples:
      nmt-expert practice check my_cases
      nmt-expert practice check my_cases/anna.yml
    """
    from nmt_expert.cli.kb_test import case_files
    from nmt_expert.kb.practice_file import read_practice_case
    from nmt_expert.model.errors import InputInvalid
    from nmt_expert.model.words import counted
    from nmt_expert.practice.soundness import unsound

    kb, engine, wrong = ctx.obj.kb, ctx.obj.engine(), []
    found = case_files(files)
    for path in found:
        try:
            case = read_practice_case(path, kb)
            wrong += [f"{path}: {says}." for says in unsound(case, kb, engine)]
        except InputInvalid as error:
            wrong += [str(fault) for fault in error.faults]
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{counted(len(found), 'case')} checked: {counted(len(wrong), 'fault')}.")
    if wrong:
        raise typer.Exit(exit_codes.INPUT_INVALID)
