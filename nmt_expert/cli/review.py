"""``review``: the supervisor's queue, a record to leaf through, and the commands beside them."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.confirming import now
from nmt_expert.cli.opening import opened
from nmt_expert.cli.options import JsonFlag, PlainFlag
from nmt_expert.cli.replay import replay
from nmt_expert.cli.review_counts import stats, verify
from nmt_expert.cli.review_progress import progress
from nmt_expert.cli.review_rules import rules
from nmt_expert.cli.review_say import amend, keep_case, remark, sign
from nmt_expert.cli.reviewing import (
    NameOption,
    QualificationOption,
    RecordId,
    reviewer,
    reviews_with,
)
from nmt_expert.cli.setup import Setup, noted

if TYPE_CHECKING:
    from nmt_expert.review.queue import Which

group = typer.Typer(
    help="Read what was reasoned, agree or disagree, sign; review the rules themselves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Kept(StrEnum):
    """What a queue may be narrowed to."""

    records = "records"
    attempts = "attempts"


@group.command("queue")
def queue(
    ctx: typer.Context,
    only: Annotated[
        Kept | None, typer.Argument(metavar="[records|attempts]", help="Only those.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Only those not signed.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only those I remarked on.")] = False,
    flagged: Annotated[
        bool,
        typer.Option(
            "--flagged", help="Only urgent or unsafe ones, and those a reviewer disagrees with."
        ),
    ] = False,
    name: NameOption = None,
    json: JsonFlag = False,
) -> None:
    """Clients' finished records and students' finished attempts, the longest waiting first.

    \b
    Examples:
      nmt-expert review queue --open
      nmt-expert review queue attempts --flagged
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.reviews import queue_report
    from nmt_expert.review.queue import Reviewed, waiting
    from nmt_expert.review.queue import queue as picked

    setup: Setup = ctx.obj
    found: tuple[Reviewed, ...] = ()
    with opened(setup) as store, noted("Reading what waits"):
        found += store.reviews.every() if only is not Kept.attempts else ()
        found += store.attempts.every() if only is not Kept.records else ()
    wanted: list[tuple[bool, Which]] = [(open_, "open"), (mine, "mine"), (flagged, "flagged")]
    me = reviewer(setup, name) if mine else ""
    for asked, which in wanted:
        found = picked(found, which, me) if asked else found
    lines = tuple(map(waiting, picked(found)))
    if json:
        emit(as_json(lines))
    else:
        print_reports([queue_report(lines, now()[:10])])


@group.command("open")
def open_record(
    ctx: typer.Context,
    record: RecordId,
    plain: PlainFlag = False,
    blind: Annotated[
        bool, typer.Option("--blind", help="Without what other reviewers said of it.")
    ] = False,
    name: NameOption = None,
    qualification: QualificationOption = None,
    json: JsonFlag = False,
) -> None:
    """A record or attempt to leaf through: results, reasons, firings in order, each answer.

    Of an attempt also what the student thought beside the program, each step, and the remarks of
    the score. With --plain, or where there is no terminal, all of it as text.

    \b
    Examples:
      nmt-expert review open 2026-11-20-1
      nmt-expert review open attempt-3 --blind
      nmt-expert review open 2026-11-20-1 --plain
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.records import InterviewId
    from nmt_expert.reports import as_json
    from nmt_expert.reports.books import book_of
    from nmt_expert.reports.reviews import book_report
    from nmt_expert.review.queue import Reviewed
    from nmt_expert.terminal.streams import Streams

    setup: Setup = ctx.obj
    streams = Streams()
    me = reviewer(setup, name) if blind else name or setup.settings.reviewer or ""
    with opened(setup) as store:
        reviews, id = reviews_with(store, record), InterviewId(record)
        review: Reviewed = reviews.one(id)
        seen = review.as_seen_by(me) if blind else review
        if json:
            emit(as_json(seen))
        elif plain or not streams.is_terminal or not streams.can_redraw:
            print_reports([book_report(book_of(seen, setup.kb))], plain=True)
        else:
            from nmt_expert.terminal.review_desk import ReviewDesk

            ReviewDesk(
                reviews=reviews,
                record=id,
                kb=setup.kb,
                streams=streams,
                now=now,
                keep_case=lambda said, path: keep_case(setup, said, Path(path)),
                name=me,
                qualification=qualification or setup.settings.qualification or "",
                blind=blind,
            ).hold()


group.command("progress")(progress)
group.command("remark")(remark)
group.command("sign")(sign)
group.command("amend")(amend)
group.command("verify")(verify)
group.command("stats")(stats)
group.command("rules")(rules)
group.command("replay")(replay)
