"""What other answers would do, which would turn the result, and how two results differ."""

import pytest

from nmt_expert.assessment import assess
from nmt_expert.assessment.applied import applied
from nmt_expert.assessment.differing import differing
from nmt_expert.assessment.flip import flip
from nmt_expert.assessment.what_if import read_answers, what_if
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.what_if import Flip
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client
from tests.conftest import ROOT

TEMPLE = ({"site": "temple", "side": "right"},)
CASE = client(*ACTIVE_TRAPEZIUS, sites=TEMPLE)


def answers(*words: str, kb: KnowledgeBase) -> tuple[Answer, ...]:
    return read_answers(words, kb)


def test_an_answer_is_read_by_ids_labels_and_letters_for_the_side(kb: KnowledgeBase) -> None:
    by_id, by_words = answers(
        "taut_band@upper_trapezius:right=present", "Taut band@Upper trapezius:r", kb=kb
    )
    assert by_id == by_words
    assert answers("pain_intensity=7", kb=kb)[0].value == 7


def test_every_fault_of_what_was_typed_is_told(kb: KnowledgeBase) -> None:
    with pytest.raises(InputInvalid) as told:
        answers("taut_bandd@upper_trapezius:r", "taut_band@upper_trapezius", "age=old", kb=kb)
    said = str(told.value)
    assert "unknown finding 'taut_bandd'" in said
    assert "no side is given" in said
    assert "age has no value 'old'" in said


def test_what_is_computed_cannot_be_given(kb: KnowledgeBase) -> None:
    with pytest.raises(InputInvalid, match="computed and never given"):
        answers(f"{kb.plan.change_finding}=meaningful", kb=kb)


def test_an_answer_on_one_side_leaves_the_other_as_it_was(kb: KnowledgeBase) -> None:
    both = client({"finding": "taut_band", "site": "upper_trapezius", "side": "both"})
    after = applied(both, answers("taut_band@upper_trapezius:l=absent", kb=kb))
    assert {(a.side, a.value) for a in after.answers} == {("right", "present"), ("left", "absent")}


def test_what_if_says_what_was_said_and_does_not_touch_the_case(
    kb: KnowledgeBase, engine: Engine
) -> None:
    before = CASE.model_copy()
    given = answers("taut_band@upper_trapezius:right=absent", "befast_sign=present", kb=kb)
    told = what_if(CASE, given, kb, engine)
    assert before == CASE
    assert [change.was for change in told.changes] == ["present", None]
    assert [change.flag for change in told.difference.flags] == ["stroke_tia"]
    assert any(one.conclusion.startswith("active_trigger") for one in told.difference.conclusions)


def test_what_if_says_which_red_flag_would_be_cleared(kb: KnowledgeBase, engine: Engine) -> None:
    told = what_if(CASE, answers("befast_sign=absent", kb=kb), kb, engine)
    assert "stroke_tia" in told.difference.uncleared.went
    back = client({"finding": "befast_sign", "value": "absent"}, sites=TEMPLE)
    doubted = what_if(back, answers("befast_sign=unknown", kb=kb), kb, engine)
    assert "stroke_tia" in doubted.difference.uncleared.came


def test_a_flag_that_is_raised_is_not_called_cleared(kb: KnowledgeBase, engine: Engine) -> None:
    told = what_if(CASE, answers("befast_sign=present", kb=kb), kb, engine)
    assert "stroke_tia" not in told.difference.uncleared.went


def holds(one: Flip, case: Case, kb: KnowledgeBase, engine: Engine) -> bool:
    """Whether giving the answers of a flip does what it says."""
    given = read_answers((change.answer for change in one.changes), kb)
    now, then = assess(case, kb, engine), assess(applied(case, given), kb, engine)
    first = then.factors[0]
    leads = "" if first.band == "not_supported" else first.factor
    raised = {line.flag: line.urgency for line in then.referrals}
    was = {line.flag: line.urgency for line in now.referrals}
    return (one.leads is None or leads == one.leads) and all(
        (was.get(change.flag), raised.get(change.flag)) == (change.before, change.after)
        for change in one.flags
    )


def test_every_flip_does_what_it_says(kb: KnowledgeBase, engine: Engine) -> None:
    told = flip(CASE, kb, engine, 60)
    assert told.flips
    assert all(1 <= len(one.changes) <= 2 for one in told.flips)
    some = [*told.flips[:4], *(one for one in told.flips if one.leads is not None)]
    assert all(holds(one, CASE, kb, engine) for one in some)


def test_what_is_open_is_changed_before_what_was_answered(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = flip(CASE, kb, engine, 40)
    kinds = [one.kind for one in told.flips]
    assert kinds[0] == "open"
    assert all(change.was is None for one in told.flips if one.kind == "open"
               for change in one.changes)  # fmt: skip


def test_the_one_sign_that_carries_the_leading_factor_flips_it(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = read_case(ROOT / "examples/swimmer-shoulder-blade.yml", kb)
    told = flip(case, kb, engine, 60)
    leads = [one for one in told.flips if one.leads is not None]
    assert [change.answer for change in leads[0].changes] == [
        "fault_seen@blade_dyskinesis:right=absent"
    ]
    assert leads[0].kind == "given"


def test_an_answer_in_doubt_is_tried_as_sure(kb: KnowledgeBase, engine: Engine) -> None:
    doubted = tuple({**answer, "sure": "unsure"} for answer in ACTIVE_TRAPEZIUS)
    case = client(*doubted, sites=TEMPLE)
    kinds = {one.kind for one in flip(case, kb, engine, 120).flips}
    assert "uncertain" in kinds


def test_the_search_counts_runs_and_says_when_it_stopped_early(
    kb: KnowledgeBase, engine: Engine
) -> None:
    short = flip(CASE, kb, engine, 5)
    assert (short.runs, short.limit) == (5, 5)
    assert short.left > 0


def test_the_same_case_gives_the_same_flips(kb: KnowledgeBase, engine: Engine) -> None:
    turned = CASE.model_copy(update={"answers": tuple(reversed(CASE.answers))})
    assert flip(CASE, kb, engine, 30) == flip(turned, kb, engine, 30)


def test_two_results_differ_by_the_answers_and_the_reasons_they_lead_to(
    kb: KnowledgeBase, engine: Engine
) -> None:
    later = applied(CASE, answers("taut_band@upper_trapezius:right=absent", kb=kb))
    told = differing(*(assess(case, kb, engine) for case in (CASE, later)))
    (answer,) = told.answers
    assert (answer.about, answer.before, answer.after) == (
        "taut_band@upper_trapezius:right",
        "present",
        "absent",
    )
    reasons = {one.conclusion: one for one in told.reasons}
    went = reasons["active_trigger_point:upper_trapezius:right"].went
    assert kb.rules["trigger_points.active.active_core"].title in went
    assert told.same_knowledge
    assert told.rewritten == ()


def test_two_versions_of_the_rules_differ_by_the_rules_that_were_rewritten(
    kb: KnowledgeBase, engine: Engine
) -> None:
    now = assess(CASE, kb, engine)
    rule = "trigger_points.active.active_core"
    older = now.model_copy(
        update={
            "rules": {**now.rules, rule: now.rules[rule].model_copy(update={"version": "old"})},
            "knowledge_base": {**now.knowledge_base, "sha256": "old"},
        }
    )
    told = differing(older, now)
    assert told.rewritten == (rule,)
    assert not told.same_knowledge
