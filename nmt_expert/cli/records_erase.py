"""``records redact`` and ``records delete``: take words, or whole records, out for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.confirming import confirm, now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmt_expert.records import Store
    from nmt_expert.records.redaction import Erasure

Interview = Annotated[str, typer.Argument(metavar="ID", help="An interview; see: records list")]
Name = Annotated[
    str, typer.Argument(metavar="CODE|ID", help="A client, with every interview; or one interview.")
]
Entries = Annotated[
    list[int] | None,
    typer.Option("--entry", metavar="N", help="Only this journal entry; may be repeated."),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it; it is kept.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken out.")]
DryRedact = Annotated[
    bool, typer.Option("--dry-run", help="Only say what was typed where, and what would go.")
]
YesRedact = Annotated[
    str | None,
    typer.Option("--yes-redact", metavar="CODE", help="Confirm, where nobody can be asked."),
]
YesDelete = Annotated[
    str | None,
    typer.Option("--yes-delete", metavar="CODE", help="Confirm, where nobody can be asked."),
]


def redact(
    ctx: typer.Context,
    interview: Interview,
    why: Why,
    entry: Entries = None,
    by: By = None,
    dry_run: DryRedact = False,
    yes: YesRedact = None,
) -> None:
    """Strike out what was typed in an interview: notes, complaint, occupation, reasons.

    The answers stay, and so does who redacted, when and why. Words that later visits or
    assessments of the client repeat go there too.

    \b
    Examples:
      nmt-expert records redact 2026-11-20-1 --why "asked by the client" --dry-run
      nmt-expert records redact 2026-11-20-1 --entry 7 --why "a name was typed"
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.records import care

    chosen = entry or []
    with opened(ctx.obj) as store:
        plan = care.would_redact(store, interview, chosen)
        if dry_run:
            for one in care.typed(store, interview):
                print(f"entry {one.n}, {one.what}: {' | '.join(one.texts)}")
            _list(plan, "Would be redacted")
            return
        name = _whose(store, interview)
        confirm(name, yes, flag="--yes-redact", does="strikes out what was typed")
        _list(care.redact(store, interview, chosen, why=why, at=now(), by=by), "Redacted")


def delete(
    ctx: typer.Context,
    name: Name,
    why: Why,
    by: By = None,
    dry_run: DryRun = False,
    yes: YesDelete = None,
) -> None:
    """Delete a client with every interview, or one interview.

    What stays is that it was done, by whom, when and why. Backups and exports are files of yours:
    delete them too.

    \b
    Examples:
      nmt-expert records delete C-001 --why "asked by the client" --dry-run
      nmt-expert records delete 2026-11-20-1 --why "practice run"
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.records import care

    with opened(ctx.obj) as store:
        code = name if store.interviews(name) else None
        plan = care.would_delete(store, code=code, interview=name)
        print("Would be deleted:" if dry_run else "To be deleted:")
        for one in plan.gone:
            print(f"  interview {one.id}, visit {one.visit} of {one.date}, {one.entries} entries")
        if plan.copies:
            _list(plan.copies, "Its words are struck out in")
        if dry_run:
            return
        confirm(
            plan.gone[0].code or plan.gone[0].id, yes, flag="--yes-delete", does="deletes records"
        )
        care.delete(store, code=code, interview=name, why=why, at=now(), by=by)
    print("Deleted. Backups and exported files are not touched.")


def _whose(store: "Store", interview: str) -> str:
    """The client's code, or the interview's id where there is none."""
    from nmt_expert.records import InterviewId

    return store.state(InterviewId(interview)).client.code or interview


def _list(erasures: "Sequence[Erasure]", head: str) -> None:
    print(f"{head}:")
    for one in erasures:
        entries = ", ".join(map(str, one.entries)) or "none"
        also = ", and words in its assessment" if one.assessment else ""
        print(f"  interview {one.interview}: journal entries {entries}{also}")
