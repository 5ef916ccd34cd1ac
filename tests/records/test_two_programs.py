"""Two programs on one store: writers wait for each other, one interview has one program."""

import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.case import Answer
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import open_store
from tests.records.conftest import Opens

AT = "2026-11-20T10:01:00Z"
IN_USE = "open in another window"
ANSWER = [Answer(finding="taut_band")]

HOLD = """
import sys, pathlib
from nmt_expert.records import open_store
from nmt_expert.settings import ServerAddress
store = open_store(pathlib.Path(sys.argv[1]), url=ServerAddress(sys.argv[2]) or None)
store.hold(sys.argv[3], "2026-11-20T10:00:30Z")
print("held", flush=True)
sys.stdin.read()
"""
WRITE = """
import sys, pathlib
from nmt_expert.model.case import Answer, Client
from nmt_expert.records import open_store
from nmt_expert.settings import ServerAddress
with open_store(pathlib.Path(sys.argv[1]), url=ServerAddress(sys.argv[2]) or None) as store:
    at = "2026-11-20T10:00:00Z"
    interview = store.start(Client(), quick=True, kb_version="1", kb_sha256="1", at=at)
    for n in range(25):
        store.append(interview, [Answer(finding=f"f{n}")], prompt=f"p{n}", at=at)
"""


def ended(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_an_interview_open_in_another_program_is_refused_with_a_sentence(
    opens: Opens, begin, child
) -> None:
    with opens() as store:
        interview = begin(store)
    other = child(HOLD, *opens.told, interview)
    assert other.stdout.readline() == "held\n"
    with opens() as store:
        with pytest.raises(StoreProblem, match=f"{IN_USE} .*process {other.pid}"):
            store.hold(interview, AT)
        with pytest.raises(StoreProblem, match=IN_USE):
            store.append(interview, ANSWER, prompt="p", at=AT)
        assert store.state(interview).answers == ()


@pytest.mark.in_a_file
def test_the_lock_of_a_killed_program_is_taken_over_at_once(opens: Opens, begin, child) -> None:
    with opens() as store:
        interview = begin(store)
    other = child(HOLD, *opens.told, interview)
    assert other.stdout.readline() == "held\n"
    ended(other)
    with opens() as store:
        store.append(interview, ANSWER, prompt="p", at=AT)
        assert store.state(interview).answered == ("p",)


def test_two_stores_in_one_program_do_not_share_an_interview(opens: Opens, begin) -> None:
    with opens() as first, opens() as second:
        interview = begin(first)
        with pytest.raises(StoreProblem, match=IN_USE):
            second.hold(interview, AT)
        first.release(interview)
        second.hold(interview, AT)
        with pytest.raises(StoreProblem, match=IN_USE):
            first.note(interview, "hello", AT)


def test_a_closed_store_gives_its_interviews_back(opens: Opens, begin) -> None:
    with opens() as store:
        interview = begin(store)
    with opens() as store:
        store.hold(interview, AT)


def test_a_lock_can_be_taken_by_force(opens: Opens, begin) -> None:
    with opens() as first, opens() as second:
        interview = begin(first)
        second.hold(interview, AT, by_force=True)
        second.note(interview, "mine now", AT)


@pytest.mark.parametrize(
    ("at", "refused"), [("2026-11-20T21:59:00Z", True), ("2026-11-20T22:01:00Z", False)]
)
def test_a_lock_from_another_computer_counts_for_twelve_hours_after_its_last_answer(
    opens: Opens, begin, at: str, refused: bool
) -> None:
    with opens() as first, opens() as second:
        interview = begin(first)
        opens.tamper("UPDATE locks SET host = 'another-desk'")
        if refused:
            with pytest.raises(StoreProblem, match="another-desk"):
                second.hold(interview, at)
        else:
            second.hold(interview, at)


def test_a_process_that_was_given_a_dead_ones_number_does_not_hold_its_lock(
    opens: Opens, begin
) -> None:
    with opens() as first, opens() as second:
        interview = begin(first)
        opens.tamper("UPDATE locks SET born = '1', pid = 1")
        second.hold(interview, AT)


@pytest.mark.in_a_file
def test_four_programs_that_begin_at_once_on_a_new_store_lose_nothing(opens: Opens, child) -> None:
    writers = [child(WRITE, *opens.told) for _ in range(4)]
    for writer in writers:
        assert writer.communicate(timeout=60)[1] == ""
    with opens() as store:
        assert [one.entries for one in store.unfinished()] == [26] * 4
        assert store.verify() == ()


def test_a_program_that_opens_while_another_makes_the_store_waits_for_it(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    with closing(sqlite3.connect(folder / "records.sqlite3", check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreProblem, match="another program was writing"):
            open_store(folder, wait=0.05)
        soon = threading.Timer(0.1, other.rollback)
        soon.start()
        open_store(folder, wait=5).close()
        soon.join()
