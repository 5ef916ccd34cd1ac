"""A correction, the person's own impression and what was done are kept beside the answers."""

import pytest

from nmt_expert.model.case import Answer, ComplaintSite, Treated
from nmt_expert.model.errors import StoreProblem
from nmt_expert.model.visit import Impression
from nmt_expert.records import InterviewId, Store
from tests.records.conftest import Opens

AT = "2026-11-20T10:0{}:00Z"
TAUT = Answer(finding="taut_band", site="upper_trapezius", side="right")
NUMB = Answer(finding="saddle_numbness", value="absent")
UNKNOWN = NUMB.model_copy(update={"value": "unknown"})
OWN = Impression(
    factor="trigger_points",
    sites=(ComplaintSite(site="upper_trapezius", side="right"),),
    refer="none",
    words="desk work",
)
EASED = Treated(
    site="upper_trapezius",
    side="right",
    technique="ischemic_compression",
    response="eased",
    retest="better",
)


def test_a_corrected_answer_stands_where_the_first_one_stood(store: Store, interview) -> None:
    store.append(interview, [NUMB], prompt="safety", at=AT.format(1))
    store.append(interview, [TAUT], prompt="palpation", at=AT.format(2))
    store.correct(interview, [UNKNOWN], prompt="safety", why="misheard", at=AT.format(3))
    assert store.state(interview).answers == (UNKNOWN, TAUT)


def test_change_and_change_back_gives_the_same_case(store: Store, interview) -> None:
    store.append(interview, [NUMB], prompt="safety", at=AT.format(1))
    store.append(interview, [TAUT], prompt="palpation", at=AT.format(2))
    before = store.state(interview).case
    store.correct(interview, [UNKNOWN], prompt="safety", why="misheard", at=AT.format(3))
    store.correct(interview, [NUMB], prompt="safety", why="no, it was right", at=AT.format(4))
    assert store.state(interview).case == before


def test_what_was_corrected_stays_in_the_journal_with_the_reason(store: Store, interview) -> None:
    store.append(interview, [NUMB], prompt="safety", at=AT.format(1))
    store.correct(interview, [UNKNOWN], prompt="safety", why="misheard", at=AT.format(2), by="J.")
    last = store.journal(interview)[-1]
    assert (last.what, last.why, last.by) == ("corrected", "misheard", "J.")
    assert last.prior is not None
    assert last.prior["answers"][0]["value"] == "absent"


def test_what_was_never_answered_cannot_be_corrected(store: Store, interview) -> None:
    with pytest.raises(StoreProblem, match="no answer"):
        store.correct(interview, [NUMB], prompt="safety", why="misheard", at=AT.format(1))


def test_the_own_impression_is_kept_and_the_newest_one_counts(store: Store, interview) -> None:
    store.think(interview, Impression(factor="ischemia"), AT.format(1))
    store.think(interview, OWN, AT.format(2), by="therapist")
    assert store.state(interview).impression == OWN


def test_an_impression_that_was_skipped_says_nothing(store: Store, interview) -> None:
    assert not store.state(interview).impression


def test_no_impression_is_taken_once_the_result_was_shown(
    store: Store, interview: InterviewId, assess
) -> None:
    store.finish(interview, assess(store.state(interview).case), AT.format(1))
    with pytest.raises(StoreProblem, match="finished"):
        store.think(interview, OWN, AT.format(2))


def test_what_was_done_is_told_after_the_interview_and_the_record_stays_whole(
    opens: Opens, begin, assess
) -> None:
    with opens() as store:
        interview = begin(store)
        store.append(interview, [NUMB], prompt="safety", at=AT.format(1))
        store.finish(interview, assess(store.state(interview).case), AT.format(2))
        store.treat(interview, [EASED], AT.format(3))
    with opens() as store:
        kept = store.state(interview)
        assert store.verify() == ()
    assert kept.treated == (EASED,)
    assert kept.finished == AT.format(2)
