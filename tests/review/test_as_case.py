"""A disagreement becomes a case file that fails until the rules are mended."""

from pathlib import Path

import pytest

from nmt_expert.assessment.expected import differences
from nmt_expert.kb import read_case
from nmt_expert.kb.case_writer import case_text
from nmt_expert.model.case import Answer, Case, Client, Complaint
from nmt_expert.model.errors import InputInvalid
from nmt_expert.review.as_case import as_case
from nmt_expert.review.queue import Review
from nmt_expert.review.remarks import Remark


def override(about: str, reason: str = "rule_too_wide", instead: str | None = None) -> Remark:
    return Remark(about=about, verdict="override", reason=reason, instead=instead)


@pytest.fixture
def written(desk_worker: Review, kb, tmp_path: Path):
    """The case of these remarks, as read back from its file."""

    def written(*remarks: Remark) -> Case:
        path = tmp_path / "override.yml"
        path.write_text(case_text(as_case(desk_worker.assessment.case, remarks, "override", kb)))
        return read_case(path, kb)

    return written


@pytest.mark.parametrize(
    ("remark", "fails_with"),
    [
        (override("flag:habit_holding_still"), "habit_holding_still is raised"),
        (
            override("flag:habit_holding_still", "not_urgent_enough", instead="soon"),
            "habit_holding_still is routine, not soon",
        ),
        (
            override("flag:cauda_equina", "rule_too_narrow", instead="emergency"),
            "cauda_equina is not raised, not emergency",
        ),
        (override("focus:upper_trapezius:right"), "upper_trapezius:right is treated"),
        (
            override("focus:masseter:left", "rule_too_narrow"),
            "masseter:left is not treated",
        ),
        (
            override("conclusion:active_trigger_point:suboccipitals:right"),
            "active_trigger_point:suboccipitals:right is concluded",
        ),
        (
            override(
                "conclusion:active_trigger_point:upper_trapezius:right",
                "too_strong",
                instead="postural_distortion:forward_head",
            ),
            "active_trigger_point:upper_trapezius:right leads",
        ),
    ],
)
def test_the_case_fails_until_the_rules_are_mended(
    written, desk_worker: Review, remark: Remark, fails_with: str
):
    expect = written(remark).expect
    assert differences(desk_worker.assessment, expect) == [fails_with]


def test_a_wrong_place_and_the_right_one_are_both_expected(written):
    moved = override("focus:upper_trapezius:right", "wrong_side", instead="upper_trapezius:left")
    expect = written(moved).expect
    assert expect.not_treated == ("upper_trapezius:right",)
    assert expect.focus == ("upper_trapezius:left",)


@pytest.mark.parametrize("reason", ["answer_wrong", "too_strong", "too_weak"])
def test_where_the_rules_are_right_or_only_a_band_is_wrong_there_is_no_case(written, reason):
    with pytest.raises(InputInvalid, match="no override says what should come up"):
        written(override("conclusion:active_trigger_point:upper_trapezius:right", reason))


def test_what_was_agreed_with_expects_nothing(written):
    with pytest.raises(InputInvalid):
        written(Remark(about="flag:habit_holding_still", verdict="agree"))


def test_the_case_names_nobody(kb):
    told = Case(
        id="2026-11-20-1",
        client=Client(code="C-001", age=38, sex="female", occupation="judge at the high court"),
        complaint=Complaint(text="since the trial of Mr X"),
        answers=(Answer(finding="night_pain", note="her words", by="C-001", at="2026-11-20"),),
    )
    case = as_case(told, [override("flag:sleep")], "sleep", kb)
    text = case_text(case)
    assert not any(word in text for word in ("C-001", "judge", "Mr X", "her words", "2026"))
    assert case.client.age == 38
