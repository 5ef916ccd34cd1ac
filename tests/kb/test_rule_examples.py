"""Every rule fires in its example and stays silent in its near miss."""

from nmt_expert.assessment.examples import fires
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase


def test_every_rule_fires_in_its_example(kb: KnowledgeBase, engine: Engine) -> None:
    dumb = [r.id for r in kb.rules.values() if not fires(r, r.examples.fires, kb, engine)]
    assert dumb == []


def test_every_rule_stays_silent_in_its_near_miss(kb: KnowledgeBase, engine: Engine) -> None:
    loud = [r.id for r in kb.rules.values() if fires(r, r.examples.silent, kb, engine)]
    assert loud == []
