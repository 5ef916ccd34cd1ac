"""Single remarks: each attempt differs in the one thing that the remark is about."""

from dataclasses import replace

import pytest

from nmt_expert.engine import Engine
from nmt_expert.model.base import Urgency
from nmt_expert.model.case import Answer
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.attempt import Attempt, key_of
from nmt_expert.practice.events import NOTHING, Planned, PlannedFocus, PlannedReferral
from nmt_expert.practice.hints import hint
from nmt_expert.practice.options import find
from nmt_expert.practice.remarks import Score
from nmt_expert.practice.score import score
from tests.practice.conftest import Played
from tests.practice.players import SAFETY, asking, oracle

TRAPEZIUS = PlannedFocus(
    site="upper_trapezius", side="right", technique="trigger_point_compression"
)


def scored(attempt: Attempt, engine: Engine, *focus: PlannedFocus) -> Score:
    ranked = attempt if attempt.ranked else attempt.commit(("trigger_points",), "unsure")
    return score(ranked.plan(Planned(focus=focus)), engine)


def examined(attempt: Attempt, *names: str) -> Attempt:
    for name in names:
        attempt = attempt.ask(find(name, attempt.options)[0])
    return attempt


def test_to_conclude_on_the_presentation_alone_is_premature(begun: Attempt, engine: Engine) -> None:
    (remark,) = scored(begun, engine).about("premature_closure")
    assert remark.verdict == "questionable"
    assert remark.rules


def test_the_findings_that_decide_are_named_when_nobody_looked(
    begun: Attempt, engine: Engine
) -> None:
    says = " ".join(r.says for r in scored(begun, engine).about("missed_finding"))
    assert "familiar pain on pressure" in says


def test_a_finding_that_was_looked_for_is_not_missed(begun: Attempt, engine: Engine) -> None:
    done = scored(examined(begun, "upper trapezius"), engine)
    assert "Upper trapezius" not in " ".join(r.says for r in done.about("missed_finding"))


def test_the_wrong_leading_factor_is_questionable(begun: Attempt, engine: Engine) -> None:
    done = begun.commit(("nerve_entrapment",), "fairly")
    (remark,) = scored(done, engine).about("ranking")
    assert remark.verdict == "questionable"
    assert "is trigger points, not nerve entrapment" in remark.says


def test_to_say_that_none_of_the_five_leads_is_wrong_where_one_does(
    begun: Attempt, engine: Engine
) -> None:
    (remark,) = scored(begun.commit((), "unsure"), engine).about("ranking")
    assert "is trigger points, not none of the five" in remark.says


def test_to_be_sure_of_what_nothing_supports_is_questionable(
    begun: Attempt, engine: Engine
) -> None:
    (remark,) = scored(begun.commit(("ischemia",), "sure"), engine).about("certainty")
    assert remark.verdict == "questionable"


def test_to_be_unsure_of_it_is_not(begun: Attempt, engine: Engine) -> None:
    assert not scored(begun.commit(("ischemia",), "unsure"), engine).about("certainty")


def test_a_place_that_nothing_calls_for_is_questionable(begun: Attempt, engine: Engine) -> None:
    calf = PlannedFocus(site="gastrocnemius", side="left", technique="gliding")
    says = [r.says for r in scored(begun, engine, TRAPEZIUS, calf).about("focus")]
    assert any(one.startswith("Nothing found calls for treating gastrocnemius") for one in says)


def test_the_technique_of_the_key_is_right_and_another_is_not(
    begun: Attempt, engine: Engine
) -> None:
    right = scored(begun, engine, TRAPEZIUS).about("technique")
    wrong = replace_technique("deep_layers", begun, engine)
    assert [r.verdict for r in right] == ["acceptable"]
    assert [r.verdict for r in wrong.about("technique")] == ["questionable"]


def replace_technique(name: str, begun: Attempt, engine: Engine) -> Score:
    known = name if name in begun.kb.techniques else next(reversed(begun.kb.techniques))
    return scored(begun, engine, TRAPEZIUS.model_copy(update={"technique": known}))


def test_treating_beside_an_emergency_is_unsafe(
    begun: Attempt, engine: Engine, stiff_back: PracticeCase
) -> None:
    attempt = Attempt.begin(stiff_back, begun.kb, engine)
    found = examined(attempt, "bladder, bowel")
    loin = PlannedFocus(site="quadratus_lumborum", side="left", technique="gliding")
    done = scored(found.commit(("ischemia",), "unsure"), engine, loin)
    (remark,) = done.about("caution")
    assert remark.verdict == "unsafe"
    assert remark.says.startswith("Treated despite a caution")
    assert "red_flags.spine.cauda_equina_any_sign" in remark.rules


