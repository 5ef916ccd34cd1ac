"""Generated clients. All thousand: pytest -m slow tests/practice/test_generated.py."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from nmt_expert.assessment import reason
from nmt_expert.engine import Engine
from nmt_expert.kb.case_writer import case_text
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.model.rule import FindingCondition
from nmt_expert.practice.generated import generated
from nmt_expert.practice.satisfying import Satisfier
from nmt_expert.practice.soundness import unsound

A_FEW = 20
A_THOUSAND = 1000
AT_ONCE = 50
SLOW = pytest.mark.slow


def seeds() -> list[object]:
    """Twenty by default, then the thousand in parts."""
    few = [pytest.param(range(at, at + 5), id=f"from-{at}") for at in range(0, A_FEW, 5)]
    parts = range(A_FEW, A_THOUSAND, AT_ONCE)
    rest = [range(at, min(at + AT_ONCE, A_THOUSAND)) for at in parts]
    return [*few, *(pytest.param(part, id=f"from-{part.start}", marks=SLOW) for part in rest)]


Client = Callable[[int], PracticeCase]


@pytest.fixture(scope="module")
def client(kb: KnowledgeBase, engine: Engine) -> Client:
    """The client of a seed, made once for all tests that only look at it."""
    return cache(lambda seed: generated(seed, kb, engine))


@pytest.mark.parametrize("part", seeds())
def test_a_generated_client_is_valid_concludes_something_and_contradicts_nothing(
    part: range, client: Client, kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    for seed in part:
        case = client(seed)
        assert read_back(case, kb, tmp_path) == case
        assert unsound(case, kb, engine) == []
        bands = [one.band for one in reason(case, kb, engine).weighed.values()]
        assert {"strong", "moderate"} & set(bands), seed
        assert impossible(case, kb) == [], seed


def read_back(case: PracticeCase, kb: KnowledgeBase, folder: Path) -> PracticeCase:
    """As the strict reader has it, which refuses what excludes each other."""
    path = folder / "case.yml"
    path.write_text(case_text(case), encoding="utf-8")
    return read_practice_case(path, kb)


def impossible(case: PracticeCase, kb: KnowledgeBase) -> list[str]:
    """Answers that the anatomy, the age or the sex of the client does not allow."""
    assert kb.practice
    rules, present = kb.practice.generated, [a for a in case.answers if a.value != "absent"]
    starts = {(pair.relation, pair.from_) for pair in kb.relations}
    wrong = [
        a.finding
        for a in present
        if a.finding in rules.needs and (rules.needs[a.finding], a.site) not in starts
    ]
    for limit in rules.plausible:
        of_it = [a.finding for a in present if a.finding in limit.findings]
        low, high = limit.ages
        fits = limit.sex in (None, case.client.sex) and low <= (case.client.age or low) <= high
        wrong += [] if fits else of_it
    return wrong


def test_the_same_seed_gives_the_same_client_to_the_letter(
    kb: KnowledgeBase, engine: Engine
) -> None:
    for seed in (0, 1, 5):
        first, second = (case_text(generated(seed, kb, engine)) for _ in range(2))
        assert first == second


def test_another_seed_gives_another_client(kb: KnowledgeBase, engine: Engine) -> None:
    stories = {case_text(generated(seed, kb, engine)) for seed in range(3)}
    assert len(stories) == 3


@pytest.mark.slow
def test_a_fifth_of_the_clients_has_a_red_flag(client: Client, kb: KnowledgeBase) -> None:
    assert kb.practice
    wanted = kb.practice.generated
    made = [client(seed) for seed in range(200)]
    flagged = sum(case.topic == wanted.flag_topic for case in made) / len(made)
    assert abs(flagged - wanted.red_flag_share) < 0.08


def test_a_number_is_drawn_from_within_its_band(kb: KnowledgeBase) -> None:
    assert kb.practice
    satisfier = Satisfier(kb, Random(1), kb.practice.generated.needs)
    for finding in kb.findings.values():
        for band in finding.number.bands if finding.number else ():
            wanted = FindingCondition.model_validate(
                {"finding": finding.id, "value": band, "site": "$muscle" if finding.site else None}
            )
            _, (answer, *_) = next(satisfier.ways(wanted, ({}, ())))
            assert finding.number
            assert finding.number.band_of(float(answer.value)) == band, finding.id
