"""For every rule: answering what why-not shows makes the rule fire."""

import pytest

from nmt_expert.assessment import reason, why_not
from nmt_expert.assessment.applied import applied
from nmt_expert.assessment.what_if import read_answers
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, Rule, atoms
from tests.conftest import ROOT

CLIENTS = {
    "nobody yet": 1,
    "desk-worker-headache": 2,
    "gardener-saddle-numbness": 3,
    "cashier-night-tingling": 9,
}
"""Every how many rules are tried on each client; one whose rest is normal takes long."""
SAMPLE = 61
"""Every how many rules are tried in the default run, on a client of whom nothing is known."""


def client_of(name: str, kb: KnowledgeBase) -> Case:
    return Case() if name == "nobody yet" else read_case(ROOT / f"examples/{name}.yml", kb)


def unmet(rules: list[Rule], case: Case, kb: KnowledgeBase, engine: Engine) -> list[str]:
    """The rules that stay silent although all was answered that they lack."""
    silent = []
    for rule in rules:
        told = why_not(case, rule.id, kb, engine)
        if told.concluded:
            continue
        near = told.nearest[0]
        after = reason(applied(case, read_answers(near.would_need, kb)), kb, engine)
        fired = rule.id in {raw.rule for raw in after.result.firings}
        assert fired == near.fires
        if not fired:
            silent.append(rule.id)
    return silent


def answerable(kb: KnowledgeBase) -> list[Rule]:
    """The rules that wait for answers alone, and not for what is computed from two visits."""
    computed = kb.plan.change_finding
    return [
        rule
        for rule in kb.rules.values()
        if not any(isinstance(a, FindingCondition) and a.finding == computed
                   for a in atoms(rule.when))
    ]  # fmt: skip


def test_a_sample_of_rules_fires_with_what_they_lack(kb: KnowledgeBase, engine: Engine) -> None:
    assert unmet(answerable(kb)[::SAMPLE], Case(), kb, engine) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CLIENTS)
def test_every_rule_fires_with_what_it_lacks(name: str, kb: KnowledgeBase, engine: Engine) -> None:
    rules = answerable(kb)[:: CLIENTS[name]]
    assert unmet(rules, client_of(name, kb), kb, engine) == []


def test_what_is_computed_from_two_visits_says_so(kb: KnowledgeBase, engine: Engine) -> None:
    near = why_not(Case(), "advice.measures.meaningful", kb, engine).nearest[0]
    assert [step.question for step in near.steps] == [None]
    assert "never asked" in near.steps[0].title
