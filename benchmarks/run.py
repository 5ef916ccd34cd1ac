"""How long things take on this machine: one command, one table.

    python benchmarks/run.py          # a table
    python benchmarks/run.py --json   # the same figures for a script
    python benchmarks/run.py --cpu    # processor seconds, for a machine that is not quiet
    python benchmarks/run.py --only interview   # one group of them

Every figure is the median of several runs, unless its line says "worst".
"""

import argparse
import gc
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmt_expert.engine import Engine
    from nmt_expert.model.case import Case
    from nmt_expert.model.knowledge import KnowledgeBase
    from nmt_expert.terminal.asking import Choice, Outcome, Screen
    from nmt_expert.terminal.recorded import Recorded

    Reasons = tuple[KnowledgeBase, Engine]

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "examples" / "desk-worker-headache.yml"
EXAMPLES = sorted(DEMO.parent.glob("*.yml"))
CACHE = "NMT_EXPERT_CACHE"
"""The variable that names the folder of the cache, or turns it off."""
MOST_MEMORY = 150.0
"""Megabytes that no command should need."""
MOST_IMPORTS = 12
"""How many libraries and rooms are shown of what a command imports."""
OFTEN, SELDOM = 7, 3
"""Runs behind a median: of what is quick, and of what is slow (the stock matcher)."""
GROUPS = ("processes", "imports", "cases", "interview", "engines", "growth")
clock: Callable[[], float] = time.perf_counter
"""What seconds are read from; ``--cpu`` takes the processor's."""


class Figure(NamedTuple):
    """One line of the table; ``target`` is the most it should be, where the project has one."""

    group: str
    what: str
    value: float
    unit: str
    target: float | None = None


def main() -> None:
    options = argparse.ArgumentParser(description="Measure nmt-expert on this machine.")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options.add_argument("--cpu", action="store_true", help="processor seconds, not the clock's")
    options.add_argument("--only", choices=GROUPS, help="measure one group")
    given = options.parse_args()
    as_json = given.json
    if given.cpu:
        globals()["clock"] = time.process_time
    figures = []
    for figure in measured(GROUPS if given.only is None else (given.only,)):
        figures.append(figure)
        if not as_json:
            print(_line(figure, figures), flush=True)
    if as_json:
        print(json.dumps({"machine": machine(), "figures": [f._asdict() for f in figures]}))


