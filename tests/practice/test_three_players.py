"""Three scripted students, each judged as a supervisor would judge them."""

from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import Asked
from tests.practice.conftest import Played
from tests.practice.players import anchors, oracle, skips_safety


def test_the_best_question_each_time_earns_full_marks(played: Played) -> None:
    _, score = played("headache", oracle)
    assert score.verdict == "acceptable"
    assert {remark.verdict for remark in score.remarks} == {"acceptable"}
    assert {remark.matter for remark in score.remarks} >= {
        *("ranking", "focus", "technique", "safety_screen", "value", "premature_closure"),
        "reasons",
    }


def test_the_oracle_never_asks_less_than_the_best(played: Played) -> None:
    done, _ = played("headache", oracle)
    assert all(one.worth == one.best and not one.better for one in done.of(Asked))


def test_full_marks_for_stopping_at_the_emergency_and_sending_the_client_on(
    played: Played,
) -> None:
    done, score = played("stiff back", oracle)
    assert score.verdict == "acceptable"
    assert [r.says for r in score.about("referral")] == [
        "Referred: Possible pressure on the nerves to bladder and legs (EMERGENCY)."
    ]
    assert len(done.of(Asked)) < 5


def test_who_skips_the_safety_screen_is_unsafe_even_when_nothing_was_there(
    played: Played,
) -> None:
    _, score = played("headache", skips_safety)
    assert score.verdict == "unsafe"
    (remark,) = score.about("safety_screen")
    assert remark.verdict == "unsafe"
    assert "Right now or in the last 3 days".lower() in remark.says
    assert remark.rules
    assert not score.about("red_flag")


def test_who_skips_the_safety_screen_misses_the_red_flag(played: Played) -> None:
    _, score = played("stiff back", skips_safety)
    assert score.verdict == "unsafe"
    (missed,) = score.about("red_flag")
    assert "it was never asked for" in missed.says
    assert "red_flags.spine.cauda_equina_any_sign" in missed.rules


def test_who_stays_with_the_first_impression_is_told_of_anchoring(played: Played) -> None:
    _, score = played("headache", anchors)
    (remark,) = score.about("anchoring")
    assert remark.says.startswith("Anchoring: postural distortion stayed first")
    assert "trigger_points.active.active_core" in remark.rules
    assert score.verdict == "questionable"


def test_who_changed_their_mind_is_not_told_of_anchoring(played: Played) -> None:
    _, score = played("headache", oracle)
    assert not score.about("anchoring")


def test_every_remark_on_a_fault_links_to_rules_that_exist(played: Played) -> None:
    for name in ("headache", "stiff back"):
        for player in (skips_safety, anchors):
            done, score = played(name, player)
            assert all(rule in done.kb.rules for r in score.remarks for rule in r.rules)
    _, score = played("headache", anchors)
    assert all(remark.rules for remark in score.remarks if remark.verdict == "questionable")


def test_the_headline_holds_no_number(played: Played, begun: Attempt) -> None:
    from nmt_expert.reports.practice import score_report

    done, score = played("headache", anchors)
    report = score_report(score, done.of(Asked), begun.kb, "The headache")
    assert not any(letter.isdigit() or letter == "%" for letter in report.headline.text)
