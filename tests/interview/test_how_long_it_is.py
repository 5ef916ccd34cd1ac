"""The table of docs/interview.md is true, and the examples keep to a visit's length."""

from pathlib import Path

import pytest

from benchmarks.lengths import BEGINS, ENDS, PAGE, measurer, row, rows
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
SOME = [
    pytest.param(path, id=path.stem, marks=() if n == 0 else (pytest.mark.slow,))
    for n, path in enumerate(EXAMPLES)
]
MOST_PROMPTS, MOST_MINUTES = 45, 10


@pytest.fixture(scope="module")
def measure():
    return measurer()


@pytest.mark.parametrize("path", SOME)
def test_the_page_says_how_long_an_example_is(path: Path, measure) -> None:
    assert row(path.stem, measure(path)) in PAGE.read_text("utf-8"), (
        "what is asked has changed: python benchmarks/lengths.py --write"
    )


@pytest.mark.parametrize("path", SOME)
def test_a_full_interview_fits_into_a_visit(path: Path, measure) -> None:
    full, quick = measure(path)
    assert full.prompts <= MOST_PROMPTS
    assert full.minutes <= MOST_MINUTES
    assert quick.prompts < full.prompts
    assert quick.minutes < full.minutes


@pytest.mark.slow
def test_the_page_says_how_long_every_case_is() -> None:
    said = PAGE.read_text("utf-8").split(BEGINS)[1].split(ENDS)[0]
    assert said.splitlines()[2:] == [line.rstrip("\n") for line in rows()]
