"""The same facts through three engines, in one process: ours, experta's own matcher, and CLIPS.

python benchmarks/engines.py                      # every example; some minutes
python benchmarks/engines.py my_case.yml --times 7
python benchmarks/engines.py --without stock      # half a minute

Two runs of each case: over its answers, and over those and everything that is still open. Times are
processor seconds, the median of several; each run is after one over nothing, so that none goes on
from the one before. The bands that rules of the plan use are given, so that no weighing is counted.
Whatever an engine makes of a case must be what ours makes of it, or the command fails.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from nmt_expert.assessment import reason
from nmt_expert.assessment.possible import possible
from nmt_expert.engine import Engine, Known, RawFiring, Reasoner, RunResult
from nmt_expert.engine.clips import ClipsEngine
from nmt_expert.engine.reasoner import Weigh
from nmt_expert.kb import load, read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.yml"))
ENGINES: dict[str, Callable[[KnowledgeBase], Reasoner]] = {
    "ours": Engine,
    "stock": lambda kb: Engine(kb, matcher="stock"),
    "clips": ClipsEngine,
}


class Given(NamedTuple):
    """What one run was given: facts, the bands that came of weighing, and whether it opened."""

    known: tuple[Known, ...]
    bands: tuple[Known, ...]
    opening: bool

    def through(self, engine: Reasoner) -> RunResult:
        return engine.run(self.known, lambda _: self.bands, opening=self.opening)


class Compared(NamedTuple):
    """One run by every engine: processor seconds by the engine's name."""

    case: str
    run: str
    known: int
    activations: int
    seconds: Mapping[str, float]

    def times_ours(self, name: str) -> float:
        return self.seconds[name] / self.seconds["ours"]


class Recorder:
    """Our engine, which notes what every run is given."""

    def __init__(self, engine: Reasoner) -> None:
        self.kb = engine.kb
        self._engine = engine
        self.given: list[Given] = []

    def run(
        self, known: Iterable[Known], weigh: Weigh | None = None, *, opening: bool = True
    ) -> RunResult:
        stated, bands = tuple(known), list[Known]()

        def weighed(firings: tuple[RawFiring, ...]) -> list[Known]:
            bands.extend(weigh(firings) if weigh else ())
            return bands

        result = self._engine.run(stated, weighed, opening=opening)
        self.given.append(Given(stated, tuple(bands), opening))
        return result


def runs_of(case: Case, kb: KnowledgeBase, ours: Reasoner) -> dict[str, Given]:
    """What the first run over a case is given, and the last, in which everything open is held."""
    recorder = Recorder(ours)
    possible(reason(case, kb, recorder), recorder)
    return {"answers": recorder.given[0], "everything open": recorder.given[-1]}


def compared(
    cases: Iterable[Case], kb: KnowledgeBase, engines: Mapping[str, Reasoner], times: int = 5
) -> Iterator[Compared]:
    """Every run of every case by every engine; ``ours`` must be one of them.

    Raises:
        AssertionError: an engine reached another result than ours.
    """
    for case in cases:
        for name, given in runs_of(case, kb, engines["ours"]).items():
            wanted = given.through(engines["ours"])
            seconds = {}
            for engine, built in engines.items():
                seconds[engine], result = _median(given, built, times)
                assert result == wanted, f"{case.id}: {engine} differs from ours"
            fired = sum(len(one.activations) for one in (*wanted.firings, *wanted.opened))
            yield Compared(case.id, name, len(given.known), fired, seconds)


def _median(given: Given, engine: Reasoner, times: int) -> tuple[float, RunResult]:
    taken = []
    for _ in range(times):
        engine.run((), opening=given.opening)
        begun = time.process_time()
        result = given.through(engine)
        taken.append(time.process_time() - begun)
    return statistics.median(taken), result


def built(kb: KnowledgeBase, names: Iterable[str]) -> dict[str, Reasoner]:
    """The engines, each with a line of how long it took; kept out of the collector's rounds."""
    made = {}
    for name in names:
        begun = time.process_time()
        made[name] = ENGINES[name](kb)
        print(f"{name:<8}built in {time.process_time() - begun:.2f} s")
    gc.collect()
    gc.freeze()
    return made


def main() -> None:
    options = argparse.ArgumentParser(description="Three engines on the same facts.")
    options.add_argument("cases", nargs="*", type=Path, default=EXAMPLES)
    options.add_argument("--times", type=int, default=5, help="runs behind a median")
    options.add_argument("--without", choices=("stock", "clips"), action="append", default=[])
    given = options.parse_args()
    kb = load()
    engines = built(kb, [name for name in ENGINES if name not in given.without])
    cases = (read_case(path, kb) for path in given.cases)
    for one in compared(cases, kb, engines, given.times):
        print(_line(one), flush=True)


def _line(one: Compared) -> str:
    told = (f"{name} {seconds:.4f} s" for name, seconds in one.seconds.items())
    others = (f"{one.times_ours(name):.2f}" for name in one.seconds if name != "ours")
    return (
        f"{one.case}, {one.run} ({one.known} stated, {one.activations} activations): "
        f"{', '.join(told)}; times ours: {', '.join(others)}"
    )


if __name__ == "__main__":
    main()
