"""``records encrypt`` and ``decrypt``: the store under a passphrase, or without one."""

from typing import Annotated

import typer

from nmt_expert.cli.setup import Setup
from nmt_expert.model.errors import Fault, StoreProblem

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


def encrypt(ctx: typer.Context, dry_run: DryRun = False) -> None:
    """Put the store under a passphrase, or under another one.

    Without the passphrase nobody can read the records again, and nobody can help. Backups and
    exports made before stay as they are.

    \b
    Example:
      nmt-expert records encrypt
    """
    _convert(ctx.obj, sealed=True, dry_run=dry_run)


def decrypt(ctx: typer.Context, dry_run: DryRun = False) -> None:
    """Take the passphrase off the store: whoever can read the disk can read the records then.

    \b
    Example:
      nmt-expert records decrypt
    """
    _convert(ctx.obj, sealed=False, dry_run=dry_run)


def _convert(setup: Setup, *, sealed: bool, dry_run: bool) -> None:
    from nmt_expert.cli.opening import opened, secret_of, typed
    from nmt_expert.cli.records_server import require_file
    from nmt_expert.records import cipher, conversion

    require_file(setup)
    cipher.library()
    with opened(setup) as store:  # it exists, is ours, and is brought up to this version
        file, old, count = store.file, store.database.secret, len(store.interviews())
    if not sealed and old is None:
        raise StoreProblem(str(Fault(str(file), "the store is not encrypted")))
    if dry_run:
        print(f"Would write {count} interviews anew, {'en' if sealed else 'de'}crypted.")
        return
    new = (secret_of(setup)() if old is None and setup.settings.passphrase_file else None) or (
        typed("New passphrase: ", twice=True) if sealed else None
    )
    found = conversion.convert(file, old, new if sealed else None)
    print(f"{found.interviews} interviews are {'en' if sealed else 'de'}crypted now: {file}")
