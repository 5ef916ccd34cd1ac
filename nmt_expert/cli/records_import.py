"""``records import``: case files and whole records into the store, all of a file or nothing."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from nmt_expert.cli.cases import STANDARD_INPUT
from nmt_expert.cli.confirming import now
from nmt_expert.cli.setup import Setup
from nmt_expert.model.errors import Fault, InputInvalid

if TYPE_CHECKING:
    from nmt_expert.engine import Engine
    from nmt_expert.records import Store
    from nmt_expert.records.intake import TakenIn

MOST_BYTES = 500_000_000
UNTAKEN = "Nothing of it was taken in."
_SMALLER = "Export fewer records at a time."
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...", help="Case files, whole records, age files; - is standard input."
    ),
]
Identity = Annotated[
    Path | None, typer.Option("--identity", metavar="FILE", help="The key that opens age files.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken in.")]


def import_(
    ctx: typer.Context, files: Files, identity: Identity = None, dry_run: DryRun = False
) -> None:
    """Take case files (nmt.case/1) and exported records (nmt.records/1) into the store.

    A case is assessed and kept as a finished interview of its date. What is here already is passed
    over. A file with a fault is left out as a whole; the others are taken in.

    \b
    Examples:
      nmt-expert records import case.yml
      nmt-expert records import records.json --dry-run
      nmt-expert records import records.json.age --identity key.txt
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.cli.setup import counted

    setup: Setup = ctx.obj
    engine = cache(setup.engine)
    faults: list[Fault] = []
    with opened(setup) as store, counted("Importing", after=1.0) as told:
        for done, file in enumerate(files):
            told(done, len(files))
            try:
                taken = _take(setup, store, engine, file, identity, dry_run)
                print(f"{file}: {_said(taken, dry_run)}")
            except InputInvalid as error:
                faults += error.faults
    if faults:
        raise InputInvalid(faults)


def _take(
    setup: Setup,
    store: "Store",
    engine: "Callable[[], Engine]",
    file: Path,
    identity: Path | None,
    dry_run: bool,
) -> "TakenIn":
    import hashlib

    from nmt_expert.assessment import assess
    from nmt_expert.kb import read_case_text
    from nmt_expert.records import intake, portable

    content = _content(file, identity)
    text, mark = _text(content, file), hashlib.sha256(content).hexdigest()
    if portable.is_records(text):
        records = portable.read(text, str(file))
        return intake.take_records(
            store, records, name=str(file), file_sha256=mark, at=now(), dry_run=dry_run
        )
    case = read_case_text(text, str(file), setup.kb)
    result = assess(case, setup.kb, engine())
    return intake.take_case(store, case, result, file_sha256=mark, at=now(), dry_run=dry_run)


def _content(file: Path, identity: Path | None) -> bytes:
    from nmt_expert.cli.opening import typed
    from nmt_expert.kb.document import opened
    from nmt_expert.records import envelope

    try:
        if str(file) == STANDARD_INPUT:
            content = _read(sys.stdin.buffer)
        else:
            with opened(file) as stream:
                content = _read(stream)
    except OSError as error:
        says = f"it cannot be read ({error.strerror})"
        fault = Fault(str(file), says, UNTAKEN, "Name a file that can be read.")
        raise InputInvalid([fault]) from None
    if len(content) > MOST_BYTES:
        says = f"larger than {MOST_BYTES // 1_000_000} MB"
        raise InputInvalid([Fault(str(file), says, UNTAKEN, _SMALLER)])
    if not envelope.is_sealed(content):
        return content
    return envelope.open_sealed(
        content, str(file), identity, lambda: typed(f"Passphrase of {file.name}: ")
    )


def _read(stream: BinaryIO) -> bytes:
    """All of it, but of what is no record no more than shows that it is no case either."""
    from nmt_expert.kb.document import MAX_BYTES
    from nmt_expert.records import envelope, portable

    begins = stream.read(MAX_BYTES + 1)
    told = portable.is_records(begins[:800].decode("utf-8", "replace"))
    if not told and not envelope.is_sealed(begins):
        return begins
    parts, size = [begins], len(begins)
    while size <= MOST_BYTES and (part := stream.read(MAX_BYTES)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _text(content: bytes, file: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"byte {error.start} is not UTF-8"
        fault = Fault(str(file), says, UNTAKEN, "Save it as UTF-8, or export it again.")
        raise InputInvalid([fault]) from None


def _said(taken: "TakenIn", dry_run: bool) -> str:
    new, known = ", ".join(taken.new), ", ".join(taken.known)
    verb = "would take in" if dry_run else "took in"
    said = [f"{verb} {new}"] if new else []
    said += [f"here already: {known}"] if known else []
    return "; ".join(said) or "holds no interview"
