"""No crying wolf: ordinary clients who answer every question are sent nowhere urgent."""

from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT

ORDINARY = sorted((ROOT / "tests/cases/ordinary").glob("*.yml"))
URGENT = ("emergency", "same_day")


@pytest.mark.parametrize("path", ORDINARY, ids=lambda path: path.stem)
def test_nothing_else_wrong_means_nothing_urgent_and_nothing_uncleared(
    path: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    case = read_case(path, kb)
    grown_up = case.client.model_copy(update={"age": case.client.age or 40})
    result = assess(case.model_copy(update={"client": grown_up, "otherwise": "normal"}), kb, engine)
    assert {r.flag for r in result.referrals if r.urgency != "routine"} == set()
    assert {line.flag for line in result.not_cleared if line.urgency in URGENT} == set()
