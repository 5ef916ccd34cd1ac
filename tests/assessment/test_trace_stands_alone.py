"""The trace holds everything that an explanation needs, in the words of its day."""

import json
import re

import jsonschema
import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.kb.schemas import json_schemas
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.written import WrittenCondition
from nmt_expert.reports import as_json
from tests.conftest import ROOT

NAMES = ("desk-worker-headache", "gardener-saddle-numbness")


@pytest.fixture(params=NAMES)
def result(request: pytest.FixtureRequest, kb: KnowledgeBase, engine: Engine) -> Assessment:
    return assess(read_case(ROOT / f"examples/{request.param}.yml", kb), kb, engine)


def test_every_rule_that_fired_has_its_text_at_the_version_that_fired(result: Assessment) -> None:
    assert {firing.rule for firing in result.firings} == set(result.rules)
    for firing in result.firings:
        assert result.rules[firing.rule].version == firing.rule_version


def test_every_reference_leads_to_an_answer_an_earlier_firing_or_a_conclusion(
    result: Assessment,
) -> None:
    answers = {item.id for item in result.inputs}
    conclusions = {line.id for line in result.conclusions}
    for firing in result.firings:
        for by in (by for met in firing.met for by in met.by):
            if re.fullmatch(r"f\d+", by):
                assert int(by[1:]) < firing.n
            else:
                assert by in answers | conclusions or len(by.split(" ")) == 3


def test_what_met_a_condition_is_in_words(result: Assessment, kb: KnowledgeBase) -> None:
    used = {by for firing in result.firings for met in firing.met for by in met.by}
    for item in result.inputs:
        assert bool(item.says) == (item.id in used)
    for by in used:
        for part in by.split(" ")[::2] if " " in by else ():
            assert result.words[part] == kb.label(part)


def test_a_rule_s_conditions_are_told_whole_and_without_variables(result: Assessment) -> None:
    def leaves(when: WrittenCondition) -> list[str]:
        return [said for part in when.parts for said in leaves(part)] or [when.says]

    for rule in result.rules.values():
        assert all(said and "$" not in said for said in leaves(rule.when))
        assert all((rule.because, rule.limits, rule.sources))


def test_the_schema_describes_it(result: Assessment) -> None:
    schema = json_schemas()["assessment"]
    jsonschema.Draft202012Validator(schema).validate(json.loads(as_json(result)))


def test_no_place_in_a_file_is_in_it(result: Assessment) -> None:
    """Sorting the rules of a file otherwise must not change a byte."""
    texts = " ".join(rule.model_dump_json() for rule in result.rules.values())
    assert not re.search(r"\.yml:\d+", texts)
