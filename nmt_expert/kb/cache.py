"""The checked knowledge base, kept for the next process by the content it was read from.

It is kept as JSON and read back through the types of the records, so nothing in it can run; a file
that another user could have written is not believed. Whatever is wrong with the cache, the
knowledge base is read anew and nothing is said: ``NMT_EXPERT_CACHE=off`` does without, any other
value names the folder.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

import nmt_expert
from nmt_expert.kb.document import Unreadable, file_bytes
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.settings.private_file import write_private

VARIABLE = "NMT_EXPERT_CACHE"
OFF = "off"
MOST_KEPT = 4
"""How many knowledge bases are kept; the one written longest ago goes first."""

_READERS = ("kb", "model")
"""The rooms whose code decides what a file means and whether it is sound."""
_DIGEST = 64


def fingerprint(roots: Mapping[str, Path]) -> str | None:
    """The sha256 of everything that decides what is loaded; None when some file cannot be read.

    ``roots`` are the folders by the name that tells them apart. Counted are the bytes of their
    files, the version of Python, and of this program with the code of its readers.
    """
    package = Path(nmt_expert.__file__).parent
    counted = [(room, package / room, "*.py") for room in _READERS]
    counted += [
        (f"{name}/{half}", folder / half, pattern)
        for name, folder in roots.items()
        for half in ("knowledge", "rules")
        for pattern in ("*.yml", "*.yaml")
    ]
    whole = hashlib.sha256(f"{nmt_expert.__version__} {sys.version}".encode())
    try:
        for name, folder, pattern in counted:
            for path in sorted(folder.rglob(pattern)):
                content = hashlib.sha256(file_bytes(path, name)).hexdigest()
                whole.update(f"\n{name} {path.relative_to(folder).as_posix()} {content}".encode())
    except (OSError, Unreadable, UnicodeEncodeError):
        return None
    return whole.hexdigest()


def kept(key: str | None) -> KnowledgeBase | None:
    """The knowledge base kept under ``key``, or None when there is none to be believed."""
    if key is None or (folder := _folder()) is None:
        return None
    with suppress(OSError, ValueError):  # a pydantic ValidationError is a ValueError
        whole = _believed(folder / _name(key))
        digest, body = whole[:_DIGEST], whole[_DIGEST + 1 :]
        if hashlib.sha256(body).hexdigest().encode() == digest:
            return _frozen(_adapter().validate_json(body))
    return None


def keep(key: str | None, kb: KnowledgeBase) -> None:
    """Keep a sound knowledge base under ``key``, in one piece or not at all."""
    if key is None or (folder := _folder()) is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder.stat(), stat.S_IWGRP | stat.S_IWOTH):
            return
        body = _adapter().dump_json(_thawed(kb), by_alias=True, exclude_defaults=True)
        digest = hashlib.sha256(body).hexdigest().encode()
        write_private(folder / _name(key), digest + b"\n" + body, lasting=False)
        _forget_oldest(folder)


def _folder() -> Path | None:
    """Where the cache lies; None when there is to be none."""
    named = os.environ.get(VARIABLE)
    if named == OFF:
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    with suppress(RuntimeError):  # no home folder
        return user_cache_path("nmt-expert", appauthor=False)
    return None


def _name(key: str) -> str:
    return f"knowledge-{key[:32]}.json"


def _believed(path: Path) -> bytes:
    """The bytes of a file that only this user could have written.

    Raises:
        OSError: it is missing, not a plain file, or somebody else's.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not _is_ours(status, stat.S_IRWXG | stat.S_IRWXO):
            raise PermissionError(path)
        return file.read()


def _is_ours(status: os.stat_result, closed: int) -> bool:
    """Whether it belongs to this user and is closed to others in these ways."""
    if os.name != "posix":  # the folder of a user is closed to others by its access list
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & closed


def _forget_oldest(folder: Path) -> None:
    written = sorted(folder.glob("knowledge-*.json"), key=lambda path: path.stat().st_mtime)
    for path in written[:-MOST_KEPT]:
        path.unlink(missing_ok=True)


def _adapter() -> TypeAdapter[KnowledgeBase]:
    return TypeAdapter(KnowledgeBase)


def _thawed(kb: KnowledgeBase) -> KnowledgeBase:
    """With plain dicts, which JSON can be made of."""
    return replace(kb, **_each(kb, MappingProxyType, dict))


def _frozen(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, **_each(kb, dict, MappingProxyType))


def _each(kb: KnowledgeBase, kind: type, make: Any) -> dict[str, Any]:
    """Every table of the one kind, made into the other."""
    tables = ((one.name, getattr(kb, one.name)) for one in fields(kb))
    return {name: make(table) for name, table in tables if isinstance(table, kind)}
