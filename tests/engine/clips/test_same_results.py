"""CLIPS reaches the same assessment as our own engine, to the byte, trace included."""

from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.inputs import evidence
from nmt_expert.engine import Engine, Known
from nmt_expert.engine.clips import ClipsEngine
from nmt_expert.engine.clips.notes import Notes
from nmt_expert.kb import read_case
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import CASE_FILES, some_then_all
from tests.engine.clips.conftest import Change


def told(kb: KnowledgeBase, n: int) -> list[Known]:
    return list(evidence(read_case(CASE_FILES[n], kb), kb).known)


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 60), ids=lambda path: path.stem)
def test_both_engines_assess_alike(
    path: Path, kb: KnowledgeBase, engine: Engine, clips_engine: ClipsEngine
) -> None:
    case = read_case(path, kb)
    ours, other = assess(case, kb, engine), assess(case, kb, clips_engine)
    assert other.model_dump_json(by_alias=True) == ours.model_dump_json(by_alias=True)


def test_one_client_leaves_nothing_for_the_next(
    kb: KnowledgeBase, engine: Engine, clips_engine: ClipsEngine
) -> None:
    for n in (3, 50, 3, 120):
        assert clips_engine.run(told(kb, n)) == engine.run(told(kb, n))


def test_a_run_without_questions_hides_none_from_the_next(
    kb: KnowledgeBase, engine: Engine, clips_engine: ClipsEngine
) -> None:
    known = told(kb, 8)
    silent = clips_engine.run(known, opening=False)
    assert silent.opened == ()
    assert silent.firings == engine.run(known).firings
    assert clips_engine.run(known) == engine.run(known)


def test_the_same_said_twice_is_said_once(
    kb: KnowledgeBase, engine: Engine, clips_engine: ClipsEngine
) -> None:
    known = told(kb, 8)
    assert clips_engine.run([*known, *known]) == engine.run(known)


def test_an_interrupted_run_leaves_nothing_behind(
    kb: KnowledgeBase, engine: Engine, clips_engine: ClipsEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Notes, "read", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            clips_engine.run(told(kb, 8))
    assert clips_engine.run(told(kb, 3)) == engine.run(told(kb, 3))


@pytest.fixture(scope="module")
def both(with_rules: Change, clips: object) -> tuple[Engine, ClipsEngine]:
    """Our engine and CLIPS, with a rule for each way to say the side of a candidate."""
    rules: dict[str, dict[str, object]] = {}
    for name, side in {"same": "$side", "other": "$other", "left": "left", "none": None}.items():
        band = {"finding": "taut_band", "site": "$muscle", "side": "$side"}
        drawn = {"candidate": f"to_{name}", "site": "$muscle", "side": side}
        met = {"candidate": f"to_{name}", "site": "$muscle", "side": "$side"}
        rules[f"draws_{name}"] = {"role": "candidate", "when": band, "then": [drawn]}
        said = {"advice": "seen", "say": "{muscle} {side}"}
        rules[f"sees_{name}"] = {"role": "advise", "when": met, "then": [said]}
    own = with_rules(**rules)
    return Engine(own), ClipsEngine(own)


@pytest.mark.parametrize("site", ["upper_trapezius", "diaphragm"])
@pytest.mark.parametrize("side", [*SIDES, None])
def test_a_candidate_lies_on_the_side_that_its_rule_says(
    both: tuple[Engine, ClipsEngine], site: str, side: Side | None
) -> None:
    ours, other = (one.run([Known("finding", "taut_band", site, side, "present")]) for one in both)
    assert other == ours
    assert len({firing.rule for firing in ours.firings}) == 8
