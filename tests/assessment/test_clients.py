"""Whole clients: each case's title is a sentence that a therapist would agree or disagree with."""

from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.bench import Bench
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import CASE_FILES


@pytest.fixture(scope="module")
def bench(kb: KnowledgeBase, engine: Engine) -> Bench:
    """What ``kb test`` tries a case on."""
    return Bench(kb, engine)


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_the_client_ends_as_expected(path: Path, kb: KnowledgeBase, bench: Bench) -> None:
    tried = bench.case(path)
    assert tried.expects
    assert tried.failures == ()


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_what_must_not_come_up_could_come_up(path: Path, kb: KnowledgeBase) -> None:
    """A misspelt id in ``not_concluded`` or ``not_raised`` would hold for every client."""
    expected = read_case(path, kb).expect
    assert expected is not None
    named = [name.split(":") for name in expected.not_concluded]
    assert [one[0] for one in named if one[0] not in kb.conclusions] == []
    assert [one[1] for one in named if one[1] not in kb.sites] == []
    assert [
        flag for flag in (*expected.not_raised, *expected.uncleared) if flag not in kb.flags
    ] == []


ORDINARY = {
    "id": "ordinary",
    "client": {"age": 40},
    "answers": [
        {"finding": "onset", "value": "days_15_to_84"},
        {"finding": "session_count", "value": "first"},
        {"finding": "pain_intensity", "value": 4},
    ],
    "otherwise": "normal",
}


def test_an_ordinary_client_who_answers_none_of_these_throughout_is_referred_nowhere(
    kb: KnowledgeBase, engine: Engine
) -> None:
    result = assess(Case.model_validate(ORDINARY), kb, engine)
    assert [line.flag for line in result.referrals] == []
    assert [line.flag for line in result.not_cleared] == []
    assert result.closure.red_flags.all_asked


def test_a_neck_pain_that_a_normal_examination_does_not_explain_goes_to_a_physician_in_time(
    kb: KnowledgeBase, engine: Engine
) -> None:
    complaint = {"sites": [{"site": "neck_posterior", "side": "right"}]}
    result = assess(Case.model_validate({**ORDINARY, "complaint": complaint}), kb, engine)
    assert [(line.flag, line.urgency) for line in result.referrals] == [
        ("unexplained_complaint", "routine")
    ]
    assert result.unexplained == ("neck_posterior:right",)
    assert [line.flag for line in result.not_cleared] == []
