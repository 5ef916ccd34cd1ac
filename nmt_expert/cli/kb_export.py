"""``kb export``: the rules for another rule engine to read."""

from enum import StrEnum
from typing import Annotated

import typer

from nmt_expert.cli.options import OutputOption


class Language(StrEnum):
    """What the rules are written in."""

    clips = "clips"


def export(
    ctx: typer.Context,
    language: Annotated[
        Language, typer.Option("--format", "-f", help="The language of another rule engine.")
    ] = Language.clips,
    output: OutputOption = None,
) -> None:
    """Print the rules, questions and anatomy as a program for another rule engine.

    The CLIPS program needs nothing else: it writes what fires, how it is bound, and on which facts.

    \b
    Examples:
      nmt-expert kb export --format clips
      nmt-expert kb export --format clips -o rules.clp
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.engine.clips import as_text

    emit(as_text(ctx.obj.kb), output)
