"""How many cases ``batch`` assesses in a second: on either engine, by one process and by two.

    python benchmarks/batch.py              # the cases of the repository, in a few minutes
    python benchmarks/batch.py --cases 40   # so many of them
    python benchmarks/batch.py --speed      # without the memory it takes

Cases a second are by the clock. Where other things are at work, read the processor seconds.
The engines take turns, case by case in one process, so that what else is at work slows both alike.
The ratio of two processes needs two processors with nothing else to do; *at best* is what it could
be then: the processor seconds of one process over half of those that both took together.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from nmt_expert.bulk.cases import Cases
from nmt_expert.bulk.engines import EngineName
from nmt_expert.bulk.worker import Recipe
from nmt_expert.kb.document import file_text
from nmt_expert.kb.yaml_reader import read_yaml

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "kb" / "tiny"
SMALL = {
    "schema": "nmt.case/1",
    "complaint": {"sites": [{"site": "temple", "side": "right"}]},
    "answers": [{"finding": "taut_band", "site": "upper_trapezius", "side": "right"}],
}
FEW = 500
"""Small cases of the shorter run whose memory is measured; the longer has ten times as many."""


class Took(NamedTuple):
    """Seconds by the clock and of the processor, and the most memory of one process, in MB."""

    clock: float
    processor: float
    memory: float


def main() -> None:
    options = argparse.ArgumentParser(description="Measure nmt-expert batch on this machine.")
    options.add_argument("--cases", type=int, default=120, help="how many whole cases")
    options.add_argument("--speed", action="store_true", help="leave the memory out")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _speed(Path(folder), given.cases)
        if not given.speed:
            _memory(Path(folder))


def _speed(folder: Path, number: int) -> None:
    cases = folder / "cases.jsonl"
    _written(cases, islice(cycle(_whole()), number))
    _run(folder, cases, "--jobs", "1")  # fills the cache
    one = _told("1 process", number, _run(folder, cases, "--jobs", "1"))
    two = _told("2 processes", number, _run(folder, cases, "--jobs", "2"))
    best = one.processor / (two.processor / 2)
    print(f"{'ratio':<24}{one.clock / two.clock:8.2f} (at best {best:.2f}; aim 1.8)", flush=True)
    _engines(cases)


def _told(name: str, number: int, took: Took) -> Took:
    """What a run took, printed."""
    print(
        f"{name:<24}{number / took.clock:8.2f} cases a second ({number} in {took.clock:.1f} s); "
        f"{took.processor:.1f} s of the processor, {1000 * took.processor / number:.0f} ms a case",
        flush=True,
    )
    return took


def _engines(cases: Path) -> None:
    """From the bytes of a case to its line, by a worker of each engine; each begins in turn."""
    if not find_spec("clips"):
        print("CLIPS is not installed (extra clips)")
        return
    workers = {name: Recipe(ROOT, None, name)() for name in EngineName}
    took = dict.fromkeys(workers, Took(0, 0, 0))
    pieces = list(Cases((str(cases),), BytesIO()).pieces(""))
    for n, piece in enumerate(pieces):
        lines = set()
        for name in sorted(workers, reverse=bool(n % 2)):
            clock, processor = time.perf_counter(), time.process_time()
            lines.add(workers[name](piece))
            clock, processor = time.perf_counter() - clock, time.process_time() - processor
            took[name] = Took(took[name].clock + clock, took[name].processor + processor, 0)
        assert len(lines) == 1, piece.place
    ours, clips = (_told(f"engine {name}", len(pieces), took[name]) for name in EngineName)
    print(f"{'ratio':<24}{ours.processor / clips.processor:8.2f} (over 1: CLIPS is quicker)")


def _memory(folder: Path) -> None:
    for number in (FEW, 10 * FEW):
        cases = folder / f"{number}.jsonl"
        _written(cases, (SMALL | {"id": f"client-{n}"} for n in range(number)))
        for jobs in ("1", "2"):
            took = _run(folder, cases, "--jobs", jobs, kb=TINY)
            print(
                f"{number:>5} small cases, jobs {jobs}: {took.memory:8.1f} MB at most", flush=True
            )


def _whole() -> list[object]:
    """The cases that the rules are tried on."""
    paths = sorted((ROOT / "tests" / "cases").glob("*/*.yml"))
    return [read_yaml(file_text(path, path.name), path.name).data for path in paths]


def _written(path: Path, cases: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(case) + "\n" for case in cases)


def _run(folder: Path, cases: Path, *words: str, kb: Path = ROOT) -> Took:
    command = [sys.executable, "-m", "nmt_expert", "--kb", str(kb), "batch", str(cases), *words]
    environment = {**os.environ, "NMT_EXPERT_CACHE": str(folder), "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "-o", str(folder / "results.jsonl"), "--force"],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Took(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
