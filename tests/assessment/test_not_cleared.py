"""Unknown is never no: a red flag that was not asked stays listed until it is answered."""

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.possible import possible
from nmt_expert.assessment.reasoning import reason
from nmt_expert.engine import Engine
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import client

SORE_BACK = ({"site": "low_back_zone", "side": "both"},)


def uncleared(case: Case, kb: KnowledgeBase, engine: Engine) -> dict[str, tuple[str, ...]]:
    return {line.flag: line.lacks for line in assess(case, kb, engine).not_cleared}


def answered(kb: KnowledgeBase, **values: str) -> Case:
    """An ordinary sore back with everything answered normally but ``values``."""
    answers = tuple({"finding": name, "value": value} for name, value in values.items())
    return client(*answers, sites=SORE_BACK, client={"age": 40}, otherwise="normal")


@pytest.mark.parametrize("value", ["unknown", "not_examined", "later"])
def test_an_unanswered_saddle_question_leaves_cauda_equina_uncleared(
    value: str, kb: KnowledgeBase, engine: Engine
) -> None:
    found = uncleared(answered(kb, saddle_numbness=value), kb, engine)
    assert "cauda_equina" in found
    assert "saddle_numbness" in found["cauda_equina"]


def test_answering_it_clears_it(kb: KnowledgeBase, engine: Engine) -> None:
    assert "cauda_equina" not in uncleared(answered(kb, saddle_numbness="absent"), kb, engine)


def test_not_applicable_removes_the_question(kb: KnowledgeBase, engine: Engine) -> None:
    case = answered(kb, sexual_function_change="not_applicable")
    assert "cauda_equina" not in uncleared(case, kb, engine)


def test_the_follow_up_of_an_open_safety_question_counts_too(
    kb: KnowledgeBase, engine: Engine
) -> None:
    """Chest pressure was not asked, so how long ago it was could not be asked either."""
    case = answered(kb, chest_pressure="unknown")
    asked = possible(reason(case, kb, engine), engine).asked
    assert any(item.finding == "chest_pain_last" for one in asked for item in one.items)
    assert "acute_cardiac" in uncleared(case, kb, engine)


def test_what_happens_during_treatment_is_watched_for_and_never_uncleared(
    kb: KnowledgeBase, engine: Engine
) -> None:
    watched = {
        item.finding
        for question in kb.questions.values()
        if question.on_demand
        for item in question.ask
    }
    lacks = {key for found in uncleared(client(), kb, engine).values() for key in found}
    assert watched
    assert not watched & lacks


def test_a_flag_raised_at_its_highest_urgency_is_not_also_uncleared(
    kb: KnowledgeBase, engine: Engine
) -> None:
    assert "stroke_tia" not in uncleared(client({"finding": "befast_sign"}), kb, engine)
