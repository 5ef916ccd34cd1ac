"""``review``: the supervisor's queue, a record to leaf through, and the commands beside them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.confirming import now
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import PlainFlag
from nmt_expert.cli.replay import replay
from nmt_expert.cli.review_counts import stats, verify
from nmt_expert.cli.review_rules import rules
from nmt_expert.cli.review_say import amend, keep_case, remark, sign
from nmt_expert.cli.reviewing import (
    NameOption,
    QualificationOption,
    RecordId,
    review_of,
    reviewer,
)
from nmt_expert.cli.setup import Setup

if TYPE_CHECKING:
    from nmt_expert.review.queue import Which

group = typer.Typer(
    help="Read what was reasoned, agree or disagree, sign; review the rules themselves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@group.command("queue")
def queue(
    ctx: typer.Context,
    open_: Annotated[bool, typer.Option("--open", help="Only those not signed.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only those I remarked on.")] = False,
    flagged: Annotated[
        bool, typer.Option("--flagged", help="Only urgent ones, and those I do not agree with.")
    ] = False,
    name: NameOption = None,
) -> None:
    """Finished records, the longest waiting first.

    \b
    Examples:
      nmt-expert review queue --open
      nmt-expert review queue --flagged
    """
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports.reviews import queue_report
    from nmt_expert.review.queue import queue as picked

    setup: Setup = ctx.obj
    with opened(setup) as store:
        reviews = store.reviews.every()
    wanted: list[tuple[bool, Which]] = [(open_, "open"), (mine, "mine"), (flagged, "flagged")]
    me = reviewer(setup, name) if mine else ""
    for asked, which in wanted:
        reviews = picked(reviews, which, me) if asked else reviews
    print_reports([queue_report(picked(reviews), setup.kb, now()[:10])])


@group.command("open")
def open_record(
    ctx: typer.Context,
    record: RecordId,
    plain: PlainFlag = False,
    name: NameOption = None,
    qualification: QualificationOption = None,
) -> None:
    """One record to leaf through: results, reasons, firings in order, what each answer caused.

    With --plain, or where there is no terminal, all of it as text.

    \b
    Examples:
      nmt-expert review open 2026-11-20-1
      nmt-expert review open 2026-11-20-1 --plain
    """
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports.reviews import book_report
    from nmt_expert.reports.trace_book import TraceBook
    from nmt_expert.terminal.streams import Streams

    setup: Setup = ctx.obj
    streams = Streams()
    with opened(setup) as store:
        review = review_of(store, record)
        if plain or not streams.is_terminal or not streams.can_redraw:
            print_reports([book_report(TraceBook(review, setup.kb))], plain=True)
            return
        from nmt_expert.records import InterviewId
        from nmt_expert.terminal.review_desk import ReviewDesk

        ReviewDesk(
            reviews=store.reviews,
            record=InterviewId(record),
            kb=setup.kb,
            streams=streams,
            now=now,
            keep_case=lambda said, path: keep_case(setup, said, Path(path)),
            name=name or setup.settings.reviewer or "",
            qualification=qualification or setup.settings.qualification or "",
        ).hold()


group.command("remark")(remark)
group.command("sign")(sign)
group.command("amend")(amend)
group.command("verify")(verify)
group.command("stats")(stats)
group.command("rules")(rules)
group.command("replay")(replay)
