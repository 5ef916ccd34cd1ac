"""Whichever engine runs the rules, a batch has the same bytes."""

import sys
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.bulk.cases import Cases
from nmt_expert.bulk.run import Tally, processes, run
from nmt_expert.bulk.worker import Worker
from nmt_expert.engine import Engine, Reasoner
from nmt_expert.engine.clips import ClipsEngine
from nmt_expert.engine.clips.machine import Machine
from nmt_expert.model.errors import NmtError
from nmt_expert.model.knowledge import KnowledgeBase
from tests.bulk.conftest import lines_of, small_case
from tests.conftest import CASE_FILES

EXAMPLES = [path for path in CASE_FILES if path.parent.name == "examples"]
RESULTS = Path("results.jsonl")


@pytest.fixture
def clips() -> None:
    pytest.importorskip("clips", reason="clipspy is not installed (extra clips)")


def results(kb: KnowledgeBase, engine: Reasoner, paths: list[Path]) -> bytes:
    """What a batch writes for these cases."""
    cases = Cases(tuple(map(str, paths)), BytesIO())
    tally, written = Tally(), BytesIO()
    worker = Worker(kb, partial(assess, kb=kb, engine=engine))
    run(cases.pieces(""), processes(lambda: worker, 1), written, tally)
    assert (tally.lines, tally.refused) == (len(paths), 0)
    return written.getvalue()


@pytest.mark.usefixtures("clips")
@pytest.mark.parametrize(
    "paths", [EXAMPLES, pytest.param(CASE_FILES, marks=pytest.mark.slow)], ids=["examples", "all"]
)
def test_clips_gives_the_bytes_of_our_engine(
    paths: list[Path], kb: KnowledgeBase, engine: Engine
) -> None:
    assert results(kb, ClipsEngine(kb), paths) == results(kb, engine, paths)


@pytest.mark.usefixtures("clips")
@pytest.mark.parametrize(("first", "then"), [("clips", "experta"), ("experta", "clips")])
def test_what_one_engine_began_the_other_goes_on_with(batch, first, then):
    Path("cases.jsonl").write_text("".join(small_case(f"client-{n}") for n in range(8)))
    assert batch("cases.jsonl", "-o", "whole.jsonl", "--engine", first) == 0
    whole = Path("whole.jsonl").read_bytes()
    RESULTS.write_bytes(whole[: len(whole) // 2])
    assert batch("cases.jsonl", "-o", "results.jsonl", "--resume", "--engine", then) == 0
    assert RESULTS.read_bytes() == whole


@pytest.mark.usefixtures("clips")
def test_each_process_has_a_clips_of_its_own(batch):
    Path("cases.jsonl").write_text("".join(small_case(f"client-{n}") for n in range(25)))
    assert batch("cases.jsonl", "-o", "two.jsonl", "--engine", "clips", "--jobs", "2") == 0
    assert batch("cases.jsonl", "-o", "one.jsonl", "--jobs", "1") == 0
    assert Path("two.jsonl").read_bytes() == Path("one.jsonl").read_bytes()


def test_without_the_library_nothing_is_begun(batch, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "clips", None)
    Path("ache.yml").write_text(small_case("ache"))
    assert batch("ache.yml", "-o", "results.jsonl", "--engine", "clips") == 1
    told = capsys.readouterr().err
    assert "clipspy) is not installed" in told
    assert told.endswith("Install it with: pip install 'nmt-expert[clips]'.\n")
    assert not RESULTS.exists()


@pytest.mark.usefixtures("clips")
def test_an_engine_that_cannot_go_on_stops_the_run_and_blames_no_case(batch, monkeypatch, capsys):
    sound, left = Machine.run, iter(range(6))

    def full_disk(machine: Machine) -> list[list[str]]:
        if next(left, None) is None:
            raise NmtError("notes: CLIPS could not write down all that fired.")
        return sound(machine)

    monkeypatch.setattr(Machine, "run", full_disk)
    Path("cases.jsonl").write_text("".join(small_case(f"client-{n}") for n in range(8)))
    words = ("cases.jsonl", "-o", "results.jsonl", "--jobs", "1")
    assert batch(*words, "--engine", "clips") == 1
    lines = lines_of(RESULTS)
    assert 0 < len(lines) < 8
    assert all("assessment" in line for line in lines)
    told = (
        f"could not write down all that fired. {len(lines)} lines are written; go on with --resume"
    )
    assert told in capsys.readouterr().err
    assert batch(*words, "--resume") == 0
    assert len(lines_of(RESULTS)) == 8
