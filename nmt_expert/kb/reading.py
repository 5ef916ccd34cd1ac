"""The files of a knowledge base and its overlay read into a draft, with every fault of form."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nmt_expert.kb.document import Document, Unreadable, file_text
from nmt_expert.kb.draft import Draft, Entry
from nmt_expert.kb.entries import add_entry, canonical, entry_name
from nmt_expert.kb.kinds import KINDS, FileKind
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.overlay import lay_over
from nmt_expert.kb.yaml_reader import read_yaml
from nmt_expert.model.errors import Fault
from nmt_expert.model.knowledge import Overlay
from nmt_expert.model.text import clean

CASES = "knowledge/cases"
"""Where practice cases lie: no knowledge, so they are read one by one when they are played."""

MOST_FAULTS = 100
"""Of one file; a file with more is something else than it seems."""

OVERLAY = "overlay/"
"""What the places of an overlay's files begin with in :attr:`Draft.documents`."""


def read_draft(folder: Path, overlay: Path | None = None) -> Draft:
    """Everything under ``knowledge/`` and ``rules/``, in an order that no file system changes.

    What an overlay adds or replaces is read after the whole of ``folder``.
    """
    draft = Draft(overlay=clean(overlay.name) if overlay else None)
    _read_root(Root(folder), draft)
    if overlay:
        _read_root(Root(overlay, f"{draft.overlay}/", OVERLAY), draft)
    return draft


def content_hash(draft: Draft, below: str = "") -> str:
    """The sha256 of all content, file by file; or of the files below a folder."""
    found = {name: one.data for name, one in draft.documents.items() if name.startswith(below)}
    return hashlib.sha256(canonical(found)).hexdigest()


def overlay_of(draft: Draft) -> Overlay | None:
    """What reports say of the overlay: its folder, the hash of its content, what it did."""
    if draft.overlay is None:
        return None
    laid = {done: dict(sorted(counts.items())) for done, counts in draft.laid_over.items()}
    sha256 = content_hash(draft, OVERLAY)
    return Overlay.model_validate({"name": draft.overlay, "sha256": sha256, **laid})


@dataclass(frozen=True)
class Root:
    """A folder to read: what its files are called to a person, and in :class:`Draft`."""

    folder: Path
    shown: str = ""
    key: str = ""

    @property
    def is_overlay(self) -> bool:
        """Whether its entries are laid over others."""
        return bool(self.key)


def _read_root(root: Root, draft: Draft) -> None:
    unread = _all_files(root.folder)
    for kind in KINDS:
        paths = sorted(root.folder.glob(kind.pattern))
        for path in paths:
            unread.discard(path)
            _read_file(path, root, kind, draft)
        expected = kind.needed and "*" not in kind.pattern and not root.is_overlay
        if expected and not paths:
            draft.faults.append(
                Fault(
                    kind.pattern,
                    "the file is missing",
                    "Nothing works without it.",
                    "Put it back, as it is in the shipped knowledge base.",
                )
            )
    for path in sorted(unread):
        draft.faults.append(_stray(root.shown + path.relative_to(root.folder).as_posix()))


def _all_files(folder: Path) -> set[Path]:
    halves = (folder / "knowledge", folder / "rules")
    files = (
        path for half in halves for path in half.rglob("*") if path.suffix in (".yml", ".yaml")
    )
    cases = folder / CASES
    return {path for path in files if not path.name.startswith(".") and path.parent != cases}


def _stray(name: str) -> Fault:
    remedy = "Name it .yml." if name.endswith(".yaml") else "Move it to a folder that is read."
    return Fault(
        name, "no part of the program reads this file", "Its content would be ignored.", remedy
    )


def _read_file(path: Path, root: Root, kind: FileKind, draft: Draft) -> None:
    place = path.relative_to(root.folder).as_posix()
    name = root.shown + place
    try:
        document = read_yaml(file_text(path, name), name)
    except Unreadable as stop:
        draft.faults.extend(stop.faults)
        return
    draft.faults.extend(document.faults)
    draft.documents[root.key + place] = document
    before = len(draft.faults)
    for data, path_, line in _entries(document, kind, draft):
        entry = Entry(document, path_, line)
        if len(draft.faults) - before >= MOST_FAULTS:
            draft.faults.append(_too_many(entry.place))
            break
        name = entry_name(data, entry, kind)
        if root.is_overlay:
            lay_over(data, name, entry, kind, draft)
        elif _is_new(name, entry, kind, draft):
            add_entry(data, name, entry, kind, draft)


def _too_many(place: str) -> Fault:
    return Fault(
        place,
        f"{MOST_FAULTS} faults were found before this line",
        "The file was read no further.",
        "Mend those first.",
    )


def _entries(document: Document, kind: FileKind, draft: Draft) -> list[tuple[Any, Path_, int]]:
    """The entries of a file with their paths and lines."""
    data, lines = document.data, document.lines
    if not kind.many:
        return [(data, (), lines[0] if lines else 1)]
    if isinstance(data, list):
        return [(entry, (n,), lines[n]) for n, entry in enumerate(data)]
    says = "the file must be a list of entries" if data is not None else "the file is empty"
    draft.faults.append(
        Fault(f"{document.name}:1:1", says, kind.lost, "Begin each entry with '- '.")
    )
    return []


def _is_new(name: str, entry: Entry, kind: FileKind, draft: Draft) -> bool:
    """Whether nothing is called so yet; else that is a fault."""
    if (first := draft.declared(kind.name).get(name)) is None:
        return True
    says = f"{kind.name} {name!r} is declared twice; the first is at {first.place}"
    draft.faults.append(Fault(entry.spot((kind.key,)), says, kind.lost, "Give one another id."))
    return False
