"""An assessment as a Bundle: what was found, what it calls for, and where it comes from."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from nmt_expert import __version__
from nmt_expert.assessment import assess
from nmt_expert.fhir.bundle import bundle
from nmt_expert.fhir.checks import faults_in
from nmt_expert.fhir.names import CONFIDENTIALITY, FLAGS, NOT_CLEARED
from nmt_expert.fhir.raised import PRIORITIES
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Activity, Answer, Case, Client, Complaint
from nmt_expert.reports.view import View
from tests.conftest import CASE_FILES, ROOT, some_then_all

Resource = dict[str, Any]
SADDLE = ROOT / "examples" / "gardener-saddle-numbness.yml"
DESK = ROOT / "examples" / "desk-worker-headache.yml"
SWIMMER = ROOT / "examples" / "swimmer-shoulder-blade.yml"
MARK = "Xylophone"


@pytest.fixture(scope="module")
def assessed(kb, engine) -> Callable[..., Assessment]:
    def make(*answers: Answer, **more: Any) -> Assessment:
        return assess(Case(answers=answers, **more), kb, engine)

    return make


@pytest.fixture(scope="module")
def desk(kb, engine) -> Assessment:
    return assess(read_case(DESK, kb), kb, engine)


@pytest.fixture(scope="module")
def saddle(kb, engine) -> Assessment:
    return assess(read_case(SADDLE, kb), kb, engine)


@pytest.fixture
def told(kb) -> Callable[..., Resource]:
    return lambda assessment, author=None: bundle(View(assessment, kb), author)


def of_kind(found: Resource, kind: str) -> list[Resource]:
    resources = (entry["resource"] for entry in found["entry"])
    return [one for one in resources if one["resourceType"] == kind]


def flag_of(concept: Resource) -> str:
    (coding,) = concept["coding"]
    assert coding["system"] == FLAGS
    return coding["code"]


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 12), ids=lambda path: path.stem)
def test_every_case_makes_a_bundle_without_a_fault(path, kb, engine, told):
    assessment = assess(read_case(path, kb), kb, engine)
    found = told(assessment)
    assert faults_in(found, path.name, kb) == []
    requests = of_kind(found, "ServiceRequest")
    assert len(requests) == len(assessment.referrals)
    assert [flag_of(one["reasonCode"][0]) for one in requests] == [
        one.flag for one in assessment.referrals
    ]


def test_the_same_assessment_gives_the_same_bytes_and_another_other_ids(desk, saddle, told):
    assert json.dumps(told(desk)) == json.dumps(told(desk))
    ids = [{entry["fullUrl"] for entry in told(one)["entry"]} for one in (desk, saddle)]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize(
    ("urgency", "priority"),
    [("emergency", "stat"), ("same_day", "asap"), ("soon", "urgent"), ("routine", "routine")],
)
def test_an_urgency_is_a_priority(urgency, priority, saddle, told):
    referral = saddle.referrals[0].model_copy(update={"urgency": urgency})
    changed = saddle.model_copy(update={"referrals": (referral,)})
    (request,) = of_kind(told(changed), "ServiceRequest")
    assert request["priority"] == priority


def test_the_page_has_the_table_of_priorities():
    page = (ROOT / "docs" / "fhir.md").read_text(encoding="utf-8")
    assert all(f"| {urgency} | {priority} |" in page for urgency, priority in PRIORITIES.items())


def test_a_referral_is_a_proposal_that_a_person_signs_or_drops(saddle, told):
    for request in of_kind(told(saddle), "ServiceRequest"):
        assert (request["intent"], request["status"]) == ("proposal", "draft")


def test_saddle_numbness_is_an_emergency_with_the_answers_it_rests_on(saddle, told):
    found = told(saddle)
    request = of_kind(found, "ServiceRequest")[0]
    assert request["priority"] == "stat"
    behind = {one["reference"] for one in request["reasonReference"]}
    codes = {
        entry["resource"]["code"]["coding"][0]["code"]
        for entry in found["entry"]
        if entry["fullUrl"] in behind
    }
    assert "saddle_numbness" in codes


def test_red_flags_and_cautions_are_flags_and_routine_suggestions_are_none(told, assessed):
    found = assessed(
        Answer(finding="saddle_numbness"), Answer(finding="bladder_change"),
        Answer(finding="osteoporosis"), Answer(finding="thyroid_low_signs"),
    )  # fmt: skip
    flags = {flag_of(one["code"]) for one in of_kind(told(found), "Flag")}
    red = {one.flag for one in found.referrals if one.kind == "red_flag"}
    routine = {one.flag for one in found.referrals if one.kind != "red_flag"}
    cautions = {one.caution for one in found.cautions}
    assert red
    assert cautions
    assert routine
    assert flags == red | cautions


def test_a_red_flag_that_nobody_asked_about_is_not_cleared_and_is_not_raised(told, assessed):
    found = told(assessed())
    (impression,) = of_kind(found, "ClinicalImpression")
    opened = {
        flag_of(one["valueCodeableConcept"])
        for one in impression["extension"]
        if one["url"] == NOT_CLEARED
    }
    assert "stroke_tia" in opened
    assert of_kind(found, "Flag") == []


def test_it_is_in_progress_while_a_red_flag_question_is_not_asked(told, assessed, kb, engine):
    (impression,) = of_kind(told(assessed()), "ClinicalImpression")
    assert impression["status"] == "in-progress"
    whole = assess(read_case(SWIMMER, kb), kb, engine)
    assert whole.closure.red_flags.all_asked
    (impression,) = of_kind(told(whole), "ClinicalImpression")
    assert impression["status"] == "completed"


def test_what_was_not_examined_has_a_reason_and_no_value(told, assessed):
    answer = Answer(finding="jaw_opening_mm", value="not_examined")
    (seen,) = of_kind(told(assessed(answer)), "Observation")
    assert seen["dataAbsentReason"]["coding"][0]["code"] == "not-performed"
    assert not any(key.startswith("value") for key in seen)


def test_an_observation_says_where_on_which_side_and_how_sure(told, assessed):
    answer = Answer(finding="taut_band", site="upper_trapezius", side="right", sure="unsure")
    (seen,) = of_kind(told(assessed(answer)), "Observation")
    assert seen["bodySite"]["coding"][0]["code"] == "upper_trapezius:right"
    assert seen["valueCodeableConcept"]["coding"][0]["code"] == "present"
    assert seen["extension"][0]["valueCode"] == "unsure"


def test_a_number_keeps_its_unit_and_its_band(told, assessed):
    (seen,) = of_kind(told(assessed(Answer(finding="jaw_opening_mm", value=30))), "Observation")
    assert seen["valueQuantity"] == {"value": 30.0, "unit": "mm"}
    assert seen["interpretation"][0]["coding"][0]["code"].startswith("jaw_opening_mm.")


def test_conclusions_are_findings_with_the_rules_for_and_against_them(desk, told):
    (impression,) = of_kind(told(desk), "ClinicalImpression")
    texts = [one["itemCodeableConcept"]["text"] for one in impression["finding"]]
    assert "Active trigger point: Upper trapezius, right (strong)" in texts
    assert all(one["basis"].startswith("For: ") for one in impression["finding"])
    assert "diagnoses no disease" in impression["summary"]


def test_what_is_not_supported_is_no_finding(desk, told):
    first = desk.conclusions[0].model_copy(update={"band": "not_supported"})
    changed = desk.model_copy(update={"conclusions": (first, *desk.conclusions[1:])})
    before, after = (of_kind(told(one), "ClinicalImpression")[0] for one in (desk, changed))
    assert after["finding"] == before["finding"][1:]


def test_what_was_withheld_and_each_caution_is_an_issue_with_its_reason(told, assessed):
    found = assessed(
        Answer(finding="fever_or_chills"),
        *(Answer(finding=sign, site="upper_trapezius", side="right")
          for sign in ("taut_band", "hypersensitive_spot", "familiar_pain_on_pressure")),
    )  # fmt: skip
    issues = of_kind(told(found), "DetectedIssue")
    assert found.withheld
    assert len(issues) == len(found.withheld) + len(found.cautions)
    for line, issue in zip(found.withheld, issues, strict=False):
        assert line.reason in issue["detail"]
    assert not any("severity" in one for one in issues), "nobody has graded it"


def test_nothing_that_somebody_typed_is_in_it(told, assessed):
    found = assessed(
        Answer(finding="sleep_poor", note=MARK, by=MARK),
        title=MARK,
        client=Client(code="C-9", sex=MARK, occupation=MARK),
        complaint=Complaint(text=MARK),
        activities=(Activity(activity=MARK, score=3),),
    )
    text = json.dumps(told(found))
    assert MARK not in text
    assert "C-9" in text


def test_what_was_told_in_private_is_restricted_and_so_is_all_that_rests_on_it(told, assessed):
    private = told(assessed(Answer(finding="unsafe_at_home"), Answer(finding="sleep_poor")))
    held = [
        (entry["resource"]["resourceType"], entry["resource"].get("code", {}))
        for entry in private["entry"]
        if entry["resource"].get("meta")
    ]
    kinds = {kind for kind, _ in held}
    assert {"Observation", "ServiceRequest", "Flag", "ClinicalImpression"} <= kinds
    assert private["meta"]["security"] == [{"system": CONFIDENTIALITY, "code": "R"}]
    assert "sleep_poor" not in json.dumps([code for _, code in held])
    assert "meta" not in told(assessed(Answer(finding="sleep_poor")))


def test_what_is_withheld_for_a_private_reason_is_restricted(told, assessed):
    found = assessed(
        Answer(finding="self_harm_plan_or_intent"),
        *(Answer(finding=sign, site="upper_trapezius", side="right")
          for sign in ("taut_band", "hypersensitive_spot", "familiar_pain_on_pressure")),
    )  # fmt: skip
    assert found.withheld
    assert all(one.get("meta") for one in of_kind(told(found), "DetectedIssue"))


def test_an_answer_that_no_longer_applies_is_not_in_it(kb, engine, told):
    parked = Answer(finding="head_injury_danger_sign")
    found = assess(Case(), kb, engine, [parked])
    assert found.inputs
    assert of_kind(told(found), "Observation") == []


def test_it_says_which_knowledge_and_which_program_and_who(kb, desk, told):
    (origin,) = of_kind(told(desk, "Jane Doe"), "Provenance")
    (source,) = origin["entity"]
    assert source["what"]["identifier"]["value"] == kb.sha256
    assert kb.version in source["what"]["display"]
    who = [one["who"]["display"] for one in origin["agent"]]
    assert who == [f"nmt-expert {__version__}", "Jane Doe"]
    assert len(origin["target"]) == len(told(desk)["entry"]) - 1


def test_no_hour_is_made_up(desk, told):
    (origin,) = of_kind(told(desk), "Provenance")
    assert "recorded" not in origin
    assert origin["occurredDateTime"] == desk.case.visit.date


def test_a_client_without_a_code_is_nobody(told, assessed):
    (seen,) = of_kind(told(assessed(Answer(finding="sleep_poor"))), "Observation")
    assert seen["subject"] == {"display": "a client without a code"}


def test_an_old_record_is_told_in_words_where_its_codes_are_gone(kb, assessed):
    sign = Answer(finding="taut_band", site="upper_trapezius", side="right")
    assessment = assessed(sign, Answer(finding="jaw_opening_mm", value=30))
    gone = ("taut_band", "jaw_opening_mm")
    findings = {id: one for id, one in kb.findings.items() if id not in gone}
    today = replace(kb, findings=findings, sha256="0" * 64)
    found = bundle(View(assessment, today))
    assert faults_in(found, "bundle.json", today) == []
    texts = [one["code"]["text"] for one in of_kind(found, "Observation")]
    assert sorted(texts) == ["jaw opening mm", "taut band"]
