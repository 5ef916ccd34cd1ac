"""What goes wrong with CLIPS ends in a sentence, and nothing is concluded from half a run."""

import gc
import os
import sys
import tempfile
from pathlib import Path

import pytest

from nmt_expert.engine import FactToken, Known
from nmt_expert.engine.clips import ClipsEngine
from nmt_expert.engine.clips.machine import Machine
from nmt_expert.engine.clips.memory import memory
from nmt_expert.engine.facts import fact_of
from nmt_expert.model.errors import NmtError
from nmt_expert.model.knowledge import KnowledgeBase

NUMB = Known("finding", "saddle_numbness", None, None, "present")
LOST = "could not write down all that fired.*Nothing was concluded"


def test_without_the_library_a_sentence_says_how_to_get_it(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "clips", None)
    with pytest.raises(NmtError, match=r"clipspy.* not installed.*nmt-expert\[clips\]"):
        ClipsEngine(kb)


def test_a_line_that_was_not_written_stops_the_run(
    clips_engine: ClipsEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *given, **how: "")
    with pytest.raises(NmtError, match=LOST):
        clips_engine.run([NUMB])


@pytest.fixture
def machine_in(
    kb: KnowledgeBase, clips: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> list[Machine]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return [Machine(memory(kb))]


def test_a_folder_that_was_swept_away_stops_the_run(
    machine_in: list[Machine], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for folder in tmp_path.iterdir():
        folder.rmdir()
    with pytest.raises(NmtError, match=LOST):
        machine_in[0].run()
    assert capfd.readouterr() == ("", "")


def test_the_notes_go_with_the_engine(machine_in: list[Machine], tmp_path: Path) -> None:
    machine_in[0].run()
    assert [path.name for path in tmp_path.glob("*/*")] == ["notes"]
    machine_in.clear()
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_many_clients_leave_the_process_no_larger(
    machine_in: list[Machine], kb: KnowledgeBase
) -> None:
    of_one = [
        fact_of(FactToken("finding", "pain", site, "any", "present"), kb) for site in kb.sites
    ]

    def clients(count: int) -> None:
        for _ in range(count):
            machine_in[0].begin(opening=True)
            for fact in of_one:
                machine_in[0].declare(fact)
            machine_in[0].run()

    clients(10)
    before = resident()
    clients(100)
    assert resident() - before < 100 * len(of_one) * 50
