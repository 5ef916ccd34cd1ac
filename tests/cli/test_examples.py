"""The worked examples cover what a newcomer should see; how each ends is tested elsewhere."""

from pathlib import Path

import pytest

from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.yml"))


@pytest.fixture(scope="module")
def examples(kb: KnowledgeBase) -> list[Case]:
    return [read_case(path, kb) for path in EXAMPLES]


def test_there_are_at_least_six_each_with_a_title_and_its_end(examples: list[Case]) -> None:
    assert len(examples) >= 6
    assert all(case.title and case.expect for case in examples)


def test_a_file_is_called_what_its_case_is_called(examples: list[Case]) -> None:
    assert [case.id for case in examples] == [path.stem for path in EXAMPLES]


def test_each_factor_leads_in_one_example(examples: list[Case], kb: KnowledgeBase) -> None:
    leading = {c.expect.factors[0] for c in examples if c.expect and c.expect.factors}
    assert leading == set(kb.factors)


def test_one_example_is_an_emergency_without_treatment(examples: list[Case]) -> None:
    emergencies = [
        case.expect
        for case in examples
        if case.expect and any(r.urgency == "emergency" for r in case.expect.referrals)
    ]
    assert emergencies
    assert all(expected.focus == () for expected in emergencies)
