"""A filled form and a case file say the same, and what nobody filled in is unknown."""

import json
from dataclasses import replace

import pytest

from nmt_expert.assessment import assess
from nmt_expert.fhir.form import form_of
from nmt_expert.fhir.names import ANSWERS, BASE, INTAKE
from nmt_expert.fhir.reading import case_in
from nmt_expert.fhir.response import response
from nmt_expert.kb import read_case, read_case_text
from nmt_expert.model.case import Answer, Case, Client, Complaint, ComplaintSite
from nmt_expert.model.errors import InputInvalid
from nmt_expert.reports import as_json
from tests.conftest import CASE_FILES, some_then_all


def code(word: str, system: str = ANSWERS) -> dict:
    return {"valueCoding": {"system": system, "code": word}}


def there_and_back(case: Case, kb) -> Case:
    sent = json.dumps(response(case, form_of(kb)))
    return case_in(json.loads(sent), "response.json", kb)


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 12), ids=lambda path: path.stem)
def test_a_case_sent_as_a_form_and_taken_back_gives_the_same_result(path, kb, engine):
    case = read_case(path, kb)
    again = there_and_back(case, kb)
    assert as_json(assess(again, kb, engine)) == as_json(assess(case, kb, engine))


def test_all_that_a_case_can_say_survives(kb):
    case = read_case_text(
        """
        schema: nmt.case/1
        id: everything
        title: "A \\"title\\" with signs: ü, 0 < 1"
        client: {code: C-7, age: 44, sex: female, occupation: baker}
        visit: {number: 3, date: "2026-11-20"}
        complaint:
          text: Ache
          sites: [{site: temple, side: both}, {site: sternum}, {site: buttock, side: left}]
        answers:
          - {finding: sleep_poor, value: absent, sure: unsure, note: half asleep, by: C-7,
             at: "2026-11-20T10:04:00Z"}
          - {finding: pain, site: temple, side: right}
          - {finding: pain_intensity, value: 6.5}
          - {finding: jaw_opening_mm, value: not_examined}
          - {finding: taut_band, site: upper_trapezius, side: left}
          - {finding: taut_band, site: upper_trapezius, side: right}
          - {finding: cue_shoulder_forward, side: both, value: unknown}
          - {finding: saddle_numbness, value: later}
          - {finding: blackout, value: absent, note: ""}
        activities: [{activity: Carry flour, score: 3}]
        earlier:
          - {date: "2026-11-01", answers: [{finding: pain_intensity, value: 8}]}
        otherwise: normal
        """,
        "case.yml",
        kb,
    )
    again = there_and_back(case, kb)
    assert {repr(one) for one in again.answers} == {repr(one) for one in case.answers}
    assert again.model_copy(update={"answers": case.answers}) == case


def test_an_empty_form_says_nothing_at_all(kb, engine, filled):
    case = case_in(filled(), "response.json", kb)
    assert case == Case()
    cleared = assess(case, kb, engine).not_cleared
    assert cleared == assess(Case(), kb, engine).not_cleared != ()


def test_what_is_left_empty_is_unknown_and_never_no(kb, engine, filled):
    case = case_in(filled(("saddle_numbness", code("absent"))), "response.json", kb)
    assert case.answers == (Answer(finding="saddle_numbness", value="absent"),)
    assert case.otherwise == "unknown"


def test_both_sides_ticked_one_by_one_are_two_answers(kb, filled):
    ticked = filled(*((f"pain@temple:{side}", code("present")) for side in ("left", "right")))
    sides = [answer.side for answer in case_in(ticked, "response.json", kb).answers]
    assert sorted(map(str, sides)) == ["left", "right"]


def test_a_side_that_was_changed_since_is_an_answer_of_its_own(kb, filled):
    of_both = {"url": f"{BASE}/StructureDefinition/both-sides", "valueBoolean": True}
    left = {**code("present"), "extension": [of_both]}
    for right in ("present", "absent"):
        form = filled(("pain@temple:left", left), ("pain@temple:right", code(right)))
        told = {(one.side, one.value) for one in case_in(form, "response.json", kb).answers}
        assert told == {("left", "present"), ("right", right)}


def test_what_is_answered_below_an_answer_counts_too(kb, filled):
    below = {"linkId": "weight_loss_unexplained", "answer": [code("present")]}
    form = filled(("fever_or_chills", {**code("absent"), "item": [below]}))
    found = {one.finding for one in case_in(form, "response.json", kb).answers}
    assert found == {"fever_or_chills", "weight_loss_unexplained"}


def test_the_id_of_another_system_is_not_that_of_the_case(kb, filled):
    form = filled(identifier={"system": "urn:oid:2.16.840.1", "value": "A-1"}, id="form-7")
    assert case_in(form, "response.json", kb).id == "form-7"


def test_a_group_is_no_answer_whatever_it_is_called(kb, filled):
    inner = {"linkId": "blackout", "answer": [code("present")]}
    form = filled(item=[{"linkId": "a-page-of-their-own", "item": [inner]}])
    assert [one.finding for one in case_in(form, "response.json", kb).answers] == ["blackout"]


