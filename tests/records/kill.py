"""Kill programs that write records, at random moments, and look whether anything was lost.

python -m tests.records.kill --times 1000 [--seed N]

A child goes through an interview (answers, corrections, undone and parked answers, notes, the end,
the treatment log), imports a file of whole records, or strikes words out. It tells of each step
once the store has acknowledged it. SIGKILL ends it at a random moment. Then the store must open,
pass the database's own check and ``verify``, hold every step that was acknowledged, hold all of an
imported file or nothing of it, and let the interview go on. A kill is not a power cut: what the
system had taken over is written all the same.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case, Client, Treated
from nmt_expert.model.visit import Impression
from nmt_expert.records import InterviewId, Store, care, intake, open_store, portable
from nmt_expert.records.portable import PortableRecords
from tests.records.conftest import assessed

AT = "2026-11-20T10:00:00Z"
LONGEST = {"interview": 0.02, "import": 0.1, "redact": 0.1}
"""Seconds from the moment to be killed, which is after some steps of an interview, to the kill."""
MOST_STEPS = 50
ROUNDS_A_STORE = 25
KINDS = ("interview", "interview", "interview", "import", "redact")
Told = list[list[str]]


class Lost(Exception):
    """The store is not what was acknowledged; the text says how."""


def kills(times: int, seed: int, folder: Path) -> Counter[str]:
    """Kill so many children; what was done when they died.

    Raises:
        Lost: something that was acknowledged is not there, or the store is not whole.
    """
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    files: dict[int, PortableRecords] = {}
    home = folder / "store"
    while counts["kills"] < times:
        if counts["rounds"] % ROUNDS_A_STORE == 0:
            shutil.rmtree(home, ignore_errors=True)
        kind = chance.choice(KINDS)
        place = counts["rounds"] % ROUNDS_A_STORE
        if kind == "import" and place not in files:
            files[place] = made_elsewhere(folder / "elsewhere", place)
        file = files.get(place) if kind == "import" else None
        told, killed = _run(home, kind, file, chance)
        counts["rounds"] += 1
        counts["kills"] += killed
        counts[kind] += killed
        counts["acknowledged"] += len(told)
        _look(home, told, file)
    return counts


def made_elsewhere(folder: Path, number: int) -> PortableRecords:
    """A file of three finished interviews from another store, with codes of their own."""
    with open_store(folder) as store:
        codes = [f"E-{number}-{one}" for one in range(3)]
        for code in codes:
            interview = _begin(store, code)
            for k in range(4):
                store.append(interview, [_answer(f"{code}.{k}")], prompt=f"p{k}", at=AT)
            store.finish(interview, assessed(Case()), AT)
        whole = tuple(portable.of_store(store, code).interviews[0] for code in codes)
    return PortableRecords(interviews=whole)


def _run(
    home: Path, kind: str, records: PortableRecords | None, chance: random.Random
) -> tuple[Told, bool]:
    """One child and its end: what it told, and whether it was killed before it was done."""
    reads, writes = os.pipe()
    script = random.Random(chance.random())
    child = os.fork()
    if child == 0:
        os.close(reads)
        _child(home, kind, records, script, writes)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as told:
        steps = chance.randint(0, MOST_STEPS) if kind == "interview" else 0
        lines = [line for _ in range(steps) if (line := told.readline())]
        time.sleep(chance.uniform(0, LONGEST[kind]))
        os.kill(child, signal.SIGKILL)
        lines += told.readlines()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise Lost(f"a child that was not killed failed: {kind}")
    whole = [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]
    return whole, os.WIFSIGNALED(status)


def _child(
    home: Path, kind: str, records: PortableRecords | None, script: random.Random, writes: int
) -> None:
    def tell(*words: object) -> None:
        os.write(writes, ("\t".join(map(str, words)) + "\n").encode())

    try:
        with open_store(home) as store:
            if records is not None:
                intake.take_records(store, records, name="file", file_sha256="f", at=AT)
                tell("imported")
            else:
                for told in SCRIPTS[kind](store, script):
                    tell(*told)
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)


def _interviewed(store: Store, script: random.Random) -> Iterator[tuple[Any, ...]]:
    """Go on with an interview that a kill left open, or begin one; each step as it is kept."""
    left = store.unfinished()
    interview = InterviewId(left[0].id) if left else _begin(store, f"C-{script.random()}")
    yield "entry", interview, 1, "started"
    for _ in range(script.randint(5, 60)):
        step, prompt = script.random(), f"p{script.randint(0, 20)}"
        mark = f"{script.random()}"
        if step < 0.7 or not store.stands(interview, prompt):
            n = store.append(interview, [_answer(mark)], prompt=prompt, at=AT)
            yield "entry", interview, n, "answered", mark
        elif step < 0.8:
            n = store.correct(interview, [_answer(mark)], prompt=prompt, why="misheard", at=AT)
            yield "entry", interview, n, "corrected", mark
        elif step < 0.9:
            yield "entry", interview, store.undo(interview, prompt, mark, AT), "withdrawn", mark
        else:
            yield "entry", interview, store.note(interview, mark, AT), "noted", mark
    yield "entry", interview, store.think(interview, Impression(words="own"), AT), "thought", "own"
    store.finish(interview, assessed(store.state(interview).case), AT)
    yield "finished", interview
    place = Treated(site="neck", technique="stretch", note="eased")
    yield "entry", interview, store.treat(interview, [place], AT), "treated", "eased"


def _redacted(store: Store, script: random.Random) -> Iterator[tuple[Any, ...]]:
    """Type a word that must go, then strike it out."""
    interview, mark = _begin(store, f"R-{script.random()}"), f"{script.random()}"
    store.note(interview, mark, AT)
    care.redact(store, interview, why="asked", at=AT)
    yield "struck", interview, mark


SCRIPTS = {"interview": _interviewed, "redact": _redacted}


def _begin(store: Store, code: str) -> InterviewId:
    return store.start(Client(code=code), quick=True, kb_version="1", kb_sha256="1", at=AT)


def _answer(mark: str) -> Answer:
    return Answer(finding="taut_band", site="upper_trapezius", side="right", note=mark)


def _look(home: Path, told: Told, imported: PortableRecords | None) -> None:
    """The store after a kill, held to what was acknowledged."""
    with open_store(home) as store:
        with store.database.read() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if sound != ["ok"] or (breaks := store.verify()):
            raise Lost(f"the store is not whole: {sound}, {breaks}")
        for kind, *words in told:
            LOOKS.get(kind, _look_entry)(store, *words)
        if imported:
            codes = {one.code for one in store.interviews()}
            here = [one.code in codes for one in imported.interviews]
            if any(here) != all(here) or (told and not all(here)):
                raise Lost(f"half an imported file is there: {here}")
        for one in store.unfinished()[:1]:
            store.append(InterviewId(one.id), [_answer("resumed")], prompt="resumed", at=AT)


def _look_entry(store: Store, interview: str, n: str, what: str, mark: str = "") -> None:
    kept = {entry.n: entry for entry in store.journal(InterviewId(interview))}
    entry = kept.get(int(n))
    if entry is None or entry.what != what or mark not in f"{entry.content} {entry.why}":
        raise Lost(f"entry {n} of {interview} is not what was acknowledged: {what}")


def _look_finished(store: Store, interview: str) -> None:
    kept: Assessment = store.assessment(InterviewId(interview))
    if kept.case.id != interview:
        raise Lost(f"the assessment of {interview} is not what was acknowledged")


def _look_struck(store: Store, interview: str, mark: str) -> None:
    if mark.encode() in store.file.read_bytes() or store.state(InterviewId(interview)).notes == ():
        raise Lost(f"words of {interview} that were struck out are still there")


LOOKS: dict[str, Any] = {
    "finished": _look_finished,
    "struck": _look_struck,
    "imported": lambda store: None,
}


def main() -> None:
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--times", type=int, default=1000)
    wanted.add_argument("--seed", type=int, default=1)
    given = wanted.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            counts = kills(given.times, given.seed, Path(folder))
        except Lost as lost:
            sys.exit(f"LOST: {lost}")
    took = time.monotonic() - begun
    kinds = ", ".join(f"{counts[kind]} in {kind}" for kind in dict.fromkeys(KINDS))
    print(f"{counts['kills']} kills ({kinds}) in {counts['rounds']} runs, {took:.0f} s.")
    print(f"{counts['acknowledged']} steps acknowledged, none lost; every store whole.")


if __name__ == "__main__":
    main()
