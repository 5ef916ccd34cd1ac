"""What is treated, in which order, and what takes it away again."""

from nmt_expert.assessment import reason
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client

PEC = {"site": "pectoralis_minor", "side": "right"}
ACTIVE_PEC = tuple({**answer, **PEC} for answer in ACTIVE_TRAPEZIUS)
BUTTOCK = (
    {"finding": "tingling", "site": "thigh_posterior", "side": "right"},
    {"finding": "active_piriformis", "side": "right"},
    {"finding": "seated_piriformis", "side": "right"},
)


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


SHORT_ILIOPSOAS = {
    "finding": "muscle_length", "site": "iliopsoas", "side": "right", "value": "short"
}  # fmt: skip
TIPPED_PELVIS = (
    {"finding": "cue_low_back_hollow"},
    {"finding": "cue_asis_low"},
    {"finding": "posture_change_alters_symptom", "site": "anterior_pelvic_tilt"},
    {"finding": "medical_clearance", "site": "abdomen", "value": "given"},
    SHORT_ILIOPSOAS,
)
BACK = {"site": "low_back_zone", "side": "right"}
GROIN = {"site": "hip_anterior", "side": "right"}


def test_a_short_muscle_far_from_all_pain_is_a_distant_target(
    kb: KnowledgeBase, engine: Engine
) -> None:
    found = reason(client(*TIPPED_PELVIS, sites=(BACK,)), kb, engine)
    assert [line.distant for line in found.focus if line.site == "iliopsoas"] == [True]


def test_a_short_muscle_under_one_of_two_pains_is_not_distant_but_still_lengthened(
    kb: KnowledgeBase, engine: Engine
) -> None:
    found = reason(client(*TIPPED_PELVIS, sites=(BACK, GROIN)), kb, engine)
    assert [line.distant for line in found.focus if line.site == "iliopsoas"] == [False]


def test_a_pain_of_the_other_side_leaves_the_target_distant(
    kb: KnowledgeBase, engine: Engine
) -> None:
    found = reason(client(*TIPPED_PELVIS, sites=(BACK, {**GROIN, "side": "left"})), kb, engine)
    assert [line.distant for line in found.focus if line.site == "iliopsoas"] == [True]


def test_work_inside_the_mouth_waits_for_gloves_consent_and_licence(
    kb: KnowledgeBase, engine: Engine
) -> None:
    inside = {"site": "lateral_pterygoid", "side": "right"}
    found = reason(client(*({**one, **inside} for one in ACTIVE_TRAPEZIUS)), kb, engine)
    line = next(line for line in found.focus if line.site == "lateral_pterygoid")
    assert any("gloves" in said for said in line.cautions)
    assert "stripping" not in line.technique


def test_the_caution_of_the_mouth_is_not_said_of_the_neck(
    kb: KnowledgeBase, engine: Engine
) -> None:
    inside = {"finding": "tender_under_finger", "site": "lateral_pterygoid", "side": "right"}
    found = reason(client(*ACTIVE_TRAPEZIUS, inside), kb, engine)
    line = next(line for line in found.focus if line.site == "upper_trapezius")
    assert line.cautions == ()


def test_a_latent_point_is_treated_only_in_a_short_or_weak_muscle(
    kb: KnowledgeBase, engine: Engine
) -> None:
    spot = {"site": "upper_trapezius", "side": "right"}
    latent = (
        {"finding": "taut_band", **spot},
        {"finding": "hypersensitive_spot", **spot},
        {"finding": "familiar_pain_on_pressure", **spot, "value": "absent"},
    )
    weak = {"finding": "muscle_strength", **spot, "value": "weak"}
    assert "upper_trapezius" not in treated(reason(client(*latent), kb, engine))
    assert "upper_trapezius" in treated(reason(client(*latent, weak), kb, engine))


def test_the_pelvic_floor_is_never_opened_as_the_wall_of_a_tunnel(
    kb: KnowledgeBase, engine: Engine
) -> None:
    places = treated(reason(client(*BUTTOCK), kb, engine))
    assert "piriformis" in places
    assert "obturator_internus_pelvic_floor" not in places


def test_of_the_muscles_at_a_tunnel_the_one_found_tight_comes_first(
    kb: KnowledgeBase, engine: Engine
) -> None:
    tight = {"finding": "tender_under_finger", "site": "piriformis", "side": "right"}
    assert treated(reason(client(*BUTTOCK, tight), kb, engine))[0] == "piriformis"


def test_a_dominant_muscle_is_released_only_where_it_was_found_short_or_tender(
    kb: KnowledgeBase, engine: Engine
) -> None:
    fault = {"site": "one_leg_knee_in", "side": "left"}
    runner = (
        {"finding": "fault_seen", **fault},
        {"finding": "fault_reproduces_pain", **fault},
        {"finding": "tender_under_finger", "site": "tensor_fasciae_latae", "side": "left"},
    )
    assert treated(reason(client(*runner), kb, engine)) == [
        "tensor_fasciae_latae", "one_leg_knee_in"
    ]  # fmt: skip
