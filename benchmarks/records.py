"""How fast a full record store answers: list, search and open.

python benchmarks/records.py            # 10,000 assessments; some minutes to write them
python benchmarks/records.py 500

Every interview has a journal of its own with sixty answers and the frozen assessment of an example
case, which is written word for word as the program writes it; only the code, the date and a note
differ.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case, Client
from nmt_expert.records import (
    InterviewId,
    Store,
    care,
    frozen,
    journal,
    open_store,
    register,
    search,
)
from nmt_expert.records.chain import canonical, sealed
from nmt_expert.records.entries import Standing, Started
from nmt_expert.records.tables import findable, interviews
from nmt_expert.records.tables import journal as journal_table

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
AT = "2026-11-20T10:00:00Z"
ANSWERS, AT_ONCE, TIMES = 60, 250, 9
LINES: dict[str, tuple[Any, tuple[str, ...]]] = {}
"""For each example, the line by which its first interview is found, and what is its own in it."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with open_store(Path(folder) / "store") as store:
            fill(store, count)
        size = store.file.stat().st_size / 1e6
        print(f"{count} assessments, {size:.0f} MB, written in {time.perf_counter() - begun:.0f} s")
        with open_store(Path(folder) / "store") as store:
            for name, (middle, worst) in measured(store).items():
                print(f"{name:24} {middle:7.3f} s, at most {worst:.3f} s")


def fill(store: Store, count: int) -> None:
    """Write so many finished interviews, a few clients a day."""
    kb = load()
    engine = Engine(kb)
    cases = [read_case(path, kb) for path in sorted(EXAMPLES.glob("*.yml"))]
    made = [(case, _text(assess(case, kb, engine))) for case in cases]
    for first in range(0, count, AT_ONCE):
        with store.database.write() as connection:
            for n in range(first, min(first + AT_ONCE, count)):
                write(connection, n, *made[n % len(made)])


def _text(assessment: Assessment) -> str:
    """The assessment as the store freezes it."""
    return json.dumps(assessment.model_dump(mode="json", by_alias=True), ensure_ascii=False)


def write(connection: Connection, n: int, case: Case, assessment: str) -> None:
    """One finished interview; its rows are linked as the journal links them."""
    client = Client(code=f"C-{n % 2500:04}")
    day = (date(2020, 1, 1) + timedelta(days=n // 6)).isoformat()
    row, visit = register.visit_on(connection, client, day, AT)
    started = Started(client=client, visit=visit, quick=False, kb_version="1", kb_sha256="1")
    interview = register.enter(connection, row, started, f"{day}T10:00:00Z")
    journal.add(connection, interview, "started", started, at=AT)
    told = Standing(answers=case.answers, complaint=case.complaint)
    journal.add(connection, interview, "answered", told, at=AT, prompt="all")
    last = journal.rows_of(connection, interview)[-1]
    rows = linked(interview, last["hash"], n)
    connection.execute(insert(journal_table), rows)
    now = {"entries": rows[-1]["n"], "last_hash": rows[-1]["hash"]}
    this = update(interviews).where(interviews.c.id == interview)
    connection.execute(this.values(**now, state="finished", finished=AT))
    finished = frozen.keep(connection, interview, assessment, AT)
    journal.add(connection, interview, "finished", finished, at=AT)
    _make_findable(connection, interview, n, client.code or "", day, case.id)


def _make_findable(
    connection: Connection, interview: str, n: int, code: str, day: str, kind: str
) -> None:
    """The line by which it is found: the first one's of its kind, with its own code and notes."""
    if kind not in LINES:
        search.refresh(connection, interview)
        query = select(findable).where(findable.c.interview_id == interview)
        LINES[kind] = (connection.execute(query).one(), (f"note {n}.", code.lower(), day))
        return
    first, told = LINES[kind]
    text = first.text
    for old, new in zip(told, (f"note {n}.", code.lower(), day), strict=True):
        text = text.replace(old, new)
    row = {"interview_id": interview, "entries": first.entries, "text": text}
    connection.execute(insert(findable).values(row))


def linked(interview: str, previous: str, number: int) -> list[dict[str, object]]:
    """Sixty answers, each linked to the one before."""
    rows: list[dict[str, object]] = []
    for n in range(3, 3 + ANSWERS):
        answer = Answer(finding="taut_band", site="masseter", note=f"note {number}.{n}")
        content = Standing(answers=(answer,)).model_dump(mode="json", exclude_none=True)
        row = {"interview_id": interview, "n": n, "at": AT, "by": None, "what": "answered"}
        told = {"prompt": f"p{n}", "content": canonical(content), "prior": None, "why": None}
        rows.append(sealed(row | told, previous, interview))
        previous = str(rows[-1]["hash"])
    return rows


def measured(store: Store) -> dict[str, tuple[float, float]]:
    """Seconds in the middle and at most, for each thing that a person waits for."""
    listed = store.interviews()
    middle = InterviewId(listed[len(listed) // 2].id)
    jobs: dict[str, Callable[[], object]] = {
        "list, all": store.interviews,
        "list, one client": lambda: store.interviews("C-0007"),
        "search, common words": lambda: care.find(store, ["headache", "temple"]),
        "search, one note": lambda: care.find(store, [f"note {len(listed) // 2}.7"]),
        "open, with journal": lambda: (store.state(middle), store.journal(middle)),
        "open, with assessment": lambda: (store.state(middle), store.assessment(middle)),
    }
    return {name: timed(job) for name, job in jobs.items()}


def timed(job: Callable[[], object]) -> tuple[float, float]:
    """The middle and the longest of some runs, the first one with cold pages counted too."""
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        job()
        took.append(time.perf_counter() - begun)
    return statistics.median(took), max(took)


if __name__ == "__main__":
    main()
