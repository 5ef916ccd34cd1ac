"""Two cases, and attempts at them that are played once for all tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.remarks import Score
from nmt_expert.practice.score import score

CASES = Path(__file__).parents[2] / "knowledge" / "cases"
Player = Callable[[Attempt], Attempt]
Played = Callable[[str, Player], tuple[Attempt, Score]]


@pytest.fixture(scope="session")
def headache(kb: KnowledgeBase) -> PracticeCase:
    return read_practice_case(CASES / "bookkeeper-temple-headache.yml", kb)


@pytest.fixture(scope="session")
def stiff_back(kb: KnowledgeBase) -> PracticeCase:
    return read_practice_case(CASES / "gardener-stiff-back.yml", kb)


@pytest.fixture(scope="session")
def played(
    kb: KnowledgeBase, engine: Engine, headache: PracticeCase, stiff_back: PracticeCase
) -> Played:
    cases = {"headache": headache, "stiff back": stiff_back}
    kept: dict[tuple[str, Player], tuple[Attempt, Score]] = {}

    def play(name: str, player: Player) -> tuple[Attempt, Score]:
        if (name, player) not in kept:
            done = player(Attempt.begin(cases[name], kb, engine))
            kept[name, player] = done, score(done, engine)
        return kept[name, player]

    return play


@pytest.fixture
def begun(kb: KnowledgeBase, engine: Engine, headache: PracticeCase) -> Attempt:
    return Attempt.begin(headache, kb, engine)
