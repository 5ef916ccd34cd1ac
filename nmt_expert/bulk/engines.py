"""Which engine runs the rules of a batch. The bytes are the same; only the time differs."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmt_expert.engine import Reasoner
    from nmt_expert.model.knowledge import KnowledgeBase


class EngineName(StrEnum):
    """``experta`` is the engine of the interview, ``clips`` the extra of that name."""

    experta = "experta"
    clips = "clips"


def engine_of(name: EngineName, kb: "KnowledgeBase") -> "Reasoner":
    """The rules compiled for the engine of that name.

    Raises:
        NmtError: its library is not installed.
    """
    if name is EngineName.clips:
        from nmt_expert.engine.clips import ClipsEngine

        return ClipsEngine(kb)
    from nmt_expert.engine import Engine

    return Engine(kb)


def check_installed(name: EngineName) -> None:
    """Before anything is written, and before processes start that could only die of it.

    Raises:
        NmtError: the library of that engine is not installed.
    """
    if name is EngineName.clips:
        from nmt_expert.engine.clips import library

        library()
