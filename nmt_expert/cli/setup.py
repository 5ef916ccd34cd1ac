"""What every command may need: settings, the knowledge base, and a note when it takes long."""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Timer
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nmt_expert.engine import Engine
    from nmt_expert.model.knowledge import KnowledgeBase
    from nmt_expert.settings import Settings

SELDOM_FULL = 2_000, 10, 500
"""When the garbage collector has its rounds: after so many new objects; of such rounds; of those.

A full round takes a tenth of a second, and one prompt in ten waited for one.
"""
PATIENCE = 1.0
"""Seconds after which a person is told that something is still going on."""


@dataclass
class Setup:
    """The options before the command, and what follows from them, each made when first used.

    ``flags`` are settings by name, as text; one that is None was not given.
    """

    flags: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def settings(self) -> "Settings":
        """The settings in force: flags over environment over file."""
        from nmt_expert.settings import load_settings

        return load_settings(self.flags, os.environ)

    @cached_property
    def kb(self) -> "KnowledgeBase":
        """The knowledge base of this process."""
        from nmt_expert.kb import load

        with noted("Reading the knowledge base"):
            return load(self.settings.knowledge_base, self.settings.overlay)

    def engine(self, matcher: Literal["indexed", "stock"] = "indexed") -> "Engine":
        """The rules compiled, to be built once a process.

        The knowledge base and the engine stay for good, so they are taken out of the garbage
        collector's rounds: walking them made every fourth prompt 0.2 s late, and a run half as
        slow again. Its full rounds are seldom: what a reply makes goes without them.
        """
        from nmt_expert.engine import Engine

        kb, collects = self.kb, gc.isenabled()
        gc.disable()
        try:
            return Engine(kb, matcher)
        finally:
            gc.freeze()
            gc.set_threshold(*SELDOM_FULL)
            if collects:
                gc.enable()


@contextmanager
def noted(text: str) -> Iterator[None]:
    """Say on standard error what takes longer than a second, when a person is looking."""
    timer = Timer(PATIENCE, lambda: print(f"{text} ...", file=sys.stderr))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def counted(text: str, after: float = 0.0) -> Iterator[Callable[[int, int], None]]:
    """Gives what is told how much is done and of how much; a person who looks sees it grow.

    Of 0 is of as much as nobody knows. Nothing is shown before ``after`` seconds.
    """
    from_then = time.monotonic() + after
    shown = False

    def told(done: int, of: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() >= from_then:
            shown = True
            of_all = f" of {of}" if of else ""
            print(f"\r{text}: {done}{of_all} ", end="", file=sys.stderr, flush=True)

    try:
        yield told
    finally:
        if shown:
            print(file=sys.stderr)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
