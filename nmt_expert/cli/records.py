"""``records``: what the record store holds, and how an interview is handed on."""

from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli import (
    records_cipher,
    records_erase,
    records_import,
    records_keep,
    records_search,
    records_server,
)
from nmt_expert.cli.options import JsonFlag, OutputOption

if TYPE_CHECKING:
    from nmt_expert.cli.setup import Setup
    from nmt_expert.records import StoredInterview

group = typer.Typer(
    help="The record store: list, show, find, hand on, redact, delete, back up, check.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Id = Annotated[str, typer.Argument(metavar="ID", help="An interview; see: records list")]
Code = Annotated[
    str | None, typer.Option("--client", metavar="CODE", help="Only the interviews of this client.")
]
IdOrCode = Annotated[
    str, typer.Argument(metavar="ID", help="An interview; with --whole also a client's code.")
]
Whole = Annotated[bool, typer.Option("--whole", help="The whole record (nmt.records/1).")]
Recipients = Annotated[
    list[str] | None,
    typer.Option("--age", metavar="RECIPIENT", help="Encrypt the whole record for age1…."),
]
UnderPassphrase = Annotated[
    bool, typer.Option("--passphrase", help="Encrypt the whole record; the passphrase is asked.")
]


@group.command("list")
def list_(ctx: typer.Context, client: Code = None, json: JsonFlag = False) -> None:
    """Every interview, the newest first.

    \b
    Examples:
      nmt-expert records list
      nmt-expert records list --client C-001
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.stored import stored_list

    with opened(ctx.obj) as store:
        kept = store.interviews(client)
    if json:
        emit(as_json(kept))
    else:
        print_reports([stored_list(kept)])


@group.command("show")
def show(ctx: typer.Context, interview: Id, json: JsonFlag = False) -> None:
    """One interview: every reply with who gave it, the activities, what was done, the notes.

    \b
    Example:
      nmt-expert records show 2026-11-20-1
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports import as_json
    from nmt_expert.reports.stored import stored_report

    stored = _stored(ctx.obj, interview)
    if json:
        emit(as_json(stored))
    else:
        print_reports([stored_report(stored, ctx.obj.kb)])


@group.command("export")
def export(
    ctx: typer.Context,
    interview: IdOrCode,
    output: OutputOption = None,
    whole: Whole = False,
    age: Recipients = None,
    passphrase: UnderPassphrase = False,
) -> None:
    """An interview as a case file, so that somebody else goes on with it.

    With --whole it is the whole record instead, journal and assessment, for another store; a
    client's code then means all of the client's interviews.

    \b
    Examples:
      nmt-expert records export 2026-11-20-1 -o case.yml
      nmt-expert interview --from case.yml
      nmt-expert records export C-001 --whole --passphrase -o records.age
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.records_keep import whole_records
    from nmt_expert.kb.case_writer import case_text
    from nmt_expert.records.handing import handed_on

    if whole or age or passphrase:
        whole_records(ctx.obj, interview, age or [], passphrase, output)
        return
    emit(case_text(handed_on(_stored(ctx.obj, interview))), output)


def _stored(setup: "Setup", interview: str) -> "StoredInterview":
    from nmt_expert.cli.opening import opened
    from nmt_expert.records import InterviewId

    with opened(setup) as store:
        return store.state(InterviewId(interview))


group.command("search")(records_search.search)
group.command("import")(records_import.import_)
group.command("redact")(records_erase.redact)
group.command("delete")(records_erase.delete)
group.command("backup")(records_keep.backup)
group.command("restore")(records_keep.restore)
group.command("verify")(records_search.verify)
group.command("doctor")(records_search.doctor)
group.command("encrypt")(records_cipher.encrypt)
group.command("decrypt")(records_cipher.decrypt)
group.command("postgres-setup")(records_server.postgres_setup)
