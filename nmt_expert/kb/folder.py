"""Where the knowledge base is: the folder that holds ``knowledge/`` and ``rules/``; the overlay."""

import os
from collections.abc import Iterator
from pathlib import Path

from nmt_expert.model.errors import Fault, KnowledgeBaseInvalid

VARIABLE = "NMT_EXPERT_KB"
"""The environment variable that names another knowledge base."""

OVERLAY_VARIABLE = "NMT_EXPERT_OVERLAY"
"""The environment variable that names a clinic's own additions."""

PACKED = "_knowledge_base"
"""What the folder is called that a wheel brings."""

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped() -> Iterator[Path]:
    """The places the program itself may have brought: an installed wheel, then a working copy."""
    yield _PACKAGE / PACKED
    yield _PACKAGE.parent


def is_knowledge_base(folder: Path) -> bool:
    """Whether the folder holds both halves."""
    return (folder / "knowledge").is_dir() and (folder / "rules").is_dir()


def knowledge_folder(explicit: Path | str | None = None) -> Path:
    """The folder to load: the one asked for, else ``NMT_EXPERT_KB``, else the shipped one.

    Raises:
        KnowledgeBaseInvalid: the folder asked for, or every shipped place, lacks ``knowledge/`` or
            ``rules/``.
    """
    asked = explicit if explicit is not None else os.environ.get(VARIABLE) or None
    candidates = [Path(asked)] if asked is not None else list(_shipped())
    for folder in candidates:
        if is_knowledge_base(folder):
            return folder
    raise KnowledgeBaseInvalid(
        [
            Fault(
                str(candidates[-1]),
                "no knowledge base is here",
                "Both folders knowledge/ and rules/ are needed.",
                f"Name the folder that holds them with --kb or {VARIABLE}.",
            )
        ]
    )


def overlay_folder(explicit: Path | str | None = None) -> Path | None:
    """The folder of a clinic's additions: the one asked for, else ``NMT_EXPERT_OVERLAY``, or none.

    Raises:
        KnowledgeBaseInvalid: the folder has neither ``knowledge/`` nor ``rules/``.
    """
    asked = explicit if explicit is not None else os.environ.get(OVERLAY_VARIABLE) or None
    if asked is None:
        return None
    folder = Path(asked).absolute()
    if (folder / "knowledge").is_dir() or (folder / "rules").is_dir():
        return folder
    raise KnowledgeBaseInvalid(
        [
            Fault(
                str(asked),
                "no overlay is here",
                "It needs knowledge/ or rules/, or both.",
                f"Name the folder that holds them with --overlay or {OVERLAY_VARIABLE}.",
            )
        ]
    )
