"""``records backup`` and ``restore``, and whole records for another store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.setup import Setup, counted

if TYPE_CHECKING:
    from nmt_expert.records.backup import Copied

Target = Annotated[Path, typer.Argument(metavar="FILE", help="A new file, made private (0600).")]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by this program.")]
BackupDry = Annotated[bool, typer.Option("--dry-run", help="Only say what would be backed up.")]
RestoreDry = Annotated[bool, typer.Option("--dry-run", help="Only check the backup.")]


def backup(ctx: typer.Context, file: Target, dry_run: BackupDry = False) -> None:
    """Copy the whole store to one file, while others may go on writing.

    The copy is checked before it gets its name. An encrypted store gives an encrypted copy.

    \b
    Example:
      nmt-expert records backup records-2026-11-20.sqlite3
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.cli.records_server import require_file
    from nmt_expert.records.backup import back_up

    require_file(ctx.obj)
    with opened(ctx.obj) as store:
        if dry_run:
            print(f"Would back up {len(store.interviews())} interviews to {file}.")
            return
        with counted("Copying pages", after=1.0) as told:
            found = back_up(store, file, told)
    print(f"Backed up {_size(found)} to {file}.")


def restore(ctx: typer.Context, file: Source, dry_run: RestoreDry = False) -> None:
    """Put a backup in the place of an empty store; an older one is brought up to this version.

    \b
    Examples:
      nmt-expert records restore records-2026-11-20.sqlite3 --dry-run
      nmt-expert --data new-folder records restore records-2026-11-20.sqlite3
    """
    from nmt_expert.cli.opening import keep_out_of_core_dumps, secret_of
    from nmt_expert.cli.records_server import require_file
    from nmt_expert.records.backup import restore as put_back

    require_file(ctx.obj)
    keep_out_of_core_dumps()
    folder, secret = ctx.obj.settings.data_folder, secret_of(ctx.obj)
    with counted("Copying pages", after=1.0) as told:
        found = put_back(file, folder, secret, told, dry_run=dry_run)
    print(f"{'Would restore' if dry_run else 'Restored'} {_size(found)} to {folder}.")


def whole_records(
    setup: Setup, name: str, recipients: list[str], passphrase: bool, output: Path | None
) -> None:
    """Write an interview, or all of a client, as ``nmt.records/1``, in an age file if asked for."""
    from nmt_expert.cli.opening import opened, typed
    from nmt_expert.cli.output import emit, emit_bytes
    from nmt_expert.records import envelope, portable

    with opened(setup) as store:
        records = portable.of_store(store, name)
    text = records.model_dump_json(by_alias=True) + "\n"
    if recipients:
        emit_bytes(envelope.seal_for(text.encode(), recipients), output)
    elif passphrase:
        secret = typed("Passphrase of the exported file: ", twice=True)
        emit_bytes(envelope.seal_under(text.encode(), secret), output)
    else:
        emit(text, output)


def _size(found: "Copied") -> str:
    return f"{found.interviews} interviews ({found.size // 1000} kB)"
