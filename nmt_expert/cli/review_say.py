"""``review remark``, ``sign`` and ``amend``: what a reviewer says of a record or attempt."""

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
    reviewer,
    reviews_with,
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
        "conclusion:NAME:SITE:SIDE; of an attempt heading:NAME, remark:MATTER).",
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
        typer.Option(
            help="What holds instead: an urgency, SITE:SIDE, NAME:SITE:SIDE, or a verdict."
        ),
    ] = None,
    case: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the overrides as a case that fails until mended."),
    ] = None,
    name: NameOption = None,
) -> None:
    """Agree, override or be unsure, with a coded reason and words.

    A flag that is overridden stays in the record and in every report. Of a student's attempt a
    heading or a remark of the score is judged.

    \b
    Examples:
      nmt-expert review remark 2026-11-20-1 3 agree
      nmt-expert review remark 2026-11-20-1 flag:sleep override --reason too_urgent --words "known"
      nmt-expert review remark attempt-3 anchoring override --reason too_harsh --instead acceptable
    """
    from nmt_expert.records import InterviewId
    from nmt_expert.review.queue import Review
    from nmt_expert.review.remarks import Remark, checked

    setup: Setup = ctx.obj
    who, id = reviewer(setup, name), InterviewId(record)
    with opened(setup) as store:
        reviews = reviews_with(store, record)
        subject = reviews.one(id).meant(about, setup.kb)
        said = Remark(
            about=subject.key, verdict=verdict.value, reason=reason, words=words, instead=instead
        )
        said = checked(said, subject, setup.kb)
        n = reviews.remark(id, said, at=now(), by=who)
        review = reviews.one(id)
    print(f"{subject.words(setup.kb).rstrip('.')}: {verdict.value} (entry {n} of {record}).")
    if case and isinstance(review, Review):
        print(keep_case(setup, review, case))
    elif case:
        print(f"{case}: not written; only what was said of a client's record becomes a case.")


def sign(
    ctx: typer.Context,
    record: RecordId,
    words: WordsOption = None,
    name: NameOption = None,
    qualification: QualificationOption = None,
) -> None:
    """Lock a record or attempt under your name, with a hash over answers, trace and remarks.

    \b
    Example:
      nmt-expert review sign 2026-11-20-1 --name "Jane Doe" --qualification "Supervisor"
    """
    from nmt_expert.records import InterviewId

    setup: Setup = ctx.obj
    who, what = reviewer(setup, name), qualified(setup, qualification)
    with opened(setup) as store:
        signed = reviews_with(store, record).sign(
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
        n = reviews_with(store, record).amend(InterviewId(record), name=who, why=why, at=now())
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
