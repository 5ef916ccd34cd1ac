"""Cut connections to a server while seats write, and look whether anything was lost.

python -m tests.records.cut --times 100 [--crashes 5] [--seats 2] [--seed N]

Every seat answers as fast as it can, each in an interview of its own. Meanwhile the server ends
their connections at random moments, and now and then is itself killed and started again. A seat
notes for each answer what the store said of it: kept, not saved, or not known. Then every answer
that was acknowledged must be there under its number, none that was said not to be saved may be
there, and the store must pass ``verify``. A killed server is not a power cut.
"""

import argparse
import random
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from nmt_expert.model.case import Answer, Client
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store, open_store
from nmt_expert.settings import ServerAddress
from tests.records.server import Server, server, with_a_store

AT = "2026-11-20T10:00:00Z"
LONGEST = 0.2
"""Seconds between two cuts, at most."""
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE application_name = 'nmt-expert' ORDER BY random() LIMIT 1"
)
Said = Literal["kept", "not saved", "not known"]


class Lost(Exception):
    """The store is not what was said; the text says how."""


@dataclass
class Seat:
    """One program that writes: what it was told of each answer, and its entry where it was kept."""

    store: Store
    interview: InterviewId
    said: dict[str, tuple[Said, int]] = field(default_factory=dict)
    fault: BaseException | None = None

    def answer_until(self, done: threading.Event) -> None:
        """Answer, and go on after every fault as a person would."""
        try:
            while not done.is_set():
                self._answer(f"{self.interview}/{len(self.said)}")
        except BaseException as fault:
            self.fault = fault

    def _answer(self, mark: str) -> None:
        answers = [Answer(finding="taut_band", note=mark)]
        try:
            n = self.store.append(self.interview, answers, prompt=mark, at=AT)
            self.said[mark] = ("kept", n)
        except StoreProblem as problem:
            known = "Nothing of this step was saved" in str(problem)
            self.said[mark] = ("not saved" if known else "not known", 0)
            time.sleep(0.01)


def cuts(one: Server, times: int, crashes: int, seats: int, seed: int) -> Counter[str]:
    """Cut so many connections, crash the server so often; what the seats were told.

    Raises:
        Lost: something that was acknowledged is not there, or is there though it was denied.
    """
    url = ServerAddress(one.url())
    at_work = [_seated(url, number) for number in range(seats)]
    done = threading.Event()
    threads = [threading.Thread(target=seat.answer_until, args=(done,)) for seat in at_work]
    for thread in threads:
        thread.start()
    counts = Counter(_cut(one, times, crashes, random.Random(seed)))
    done.set()
    for thread in threads:
        thread.join()
    with open_store(url=url) as store:
        for seat in at_work:
            counts += _looked_at(store, seat)
        if breaks := store.verify():
            raise Lost(f"the store is not whole: {breaks}")
    for seat in at_work:
        seat.store.close()
    return counts


def _seated(url: ServerAddress, number: int) -> Seat:
    store = open_store(url=url)
    client = Client(code=f"C-{number}")
    begun = store.start(client, quick=True, kb_version="1", kb_sha256="1", at=AT)
    return Seat(store, begun)


def _cut(one: Server, times: int, crashes: int, chance: random.Random) -> dict[str, int]:
    crash_at = set(chance.sample(range(times), crashes))
    cut = 0
    keeper = one.connected("postgres")
    while cut < times:
        time.sleep(chance.uniform(0, LONGEST))
        if cut in crash_at:
            crash_at.remove(cut)
            keeper.close()
            one.stop(signal.SIGQUIT)
            one.start()
            keeper = one.connected("postgres")
        cut += sum(ended for (ended,) in keeper.execute(CUT).fetchall())
    keeper.close()
    return {"cuts": cut, "crashes": crashes}


def _looked_at(store: Store, seat: Seat) -> Counter[str]:
    if seat.fault is not None:
        raise Lost(f"a seat did not outlive a cut: {seat.fault!r}")
    kept = {entry.prompt: entry for entry in store.journal(seat.interview)}
    for mark, (said, n) in seat.said.items():
        entry = kept.get(mark)
        if said == "kept" and (entry is None or entry.n != n or mark not in str(entry.content)):
            raise Lost(f"{mark} was acknowledged as entry {n}, and is not there")
        if said == "not saved" and entry is not None:
            raise Lost(f"{mark} was said not to be saved, and is there")
    return Counter(said for said, _ in seat.said.values())


def main() -> None:
    wanted = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wanted.add_argument("--times", type=int, default=100)
    wanted.add_argument("--crashes", type=int, default=5)
    wanted.add_argument("--seats", type=int, default=2)
    wanted.add_argument("--seed", type=int, default=1)
    given = wanted.parse_args()
    begun = time.monotonic()
    with server(durable=True) as one:
        with_a_store(one)
        try:
            counts = cuts(one, given.times, given.crashes, given.seats, given.seed)
        except Lost as lost:
            sys.exit(f"LOST: {lost}")
        (version,) = one.run("SHOW server_version")[0]
    took = time.monotonic() - begun
    print(f"PostgreSQL {version}, {given.seats} seats, {took:.0f} s.")
    print(f"{counts['cuts']} connections cut, {counts['crashes']} crashes of the server.")
    print(
        f"{counts['kept']} answers acknowledged, none lost; {counts['not saved']} said not to be "
        f"saved, none there; {counts['not known']} of which nobody could say."
    )


if __name__ == "__main__":
    main()