def test_an_intake_is_read_like_the_whole_form(kb, filled):
    form = filled(("age", {"valueInteger": 38}), form=f"{INTAKE}|2020.01")
    assert case_in(form, "response.json", kb).answers == (Answer(finding="age", value=38),)


def test_a_line_that_was_renamed_since_is_still_known(kb, filled):
    renamed = replace(kb, synonyms={**kb.synonyms, "numb_saddle": "saddle_numbness"})
    form = filled(("numb_saddle", code("present")))
    assert case_in(form, "response.json", renamed).answers[0].finding == "saddle_numbness"


def test_only_our_own_code_names_the_client(kb, filled):
    ours = {"identifier": {"system": f"{BASE}/client", "value": "C-12"}}
    other = {"identifier": {"system": "urn:oid:2.16.840.1", "value": "9434765919"}}
    assert case_in(filled(subject=ours), "r.json", kb).client.code == "C-12"
    assert case_in(filled(subject=other), "r.json", kb).client.code is None


def test_what_a_client_types_is_cleaned(kb, filled):
    form = filled(("complaint.text", {"valueString": "ache\u202e\x1b[31m"}))
    assert case_in(form, "response.json", kb).complaint.text == "ache[31m"


def test_the_complaint_s_places_are_ticked_on_the_form(kb):
    hurts = Complaint(sites=(ComplaintSite(site="temple", side="right"),))
    sent = json.dumps(response(Case(complaint=hurts), form_of(kb)))
    assert "pain@temple:right" in sent


def test_a_client_who_is_not_named_is_not_in_the_form(kb):
    assert "subject" not in response(Case(client=Client(age=40)), form_of(kb))


REFUSED = {
    "a line that the form has not": (
        ("saddle_numness", code("present")),
        "r.json: item 'saddle_numness': the form has no such line.",
    ),
    "a code that the line does not offer": (
        ("saddle_numbness", code("maybe")),
        "r.json: item 'saddle_numbness': no answer has the code 'maybe'.",
    ),
    "a code of somebody else's system": (
        ("saddle_numbness", code("present", "http://snomed.info/sct")),
        "r.json: item 'saddle_numbness': the code is of another code system.",
    ),
    "yes as a truth value": (
        ("saddle_numbness", {"valueBoolean": True}),
        "r.json: item 'saddle_numbness': the line takes a choice, and has something else.",
    ),
    "a number out of range": (
        ("pain_intensity", {"valueDecimal": 11}),
        "r.json: item 'pain_intensity': pain_intensity cannot be 11.",
    ),
    "a date that is none": (("visit.date", {"valueDate": "2026-13-40"}), "r.json"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_form_is_refused_with_the_place_and_what_to_do_for(what, kb, filled):
    answer, says = REFUSED[what]
    with pytest.raises(InputInvalid) as refused:
        case_in(filled(answer), "r.json", kb)
    (fault,) = refused.value.faults
    assert str(fault).startswith(says)
    assert fault.remedy


def test_answers_that_contradict_each_other_are_refused_at_their_line(kb, filled):
    oldest = kb.findings["age"].values[-1]
    form = filled(("age", {"valueInteger": 12}), ("age/words", code(f"age.{oldest}")))
    with pytest.raises(InputInvalid) as refused:
        case_in(form, "r.json", kb)
    (fault,) = refused.value.faults
    assert fault.place == "r.json: item 'age/words'"
    assert "is both 12 and" in fault.says


def test_a_line_answered_twice_is_refused(kb, filled):
    form = filled(("blackout", code("present")), ("blackout", code("absent")))
    with pytest.raises(InputInvalid, match="it is answered twice"):
        case_in(form, "r.json", kb)


def test_another_form_is_refused(kb, filled):
    with pytest.raises(InputInvalid, match="it answers another form"):
        case_in(filled(form="https://clinic.example/Questionnaire/intake"), "r.json", kb)


def test_a_form_entered_in_error_is_refused(kb, filled):
    with pytest.raises(InputInvalid, match="entered in error"):
        case_in(filled(status="entered-in-error"), "r.json", kb)


def test_what_is_no_filled_form_is_refused(kb, whole):
    with pytest.raises(InputInvalid, match="a QuestionnaireResponse is needed"):
        case_in({"resourceType": "Patient"}, "r.json", kb)
    with pytest.raises(InputInvalid, match="Extra inputs are not permitted"):
        case_in({**{"resourceType": "QuestionnaireResponse", "status": "completed"},
                 "questionnaire": INTAKE, "answers": []}, "r.json", kb)  # fmt: skip


def test_a_refusal_repeats_no_words_of_a_client(kb, filled):
    with pytest.raises(InputInvalid) as refused:
        case_in(filled(("saddle_numbness", {"valueString": "it burns at night"})), "r.json", kb)
    assert "burns" not in str(refused.value)
