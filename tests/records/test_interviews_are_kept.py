"""What a therapist records is there again, whole and in order."""

from collections.abc import Callable

import pytest

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case, Client, Complaint, ComplaintSite
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store
from tests.records.conftest import Opens

AT = "2026-11-20T10:0{}:00Z"
TAUT = Answer(finding="taut_band", site="upper_trapezius", side="right", note="rope-like")
NUMB = Answer(finding="saddle_numbness", value="absent")
PAIN = Answer(finding="pain_intensity", value=6, sure="fairly", by="C-001", at=AT.format(1))


def test_answers_are_there_again_after_the_store_was_closed(opens: Opens, begin) -> None:
    with opens() as store:
        interview = begin(store)
        store.append(interview, [NUMB, PAIN], prompt="right_now", at=AT.format(1), by="J.")
        store.append(interview, [TAUT], prompt="palpation|upper_trapezius", at=AT.format(2))
    with opens() as store:
        kept = store.state(interview)
    assert kept.answers == (NUMB, PAIN, TAUT)
    assert kept.answered == ("right_now", "palpation|upper_trapezius")
    assert [(p.at, p.by) for p in kept.prompts] == [(AT.format(1), "J."), (AT.format(2), None)]
    assert kept.finished is None


def test_the_client_the_visit_and_the_knowledge_base_are_kept(store: Store, interview) -> None:
    kept = store.state(interview)
    assert kept.client == Client(code="C-001", age=38, sex="female", occupation="typist")
    assert (kept.visit.number, kept.visit.date) == (1, "2026-11-20")
    assert (kept.quick, kept.kb_version, kept.kb_sha256) == (False, "2026.1", "ab12")


def test_an_interview_becomes_a_case_that_can_be_assessed(store: Store, interview) -> None:
    told = Complaint(text="Headache", sites=(ComplaintSite(site="temple", side="right"),))
    store.append(interview, [], prompt="chart", at=AT.format(1), complaint=told)
    store.append(interview, [TAUT], prompt="palpation", at=AT.format(2))
    case = store.state(interview).case
    assert (case.id, case.client.code, case.complaint, case.answers) == (
        interview,
        "C-001",
        told,
        (TAUT,),
    )


def test_answering_again_replaces_the_answers_of_that_prompt_and_comes_last(
    store: Store, interview
) -> None:
    store.append(interview, [NUMB], prompt="safety", at=AT.format(1))
    store.append(interview, [TAUT], prompt="palpation", at=AT.format(2))
    changed = NUMB.model_copy(update={"value": "unknown"})
    store.append(interview, [changed], prompt="safety", at=AT.format(3), why="asked again")
    assert store.state(interview).answers == (TAUT, changed)
    last = store.journal(interview)[-1]
    assert last.why == "asked again"
    assert last.prior == {
        "answers": [{"finding": "saddle_numbness", "value": "absent", "sure": "sure"}],
        "parked": False,
    }


def test_a_mis_tick_is_undone_with_its_reason_and_stays_in_the_journal(
    store: Store, interview
) -> None:
    ticked = NUMB.model_copy(update={"value": "present"})
    store.append(interview, [NUMB], prompt="safety", at=AT.format(1))
    store.append(interview, [ticked], prompt="safety", at=AT.format(2))
    store.undo(interview, "safety", "ticked the wrong line", AT.format(3))
    assert store.state(interview).answers == (NUMB,)
    assert [entry.what for entry in store.journal(interview)] == [
        "started",
        "answered",
        "answered",
        "withdrawn",
    ]
    assert store.journal(interview)[-1].why == "ticked the wrong line"
    store.undo(interview, "safety", "not asked after all", AT.format(4))
    assert store.state(interview).answered == ()


def test_there_is_nothing_to_undo_in_a_prompt_without_answers(store: Store, interview) -> None:
    with pytest.raises(StoreProblem, match="no answer to 'safety' stands"):
        store.undo(interview, "safety", "why not", AT.format(1))


