"""What many reviews say of each rule, and how people and program agree."""

import csv
import io

from nmt_expert.model.case import Client
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.reports import as_plain
from nmt_expert.reports.scorecards import bar, stats_csv, stats_report
from nmt_expert.review.kappa import ENOUGH
from nmt_expert.review.queue import Said
from nmt_expert.review.remarks import Remark
from nmt_expert.review.scorecards import NONE, by, leading_factor, scorecards

POINT = "conclusion:active_trigger_point:upper_trapezius:right"
RULE = "trigger_points.active.active_core"
OVERRIDE = Remark(about=POINT, verdict="override", reason="another_source")
AGREE = Remark(about=POINT, verdict="agree")


def card(reviews, kb, rule=RULE):
    return next(one for one in scorecards(reviews, kb.factors).rules if one.rule == rule)


def test_a_verdict_counts_for_every_rule_that_drew_the_result(kb: KnowledgeBase, reviewed):
    reviews = [reviewed(OVERRIDE), reviewed(OVERRIDE), reviewed(AGREE), reviewed()]
    found = card(reviews, kb)
    assert (found.fired, found.agreed, found.overridden, found.unsure) == (4, 1, 2, 0)
    assert found.reasons == (("another_source", 2),)
    assert card(reviews, kb, "trigger_points.active.map_and_spot").overridden == 2


def test_a_rule_that_drew_something_else_is_left_out_of_it(kb: KnowledgeBase, reviewed):
    found = card([reviewed(OVERRIDE)], kb, "postural_distortion.seen.forward_head")
    assert (found.fired, found.reviewed) == (1, 0)


def test_a_rule_counts_once_a_record_however_often_it_fired(kb: KnowledgeBase, reviewed):
    fired = [one.rule for one in reviewed().assessment.firings]
    often = next(rule for rule in fired if fired.count(rule) > 1)
    assert card([reviewed(), reviewed()], kb, often).fired == 2


def test_who_leads_is_compared_only_where_the_person_said_something(kb, reviewed):
    silent = reviewed(impression=Impression())
    cards = scorecards([reviewed(), silent], kb.factors)
    assert cards.leading.pairs == 1
    assert cards.leading.agreed == 0  # the person thought of ischemia, the program of points


def test_no_single_factor_is_a_judgement_too(kb: KnowledgeBase, reviewed):
    undecided = reviewed(impression=Impression(refer="none"))
    assert scorecards([undecided], kb.factors).leading.pairs == 1
    assert leading_factor(undecided.assessment) != NONE


def test_not_sure_about_a_referral_is_no_judgement(kb: KnowledgeBase, reviewed):
    unsure = reviewed(impression=Impression(factor="ischemia", refer="unsure"))
    assert scorecards([unsure], kb.factors).referring.pairs == 0


def test_with_enough_pairs_each_factor_has_its_kappa(kb: KnowledgeBase, reviewed):
    right = reviewed(impression=Impression(factor="trigger_points"))
    wrong = reviewed(impression=Impression(factor="ischemia"))
    cards = scorecards([right, wrong] * ENOUGH, kb.factors)
    points = next(one for one in cards.factors if one.factor == "trigger_points")
    assert (points.person, points.engine) == (ENOUGH, 2 * ENOUGH)
    assert points.agreement.kappa == 0  # the program always says it, so agreement is chance


def test_few_pairs_are_told_as_few(kb: KnowledgeBase, reviewed):
    cards = scorecards([reviewed(OVERRIDE)], kb.factors)
    assert f"too few to say: 1 of {ENOUGH}" in stats_csv([cards])
    printed = as_plain(stats_report(cards, kb))
    assert f"Below {ENOUGH} pairs" in printed
    assert "Another structure explains it better (1)" in printed


def test_scorecards_can_be_made_of_each_client(reviewed):
    other = reviewed(client=Client(code="C-2"))
    assert by([reviewed(), other], lambda one: one.whose) == {
        "C-001": (reviewed(),),
        "C-2": (other,),
    }


