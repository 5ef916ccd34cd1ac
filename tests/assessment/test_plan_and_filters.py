"""What is treated, in which order, and what takes it away again."""

from nmt_expert.assessment import reason
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client

PEC = {"site": "pectoralis_minor", "side": "right"}
ACTIVE_PEC = tuple({**answer, **PEC} for answer in ACTIVE_TRAPEZIUS)


def treated(found: Reasoning) -> list[str | None]:
    return [line.site for line in found.focus]


def test_an_active_trigger_point_is_eased_pressed_and_lengthened(
    kb: KnowledgeBase, engine: Engine
) -> None:
    line = reason(client(*ACTIVE_TRAPEZIUS), kb, engine).focus[0]
    assert (line.site, line.side) == ("upper_trapezius", "right")
    assert line.technique[:2] == ("positional_release", "trigger_point_compression")
    assert line.dose


def test_the_same_finding_on_both_sides_is_one_line_for_both(
    kb: KnowledgeBase, engine: Engine
) -> None:
    both = tuple({**answer, "side": "both"} for answer in ACTIVE_TRAPEZIUS)
    found = reason(client(*both), kb, engine)
    assert [(line.site, line.side) for line in found.focus if line.site] == [
        ("upper_trapezius", "both")
    ]
    assert set(found.ids.values()) == {"active_trigger_point:upper_trapezius:both"}


def test_an_emergency_leaves_no_treatment_at_all(kb: KnowledgeBase, engine: Engine) -> None:
    found = reason(client(*ACTIVE_TRAPEZIUS, {"finding": "saddle_numbness"}), kb, engine)
    assert found.focus == ()
    assert {line.by for line in found.withheld} == {"cauda_equina"}


def test_a_flag_for_the_neck_leaves_the_arm_to_be_treated(
    kb: KnowledgeBase, engine: Engine
) -> None:
    brachialis = {"site": "brachialis", "side": "right"}
    arm = tuple({**answer, **brachialis} for answer in ACTIVE_TRAPEZIUS)
    flagged = {"finding": "neck_pain_new_unlike_before"}
    found = reason(client(*ACTIVE_TRAPEZIUS, *arm, flagged), kb, engine)
    assert "brachialis" in treated(found)
    assert "upper_trapezius" not in treated(found)


def test_fever_withholds_treatment_without_being_a_referral(
    kb: KnowledgeBase, engine: Engine
) -> None:
    found = reason(client(*ACTIVE_TRAPEZIUS, {"finding": "fever_or_chills"}), kb, engine)
    assert found.focus == ()
    assert found.referrals == ()


def test_blood_thinners_take_deep_pressure_away_and_leave_the_rest(
    kb: KnowledgeBase, engine: Engine
) -> None:
    thinner = {"finding": "blood_thinner_or_bleeding_disorder"}
    found = reason(client(*ACTIVE_TRAPEZIUS, thinner), kb, engine)
    line = next(line for line in found.focus if line.site == "upper_trapezius")
    assert "trigger_point_compression" not in line.technique
    assert "positional_release" in line.technique
    assert line.cautions


def test_a_chest_muscle_waits_for_its_clearance(kb: KnowledgeBase, engine: Engine) -> None:
    found = reason(client(*ACTIVE_PEC), kb, engine)
    assert "pectoralis_minor" not in treated(found)
    assert "cleared_for_touch" in {line.by for line in found.withheld}


def test_a_cleared_chest_muscle_is_treated(kb: KnowledgeBase, engine: Engine) -> None:
    given = {"finding": "medical_clearance", "site": "chest", "value": "given"}
    assert "pectoralis_minor" in treated(reason(client(*ACTIVE_PEC, given), kb, engine))


def test_a_clearance_not_known_is_not_a_clearance(kb: KnowledgeBase, engine: Engine) -> None:
    unknown = {"finding": "medical_clearance", "site": "chest", "value": "unknown"}
    found = reason(client(*ACTIVE_PEC, unknown), kb, engine)
    assert "pectoralis_minor" not in treated(found)


def test_without_a_licence_no_assisted_stretch_is_proposed(
    kb: KnowledgeBase, engine: Engine
) -> None:
    assisted = {name for name, t in kb.techniques.items() if t.needs.startswith("assisted")}
    for answers in ((), ({"finding": "stretching_scope", "value": "self_care_only"},)):
        found = reason(client(*ACTIVE_TRAPEZIUS, *answers), kb, engine)
        assert not assisted & {name for line in found.focus for name in line.technique}


def test_a_muscle_that_is_already_long_is_not_stretched(kb: KnowledgeBase, engine: Engine) -> None:
    long = (
        {"finding": "cue_shoulder_low", "side": "right"},
        {"finding": "arm_support_relieves", "side": "right"},
        {"finding": "muscle_length", "site": "upper_trapezius", "side": "right", "value": "long"},
    )
    sites = ({"site": "shoulder_top", "side": "right"},)
    found = reason(client(*ACTIVE_TRAPEZIUS, *long, sites=sites), kb, engine)
    line = [line for line in found.focus if line.site == "upper_trapezius"]
    assert line
    assert "self_stretch" not in {name for one in line for name in one.technique}


def test_lines_are_numbered_in_treatment_order(kb: KnowledgeBase, engine: Engine) -> None:
    given = {"finding": "medical_clearance", "site": "chest", "value": "given"}
    found = reason(client(*ACTIVE_PEC, *ACTIVE_TRAPEZIUS, given), kb, engine)
    assert [line.order for line in found.focus] == list(range(1, len(found.focus) + 1))
