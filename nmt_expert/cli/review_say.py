"""``review remark``, ``sign`` and ``amend``: what a reviewer says of a record."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.confirming import now
from nmt_expert.cli.opening import opened
from nmt_expert.cli.reviewing import (
    NameOption,
    QualificationOption,
    RecordId,
    qualified,
    review_of,
    reviewer,
)
from nmt_expert.cli.setup import Setup

if TYPE_CHECKING:
    from nmt_expert.review.queue import Review


class VerdictName(StrEnum):
    """What may be thought of a result."""

    agree = "agree"
    override = "override"
    unsure = "unsure"


About = Annotated[
    str,
    typer.Argument(
        metavar="ABOUT",
        help="Its number in review open, or its name (flag:NAME, focus:SITE:SIDE, "
        "conclusion:NAME:SITE:SIDE).",
    ),
]
WordsOption = Annotated[str | None, typer.Option("--words", help="In your words.")]
WhyOption = Annotated[str, typer.Option("--why", help="Why the signed record is opened again.")]


def remark(
    ctx: typer.Context,
    record: RecordId,
    about: About,
    verdict: Annotated[VerdictName, typer.Argument(metavar="agree|override|unsure")],
    reason: Annotated[
        str | None, typer.Option(help="A coded reason; overriding needs one.")
    ] = None,
    words: WordsOption = None,
    instead: Annotated[
        str | None,
        typer.Option(help="What holds instead: an urgency, SITE:SIDE or NAME:SITE:SIDE."),
    ] = None,
    case: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the overrides as a case that fails until mended."),
    ] = None,
    name: NameOption = None,
) -> None:
    """Agree, override or be unsure, with a coded reason and words.

    A flag that is overridden stays in the record and in every report.

    \b
    Examples:
      nmt-expert review remark 2026-11-20-1 3 agree
      nmt-expert review remark 2026-11-20-1 flag:sleep override --reason too_urgent --words "known"
    """
    from nmt_expert.records import InterviewId
    from nmt_expert.review.remarks import Remark, checked
    from nmt_expert.review.subjects import meant
    from nmt_expert.review.subjects import words as in_words

    setup: Setup = ctx.obj
    who = reviewer(setup, name)
    with opened(setup) as store:
        subject = meant(about, review_of(store, record).assessment, setup.kb)
        said = Remark(
            about=subject.key, verdict=verdict.value, reason=reason, words=words, instead=instead
        )
        said = checked(said, subject, setup.kb)
        n = store.reviews.remark(InterviewId(record), said, at=now(), by=who)
        review = review_of(store, record)
    print(f"{in_words(subject.key, setup.kb)}: {verdict.value} (entry {n} of {record}).")
    if case:
        print(keep_case(setup, review, case))


def sign(
    ctx: typer.Context,
    record: RecordId,
    words: WordsOption = None,
    name: NameOption = None,
    qualification: QualificationOption = None,
) -> None:
    """Lock a record under your name, with a hash over answers, trace and remarks.

    \b
    Example:
      nmt-expert review sign 2026-11-20-1 --name "Jane Doe" --qualification "Supervisor"
    """
    from nmt_expert.records import InterviewId

    setup: Setup = ctx.obj
    who, what = reviewer(setup, name), qualified(setup, qualification)
    with opened(setup) as store:
        signed = store.reviews.sign(
            InterviewId(record), name=who, qualification=what, at=now(), words=words
        )
    print(f"Signed by {who}, {what}: {signed.entries} entries, seal {signed.sha256}.")


def amend(ctx: typer.Context, record: RecordId, why: WhyOption, name: NameOption = None) -> None:
    """Open a signed record for further remarks, with a reason; its signature stays.

    \b
    Example:
      nmt-expert review amend 2026-11-20-1 --why "The client brought the scan"
    """
    from nmt_expert.records import InterviewId

    who = reviewer(ctx.obj, name)
    with opened(ctx.obj) as store:
        n = store.reviews.amend(InterviewId(record), name=who, why=why, at=now())
    print(f"Opened again (entry {n} of {record}); sign it when you are done.")


def keep_case(setup: Setup, review: "Review", path: Path) -> str:
    """Write the overrides as a case file, try it, and say whether it fails as it should."""
    from nmt_expert.assessment import assess
    from nmt_expert.assessment.expected import differences
    from nmt_expert.cli.output import emit
    from nmt_expert.kb import read_case
    from nmt_expert.kb.case_writer import case_text
    from nmt_expert.review.as_case import as_case

    case = as_case(review.assessment.case, review.remarks.values(), path.stem, setup.kb)
    emit(case_text(case), path)
    assert case.expect is not None
    wrong = differences(assess(read_case(path, setup.kb), setup.kb, setup.engine()), case.expect)
    if not wrong:
        return f"{path}: written; the rules already end as you expect."
    return f"{path}: written; it fails until the rules are mended: {'; '.join(wrong)}."
