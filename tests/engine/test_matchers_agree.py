"""Our matcher and experta's own reach the same result on every client."""

import pytest

from nmt_expert.assessment import reason
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import CASE_FILES, some_then_all


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 20), ids=lambda path: path.stem)
def test_the_matchers_agree_on(
    path, kb: KnowledgeBase, engine: Engine, stock_engine: Engine
) -> None:
    case = read_case(path, kb)
    assert reason(case, kb, engine).result == reason(case, kb, stock_engine).result
