"""``interview`` and ``demo``: the guided interview, and a recorded one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nmt_expert.cli.options import PlainFlag
from nmt_expert.cli.setup import Setup

if TYPE_CHECKING:
    from nmt_expert.model.case import Case

NEWEST = "newest"
"""What a bare ``--resume`` or ``--log`` stands for."""
DEMO_CASE = "desk-worker-headache.yml"
PACE = 0.4
"""Seconds a prompt of the demo, for people who watch it."""

ClientOption = Annotated[
    str | None,
    typer.Option("--client", metavar="CODE", help="The client's code; no name is needed."),
]
QuickFlag = Annotated[bool, typer.Option("--quick", help="Only what a short visit needs.")]
ResumeOption = Annotated[
    str | None,
    typer.Option("--resume", metavar="[ID]", help="Go on with the newest interview, or with ID."),
]

LogOption = Annotated[
    str | None,
    typer.Option(
        "--log",
        metavar="[ID]",
        help="Log what was done, for the newest finished interview or for ID.",
    ),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Go on with somebody's case file."),
]
ByOption = Annotated[
    str,
    typer.Option("--by", metavar="NAME", help="Who answers beside the client; kept with answers."),
]
PaceOption = Annotated[
    float,
    typer.Option(
        "--pace", min=0, max=30, metavar="SECONDS", help="Pause at each prompt, in a terminal."
    ),
]


def interview(
    ctx: typer.Context,
    client: ClientOption = None,
    quick: QuickFlag = False,
    plain: PlainFlag = False,
    resume: ResumeOption = None,
    log: LogOption = None,
    handed: FromOption = None,
    by: ByOption = "therapist",
) -> None:
    """The guided interview, then the report.

    Every answer is saved before the next question; Ctrl-C loses at most the one being typed.

    \b
    Examples:
      nmt-expert interview --client C-001
      nmt-expert interview --resume
      nmt-expert interview --log
      nmt-expert interview --from case.yml
    """
    from nmt_expert.terminal.streams import Streams

    streams = Streams()
    streams.need_terminal()
    case = _case(ctx.obj, handed)
    raise typer.Exit(
        _hold(
            ctx.obj,
            streams=streams,
            client_code=client,
            quick=quick,
            plain=plain,
            resume="" if resume == NEWEST else resume,
            log="" if log == NEWEST else log,
            handed=case,
            by=by,
        )
    )


def demo(ctx: typer.Context, plain: PlainFlag = False, pace: PaceOption = PACE) -> None:
    """A recorded interview, played by itself.

    It needs no keyboard and no terminal, and stores nothing.

    \b
    Examples:
      nmt-expert demo
      nmt-expert demo --pace 2
    """
    from nmt_expert.terminal.demo import run
    from nmt_expert.terminal.streams import Streams

    setup: Setup = ctx.obj
    code = run(
        kb=setup.kb,
        engine=setup.engine(),
        case=_recorded(setup),
        streams=Streams(interactive=False) if plain else Streams(),
        country=setup.settings.country,
        pace=pace,
    )
    raise typer.Exit(code)


def with_bare_resume(argv: list[str]) -> list[str]:
    """``interview --resume`` or ``--log`` without an id names the newest interview."""
    if "interview" not in argv:
        return argv
    spelled = []
    for word, following in zip(argv, [*argv[1:], "--"], strict=False):
        bare = word in ("--resume", "--log") and following.startswith("-")
        spelled.append(f"{word}={NEWEST}" if bare else word)
    return spelled


def _hold(setup: Setup, **given: Any) -> int:
    """Hold an interview with this therapist's record store; ``given`` is what was asked for."""
    from nmt_expert.cli.opening import opened
    from nmt_expert.terminal.interview import run

    with opened(setup) as store:
        return run(
            kb=setup.kb,
            engine=setup.engine(),
            store=store,
            settings=setup.settings,
            now=lambda: datetime.now(UTC),
            **given,
        )


def _case(setup: Setup, file: str | None) -> "Case | None":
    from nmt_expert.cli.cases import read_one

    return read_one(file, setup.kb) if file else None


def _recorded(setup: Setup) -> "Case":
    """The case of the demo, which comes with the knowledge base."""
    from nmt_expert.kb import knowledge_folder, read_case

    folder = knowledge_folder(setup.settings.knowledge_base)
    return read_case(folder / "examples" / DEMO_CASE, setup.kb)
