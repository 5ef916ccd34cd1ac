"""One CLIPS environment with the program in it: facts go in, lines of notes come out.

CLIPS tells of an activation by writing a line to a file, and Python reads it when the run is over.
A Python function called from each right-hand side took four times as long (4.3 microseconds an
activation against 0.9), and Ctrl-C inside such a call is lost. No client's word is in the file: it
holds names of rules and sites, and numbers of facts.
"""

import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from nmt_expert.engine.clips.memory import CASE, LINKS, OPENING, SLOTS, Construct, teller
from nmt_expert.engine.clips.symbols import string, symbol
from nmt_expert.engine.facts import TextFact, Token
from nmt_expert.model.errors import Fault, NmtError

_FORGET = f"(do-for-all-facts ((?fact {' '.join(CASE)})) TRUE (retract ?fact))"
INSTALL = "Install it with: pip install 'nmt-expert[clips]'."


def library() -> ModuleType:
    """The CLIPS library.

    Raises:
        NmtError: the extra is not installed.
    """
    try:
        import clips
    except ImportError:
        raise NmtError(str(_missing())) from None
    found: ModuleType = clips
    return found


class Machine:
    """A program loaded into CLIPS, with the facts that it defines."""

    def __init__(self, program: Iterator[Construct]) -> None:
        self._clips = library()
        self._env = self._clips.Environment()
        for construct in program:
            self._env.build(construct.text)
        for told_here in (OPENING, LINKS):
            self._env.find_defined_facts(told_here).undefine()
        self._call: Callable[..., Any] = self._env.call
        self._told: dict[Token, tuple[str, ...]] = {}
        folder = TemporaryDirectory(prefix="nmt-expert-")
        weakref.finalize(self, folder.cleanup)
        self._notes = Path(folder.name) / "notes"
        self._env.reset()
        self._env.eval("(bind ?*notes* notes)")
        self._open = f'(open {string(str(self._notes))} notes "w")'

    def begin(self, opening: bool) -> None:
        """Forget the facts of the case before; ``opening`` opens questions in this one.

        What stands is asked of CLIPS, so that an interrupted run leaves nothing behind. The anatomy
        stays: laying it down again took 5 ms a run, taking a case away 0.2 to 0.8.
        """
        self._env.eval(_FORGET)
        if opening:
            self._call(teller(OPENING), self._clips.Symbol("questions"))

    def declare(self, fact: TextFact) -> str:
        """Assert a fact; its number, which is that of an equal fact if there is one.

        A function of CLIPS asserts it and gives its number: each fact that clipspy 1.0.6 hands to
        Python stays in memory for good, 176 bytes of it.
        """
        if fact.token not in self._told:
            self._told[fact.token] = self._read(fact)
        return str(self._call(*self._told[fact.token]))

    def _read(self, fact: TextFact) -> tuple[str, ...]:
        template = type(fact).__name__.lower()
        slots = (self._clips.Symbol(symbol(fact[slot])) for slot in SLOTS[template])
        return (teller(template), *slots)

    def run(self) -> list[list[str]]:
        """Fire all that can fire; the words of every line that was written meanwhile.

        Raises:
            NmtError: lines are missing: the disk may be full.
        """
        fired = self._written() if self._env.eval(self._open) == "TRUE" else -1
        lines = self._notes.read_text("ascii").splitlines() if fired >= 0 else []
        if len(lines) != fired:
            raise NmtError(str(_lost(self._notes)))
        return [line.split() for line in lines]

    def _written(self) -> int:
        """How many activations fired, each of which wrote a line."""
        for router in self._env.routers():
            router.deactivate()  # else each word written asks Python whether it is an error
        try:
            fired: int = self._env.run()
        finally:
            self._env.eval("(close notes)")
            for router in self._env.routers():
                router.activate()
        return fired


def _missing() -> Fault:
    return Fault(
        place="engine clips",
        says="the CLIPS library (clipspy) is not installed",
        consequence="Nothing was concluded.",
        remedy=INSTALL,
    )


def _lost(notes: Path) -> Fault:
    return Fault(
        place=str(notes),
        says="CLIPS could not write down all that fired",
        consequence="Nothing was concluded.",
        remedy="Make room on that disk, or use the other engine.",
    )
