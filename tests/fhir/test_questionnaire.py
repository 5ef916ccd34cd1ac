"""The form asks what the interview asks, and never hides what the interview would ask."""

import random
import re

import pytest

from nmt_expert.assessment import reason
from nmt_expert.assessment.possible import item_key
from nmt_expert.fhir.form import form_of
from nmt_expert.fhir.names import DESIGN_NOTE
from nmt_expert.fhir.questionnaire import SHOWN_MORE_OFTEN
from nmt_expert.fhir.response import response
from nmt_expert.kb import read_case
from nmt_expert.model.case import Answer, Case
from tests.conftest import CASE_FILES, ROOT, some_then_all
from tests.fhir.filler import answered, lines, shown

YES = {"valueCoding": {"system": "https://nmt-expert.example/fhir/CodeSystem/answer",
                       "code": "present"}}  # fmt: skip


def asked_now(case: Case, kb, engine) -> set[str]:
    """What an interview asks of this client, by linkId."""
    return {
        item_key(item.finding, place.site, place.side)
        for instance in reason(case, kb, engine).instances
        for item in instance.items
        for place in item.places
    }


@pytest.fixture(scope="module")
def by_link(whole):
    return {item["linkId"]: item for item in lines(whole["item"])}


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 12), ids=lambda path: path.stem)
def test_a_form_shows_all_that_an_interview_asks_and_more_only_where_it_says_so(
    path, kb, engine, whole
):
    case = read_case(path, kb).model_copy(update={"otherwise": "unknown"})
    form = form_of(kb)
    seen = set(shown(whole["item"], answered(response(case, form)["item"])))
    asked = asked_now(case, kb, engine)
    wider = {entry.slot.key for entry in form.entries if entry.is_wider}
    assert asked - seen == set()
    assert (seen & form.slots.keys()) - asked - wider == set()


@pytest.mark.parametrize("seed", range(6))
def test_the_same_holds_of_a_client_whom_nobody_made_up(seed, kb, engine, whole):
    form, chance = form_of(kb), random.Random(seed)
    looked_at = {condition["question"] for item in lines(whole["item"])
                 for condition in item.get("enableWhen", [])}  # fmt: skip
    slots = [form.slots[link] for link in sorted(looked_at & form.slots.keys())]
    answers = tuple(
        Answer(finding=one.finding, site=one.site, side=one.side,
               value=chance.choice(kb.findings[one.finding].values))
        for one in chance.sample(slots, 40)
    )  # fmt: skip
    case = Case(answers=answers)
    seen = set(shown(whole["item"], answered(response(case, form)["item"])))
    asked = asked_now(case, kb, engine)
    wider = {entry.slot.key for entry in form.entries if entry.is_wider}
    assert asked - seen == set()
    assert (seen & form.slots.keys()) - asked - wider == set()


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 24), ids=lambda path: path.stem)
def test_the_intake_shows_all_of_its_own_that_an_interview_asks(path, kb, engine, intake):
    case = read_case(path, kb).model_copy(update={"otherwise": "unknown"})
    form = form_of(kb, intake=True)
    seen = set(shown(intake["item"], answered(response(case, form_of(kb))["item"])))
    assert (asked_now(case, kb, engine) & form.slots.keys()) - seen == set()


def test_a_form_on_which_nothing_is_answered_asks_the_whole_first_safety_screen(kb, whole):
    seen = set(shown(whole["item"], {}))
    for question in kb.questions.values():
        if question.section == "safety" and question.ask_when is None:
            assert {ask.finding for ask in question.ask} <= seen


def test_pain_at_the_temple_opens_what_is_asked_of_every_pain_of_the_head(whole):
    before = set(shown(whole["item"], {}))
    opened = set(shown(whole["item"], {"pain@temple:right": YES})) - before
    assert {"question/headache_list", "pain_dull_tight@temple:right"} <= opened
    assert "pain_dull_tight@temple:left" not in opened
    assert "question/foot_list" not in opened


def test_a_number_opens_what_its_band_opens(kb, whole):
    child = {"age": {"valueInteger": 12}}
    grown = {"age": {"valueInteger": 30}}
    assert "question/child" in set(shown(whole["item"], child))
    assert "question/child" not in set(shown(whole["item"], grown))


def test_a_word_in_place_of_the_number_opens_the_same(by_link, whole):
    words = {one["valueCoding"]["code"] for one in by_link["age/words"]["answerOption"]}
    assert "unknown" in words
    young = next(one for one in by_link["age/words"]["answerOption"]
                 if one["valueCoding"]["code"].startswith("age."))  # fmt: skip
    assert "question/child" in set(shown(whole["item"], {"age/words": young}))


def test_not_known_can_be_answered_everywhere_and_not_examined_where_somebody_examines(kb, by_link):
    for key, slot in form_of(kb).slots.items():
        finding = kb.findings[slot.finding]
        item = by_link[f"{key}/words" if finding.number else key]
        codes = {one["valueCoding"]["code"] for one in item["answerOption"]}
        assert "unknown" in codes, key
        assert ("not_examined" in codes) == (finding.asked_of == "therapist"), key


def test_no_answer_is_chosen_beforehand(whole):
    for item in lines(whole["item"]):
        assert "initial" not in item
        assert not any(one.get("initialSelected") for one in item.get("answerOption", []))


def test_every_line_has_its_own_link_id(whole, intake):
    for form in (whole, intake):
        links = [item["linkId"] for item in lines(form["item"])]
        assert len(links) == len(set(links))


def test_a_question_that_is_shown_more_often_than_it_is_asked_says_so(by_link):
    def says_so(link: str) -> bool:
        notes = by_link[link].get("extension", [])
        return {"url": DESIGN_NOTE, "valueMarkdown": SHOWN_MORE_OFTEN} in notes

    assert says_so("question/palpate"), "candidates follow from rules"
    assert says_so("question/headache"), "blood pressure is measured later"
    assert not says_so("question/qualities")


def test_the_intake_asks_nothing_in_private_and_nothing_that_a_therapist_examines(kb, intake):
    links = {item["linkId"] for item in lines(intake["item"])}
    for question in kb.questions.values():
        if question.private or question.who == "therapist":
            assert f"question/{question.id}" not in links
            if question.private:
                assert not {ask.finding for ask in question.ask} & links


def test_the_intake_says_that_empty_is_not_no_and_that_some_things_cannot_wait(intake):
    assert "never as no" in intake["description"]
    assert "do not wait for your visit" in intake["description"]


def test_its_names_stay_as_they_are_and_its_version_is_that_of_the_knowledge(kb, whole, intake):
    assert whole["url"] == "https://nmt-expert.example/fhir/Questionnaire/interview"
    assert intake["url"] == "https://nmt-expert.example/fhir/Questionnaire/intake"
    assert whole["version"] == kb.version
    assert whole["identifier"][0]["value"] == kb.sha256


def test_an_answer_has_the_same_link_id_as_what_a_result_lacks(kb):
    answer = Answer(finding="taut_band", site="upper_trapezius", side="right")
    key = item_key(answer.finding, answer.site, answer.side)
    assert key == "taut_band@upper_trapezius:right"
    assert key in form_of(kb).slots


def test_the_page_names_the_questions_whose_conditions_come_later(kb):
    page = (ROOT / "docs" / "fhir.md").read_text(encoding="utf-8")
    told = re.search("<!-- later -->(.*?)<!-- end of later -->", page, re.DOTALL)
    assert told
    later = {e.question.id for e in form_of(kb).entries if e.asked.when != e.shown}
    assert set(re.findall("`([a-z_]+)`", told[1])) == later
