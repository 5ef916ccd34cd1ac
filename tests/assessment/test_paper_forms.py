"""Totals of paper forms cost a first visit nothing: they are asked for once there is a form."""

from nmt_expert.assessment import reason
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import client

ASKED_FOR = {"activity_score", "ndi_raw", "ndi_percent", "odi", "quickdash", "lefs"}
MOOD = {"phq2_total", "gad2_total"}
NECK = ({"site": "neck_posterior", "side": "right"},)


def asked(kb: KnowledgeBase, engine: Engine, *answers: dict[str, str]) -> set[str]:
    found = reason(client(*answers, sites=NECK), kb, engine)
    return {item.finding for instance in found.instances for item in instance.items}


def test_no_total_is_asked_while_no_paper_form_is_filled_in(kb, engine):
    for answers in ((), ({"finding": "paper_form_filled_in", "value": "absent"},)):
        assert asked(kb, engine, *answers) & (ASKED_FOR | MOOD) == set()


def test_a_filled_in_form_opens_the_totals_that_fit_the_complaint_and_no_others(kb, engine):
    opened = asked(kb, engine, {"finding": "paper_form_filled_in"}) & (ASKED_FOR | MOOD)
    assert opened == {"ndi_raw", "ndi_percent", "activity_score"} | MOOD


def test_what_the_scores_say_together_is_never_asked(kb, engine):
    assert all(
        item.finding != kb.plan.change_finding for q in kb.questions.values() for item in q.ask
    )
