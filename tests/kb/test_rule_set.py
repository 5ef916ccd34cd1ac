"""The rule set as a set: what every rule and finding of the shipped knowledge must keep."""

import pytest

from nmt_expert.kb import examine, load
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.rule import FindingCondition, Refer, atoms

KB = load()
RULES = list(KB.rules.values())


@pytest.fixture(scope="module")
def engine():
    from nmt_expert.engine import Engine

    return Engine(KB)


def test_the_knowledge_base_has_no_fault():
    assert [str(fault) for fault in examine().errors] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_fires_in_its_example_and_not_in_its_near_miss(rule, engine):
    from nmt_expert.assessment.examples import run_of

    fires, silent = (
        {raw.rule for raw in run_of(example, KB, engine).firings}
        for example in (rule.examples.fires, rule.examples.silent)
    )
    assert rule.id in fires
    assert rule.id not in silent


def test_no_rule_waits_for_something_not_to_be_known():
    wanted = {
        value
        for rule in RULES
        for atom in atoms(rule.when)
        if isinstance(atom, FindingCondition)
        for value in atom.wanted
    }
    assert not wanted & set(NON_ANSWERS)


def test_every_rule_says_who_says_so_and_when_it_is_wrong():
    for rule in RULES:
        assert rule.sources, rule.id
        assert rule.limits.lower() not in ("none", "no limits", "-"), rule.id


def test_red_flags_ask_for_no_side():
    for rule in RULES:
        if rule.id.startswith("red_flags."):
            sides = {getattr(atom, "side", "any") for atom in atoms(rule.when)}
            assert sides <= {"any", "same"}, rule.id


def test_every_emergency_holds_all_treatment_back():
    for rule in RULES:
        for outcome in rule.then:
            if isinstance(outcome, Refer) and outcome.urgency in ("emergency", "same_day"):
                assert "all" in outcome.suppress, rule.id


def test_no_rule_is_signed_by_nobody():
    assert {rule.status for rule in RULES} <= {"draft", "retired"}


def test_every_muscle_has_a_place_to_be_touched():
    for site in KB.sites.values():
        if site.kind == "muscle":
            assert any(KB.sites[one].kind == "region" for one in KB.ancestors[site.id]), site.id


def test_every_zone_lies_in_one_region():
    for site in KB.sites.values():
        if site.kind == "zone":
            regions = [one for one in site.part_of if KB.sites[one].kind == "region"]
            assert len(regions) == 1, site.id


def test_every_zone_is_on_the_body_chart():
    assert [site.id for site in KB.sites.values() if site.kind == "zone" and not site.chart] == []


def test_numbers_have_a_unit_a_date_and_a_source():
    for finding in KB.findings.values():
        if finding.number:
            assert finding.number.unit, finding.id
            assert finding.number.date, finding.id
            assert finding.number.source in KB.sources, finding.id
