"""Every engine makes the same of a client: some of the random ones that ``oracle`` tries."""

from functools import cache
from pathlib import Path

import pytest

from nmt_expert.kb import load, read_case
from nmt_expert.model.case import Answer, Case
from tests.proof import reference
from tests.proof.agreement import Bench, Every, shrunk
from tests.proof.oracle import SOME, main

BLOCK = 50
OFTEN = Every(going_on=10, clips=3, stock=SOME, ahead=SOME)
"""In the default run the quick engines most, so that it stays short."""


@cache
def bench() -> Bench:
    return Bench(load(), 1, OFTEN)


@pytest.mark.parametrize("first", range(0, SOME, BLOCK))
def test_no_engine_makes_anything_else_of_a_random_client(first: int) -> None:
    for number in range(first, first + BLOCK):
        tried = bench()(number)
        assert tried.difference is None, f"client {number}: {tried.difference}"


@pytest.mark.slow
def test_nor_of_thousands() -> None:
    assert main(["--cases", "3000", "--seed", "2"]) == 0


def test_an_engine_that_misreads_a_rule_is_found_and_the_client_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "combinations", lambda of, count: [of[:count]])
    quick = ["--clips", "0", "--stock", "0", "--ahead", "0", "--going-on", "0"]
    assert main(["--cases", "30", "--to", str(tmp_path), *quick]) == 1
    said = capsys.readouterr().out
    (path,) = tmp_path.glob("*.yml")
    assert str(path) in said
    assert "differ in" in path.read_text("utf-8")
    case = read_case(path, load())
    assert 0 < len(case.answers) < 10


def test_what_does_not_matter_is_left_out_of_a_counterexample() -> None:
    answers = tuple(Answer(finding=name) for name in "abcdefghij")

    def fails(case: Case) -> bool:
        return {"c", "h"} <= {answer.finding for answer in case.answers}

    smallest = shrunk(Case(answers=answers, otherwise="normal"), fails)
    assert [answer.finding for answer in smallest.answers] == ["c", "h"]
    assert smallest.otherwise == "unknown"
