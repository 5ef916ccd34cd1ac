"""Malformed files by the thousand: every refusal is quick, small, and says where and what to do.

    python -m tests.proof.fuzz --files 10000 --seed 1
    python -m tests.proof.fuzz --again knowledge:412 --seed 1   # one of them, with what was said

Most run inside one process, through the command line's own door; one in a hundred is handed to a
process of its own, whose time, Python's start included, is told and not judged. A refusal may not
be a traceback or a fault of the program, take a second of the processor or 200 MB, leave out a
place or a remedy, repeat a client's words, or steer a terminal.
"""

import argparse
import contextlib
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from nmt_expert.assessment import assess
from nmt_expert.bulk.worker import Worker
from nmt_expert.cli import app
from nmt_expert.cli.setup import Setup
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.errors import Fault, FaultyInput, NmtError
from tests.proof.fuzz_bench import ROOT, TINY, Bench, Target
from tests.proof.malformed import CLIENT

CODES = range(6)
"""How a command may end that was handed a bad file: done, or one of the named refusals."""
SECONDS, BYTES, LONGEST = 1.0, 200_000_000, 3000
"""Of the processor, of memory, and the characters of one sentence."""
HUNG = 20
"""Seconds after which a command counts as waiting for something that never comes."""
STEERING = {chr(n) for n in (*range(0x20), 0x7F, *range(0x80, 0xA0))} - {"\n", "\t"}
EACH_PROCESS = 100
"""One file in so many is handed to a process of its own."""
_ASSESSED = re.compile(r'^{"assessment"', re.MULTILINE)
_MEASURED = """
import sys
from nmt_expert.cli.app import run
code = run(sys.argv[1:])
with open("/proc/self/status") as status, open("memory", "w") as memory:
    memory.write(next(line.split()[1] for line in status if line.startswith("VmHWM")))
sys.exit(code)
"""
"""The program, and the most memory that it had; what the parent had is counted otherwise."""


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str
    seconds: float
    memory: float = 0.0
    errors: tuple[BaseException, ...] = ()


class Hung(BaseException):
    """A command waited for too long."""


class Ready:
    """Knowledge and engines, made once: the one in force, and a small one."""

    def __init__(self) -> None:
        self._kbs = {"": load(), "tiny": load(TINY)}
        self._engines = {name: Engine(kb) for name, kb in self._kbs.items()}

    @contextlib.contextmanager
    def at_hand(self, folder: Path) -> Iterator[None]:
        """Commands of this process find them, and no setting or folder of this computer."""

        def name(setup: Setup) -> str:
            return _name(setup.settings.knowledge_base)

        kb = property(lambda setup: self._kbs[name(setup)])
        here = Path.cwd()
        with contextlib.ExitStack() as stack:
            stack.callback(os.chdir, here)
            os.chdir(folder)
            stack.enter_context(mock.patch.dict(os.environ, environment(folder), clear=True))
            stack.enter_context(mock.patch.object(Setup, "kb", kb))
            engine = mock.patch.object(
                Setup, "engine", lambda setup, matcher="": self._engines[name(setup)]
            )
            stack.enter_context(engine)
            made = mock.patch("nmt_expert.bulk.worker.made_ready", self._worker)
            stack.enter_context(made)
            yield

    def _worker(self, base: Path | None, *_others: object) -> Worker:
        kb, engine = self._kbs[_name(base)], self._engines[_name(base)]
        return Worker(kb, lambda case: assess(case, kb, engine))


def _name(base: Path | None) -> str:
    return base.name if base else ""


def environment(folder: Path) -> dict[str, str]:
    """Nothing of this computer but where its programs are."""
    homes = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME")
    return {name: str(folder) for name in homes} | {"PATH": os.environ["PATH"]}


