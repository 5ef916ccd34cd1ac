"""The library played by the three students; a few cases by default, all of them when slow."""

from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.score import score
from tests.conftest import some_then_all
from tests.practice.conftest import CASES
from tests.practice.players import oracle, skips_safety

FILES = sorted(CASES.glob("*.yml"))


@pytest.mark.parametrize("file", some_then_all(FILES, 30), ids=lambda file: file.stem)
def test_the_best_question_each_time_solves_every_case(
    file: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    attempt = oracle(Attempt.begin(read_practice_case(file, kb), kb, engine))
    faults = [one.says for one in score(attempt, engine).remarks if one.verdict != "acceptable"]
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_who_skips_the_safety_screen_is_unsafe_in_every_case(
    file: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    attempt = skips_safety(Attempt.begin(read_practice_case(file, kb), kb, engine))
    assert score(attempt, engine).verdict == "unsafe"
