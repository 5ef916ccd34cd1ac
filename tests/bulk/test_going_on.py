"""A run that was cut goes on: the bytes are those of a run that was not."""

import os
import shutil
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.bulk.conftest import TINY, lines_of, small_case, started, wait_for

RESULTS = Path("results.jsonl")
CASES = Path("cases.jsonl")


@pytest.fixture
def whole(batch) -> bytes:
    """The bytes of an unbroken run over twelve cases, one of them bad."""
    cases = [small_case(f"client-{n}") for n in range(11)]
    CASES.write_text("".join([*cases[:4], "{bad\n", *cases[4:]]))
    assert batch("cases.jsonl", "-o", "whole.jsonl", "--jobs", "1") == 4
    return Path("whole.jsonl").read_bytes()


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.5, 0.999, 1.0])
def test_wherever_it_was_cut_it_goes_on_to_the_same_bytes(batch, whole, part):
    RESULTS.write_bytes(whole[: int(len(whole) * part)])
    assert batch("cases.jsonl", "-o", "results.jsonl", "--resume") == 4
    assert RESULTS.read_bytes() == whole


def test_with_nothing_there_it_begins(batch, whole):
    assert batch("cases.jsonl", "-o", "results.jsonl", "--resume") == 4
    assert RESULTS.read_bytes() == whole


def test_it_goes_on_only_with_the_same_cases(batch, whole, capsys):
    half = whole[: len(whole) // 2]
    RESULTS.write_bytes(half)
    cases = CASES.read_text()
    for changed in (cases.replace("client-0", "client-x"), small_case("client-0")):
        CASES.write_text(changed)
        assert batch("cases.jsonl", "-o", "results.jsonl", "--resume") == 1
        assert "do not come from these cases and this knowledge base" in capsys.readouterr().err


def test_it_goes_on_only_with_the_same_knowledge(batch, whole, monkeypatch):
    shutil.copytree(TINY, "other")
    rule = Path("other/rules/cautions/skin.yml")
    rule.write_text(rule.read_text().replace("Go lightly", "Go very lightly"))
    monkeypatch.setenv("NMT_EXPERT_KB", "other")
    last = whole.rindex(b"\n", 0, -1) + 1
    RESULTS.write_bytes(whole[:last])
    assert batch("cases.jsonl", "-o", "results.jsonl", "--resume") == 1
    assert RESULTS.read_bytes() == whole[:last]


@pytest.mark.parametrize("content", [b"my notes", b"my notes\n", b'{"faults": []}\nx', b"{}\n"])
def test_a_file_of_something_else_is_left_as_it_was(batch, whole, content, capsys):
    RESULTS.write_bytes(content)
    assert batch("cases.jsonl", "-o", "results.jsonl", "--resume") == 1
    assert "this is no line of a batch" in capsys.readouterr().err
    assert RESULTS.read_bytes() == content


def test_ctrl_c_says_how_to_go_on(batch, whole, monkeypatch, capsys):
    lines = iter(CASES.read_bytes().splitlines(keepends=True)[:3])

    def line_or_stop(_limit: int) -> bytes:
        if line := next(lines, b""):
            return line
        raise KeyboardInterrupt

    standard_input = SimpleNamespace(buffer=SimpleNamespace(readline=line_or_stop))
    monkeypatch.setattr(sys, "stdin", standard_input)
    assert batch("-", "-o", "results.jsonl", "--jobs", "1") == 130
    told = capsys.readouterr().err
    assert told == "Stopped. 3 lines are written in results.jsonl; go on with --resume.\n"
    assert len(lines_of(RESULTS)) == 3


@pytest.mark.skipif(os.name != "posix", reason="processes are killed by a signal of POSIX")
def test_killed_in_the_midst_it_leaves_no_process_and_goes_on_to_the_same_bytes(batch):
    CASES.write_text("".join(small_case(f"client-{n}") for n in range(600)))
    killed = started(Path.cwd(), "cases.jsonl", "-o", "results.jsonl", "--jobs", "2")
    wait_for(lambda: RESULTS.exists() and RESULTS.stat().st_size > 100_000)
    workers = children_of(killed.pid)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert workers
    wait_for(lambda: not any(map(is_alive, workers)))
    assert 0 < RESULTS.read_bytes().count(b"\n") < 600
    assert batch("cases.jsonl", "-o", "results.jsonl", "--resume", "--jobs", "2") == 0
    assert batch("cases.jsonl", "-o", "whole.jsonl", "--jobs", "1") == 0
    assert RESULTS.read_bytes() == Path("whole.jsonl").read_bytes()


def children_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(one) for one in path.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
