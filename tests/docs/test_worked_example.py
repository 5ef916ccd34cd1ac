"""The worked example of docs/knowledge.md, really added to a copy of the knowledge base."""

import shutil

import pytest

from nmt_expert.assessment import reason
from nmt_expert.assessment.bench import Bench
from nmt_expert.engine import Engine
from nmt_expert.kb import examine
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.docs.pages import ROOT, additions

PAGE = ROOT / "docs" / "knowledge.md"
RULE = "ischemia.tissue.sore_on_waking"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The knowledge base with the blocks of the page appended to its files."""
    folder = tmp_path_factory.mktemp("copy")
    for half in ("knowledge", "rules"):
        shutil.copytree(ROOT / half, folder / half)
    for file, block in additions(PAGE):
        with (folder / file).open("a", encoding="utf-8") as grown:
            grown.write(f"\n{block}")
    found = examine(folder)
    assert [str(fault) for fault in found.errors] == []
    assert not any("sore_on_waking" in str(warning) for warning in found.warnings)
    assert found.kb is not None
    return found.kb


@pytest.fixture(scope="module")
def engine_of_it(added: KnowledgeBase) -> Engine:
    return Engine(added)


def test_the_page_adds_a_source_a_finding_a_question_and_a_rule(added, kb):
    assert set(added.sources) - set(kb.sources) == {"clinic-handbook"}
    assert set(added.findings) - set(kb.findings) == {"sore_on_waking"}
    assert set(added.questions) - set(kb.questions) == {"morning"}
    assert set(added.rules) - set(kb.rules) == {RULE}


def test_the_rule_fires_in_its_example_and_not_in_its_near_miss(added, engine_of_it):
    assert Bench(added, engine_of_it).rule(added.rules[RULE]).failures == ()


def test_the_question_opens_and_its_answer_counts(added, engine_of_it):
    tender = Answer(finding="tender_under_finger", site="masseter", side="left")
    sore = Answer(finding="sore_on_waking", site="masseter", side="left")
    before = reason(Case(answers=(tender,)), added, engine_of_it)
    assert "morning" in {instance.question for instance in before.instances}
    after = reason(Case(answers=(tender, sore)), added, engine_of_it)
    assert RULE in {firing.rule for firing in after.firings}
