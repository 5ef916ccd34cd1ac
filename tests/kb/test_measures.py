"""The outcome measures that ship: what each must say, and what none may hold."""

from typing import get_args

import pytest

from nmt_expert.kb import load, read_case_text
from nmt_expert.kb.yaml_reader import read_yaml
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.measure import Measure, Together
from tests.docs.pages import ROOT, blocks

KB = load()
MEASURES = list(KB.measures.values())
UNREAD = ("recalled", "not recorded")


def test_every_measure_has_a_range_and_a_way_that_is_better_unless_its_change_is_never_judged():
    for measure in MEASURES:
        if measure.counts != "no":
            assert KB.findings[measure.score].number, measure.id
            assert measure.better, measure.id


def test_a_threshold_that_says_it_was_read_rests_on_a_source_that_was_read():
    for measure in MEASURES:
        for threshold in measure.thresholds:
            read = [
                KB.sources[one.source].read not in UNREAD and not one.recalled
                for one in threshold.sources
            ]
            assert (threshold.basis == "read") == any(read), (measure.id, threshold.amount)


def test_a_locator_abstract_points_to_a_source_whose_abstract_was_read():
    for measure in MEASURES:
        for threshold in measure.thresholds:
            for one in threshold.sources:
                assert one.locator != "abstract" or KB.sources[one.source].read == "abstract"


def test_of_a_licensed_form_only_the_total_is_here():
    licensed = {one.id for one in MEASURES if one.licence.ships == "total_only"}
    assert licensed == {"ndi_raw", "ndi_percent", "odi", "quickdash", "lefs"}
    assert all(KB.measures[name].wording == () for name in licensed)


def test_screens_for_mood_carry_their_authors_and_are_never_judged_by_their_change():
    for name in ("phq2", "gad2"):
        measure = KB.measures[name]
        assert "Spitzer" in str(measure.licence.attribution)
        assert (measure.counts, measure.thresholds) == ("no", ())
        assert len(measure.wording) == 2


@pytest.mark.parametrize(
    ("place", "forms"),
    [
        ("neck_posterior", {"ndi_raw", "ndi_percent"}),
        ("low_back_zone", {"odi"}),
        ("elbow_lateral", {"quickdash"}),
        ("knee_lateral", {"odi", "lefs"}),
        ("temple", set()),
    ],
)
def test_the_form_fits_the_region_of_the_complaint(place: str, forms: set[str]):
    """Neck: NDI; low back and leg: ODI; arm: QuickDASH; hip to foot: LEFS."""
    around = KB.ancestors[place]
    assert {one.id for one in MEASURES if set(one.regions) & around} == forms


def test_what_the_scores_say_together_has_the_values_of_the_impression():
    computed, told = (
        KB.findings[str(KB.plan.change_finding)],
        KB.findings["change_since_start"],
    )
    assert computed.values == told.values == get_args(Together)


def test_what_is_computed_cannot_be_given():
    text = "schema: nmt.case/1\nanswers: [{finding: measured_change, value: none}]"
    with pytest.raises(InputInvalid) as caught:
        read_case_text(text, "case.yml", KB)
    assert [str(fault) for fault in caught.value.faults] == [
        "case.yml:2:21: measured_change is computed and never given. The case was not assessed. "
        "Give the scores under earlier, or answer change_since_start."
    ]


def test_the_words_of_an_activity_are_cleaned_like_any_other_text():
    text = (
        'schema: nmt.case/1\nactivities: [{activity: "lift \\e[31m the \\u202e kettle", score: 3}]'
    )
    case = read_case_text(text, "case.yml", KB)
    assert case.activities[0].activity == "lift [31m the  kettle"


def test_earlier_answers_get_the_ids_that_the_knowledge_knows():
    text = (
        'schema: nmt.case/1\nearlier: [{date: "2026-11-01", answers: [{finding: NPRS, value: 7}]}]'
    )
    assert read_case_text(text, "case.yml", KB).earlier[0].answers[0].finding == "pain_intensity"


def test_a_case_may_tell_of_200_earlier_visits_and_no_more():
    visits = [f'  - {{date: "{2000 + n // 12}-{n % 12 + 1:02}-01"}}' for n in range(201)]
    text = ["schema: nmt.case/1", "earlier:"]
    assert len(read_case_text("\n".join(text + visits[:200]), "case.yml", KB).earlier) == 200
    with pytest.raises(InputInvalid) as caught:
        read_case_text("\n".join(text + visits), "case.yml", KB)
    assert [fault.says for fault in caught.value.faults] == ["more than 200 earlier visits"]


def test_the_measure_and_the_case_that_the_page_shows_can_be_read():
    shown = blocks(ROOT / "docs" / "knowledge.md", "yaml")
    measure = next(block for block in shown if "thresholds:" in block)
    assert Measure.model_validate(read_yaml(measure, "page").data[0]).deciding
    case = next(block for block in shown if "earlier:" in block)
    assert read_case_text(case, "page", KB).earlier[0].activities
