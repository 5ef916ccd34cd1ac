"""Students who do too much, too little or anything at all: said as a supervisor would say it."""

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.base import Urgency
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.attempt import Attempt, key_of
from nmt_expert.practice.events import Planned, PlannedFocus, PlannedReferral
from nmt_expert.practice.options import find
from nmt_expert.practice.remarks import Matter, Remark, Score
from nmt_expert.practice.score import score
from tests.practice.conftest import CASES, Played
from tests.practice.players import anchors, planned, skips_safety

TRAPEZIUS = PlannedFocus(
    site="upper_trapezius", side="right", technique="trigger_point_compression"
)


def judged(attempt: Attempt, engine: Engine, plan: Planned | None = None) -> Score:
    ranked = attempt if attempt.ranked else attempt.commit(("trigger_points",), "unsure")
    return score(ranked.plan(plan or Planned()), engine)


def referred(urgency: Urgency, *because: str) -> Planned:
    return Planned(referrals=(PlannedReferral(urgency=urgency, because=because),))


def only(found: Score, matter: Matter) -> Remark:
    (remark,) = found.about(matter)
    return remark


def felt(attempt: Attempt) -> Attempt:
    return attempt.ask(find("upper trapezius", attempt.options)[0])


def flagged(attempt: Attempt, case: PracticeCase, engine: Engine) -> Attempt:
    back = Attempt.begin(case, attempt.kb, engine)
    return back.ask(find("bladder, bowel", back.options)[0])


# Everything, nothing


def test_who_asks_nothing_is_told_so_and_what_waited(begun: Attempt, engine: Engine) -> None:
    done = judged(begun, engine)
    assert done.verdict == "unsafe"
    remark = only(done, "value")
    assert remark.says == "Nothing was asked or examined."
    assert remark.rules


def test_who_names_all_five_factors_has_ranked_nothing(begun: Attempt, engine: Engine) -> None:
    hedged = felt(begun).commit(("trigger_points", *_others(begun)), "fairly")
    remark = only(judged(hedged, engine), "hedging")
    assert remark.verdict == "questionable"
    assert "nerve entrapment" in remark.says
    assert remark.rules


def test_a_second_factor_that_the_key_has_is_no_hedging(begun: Attempt, engine: Engine) -> None:
    both = felt(begun).commit(("trigger_points", "postural_distortion"), "fairly")
    assert not judged(both, engine).about("hedging")


def _others(attempt: Attempt) -> list[str]:
    return [name for name in attempt.kb.factors if name != "trigger_points"]


def test_the_right_place_treated_before_anything_called_for_it_is_a_guess(
    begun: Attempt, engine: Engine
) -> None:
    guess = judged(begun, engine, Planned(focus=(TRAPEZIUS,))).about("focus")[0]
    assert guess.verdict == "questionable"
    assert guess.says.endswith("nothing you had found called for it: a guess.")
    known = judged(felt(begun), engine, Planned(focus=(TRAPEZIUS,))).about("focus")[0]
    assert (known.verdict, known.says) == ("acceptable", "Treated: upper trapezius, right.")


def test_who_treats_every_muscle_is_told_once(begun: Attempt, engine: Engine) -> None:
    muscles = [site for site in begun.kb.sites.values() if site.kind == "muscle"]
    everywhere = tuple(
        PlannedFocus(site=one.id, side="both" if one.sided else None, technique="gliding")
        for one in muscles
    )
    done = judged(felt(begun), engine, Planned(focus=everywhere))
    idle = [one for one in done.about("focus") if one.says.startswith("Nothing found calls for")]
    assert len(idle) == 1
    assert " more." in idle[0].says


def test_the_wrong_side_is_a_place_that_nothing_calls_for(begun: Attempt, engine: Engine) -> None:
    left = TRAPEZIUS.model_copy(update={"side": "left"})
    says = [one.says for one in judged(felt(begun), engine, Planned(focus=(left,))).about("focus")]
    assert "Nothing found calls for treating upper trapezius, left." in says


# Referrals


