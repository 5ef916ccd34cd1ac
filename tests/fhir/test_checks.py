"""Each slip that the library lets pass is found, with its place."""

from copy import deepcopy
from typing import Any

import pytest

from nmt_expert.assessment import assess
from nmt_expert.fhir.bundle import bundle
from nmt_expert.fhir.checks import faults_in
from nmt_expert.fhir.codes import code_systems, systems
from nmt_expert.fhir.library import in_shape
from nmt_expert.fhir.names import ANSWERS, FINDINGS
from nmt_expert.fhir.writing import as_text
from nmt_expert.kb import read_case
from nmt_expert.model.errors import NmtError
from nmt_expert.reports.view import View
from tests.conftest import ROOT
from tests.fhir.filler import lines

Resource = dict[str, Any]


@pytest.fixture(scope="module")
def sound(kb, engine) -> Resource:
    case = read_case(ROOT / "examples" / "gardener-saddle-numbness.yml", kb)
    return bundle(View(assess(case, kb, engine), kb))


@pytest.fixture(scope="module")
def small_form(intake) -> Resource:
    """The first two sections of the intake, where nothing is amiss."""
    return {**intake, "item": intake["item"][:2]}


def first(found: Resource, kind: str) -> Resource:
    resources = (entry["resource"] for entry in found["entry"])
    return next(one for one in resources if one["resourceType"] == kind)


def line(form: Resource, link: str) -> Resource:
    return next(one for one in lines(form["item"]) if one["linkId"] == link)


def no_reason(found: Resource) -> None:
    del first(found, "ServiceRequest")["reasonCode"]


def strange_status(found: Resource) -> None:
    first(found, "Observation")["status"] = "banana"


def an_order(found: Resource) -> None:
    first(found, "ServiceRequest")["intent"] = "order"


def strange_priority(found: Resource) -> None:
    first(found, "ServiceRequest")["priority"] = "whenever"


def unknown_finding(found: Resource) -> None:
    first(found, "Observation")["code"]["coding"] = [{"system": FINDINGS, "code": "sadle_numbness"}]


def unknown_system(found: Resource) -> None:
    system = FINDINGS.replace("finding", "fnding")
    first(found, "Observation")["code"]["coding"] = [{"system": system, "code": "pain"}]


def no_value(found: Resource) -> None:
    seen = first(found, "Observation")
    for key in [key for key in seen if key.startswith("value")]:
        del seen[key]


def reference_to_nothing(found: Resource) -> None:
    first(found, "ServiceRequest")["reasonReference"] = [{"reference": "urn:uuid:gone"}]


def without_origin(found: Resource) -> None:
    found["entry"] = found["entry"][:-1]


def one_url_twice(found: Resource) -> None:
    found["entry"][2]["fullUrl"] = found["entry"][1]["fullUrl"]


BUNDLE_SLIPS = {
    no_reason: "a referral without a reason",
    strange_status: "Observation cannot have status 'banana'",
    an_order: "ServiceRequest cannot have intent 'order'",
    strange_priority: "ServiceRequest cannot have priority 'whenever'",
    unknown_finding: "'sadle_numbness' is no code of",
    unknown_system: "there is no code system",
    no_value: "neither a value nor a reason for its absence",
    reference_to_nothing: "it refers to urn:uuid:gone, which is not in the Bundle",
    without_origin: "no Provenance says where it comes from",
    one_url_twice: "is used twice",
}


def link_id_twice(form: Resource) -> None:
    line(form, "thunderclap_headache")["linkId"] = "befast_sign"


def condition_on_nothing(form: Resource) -> None:
    line(form, "question/blackout_more")["enableWhen"][0]["question"] = "black_out"


def condition_on_a_later_line(form: Resource) -> None:
    line(form, "befast_sign")["enableWhen"] = line(form, "question/blackout_more")["enableWhen"]


def condition_on_a_group(form: Resource) -> None:
    line(form, "question/blackout_more")["enableWhen"][0]["question"] = "question/right_now"


def condition_of_another_type(form: Resource) -> None:
    condition = line(form, "question/blackout_more")["enableWhen"][0]
    del condition["answerCoding"]
    condition["answerInteger"] = 3


def condition_on_an_answer_not_offered(form: Resource) -> None:
    condition = line(form, "question/blackout_more")["enableWhen"][0]
    condition["answerCoding"] = {"system": ANSWERS, "code": "not_examined"}


def all_or_any(form: Resource) -> None:
    del line(form, "question/weakness_speed")["enableBehavior"]


def strange_type(form: Resource) -> None:
    line(form, "befast_sign")["type"] = "banana"


FORM_SLIPS = {
    link_id_twice: "item 'befast_sign': the linkId is used twice",
    condition_on_nothing: "its condition is on 'black_out', which is no earlier line",
    condition_on_a_later_line: "its condition is on 'blackout', which is no earlier line",
    condition_on_a_group: "a line of type group",
    condition_of_another_type: "its condition does not fit 'blackout', a line of type choice",
    condition_on_an_answer_not_offered: "waits for an answer that 'blackout' does not offer",
    all_or_any: "several conditions, and not said whether all of them or any",
    strange_type: "no line has the type 'banana'",
}


def found_in(slip, resource: Resource, kb) -> str:
    changed = deepcopy(resource)
    slip(changed)
    in_shape(changed, "file.json")  # the library lets it pass
    return "\n".join(map(str, faults_in(changed, "file.json", kb)))


@pytest.mark.parametrize("slip", BUNDLE_SLIPS, ids=lambda slip: slip.__name__)
def test_a_slip_in_a_bundle_is_found(slip, sound, kb):
    told = found_in(slip, sound, kb)
    assert BUNDLE_SLIPS[slip] in told
    assert told.startswith("file.json: ")


@pytest.mark.parametrize("slip", FORM_SLIPS, ids=lambda slip: slip.__name__)
def test_a_slip_in_a_questionnaire_is_found(slip, small_form, kb):
    assert FORM_SLIPS[slip] in found_in(slip, small_form, kb)


def test_what_is_sound_has_no_fault(sound, small_form, kb):
    assert faults_in(sound, "bundle.json", kb) == []
    assert faults_in(small_form, "form.json", kb) == []
    assert faults_in(code_systems(kb), "codes.json", kb) == []


def test_what_breaks_a_check_is_not_written(sound, kb):
    changed = deepcopy(sound)
    no_reason(changed)
    with pytest.raises(NmtError, match="a referral without a reason"):
        as_text(changed, kb)


def test_a_wrong_shape_is_told_without_what_was_written(sound, kb):
    changed = deepcopy(sound)
    first(changed, "Observation")["bodySite"] = "it burns at night"
    told = "\n".join(map(str, faults_in(changed, "file.json", kb)))
    assert "bodySite" in told
    assert "burns" not in told


def test_the_code_systems_hold_all_that_may_be_named(kb):
    found = systems(kb)
    assert set(kb.findings) <= set(found[FINDINGS].codes)
    for finding in kb.findings.values():
        for value in finding.values:
            assert {value, f"{finding.id}.{value}"} & set(found[ANSWERS].codes)


def test_each_code_system_has_the_version_of_the_knowledge(kb):
    for entry in code_systems(kb)["entry"]:
        assert entry["resource"]["version"] == kb.version
        assert entry["resource"]["url"] == entry["fullUrl"]
        assert entry["resource"]["count"] == len(entry["resource"]["concept"])