def ran_inside(words: list[str]) -> Ended:
    """Run a command in this process, through the door that every command comes in by."""
    said = (io.BytesIO(), io.BytesIO())
    out, err = (io.TextIOWrapper(one, "utf-8", write_through=True) for one in said)
    errors: list[BaseException] = []

    def heard(error: BaseException) -> int:
        errors.append(error)
        return told(error)

    told = app.told
    began = time.process_time()
    with (
        mock.patch.object(app, "told", heard),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            with _not_for_ever():
                code = app.run(words)
        except Hung:
            return Ended(-1, "", "It waited for ever.", float(HUNG))
    took = time.process_time() - began
    printed, told_of = (one.getvalue().decode("utf-8") for one in said)
    return Ended(code, printed, told_of, took, errors=tuple(errors))


def ran_alone(words: list[str], folder: Path) -> Ended:
    """Run a command as a process of its own."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            [sys.executable, "-c", _MEASURED, *words],
            cwd=folder,
            env=environment(folder) | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        with _not_for_ever(child.kill):
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode("utf-8"))
    memory = 1024.0 * int((folder / "memory").read_text())
    return Ended(child.returncode, said[0], said[1], used.ru_utime + used.ru_stime, memory)


@contextlib.contextmanager
def _not_for_ever(first: Callable[[], object] = lambda: None) -> Iterator[None]:
    def stop(_signal: int, _frame: object) -> None:
        first()
        raise Hung

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, HUNG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def complaints(ended: Ended, target: Target) -> Iterator[str]:
    """Everything that is wrong with how a command ended."""
    said = ended.err + "".join(_refused_lines(ended.out) if target.name == "lines" else ())
    refused = ended.code != 0
    if "fault of the program" in said or "Traceback" in said:
        yield "a fault of the program"
    if ended.code not in CODES:
        yield f"exit code {ended.code}"
    judged = refused and not ended.memory and not _ASSESSED.search(ended.out)
    if judged and ended.seconds > SECONDS:
        yield f"{ended.seconds:.1f} seconds"
    if ended.memory > BYTES:
        yield f"{ended.memory / 1e6:.0f} MB"
    if refused and not said.strip():
        yield "nothing is said"
    if any(word in said for word in CLIENT):
        yield "a client's words are repeated"
    if STEERING & set(said):
        yield "what is said could steer a terminal"
    if any(len(line) > LONGEST for line in said.splitlines() if target.name != "lines"):
        yield "a sentence as long as a page"
    for fault in _faults(ended, target):
        if not (fault.place and fault.says and fault.remedy):
            yield f"no place or no remedy: {fault}"


def _faults(ended: Ended, target: Target) -> Iterator[Fault]:
    for error in ended.errors:
        if isinstance(error, FaultyInput):
            yield from error.faults
        elif not isinstance(error, NmtError):
            yield Fault(str(error), type(error).__name__)
    if target.name == "lines":
        for line in _refused_lines(ended.out):
            for one in json.loads(line)["faults"]:
                yield Fault(one["place"], one["fault"], one["consequence"], one["remedy"])


def _refused_lines(out: str) -> list[str]:
    return [line for line in out.split("\n") if line.startswith('{"faults": ')]


class Score:
    """What came of the files of one target."""

    def __init__(self) -> None:
        self.files = self.refused = 0
        self.slowest = self.largest = 0.0
        self.wrong: list[str] = []

    def add(self, ended: Ended, name: str, found: list[str]) -> None:
        """Count one file."""
        self.files += 1
        if ended.code:
            self.refused += 1
            self.slowest = max(self.slowest, ended.seconds)
        self.largest = max(self.largest, ended.memory)
        self.wrong += [f"{name}: {one}" for one in found]


def fuzz(bench: Bench, files: int, seed: int, told: Callable[[int], None]) -> dict[str, Score]:
    """Hand so many files to the program, every kind in turn; a score for each kind."""
    scores = {target.name: Score() for target in bench.targets}
    alone = scores["in a process of its own"] = Score()
    for n in range(files):
        target = bench.targets[n % len(bench.targets)]
        name = f"{target.name}:{n}"
        with bench.attacked(target, *bench.drawn(target, seed, n)) as words:
            ended = ran_inside(words)
            scores[target.name].add(ended, name, list(complaints(ended, target)))
            if n % EACH_PROCESS == EACH_PROCESS // 2:
                ended = ran_alone(words, bench.folder)
                alone.add(ended, name, list(complaints(ended, target)))
        told(n + 1)
    return scores


def _again(bench: Bench, name: str, seed: int) -> None:
    """One file once more: its beginning, and all that was said."""
    kind, _, n = name.partition(":")
    target = bench.target(kind)
    place, put = bench.drawn(target, seed, int(n))
    path = bench.folder / place
    with bench.attacked(target, place, put) as words:
        print(f"{place}: {path.read_bytes()[:600]!r}" if path.is_file() else f"{place}: no file")
        with mock.patch.dict(os.environ, {"NMT_EXPERT_DEBUG": "1"}):
            ended = ran_inside(words)
    print(f"ends with {ended.code} after {ended.seconds:.2f} s\n{ended.err[-6000:]}")
    print("\n".join(_refused_lines(ended.out)))
    print("wrong:", list(complaints(ended, target)))


def _table(scores: dict[str, Score]) -> Iterator[str]:
    for name, score in scores.items():
        memory = f", {score.largest / 1e6:.0f} MB at most" if score.largest else ""
        yield (
            f"{name:<26}{score.files:>6} files {score.refused:>6} refused, "
            f"the slowest in {score.slowest:.2f} s{memory}; {len(score.wrong)} wrong"
        )


def main() -> int:
    """Fuzz as the command line asks; 1 when something was wrong."""
    options = argparse.ArgumentParser(description="Hand malformed files to nmt-expert.")
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--again", metavar="KIND:N", help="one file, with all that was said")
    given: Any = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        bench, ready = Bench(folder), Ready()
        with ready.at_hand(folder):
            if given.again:
                _again(bench, given.again, given.seed)
                return 0
            _no_more_than(BYTES)
            scores = fuzz(bench, given.files, given.seed, _counted(given.files))
    print("\n".join(_table(scores)))
    wrong = [one for score in scores.values() for one in score.wrong]
    print("\n".join(wrong[:100]))
    return int(bool(wrong))


def _no_more_than(more: int) -> None:
    """From here on this process may take so many bytes more; what wants them fails."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    now = pages * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + more, hard))


def _counted(of: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\rFuzzing: {done} of {of} ", end="", file=sys.stderr, flush=True)

    return told


if __name__ == "__main__":
    raise SystemExit(main())