@pytest.mark.parametrize("urgency", ["emergency", "same_day", "soon"])
def test_who_sends_a_plain_headache_to_a_doctor_over_refers(
    begun: Attempt, engine: Engine, urgency: Urgency
) -> None:
    remark = only(judged(felt(begun), engine, referred(urgency)), "over_referral")
    assert remark.verdict == "questionable"
    assert remark.says.startswith("Over-referral: sent on as")
    assert remark.rules


def test_one_step_too_urgent_for_a_red_flag_errs_on_the_safe_side(
    kb: KnowledgeBase, engine: Engine
) -> None:
    calf = read_practice_case(CASES / "consultant-calf.yml", kb)
    found = Attempt.begin(calf, kb, engine)
    for name in ("conditions, medicines, events", "operations, devices", "the calf"):
        found = found.ask(find(name, found.options)[0])
    done = judged(found, engine, referred("emergency"))
    remark = only(done, "over_referral")
    assert remark.verdict == "acceptable"
    assert "where SAME DAY is enough: on the safe side" in remark.says


def test_a_referral_needs_a_reason_that_calls_for_one(
    begun: Attempt, engine: Engine, stiff_back: PracticeCase
) -> None:
    attempt = flagged(begun, stiff_back, engine)
    told = {one.finding: key_of(one) for one in attempt.noted}
    right = judged(attempt, engine, referred("emergency", told["bladder_change"]))
    wrong = judged(attempt, engine, referred("emergency", told["age"]))
    assert not right.about("referral_reasons")
    assert only(wrong, "referral_reasons").verdict == "questionable"


def test_to_refer_blindly_is_no_way_round_the_questions(
    begun: Attempt, engine: Engine, stiff_back: PracticeCase
) -> None:
    blind = judged(Attempt.begin(stiff_back, begun.kb, engine), engine, referred("emergency"))
    assert blind.verdict == "unsafe"
    assert "it was never asked for" in only(blind, "red_flag").says


def test_who_sends_an_emergency_on_too_late_is_unsafe_though_it_was_found(
    begun: Attempt, engine: Engine, stiff_back: PracticeCase
) -> None:
    late = judged(flagged(begun, stiff_back, engine), engine, referred("same_day"))
    assert late.verdict == "unsafe"
    assert "it was found, and the referral is SAME DAY" in only(late, "red_flag").says


def test_a_same_day_flag_does_not_excuse_from_the_safety_screen(
    kb: KnowledgeBase, engine: Engine
) -> None:
    slaps = read_practice_case(CASES / "student-foot-slaps.yml", kb)
    found = skips_safety(Attempt.begin(slaps, kb, engine))
    done = score(found, engine)
    assert any(one.urgency == "same_day" for one in found.found.referrals)
    assert only(done, "safety_screen").verdict == "unsafe"


# The mind


def test_to_stay_with_what_nothing_supports_any_more_is_anchoring(
    begun: Attempt, engine: Engine
) -> None:
    first = begun.commit(("ischemia",), "sure")
    again = felt(first).commit(("ischemia",), "sure")
    remark = only(judged(again, engine), "anchoring")
    assert remark.verdict == "questionable"
    assert remark.rules


def test_a_reason_against_is_named_with_its_place_and_the_rule_that_says_so(
    begun: Attempt, engine: Engine
) -> None:
    known = felt(begun)
    told = {one.finding: key_of(one) for one in known.noted}
    wrong = known.commit(("ischemia",), "fairly", pro=(told["familiar_pain_on_pressure"],))
    remark = only(judged(wrong, engine), "reasons")
    assert "it speaks against it: Familiar pain on pressure: Upper trapezius, right" in remark.says
    assert {begun.kb.rules[rule].role for rule in remark.rules} == {"oppose"}


# Rules behind remarks


def test_every_fault_of_every_bad_student_rests_on_a_rule(
    played: Played, begun: Attempt, engine: Engine
) -> None:
    scores = [played(name, player)[1] for name in ("headache", "stiff back")
              for player in (skips_safety, anchors)]  # fmt: skip
    scores += [
        judged(begun, engine),
        judged(begun.commit(tuple(begun.kb.factors), "sure"), engine, referred("emergency")),
        score(planned(felt(begun).commit(("ischemia",), "sure")), engine),
    ]
    bare = [r.says for s in scores for r in s.remarks if r.verdict != "acceptable" and not r.rules]
    assert bare == []
