"""Screens look as they were last read and found good: :mod:`tests.transcripts.screens_shown`."""

from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.transcripts.screens_shown import HERE, SITTINGS, file_of, following, pages, played

LONG = ("plain", "form")
FIRST = [
    pytest.param(name, marks=pytest.mark.slow if name in LONG else ())
    for name, sitting in SITTINGS.items()
    if not sitting.after
]


@pytest.mark.parametrize("name", FIRST)
def test_every_screen_of_a_sitting_is_as_written(
    name: str, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    for each in following(name):
        shown = played(each, tmp_path, kb, engine, pages(each))
        assert shown == file_of(each).read_text(encoding="utf-8"), (
            "if it is meant so: python -m tests.transcripts.screens_shown"
        )


def test_no_screen_is_wider_or_higher_than_the_smallest_terminal() -> None:
    for name in SITTINGS:
        for page in pages(name):
            lines = page.splitlines()
            assert len(lines) <= 24
            assert all(len(line) <= 80 for line in lines)


def test_no_other_sitting_is_written() -> None:
    assert {path.stem for path in HERE.iterdir()} == set(SITTINGS)