@pytest.mark.parametrize("asked", [True, False])
def test_treating_without_consent_is_unsafe_whether_it_was_asked_for_or_not(
    begun: Attempt, engine: Engine, headache: PracticeCase, asked: bool
) -> None:
    told = (*headache.answers, Answer(finding="consent_not_possible"))
    attempt = Attempt.begin(headache.model_copy(update={"answers": told}), begun.kb, engine)
    if asked:
        attempt = examined(attempt, "consent")
    (remark,) = scored(attempt, engine, TRAPEZIUS).about("caution")
    assert remark.verdict == "unsafe"
    assert ("It was never asked for." in remark.says) is not asked
    assert remark.rules


def test_treating_where_nothing_forbids_it_is_no_remark(begun: Attempt, engine: Engine) -> None:
    assert not scored(begun, engine, TRAPEZIUS).about("caution")


def test_a_red_flag_that_was_found_and_not_referred_is_unsafe(
    begun: Attempt, engine: Engine, stiff_back: PracticeCase
) -> None:
    attempt = Attempt.begin(stiff_back, begun.kb, engine)
    done = examined(attempt, "bladder, bowel").commit(("ischemia",), "unsure")
    too_late: tuple[Urgency, ...] = ("routine", "soon", "same_day")
    for urgency in too_late:
        plan = Planned(referrals=(PlannedReferral(urgency=urgency),))
        assert score(done.plan(plan), engine).verdict == "unsafe", urgency


def test_to_send_a_plain_case_to_an_ambulance_is_questionable(
    begun: Attempt, engine: Engine
) -> None:
    plan = Planned(referrals=(PlannedReferral(urgency="emergency"),))
    done = score(begun.commit(("trigger_points",), "unsure").plan(plan), engine)
    (remark,) = done.about("over_referral")
    assert remark.verdict == "questionable"


def test_a_question_that_can_change_nothing_is_named(played: Played, engine: Engine) -> None:
    done, _ = played("headache", oracle)
    attempt = replace(done, events=done.events[:-1])  # before the plan
    idle = next(option for option in attempt.options if option.worth == NOTHING)
    (remark,) = scored(attempt.ask(idle), engine).about("useless")
    assert idle.title.lower() in remark.says.lower()


def test_reasons_that_count_for_nothing_are_named(begun: Attempt, engine: Engine) -> None:
    found = examined(begun, "upper trapezius", "hours in one position")
    idle = [key_of(a) for a in found.noted if a.finding == "hours_static_posture"]
    done = scored(found.commit(("trigger_points",), "fairly", pro=tuple(idle)), engine)
    (remark,) = done.about("reasons")
    assert remark.verdict == "questionable"


@pytest.mark.parametrize("hints", [1, 3])
def test_hints_cost_minutes(begun: Attempt, engine: Engine, hints: int) -> None:
    helped = begun
    for _ in range(hints):
        helped = helped.hinted(hint(helped)[0])
    cost = begun.kb.practice.hints if begun.kb.practice else ()
    assert helped.minutes == begun.minutes + sum(cost[:hints])
    assert scored(helped, engine).about("hints")


def test_hints_go_from_where_to_what_to_why(begun: Attempt) -> None:
    said = []
    for _ in range(4):
        taken, says = hint(begun)
        said.append((taken.level, says))
        begun = begun.hinted(taken)
    assert [level for level, _ in said] == [1, 2, 3, 3]
    assert said[0][1] == "Look at the safety questions that everyone is asked."
    assert "right now or in the last 3 days" in said[1][1]
    assert said[2][1].startswith("It could raise or clear a referral")


def test_a_reason_heard_again_costs_nothing(begun: Attempt) -> None:
    for _ in range(3):
        begun = begun.hinted(hint(begun)[0])
    assert hint(begun)[0].minutes == 0


def test_once_an_urgent_flag_has_come_up_hints_are_about_that(
    begun: Attempt, engine: Engine, stiff_back: PracticeCase
) -> None:
    found = examined(Attempt.begin(stiff_back, begun.kb, engine), "bladder, bowel")
    said = []
    for _ in range(3):
        taken, says = hint(found)
        said.append(says)
        found = found.hinted(taken)
    assert said[0] == "Read again what you know: something in it cannot wait."
    assert "Saddle numbness" in said[1]
    assert "possible pressure on the nerves to bladder and legs" in said[2]


def test_the_safety_screen_alone_clears_the_charge_of_skipping_it(
    begun: Attempt, engine: Engine
) -> None:
    done = asking(begun, lambda option: option.prompt.question.section in SAFETY)
    (remark,) = scored(done, engine).about("safety_screen")
    assert remark.verdict == "acceptable"


def test_the_same_attempt_gives_the_same_score(begun: Attempt, engine: Engine) -> None:
    done = examined(begun, "upper trapezius")
    again = replace(done, events=done.events)
    assert scored(done, engine) == scored(again, engine)
