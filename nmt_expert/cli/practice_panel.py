"""``practice panel``: supervisors answer script-concordance items, a few at a time."""

from itertools import islice
from typing import Annotated

import typer

from nmt_expert.cli.options import PlainFlag
from nmt_expert.cli.practice_drills import CountOption, SeedOption


def register(group: typer.Typer) -> None:
    """Add the command of this file to the group."""
    group.command("panel")(panel)


def panel(
    ctx: typer.Context,
    by: Annotated[str, typer.Option("--by", metavar="INITIALS", help="Who answers.")],
    seed: SeedOption = 1,
    count: CountOption = 10,
    plain: PlainFlag = False,
) -> None:
    """Answer concordance items as a supervisor; students earn by the panel's answers.

    \b
    Examples:
      nmt-expert --overlay my-clinic practice panel --by HB
      nmt-expert --overlay my-clinic practice panel --by HB --seed 3 --count 5
    """
    from nmt_expert.cli.confirming import now
    from nmt_expert.kb import knowledge_folder, overlay_folder
    from nmt_expert.kb.panel_file import add_panel_answer
    from nmt_expert.model.practice import PanelAnswer
    from nmt_expert.practice.drills import items
    from nmt_expert.terminal.panel_member import NO_TERMINAL, WHAT, id_of, run
    from nmt_expert.terminal.streams import Streams

    streams = Streams()
    streams.need_terminal(WHAT, NO_TERMINAL)
    kb, settings = ctx.obj.kb, ctx.obj.settings
    folder, overlay = knowledge_folder(settings.knowledge_base), overlay_folder(settings.overlay)

    def keep(answer: PanelAnswer) -> None:
        add_panel_answer(answer, folder, overlay)

    offered = islice(items("concordance", kb, ctx.obj.engine(), seed), count)
    new = (item for item in offered if id_of(item.id, by) not in kb.panel)
    raise typer.Exit(run(new, by, now()[:10], streams, keep, plain=plain))