def test_no_cell_of_the_csv_can_become_a_formula(kb: KnowledgeBase, reviewed):
    cards = scorecards([reviewed(OVERRIDE)], kb.factors, of="=HYPERLINK(1)")
    text = stats_csv([cards])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["of"] for row in rows} == {"'=HYPERLINK(1)"}
    found = next(row for row in rows if row["id"] == RULE)
    assert (found["fired"], found["overridden"], found["reasons"]) == ("1", "1", "another_source 1")
    assert {row["kind"] for row in rows} == {"rule", "factor", "agreement"}


def test_a_bar_is_as_long_as_its_share():
    assert bar(1, 4) == "#####" + "." * 15
    assert bar(0, 0) == ""


# Students, cases, and reviewers with each other


MISSED = "remark:red_flag"


def said_by(review, by, *remarks):
    made = tuple(Said(remark=one, by=by, at="2026-11-20T11:00:00Z", n=9) for one in remarks)
    return review.model_copy(update={"said": review.said + made})


def test_each_student_has_a_card_of_how_the_attempts_ended(kb: KnowledgeBase, attempted):
    harsh = Remark(about=MISSED, verdict="override", reason="too_harsh", words="She asked aloud")
    mine = said_by(
        attempted, "Ruth Example", harsh, Remark(about="heading:content", verdict="agree")
    )
    other = attempted.model_copy(update={"student": "S-02"})
    cards = scorecards([], kb.factors, [mine, attempted, other])
    first = cards.students[0]
    assert (first.of, first.attempts, first.unsafe, first.missed_flags) == ("S-01", 2, 2, 2)
    assert (first.remarked, first.overridden) == (2, 1)
    assert [one.attempts for one in cards.cases] == [3]


def test_the_students_leading_factor_is_compared_with_the_programs(kb: KnowledgeBase, attempted):
    (card,) = scorecards([], kb.factors, [attempted]).students
    assert card.leading.pairs == 1
    agrees = leading_factor(attempted.assessment) == "trigger_points"
    assert card.leading.agreed == int(agrees)


def test_two_reviewers_are_compared_where_both_judged_the_same(kb: KnowledgeBase, reviewed):
    one = said_by(said_by(reviewed(), "Ruth Example", AGREE), "Second Reader", OVERRIDE)
    alone = said_by(reviewed(), "Ruth Example", OVERRIDE)
    (card,) = scorecards([one, alone], kb.factors).reviewers
    assert (card.first, card.second) == ("Ruth Example", "Second Reader")
    assert (card.agreement.pairs, card.agreement.agreed) == (1, 0)


def test_of_two_verdicts_of_one_reviewer_the_newer_counts(kb: KnowledgeBase, reviewed):
    one = said_by(reviewed(), "Ruth Example", OVERRIDE, AGREE)
    (card,) = scorecards([said_by(one, "Second Reader", AGREE)], kb.factors).reviewers
    assert (card.agreement.pairs, card.agreement.agreed) == (1, 1)


def test_reviewers_who_judged_often_enough_have_a_kappa(kb: KnowledgeBase, reviewed):
    both = said_by(said_by(reviewed(), "Ruth Example", AGREE), "Second Reader", AGREE)
    neither = said_by(said_by(reviewed(), "Ruth Example", OVERRIDE), "Second Reader", OVERRIDE)
    (card,) = scorecards([both, neither] * ENOUGH, kb.factors).reviewers
    assert card.agreement.kappa == 1


def test_reviewers_are_compared_over_records_and_attempts_alike(kb, reviewed, attempted):
    agree = Remark(about=MISSED, verdict="agree")
    practised = said_by(said_by(attempted, "A Reader", agree), "B Reader", agree)
    record = said_by(said_by(reviewed(), "A Reader", AGREE), "B Reader", OVERRIDE)
    (card,) = scorecards([record], kb.factors, [practised]).reviewers
    assert (card.agreement.pairs, card.agreement.agreed) == (2, 1)


def test_the_tables_and_the_csv_tell_of_students_and_cases(kb: KnowledgeBase, attempted):
    cards = scorecards([], kb.factors, [attempted])
    printed = as_plain(stats_report(cards, kb))
    assert "Practice, by student" in printed
    assert "Who leads" not in printed  # no record was held by a person here
    rows = list(csv.DictReader(io.StringIO(stats_csv([cards]))))
    assert {row["kind"] for row in rows} == {"student", "case"}
    assert {row["unsafe"] for row in rows} == {"1"}
    assert {row["missed_flags"] for row in rows} == {"1"}
