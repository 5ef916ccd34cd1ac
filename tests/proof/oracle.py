"""Random clients on every engine at once; they must be of one mind.

    python -m tests.proof.oracle --cases 300 --seed 1 --jobs 2

Our matcher (from nothing, and going on from the run before), the same rules compiled to CLIPS, and
experta's own matcher are held to the reference: firings with bindings and all that met them,
questions, conclusions, referrals, cautions, factors and plan. At the first difference the client is
made as small as it can be and written as a case file that ``nmt-expert assess`` reads; exit code 1.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nmt_expert.assessment.spread import spread
from nmt_expert.kb import load
from nmt_expert.kb.case_writer import case_text
from nmt_expert.model.case import Case
from tests.proof.agreement import Bench, Difference, Every, Tried

SOME = 300
"""What the tests try; a long run tries 100,000."""
ENGINES = vars(Every())
DIFFERENT, STOPPED = 1, 130


@dataclass
class Tally:
    """What has come out so far."""

    cases: int = 0
    fired: set[str] = field(default_factory=set)
    seconds: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)

    def add(self, tried: Tried) -> None:
        """Count one client."""
        self.cases += 1
        self.fired |= tried.fired
        self.seconds.update(tried.seconds)
        self.runs.update(tried.seconds.keys())

    def lines(self) -> Iterator[str]:
        """The processor time of each engine, with all that follows from a run; what ever fired."""
        for name, runs in self.runs.items():
            each = 1000 * self.seconds[name] / runs
            yield f"  {name:<16} {runs:>7} cases, {each:8.1f} ms each"
        questions = sum(name.startswith("question.") for name in self.fired)
        yield f"  fired: {len(self.fired) - questions} rules; opened: {questions} questions"


def bench(seed: int, every: Every) -> Bench:
    """The engines of one process."""
    return Bench(load(), seed, every)


def tried(numbers: range, seed: int, every: Every, jobs: int) -> Iterator[Tried]:
    """The clients of these numbers, in their order."""
    return spread(partial(bench, seed, every), numbers, jobs)


def shown(results: Iterable[Tried], total: int) -> Iterator[Tried]:
    """The same, with the share that is done on stderr: in place, or now and then a line."""
    begun = told = time.monotonic()
    in_place = sys.stderr.isatty()
    pause, end = (0.2, "\r") if in_place else (30.0, "\n")
    for done, result in enumerate(results, start=1):
        now = time.monotonic()
        if now - told >= pause or (in_place and done == total):
            told = now
            filled = 30 * done // total
            bar = "#" * filled + "." * (30 - filled)
            rate = done / (now - begun)
            print(f"[{bar}] {done}/{total}, {rate:.1f} a second", end=end, file=sys.stderr)
        yield result
    if in_place:
        print(file=sys.stderr)


def written(difference: Difference, case: Case, folder: Path) -> Path:
    """The file in which a counterexample is kept."""
    path = folder / f"counterexample-{case.id}.yml"
    remark = "".join(f"# {line}\n" for line in str(difference).splitlines())
    path.write_text(remark + case_text(case), "utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """Try so many clients; 1 when two engines differ, 130 when it was stopped before the last."""
    given = parser().parse_args(arguments)
    every = Every(**{name: getattr(given, name) for name in ENGINES})
    numbers = range(given.first, given.first + given.cases)
    print(f"seed {given.seed}, cases {numbers.start} to {numbers.stop - 1}, {given.jobs} job(s)")
    tally, begun = Tally(), time.monotonic()
    try:
        for result in shown(tried(numbers, given.seed, every, given.jobs), given.cases):
            if result.difference and result.smallest:
                path = written(result.difference, result.smallest, given.to)
                print(f"{result.difference}\nThe client: nmt-expert assess {path}")
                print(f"Client {tally.cases + given.first}, after the one before it.")
                return DIFFERENT
            tally.add(result)
    except KeyboardInterrupt:
        print("stopped")
    took = time.monotonic() - begun
    print(f"no difference in {tally.cases} cases, {tally.cases / took:.1f} a second")
    print(*tally.lines(), sep="\n")
    return 0 if tally.cases == given.cases else STOPPED


def parser() -> argparse.ArgumentParser:
    """What may be asked for."""
    read = argparse.ArgumentParser(prog="python -m tests.proof.oracle", description=__doc__)
    read.formatter_class = argparse.RawDescriptionHelpFormatter
    read.add_argument("--cases", type=int, default=SOME, help="how many random clients")
    read.add_argument("--seed", type=int, default=1, help="the same seed, the same clients")
    read.add_argument("--first", type=int, default=0, help="the number of the first client")
    read.add_argument("--jobs", type=int, default=1, help="processes")
    for name, every in ENGINES.items():
        told = f"each so manieth client on {name}; 0: none ({every})"
        read.add_argument(f"--{name.replace('_', '-')}", type=int, default=every, help=told)
    read.add_argument("--to", type=Path, default=Path(), help="folder of the counterexample")
    return read


if __name__ == "__main__":
    sys.exit(main())
