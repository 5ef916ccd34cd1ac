"""Where the knowledge base is: the folder that holds ``knowledge/`` and ``rules/``."""

import os
from collections.abc import Iterator
from pathlib import Path

from nmt_expert.model.errors import Fault, KnowledgeBaseInvalid

VARIABLE = "NMT_EXPERT_KB"
"""The environment variable that names another knowledge base."""

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped() -> Iterator[Path]:
    """The places the program itself may have brought: an installed wheel, then a working copy."""
    yield _PACKAGE / "_knowledge_base"
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
