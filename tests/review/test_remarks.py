"""What a reviewer may say of a result, and what must be said with it."""

import pytest

from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.trace_book import TraceBook
from nmt_expert.review.queue import Review
from nmt_expert.review.remarks import Remark, checked, standing
from nmt_expert.review.subjects import Subject, subjects

FLAG = "flag:habit_holding_still"
FOCUS = "focus:upper_trapezius:right"
POINT = "conclusion:active_trigger_point:upper_trapezius:right"


def say(kb: KnowledgeBase, review: Review, about: str, **told: str | None) -> Remark:
    subject = review.meant(about, kb)
    return checked(Remark.model_validate({"about": subject.key, **told}), subject, kb)


def test_flags_then_the_plan_then_conclusions_can_be_reviewed(desk_worker: Review):
    kinds = [one.kind for one in subjects(desk_worker.assessment)]
    assert kinds == sorted(kinds, key=("flag", "focus", "conclusion").index)
    assert {FLAG, FOCUS, POINT} <= {one.key for one in subjects(desk_worker.assessment)}


def test_every_subject_names_the_firings_that_drew_it(desk_worker: Review):
    assert all(one.firings for one in subjects(desk_worker.assessment))


@pytest.mark.parametrize("text", ["1", FLAG, "habit_holding_still"])
def test_a_result_is_meant_by_its_number_its_key_or_its_name(
    kb: KnowledgeBase, desk_worker: Review, text: str
):
    assert desk_worker.meant(text, kb).key == FLAG


def test_a_name_that_several_results_share_is_not_guessed(kb, desk_worker: Review):
    with pytest.raises(InputInvalid, match="or several things are"):
        desk_worker.meant("right", kb)


def test_a_number_that_is_not_on_the_list_means_nothing(kb, desk_worker: Review):
    with pytest.raises(InputInvalid):
        desk_worker.meant("99", kb)


def test_agreeing_needs_no_reason(kb: KnowledgeBase, desk_worker: Review):
    assert say(kb, desk_worker, POINT, verdict="agree").reason is None


@pytest.mark.parametrize("about", [FLAG, FOCUS, POINT])
def test_overriding_anything_needs_a_coded_reason(kb, desk_worker: Review, about: str):
    with pytest.raises(InputInvalid, match="needs a coded reason"):
        say(kb, desk_worker, about, verdict="override", words="no")


def test_overriding_a_flag_needs_words_too(kb: KnowledgeBase, desk_worker: Review):
    with pytest.raises(InputInvalid, match="needs words"):
        say(kb, desk_worker, FLAG, verdict="override", reason="known_and_followed")
    with pytest.raises(InputInvalid, match="needs words"):
        say(kb, desk_worker, FLAG, verdict="override", reason="known_and_followed", words=" ")
    told = {"reason": "known_and_followed", "words": "Her doctor knows"}
    assert say(kb, desk_worker, FLAG, verdict="override", **told)


def test_a_conclusion_can_be_overridden_with_the_code_alone(kb, desk_worker: Review):
    assert say(kb, desk_worker, POINT, verdict="override", reason="another_source")


def test_a_code_that_tells_nothing_needs_words(kb: KnowledgeBase, desk_worker: Review):
    with pytest.raises(InputInvalid, match="needs words"):
        say(kb, desk_worker, POINT, verdict="unsure", reason="other")


@pytest.mark.parametrize("reason", ["no_such_reason", "too_urgent"])
def test_a_reason_must_be_of_the_list_for_that_kind(kb, desk_worker: Review, reason: str):
    with pytest.raises(InputInvalid, match="no reason that can be given for a conclusion"):
        say(kb, desk_worker, POINT, verdict="override", reason=reason, words="no")


def test_less_urgent_must_say_how_urgent(kb: KnowledgeBase, desk_worker: Review):
    with pytest.raises(InputInvalid, match="what should hold instead"):
        say(kb, desk_worker, FLAG, verdict="override", reason="too_urgent", words="no")


@pytest.mark.parametrize(
    ("about", "instead"), [(FLAG, "tomorrow"), (FOCUS, "nowhere:right"), (POINT, "latent:neck")]
)
def test_what_stands_instead_must_exist(kb, desk_worker: Review, about: str, instead: str):
    told = {"reason": "rule_too_wide", "words": "no", "instead": instead}
    with pytest.raises(InputInvalid, match="cannot stand in its place"):
        say(kb, desk_worker, about, verdict="override", **told)


def test_only_an_override_says_what_holds_instead(kb: KnowledgeBase, desk_worker: Review):
    with pytest.raises(InputInvalid, match="only an override"):
        say(kb, desk_worker, FLAG, verdict="agree", instead="soon")


def test_a_flag_that_was_missed_can_be_asked_for_with_its_urgency(kb, desk_worker: Review):
    missed = "flag:cauda_equina"
    told = {"reason": "rule_too_narrow", "words": "numb when wiping"}
    with pytest.raises(InputInvalid, match="how urgent it should be"):
        say(kb, desk_worker, missed, verdict="override", **told)
    assert say(kb, desk_worker, missed, verdict="override", instead="emergency", **told)
    with pytest.raises(InputInvalid, match="only be overridden"):
        say(kb, desk_worker, missed, verdict="agree")


def test_a_place_that_was_missed_needs_a_reason_that_says_so(kb, desk_worker: Review):
    missed = "focus:masseter:left"
    with pytest.raises(InputInvalid, match="should have been"):
        say(kb, desk_worker, missed, verdict="override", reason="rule_too_wide")
    assert say(kb, desk_worker, missed, verdict="override", reason="rule_too_narrow")


def test_words_lose_what_could_steer_a_terminal(kb: KnowledgeBase, desk_worker: Review):
    said = say(kb, desk_worker, POINT, verdict="unsure", words="soft\x1b[31m, not taut")
    assert said.words == "soft[31m, not taut"


def test_the_newest_remark_on_a_subject_stands():
    first = Remark(about=FLAG, verdict="agree")
    second = Remark(about=FLAG, verdict="unsure")
    assert standing([first, second]) == {FLAG: second}


def test_a_remark_changes_nothing_of_the_result(kb, desk_worker: Review, reviewed):
    override = say(kb, desk_worker, FLAG, verdict="override", reason="other", words="no")
    after = reviewed(override)
    assert after.assessment == desk_worker.assessment
    assert any(line.flag == "habit_holding_still" for line in after.assessment.referrals)
    assert Subject(FLAG).kind == "flag"


def test_a_referral_that_no_rule_drew_is_agreed_with_like_any_other(kb, reviewed):
    result = reviewed().assessment
    flag = kb.plan.unexplained.flag
    line = result.referrals[0].model_copy(update={"flag": flag, "firings": ()})
    later = reviewed(assessment=result.model_copy(update={"referrals": (line,)}))
    assert say(kb, later, f"flag:{flag}", verdict="agree")
    page = TraceBook(later, kb).page(f"about:flag:{flag}")
    assert page.spots