def _line(figure: Figure, so_far: list[Figure]) -> str:
    heading = ""
    if len(so_far) == 1:
        heading = "\n".join(f"{name}: {value}" for name, value in machine().items()) + "\n"
    if len(so_far) == 1 or so_far[-2].group != figure.group:
        heading += f"\n{figure.group}\n"
    target = f"   (target {figure.target:g})" if figure.target is not None else ""
    digits = 0 if figure.unit == "MB" else 3
    return f"{heading}  {figure.what:<62}{figure.value:>9.{digits}f} {figure.unit}{target}"


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def measured(groups: Sequence[str]) -> Iterator[Figure]:
    """Every figure of these groups, as it is measured.

    Whole processes come first: on Linux a child's peak memory is never less than that of the
    parent it was forked from, so this process must still be small.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CACHE] = folder
        if "processes" in groups:
            yield from _processes()
        if "imports" in groups:
            yield from _imports()
        if "cases" in groups:
            yield from _inside()
        if "interview" in groups:
            yield from _interviews()
        if "engines" in groups:
            yield from _engines()
        if "growth" in groups:
            yield from _growth()


def median(
    work: Callable[[], object], runs: int = OFTEN, first: Callable[[], object] = lambda: None
) -> float:
    """The median seconds of ``work``, each time after ``first``, which is not counted."""
    return statistics.median(_seconds(work, first) for _ in range(runs))


def _seconds(work: Callable[[], object], first: Callable[[], object]) -> float:
    first()
    began = clock()
    work()
    return clock() - began


# Whole processes


def _processes() -> Iterator[Figure]:
    for words, target in (
        (("--help",), 0.25),
        *((("assess", str(path), "--plain"), 0.6) for path in EXAMPLES),
        (("demo", "--plain"), None),
    ):
        _process(*words)  # the first one fills the cache
        ended = [_process(*words) for _ in range(OFTEN)]
        name = " ".join(Path(word).name for word in words if word != "--plain")
        seconds = statistics.median(took for took, _ in ended)
        yield Figure("Whole processes", f"nmt-expert {name}", seconds, "s", target)
        most = max(memory for _, memory in ended)
        yield Figure("Whole processes", f"nmt-expert {name}: peak memory", most, "MB", MOST_MEMORY)


def _process(*words: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "nmt_expert", *words]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    if clock is time.process_time:
        took = used.ru_utime + used.ru_stime
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    in_kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return took, in_kilobytes / 1024


def _imports() -> Iterator[Figure]:
    from imports import by_owner, imported

    for words in (["--help"], ["assess", str(DEMO), "--plain"]):
        _process(*words)  # what is compiled and cached is so from here on
        modules = imported(words, ROOT)
        group = f"Imports of nmt-expert {words[0]}, by the clock"
        yield Figure(group, f"{len(modules)} modules", sum(modules.values()) / 1e6, "s")
        for owner, took in by_owner(modules).most_common(MOST_IMPORTS):
            yield Figure(group, owner, took / 1e6, "s")


# Inside one process


def _inside() -> Iterator[Figure]:
    from nmt_expert.cli.setup import Setup
    from nmt_expert.kb import load, read_case

    group = "Once a process"
    kb = load()
    yield Figure(group, "the knowledge base, from the cache", median(load), "s")
    os.environ[CACHE] = "off"
    yield Figure(group, "the knowledge base, read and checked", median(load), "s")
    setup = Setup({"knowledge_base": str(ROOT)})  # builds as the commands do
    yield Figure(group, "build the engine, indexed", median(setup.engine, SELDOM), "s")
    slow = median(lambda: setup.engine("stock"), SELDOM)
    yield Figure(group, "build the engine, stock experta", slow, "s")
    ours, stock = setup.engine(), setup.engine("stock")
    for path in EXAMPLES:
        yield from _runs(read_case(path, kb), kb, ours, stock)


def _runs(case: "Case", kb: "KnowledgeBase", ours: "Engine", stock: "Engine") -> Iterator[Figure]:
    from nmt_expert.assessment import assess, reason
    from nmt_expert.model.case import Case

    def whole_run(engine: "Engine") -> tuple[object, ...]:
        """A run and all that an interview reads of it: its parts are worked out when read."""
        found = reason(case, kb, engine)
        return found.firings, found.factors, found.referrals, found.focus, found.instances

    def somebody_else() -> object:
        """A run goes on from the one before: the same client again would cost next to nothing."""
        return assess(Case(), kb, ours)

    group = "One case"
    quick = median(lambda: whole_run(ours), first=somebody_else)
    yield Figure(group, f"{case.id}: reason, indexed", quick, "s")
    slow = median(lambda: whole_run(stock), SELDOM)
    yield Figure(group, f"{case.id}: reason, stock", slow, "s")
    whole = median(lambda: assess(case, kb, ours), first=somebody_else)
    yield Figure(group, f"{case.id}: assess, indexed", whole, "s")


def _interviews() -> Iterator[Figure]:
    """What a person waits for after an answer: reasoning, the record on disk, the next screen."""
    from nmt_expert.cli.setup import Setup
    from nmt_expert.kb import read_case

    setup = Setup({"knowledge_base": str(ROOT)})
    kb, engine = setup.kb, setup.engine()
    cases = [read_case(path, kb) for path in EXAMPLES]
    group = f"{len(cases)} interviews, from the answer to the next prompt"
    for kind, ahead in (("with closure", True), ("without", False)):
        waits = sorted(wait for case in cases for wait in _waits(case, kb, engine, ahead))
        last = len(waits) - 1
        yield Figure(group, f"{kind}: half of {len(waits)} are under", waits[last // 2], "s")
        target = 0.05 if ahead else None
        yield Figure(group, f"{kind}: 95 in 100 are under", waits[last * 95 // 100], "s", target)
        yield Figure(group, f"{kind}: the slowest", waits[last], "s")


def _waits(case: "Case", kb: "KnowledgeBase", engine: "Engine", ahead: bool) -> list[float]:
    """The median wait before each prompt; ``ahead`` looks at what could still be."""
    held = [_held(case, kb, engine, ahead) for _ in range(SELDOM)]
    return [statistics.median(same) for same in zip(*held, strict=True)]


def _held(case: "Case", kb: "KnowledgeBase", engine: "Engine", ahead: bool) -> list[float]:
    from dataclasses import replace

    from nmt_expert.interview import Interview
    from nmt_expert.model.case import Client
    from nmt_expert.records import open_store
    from nmt_expert.terminal.conversation import Conversation
    from nmt_expert.terminal.keeper import StoreKeeper
    from nmt_expert.terminal.page import Page
    from nmt_expert.terminal.recorded import Recorded
    from nmt_expert.terminal.streams import Streams

    now = "2026-11-20T10:00:00Z"
    client = Client(code="C-001", sex=case.client.sex)
    page = Page(Streams(stdout=io.StringIO(), interactive=False).console())
    asker = _Timed(Recorded(case, kb, page))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "data") as store:
        id = store.start(
            client,
            quick=False,
            kb_version=kb.version,
            kb_sha256=kb.sha256,
            at=now,
            date=now[:10],
        )
        interview = Interview.begin(kb, engine, client=client, name=case.id)
        if not ahead:
            interview = replace(interview, closer=lambda found: False, foresight=None)
        Conversation(
            interview, asker, page, StoreKeeper(store, id, lambda: now), lambda: now
        ).hold()
    return asker.waits


def _engines() -> Iterator[Figure]:
    """Whatever stock experta and CLIPS take, as how often it is what ours takes."""
    from engines import built, compared

    from nmt_expert.kb import load, read_case

    kb = load()
    names = ("ours", "stock", "clips") if find_spec("clips") else ("ours", "stock")
    engines = built(kb, names)
    runs = []
    for one in compared((read_case(path, kb) for path in EXAMPLES), kb, engines, SELDOM):
        runs.append(one)
        for name, seconds in one.seconds.items():
            yield Figure("One run by each engine", f"{one.case}, {one.run}: {name}", seconds, "s")
    shares = {name: sorted(1 / one.times_ours(name) for one in runs) for name in names[1:]}
    for name, target in (("stock", 1 / 20), ("clips", 5.0)):
        for said, share in zip(
            ("half", "the worst"), _half_and_worst(shares.get(name)), strict=False
        ):
            yield Figure(
                "Ours, as a share", f"of {name}: {said} of the runs", share, "times", target
            )


def _half_and_worst(shares: list[float] | None) -> tuple[float, ...]:
    return (statistics.median(shares), shares[-1]) if shares else ()


def _growth() -> Iterator[Figure]:
    """A run over a knowledge base of many more regions, as a share of one over today's."""
    from growth import grown

    from nmt_expert.engine import Engine
    from nmt_expert.kb import load, read_case

    kb = load()
    today, larger = ((one, Engine(one)) for one in (kb, grown(kb)))
    gc.freeze()
    for path in EXAMPLES:
        yield from _larger(read_case(path, kb), today, larger)


