"""Whichever write, sync or open fails: a sentence, a readable record, nothing acknowledged lost."""

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from nmt_expert.model.case import Answer, Case, Client, Treated
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store, backup, care, intake, open_store
from nmt_expert.records.portable import PortableRecords
from tests.records.conftest import assessed
from tests.records.faulty_disk import FaultyDisk, faulty_disk, library
from tests.records.kill import made_elsewhere

AT = "2026-11-20T10:00:00Z"
ENOUGH = 2000
"""More changes than an interview makes; the loop ends at the first number that is never reached."""
MODES = {
    "once": {"how": "fault", "stays": False},
    "full": {"how": "full", "stays": True},
    "forbidden": {"how": "forbidden", "stays": True},
    "broken": {"how": "fault", "stays": True},
}
Step = Callable[[], object]

pytestmark = pytest.mark.skipif(
    library() is None, reason="this Python hides the functions of its SQLite"
)


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    with faulty_disk() as made:
        yield made


def steps(store: Store) -> Iterator[Step]:
    """A short interview, one step after the other."""
    client = Client(code="C-001")
    begun: list[InterviewId] = []
    yield lambda: begun.append(
        store.start(client, quick=True, kb_version="1", kb_sha256="1", at=AT)
    )
    (interview,) = begun
    for n in range(4):
        answers = [Answer(finding=f"f{n}", note="x" * 900)]
        yield lambda p=f"p{n}", a=answers: store.append(interview, a, prompt=p, at=AT)
    yield lambda: store.correct(interview, [], prompt="p1", why="misheard", at=AT)
    yield lambda: store.undo(interview, "p2", "mis-tick", AT)
    yield lambda: store.note(interview, "a note", AT)
    yield lambda: store.finish(interview, assessed(Case()), AT)
    place = Treated(site="neck", technique="stretch")
    yield lambda: store.treat(interview, [place], AT)


def interviewed(folder: Path) -> int:
    """Steps that the store acknowledged before the disk failed."""
    done = 0
    try:
        with open_store(folder, wait=0.1) as store:
            for step in steps(store):
                step()
                done += 1
    except StoreProblem as problem:
        is_a_sentence(problem, folder)
    return done


def is_a_sentence(problem: StoreProblem, folder: Path) -> None:
    """Place, fault, consequence and remedy in plain words, without the library's own."""
    assert re.fullmatch(rf"{folder}\S*: [a-z][^:]+\. [A-Z].+ [A-Z].+\.", str(problem)), problem
    assert "sqlite3." not in str(problem)


def entries_in(folder: Path) -> int:
    """Journal entries in a store that has to be whole."""
    with open_store(folder) as store:
        assert store.verify() == ()
        with store.database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        return sum(one.entries for one in store.interviews())


def each_failure(disk: FaultyDisk, tmp_path: Path, mode: str, every: int) -> set[str]:
    """Fail every n-th change of a whole interview in turn; which kinds of change failed."""
    failed = set()
    for n in range(1, ENOUGH, every):
        folder = tmp_path / f"{mode}-{n}"
        disk.arm(n, **MODES[mode])
        acknowledged = interviewed(folder)
        failure = disk.failed
        disk.arm(0)
        assert entries_in(folder) in (acknowledged, acknowledged + 1), (n, failure)
        if not failure:
            return failed
        failed.add(failure)
    raise AssertionError("the interview never ended")


@pytest.mark.parametrize("mode", MODES)
def test_some_change_of_the_disk_fails_and_nothing_acknowledged_is_lost(
    disk: FaultyDisk, tmp_path: Path, mode: str
) -> None:
    assert {"write", "sync"} <= each_failure(disk, tmp_path, mode, every=23)


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_every_single_change_of_the_disk_fails_and_nothing_acknowledged_is_lost(
    disk: FaultyDisk, tmp_path: Path, mode: str
) -> None:
    assert {"write", "sync", "open"} <= each_failure(disk, tmp_path, mode, every=1)


def imported(folder: Path, records: PortableRecords) -> bool:
    """Whether the store acknowledged a file of whole records before the disk failed."""
    try:
        with open_store(folder, wait=0.1) as store:
            intake.take_records(store, records, name="file", file_sha256="f", at=AT)
    except StoreProblem as problem:
        is_a_sentence(problem, folder)
        return False
    return True


@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("mode", MODES)
def test_a_file_is_taken_in_whole_or_not_at_all_whichever_change_fails(
    disk: FaultyDisk, tmp_path: Path, mode: str, every: int
) -> None:
    records = made_elsewhere(tmp_path / "elsewhere", 1)
    whole = sum(len(one.journal) + 1 for one in records.interviews)
    for n in range(1, ENOUGH, every):
        folder = tmp_path / f"{mode}-{n}"
        disk.arm(n, **MODES[mode])
        acknowledged = imported(folder, records)
        failure = disk.failed
        disk.arm(0)
        assert entries_in(folder) in ((whole,) if acknowledged else (0, whole)), (n, failure)
        if not failure:
            return
    raise AssertionError("the import never ended")


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("call", [(Path, "mkdir"), (os, "open"), (Path, "chmod")])
def test_a_folder_that_cannot_be_made_private_is_told_and_the_store_opens_afterwards(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[object, str], reason: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    if call == (Path, "chmod"):
        folder.mkdir(mode=0o755)
    with monkeypatch.context() as broken:
        broken.setattr(*call, fail)
        with pytest.raises(StoreProblem) as told:
            open_store(folder)
    is_a_sentence(told.value, folder)
    assert os.strerror(reason) in str(told.value)
    assert entries_in(folder) == 0


def test_a_full_disk_is_told_in_a_sentence_and_the_answer_can_be_given_again(
    disk: FaultyDisk, folder: Path, begin
) -> None:
    with open_store(folder) as store:
        interview = begin(store)
        disk.arm(1, how="full")
        with pytest.raises(
            StoreProblem, match=r"the disk is full\. Nothing of this step was saved"
        ):
            store.note(interview, "hello", AT)
        disk.arm(0)
        store.note(interview, "hello again", AT)
        assert [note.text for note in store.state(interview).notes] == ["hello again"]


def test_a_sync_that_fails_is_a_fault_of_the_disk(disk: FaultyDisk, folder: Path, begin) -> None:
    with open_store(folder) as store:
        interview = begin(store)
        disk.arm(1, stays=True)
        with pytest.raises(StoreProblem, match="the disk reported a fault"):
            store.note(interview, "hello", AT)
        disk.arm(0)


def test_words_stay_or_go_but_the_record_is_whole_when_a_redaction_fails(
    disk: FaultyDisk, tmp_path: Path, begin
) -> None:
    for n in range(1, ENOUGH, 11):
        folder = tmp_path / str(n)
        with open_store(folder) as store:
            interview = begin(store)
            store.note(interview, "marker", AT)
            disk.arm(n, how="full", stays=True)
            with suppress(StoreProblem):
                care.redact(store, interview, why="asked", at=AT)
            reached = bool(disk.failed)
            disk.arm(0)
        assert entries_in(folder) in (2, 3)
        if not reached:
            return
    raise AssertionError("the redaction never ended")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_backup_whose_sync_or_rename_fails_leaves_nothing_behind(
    folder: Path, tmp_path: Path, begin, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(*((Path, call) if call == "replace" else (os, call)), fail)
    target = tmp_path / "out" / "copy.sqlite3"
    target.parent.mkdir()
    with open_store(folder) as store:
        begin(store)
        with pytest.raises(StoreProblem, match="No space left"):
            backup.back_up(store, target)
    assert list(target.parent.iterdir()) == []
