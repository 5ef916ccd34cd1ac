"""A run goes on from the one before, and nobody can tell from its result."""

import pytest

from nmt_expert.assessment import reason
from nmt_expert.assessment.inputs import evidence
from nmt_expert.assessment.possible import possible
from nmt_expert.engine import Engine, Known, RunResult
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import CASE_FILES


@pytest.fixture(scope="module")
def fresh(kb: KnowledgeBase) -> Engine:
    return Engine(kb)


def told(kb: KnowledgeBase, n: int) -> list[Known]:
    return list(evidence(read_case(CASE_FILES[n], kb), kb).known)


def alone(known: list[Known], fresh: Engine, **how: bool) -> RunResult:
    """A run with nothing to go on from."""
    fresh.run([], **how)
    return fresh.run(known, **how)


def test_answers_given_one_by_one_end_where_all_at_once_end(
    kb: KnowledgeBase, engine: Engine, fresh: Engine
) -> None:
    known = told(kb, 0)
    for count in range(0, len(known) + 1, 5):
        assert engine.run(known[:count]) == alone(known[:count], fresh)


def test_a_changed_answer_leaves_nothing_of_the_old_one(
    kb: KnowledgeBase, engine: Engine, fresh: Engine
) -> None:
    known = told(kb, 0)
    for left_out in range(0, len(known), 7):
        rest = [one for n, one in enumerate(known) if n != left_out]
        engine.run(known)
        assert engine.run(rest) == alone(rest, fresh)


def test_one_client_leaves_nothing_for_the_next(
    kb: KnowledgeBase, engine: Engine, fresh: Engine
) -> None:
    for n in (3, 50, 3, 120):
        assert engine.run(told(kb, n)) == alone(told(kb, n), fresh)


def test_a_look_ahead_leaves_the_next_run_as_it_was(kb: KnowledgeBase, engine: Engine) -> None:
    case = read_case(CASE_FILES[8], kb)
    before = reason(case, kb, engine)
    possible(before, engine)
    assert reason(case, kb, engine).result == before.result


def test_a_run_without_questions_hides_none_from_the_next(
    kb: KnowledgeBase, engine: Engine, fresh: Engine
) -> None:
    known = told(kb, 8)
    assert engine.run(known, opening=False).opened == ()
    assert engine.run(known) == alone(known, fresh)


def test_an_interrupted_run_is_not_gone_on_from(
    kb: KnowledgeBase, engine: Engine, fresh: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = told(kb, 8)
    engine.run([])
    with monkeypatch.context() as patch:
        patch.setattr(
            type(engine._body), "note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            engine.run(known)
    assert engine.run(known) == alone(known, fresh)