def _larger(case: "Case", today: "Reasons", larger: "Reasons") -> Iterator[Figure]:
    from growth import TIMES, result

    from nmt_expert.assessment import assess, reason
    from nmt_expert.model.case import Case

    if result(assess(case, *today)) != result(assess(case, *larger)):
        raise SystemExit(f"{case.id}: another result with the larger knowledge base")
    works: dict[str, Callable[..., object]] = {
        "reason": lambda kb, engine: reason(case, kb, engine).firings,
        "assess": lambda kb, engine: assess(case, kb, engine),
    }
    for name, work in works.items():
        small, large = (
            median(partial(work, *one), first=partial(assess, Case(), *one))
            for one in (today, larger)
        )
        what = f"{case.id}: {name}, as a share of today's time"
        yield Figure(
            f"The knowledge base {TIMES} times as large", what, large / small, "times", 1.5
        )


class _Timed:
    """Passes prompts on, and notes how long each took to come after the reply before it."""

    def __init__(self, asker: "Recorded") -> None:
        self._asker = asker
        self._replied: float | None = None
        self.waits: list[float] = []

    def ask(self, screen: "Screen") -> "Outcome":
        if self._replied is not None:
            self.waits.append(clock() - self._replied)
        outcome = self._asker.ask(screen)
        self._replied = clock()
        return outcome

    def choose(self, question: str, choices: "tuple[Choice, ...]") -> str:
        return self._asker.choose(question, choices)

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        return self._asker.write(question, pattern=pattern, wrong=wrong)


if __name__ == "__main__":
    main()