def test_parked_answers_are_kept_but_not_used_until_they_come_back(store: Store, interview) -> None:
    store.append(interview, [TAUT], prompt="palpation", at=AT.format(1))
    store.park(interview, "palpation", AT.format(2), "no pain there any more")
    kept = store.state(interview)
    assert (kept.answers, kept.parked, kept.answered) == ((), ("palpation",), ("palpation",))
    store.bring_back(interview, "palpation", AT.format(3))
    assert store.state(interview).answers == (TAUT,)


def test_notes_on_the_interview_are_kept_with_their_time(store: Store, interview) -> None:
    store.note(interview, "Came with her daughter.", AT.format(1), by="J.")
    (note,) = store.state(interview).notes
    assert (note.text, note.at, note.by) == ("Came with her daughter.", AT.format(1), "J.")


def test_escape_codes_are_taken_out_of_every_text_and_brackets_stay(
    store: Store, interview
) -> None:
    hostile = "\x1b[2J[b]ok[/b]\u202e\u200b\x07\ud800\r\nnext"
    note = Answer(finding="taut_band", note="\x1b[31mred")
    store.append(interview, [note], prompt="p", at=AT.format(1), by=hostile, why=hostile)
    store.note(interview, hostile, AT.format(2))
    kept = store.state(interview)
    assert kept.answers[0].note == "[31mred"
    assert kept.notes[0].text == kept.prompts[0].by == "[2J[b]ok[/b]\nnext"
    assert store.journal(interview)[1].why == "[2J[b]ok[/b]\nnext"


def test_a_finished_interview_keeps_its_assessment_word_for_word(
    store: Store, interview, assess: Callable[[Case], Assessment]
) -> None:
    store.append(interview, [TAUT, PAIN], prompt="palpation", at=AT.format(1))
    assessment = assess(store.state(interview).case)
    store.finish(interview, assessment, AT.format(2))
    assert store.assessment(interview) == assessment
    assert store.state(interview).finished == AT.format(2)
    assert store.unfinished() == ()
    newest = store.latest("C-001")
    assert newest is not None
    assert newest.id == interview


def test_a_finished_interview_takes_no_more_answers(
    store: Store, interview, assess: Callable[[Case], Assessment]
) -> None:
    store.finish(interview, assess(Case()), AT.format(1))
    with pytest.raises(StoreProblem, match="finished, and its assessment is frozen"):
        store.append(interview, [TAUT], prompt="palpation", at=AT.format(2))


def test_an_unfinished_interview_has_no_assessment_and_says_how_to_go_on(
    store: Store, interview
) -> None:
    with pytest.raises(StoreProblem, match="interview --resume 2026-11-20-1"):
        store.assessment(interview)
    assert store.latest() is None


def test_interviews_of_one_day_belong_to_one_visit_and_the_next_day_is_the_next(
    store: Store, begin
) -> None:
    begin(store)
    begin(store)
    begin(store, at="2026-11-27T09:00:00Z")
    begin(store, code="C-002")
    listed = [(one.id, one.visit) for one in store.interviews("C-001")]
    assert listed == [("2026-11-27-1", 2), ("2026-11-20-2", 1), ("2026-11-20-1", 1)]
    assert len(store.unfinished()) == 4


def test_the_local_day_counts_where_it_differs_from_the_day_in_utc(store: Store) -> None:
    interview = store.start(
        Client(),
        quick=True,
        kb_version="1",
        kb_sha256="1",
        at="2026-11-21T02:00:00Z",
        date="2026-11-20",
    )
    assert (interview, store.state(interview).visit.date) == ("2026-11-20-1", "2026-11-20")


def test_two_clients_without_a_code_are_two_people(store: Store, begin) -> None:
    begin(store, code=None)
    begin(store, code=None)
    assert [one.visit for one in store.unfinished()] == [1, 1]


def test_an_unknown_interview_is_answered_with_the_nearest_ones(store: Store, interview) -> None:
    with pytest.raises(StoreProblem, match=r"no such interview .* 2026-11-20-1"):
        store.state(InterviewId("2026-11-20-9"))


def test_a_time_that_is_not_utc_is_a_mistake_of_the_program(store: Store, interview) -> None:
    with pytest.raises(ValueError, match="not a time in UTC"):
        store.note(interview, "late", "2026-11-20T10:00:00+01:00")
    assert store.state(interview).notes == ()
