"""What many reviews say of each rule, and how people and program agree."""

import csv
import io

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.reports import as_plain
from nmt_expert.reports.reviews import bar, stats_csv, stats_report
from nmt_expert.review.kappa import ENOUGH
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
    printed = as_plain(stats_report(scorecards([reviewed(OVERRIDE)], kb.factors), kb))
    assert f"too few to say: 1 of {ENOUGH}" in printed
    assert "Another structure explains it better (1)" in printed


def test_scorecards_can_be_made_of_each_client_or_student(reviewed):
    mine = reviewed(student="S-1")
    assert by([reviewed(), mine], lambda one: one.student or "") == {
        "": (reviewed(),),
        "S-1": (mine,),
    }


def test_no_cell_of_the_csv_can_become_a_formula(kb: KnowledgeBase, reviewed):
    cards = scorecards([reviewed(OVERRIDE)], kb.factors)
    text = stats_csv({"=HYPERLINK(1)": cards}, kb)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["of"] for row in rows} == {"'=HYPERLINK(1)"}
    found = next(row for row in rows if row["id"] == RULE)
    assert (found["fired"], found["overridden"], found["reasons"]) == ("1", "1", "another_source 1")
    assert {row["kind"] for row in rows} == {"rule", "factor", "agreement"}


def test_a_bar_is_as_long_as_its_share():
    assert bar(1, 4) == "#####" + "." * 15
    assert bar(0, 0) == ""
