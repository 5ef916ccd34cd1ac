"""Remarks are kept in the chain; what was signed is locked, and one changed byte is found."""

from collections.abc import Callable

import pytest

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case, Treated
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store, care, journal
from nmt_expert.review.remarks import Remark
from tests.records.conftest import Opens

AT = "2026-11-20T11:00:00Z"
AGREE = Remark(about="flag:sleep", verdict="agree")
UNSURE = Remark(about="flag:sleep", verdict="unsure", words="not asked well")


@pytest.fixture
def record(store: Store, begin, assess: Callable[[Case], Assessment]) -> InterviewId:
    interview = begin(store)
    store.append(interview, [Answer(finding="poor_sleep")], prompt="p", at=AT)
    store.finish(interview, assess(Case(id=interview)), AT)
    return interview


def sign(store: Store, record: InterviewId) -> None:
    store.reviews.sign(record, name="Ruth Example", qualification="Supervisor", at=AT)


def test_remarks_are_kept_and_the_newest_stands(store: Store, record: InterviewId):
    store.reviews.remark(record, AGREE, at=AT, by="Ruth Example")
    store.reviews.remark(record, UNSURE, at=AT, by="Second Reader")
    review = store.reviews.one(record)
    assert [(one.remark, one.by) for one in review.said] == [
        (AGREE, "Ruth Example"),
        (UNSURE, "Second Reader"),
    ]
    assert review.remarks == {"flag:sleep": UNSURE}
    assert store.verify() == ()


def test_only_a_finished_record_is_reviewed(store: Store, begin):
    interview = begin(store)
    with pytest.raises(StoreProblem, match="not finished"):
        store.reviews.remark(interview, AGREE, at=AT, by="Ruth Example")
    assert store.reviews.every() == ()


def test_a_signature_covers_every_entry_before_it(store: Store, record: InterviewId):
    store.reviews.remark(record, AGREE, at=AT, by="Ruth Example")
    entries = len(store.journal(record))
    sign(store, record)
    signed = store.reviews.one(record).signed[0]
    assert signed.entries == entries
    assert store.verify() == ()


def test_nothing_that_is_written_changes_a_signed_record(store: Store, record: InterviewId, assess):
    sign(store, record)
    before = store.journal(record)
    treated = [Treated(site="neck", technique="gliding")]
    attempts: list[Callable[[], object]] = [
        lambda: store.reviews.remark(record, AGREE, at=AT, by="Ruth Example"),
        lambda: sign(store, record),
        lambda: store.treat(record, treated, AT),
        lambda: store.note(record, "later", AT),
        lambda: store.append(record, [Answer(finding="x")], prompt="p", at=AT),
        lambda: store.correct(record, [Answer(finding="x")], prompt="p", why="w", at=AT),
        lambda: store.undo(record, "p", "why", AT),
        lambda: store.park(record, "p", AT),
        lambda: store.finish(record, assess(Case()), AT),
    ]
    for attempt in attempts:
        with pytest.raises(StoreProblem):
            attempt()
    assert store.journal(record) == before


def test_amending_needs_a_signature_and_a_reason(store: Store, record: InterviewId):
    with pytest.raises(StoreProblem, match="not signed"):
        store.reviews.amend(record, name="Ruth Example", why="the scan came", at=AT)
    sign(store, record)
    with pytest.raises(StoreProblem, match="needs a reason"):
        store.reviews.amend(record, name="Ruth Example", why="  ", at=AT)


def test_an_amended_record_takes_remarks_again_and_keeps_its_signature(
    store: Store, record: InterviewId
):
    sign(store, record)
    store.reviews.amend(record, name="Second Reader", why="the scan came", at=AT)
    store.reviews.remark(record, UNSURE, at=AT, by="Second Reader")
    sign(store, record)
    review = store.reviews.one(record)
    assert [one.why for one in review.amended] == ["the scan came"]
    assert len(review.signed) == 2
    assert review.is_locked
    assert store.verify() == ()


# One byte


@pytest.fixture
def signed(opens: Opens, begin, assess: Callable[[Case], Assessment]) -> InterviewId:
    """A signed record beside another one."""
    with opens() as store:
        for code in ("C-001", "C-002"):
            interview = begin(store, code)
            store.append(interview, [Answer(finding="poor_sleep")], prompt="p", at=AT)
            store.finish(interview, assess(Case(id=interview)), AT)
            store.reviews.remark(interview, UNSURE, at=AT, by="Ruth Example")
            sign(store, interview)
        return interview


def altered(opens: Opens) -> set[str]:
    with opens() as store:
        return {one.interview for one in store.verify()}


def test_two_signed_records_are_as_they_were(opens: Opens, signed):
    assert altered(opens) == set()


@pytest.mark.in_a_file
@pytest.mark.parametrize(
    "column", ["content", "at", "by", "what", "salt", "digest", "previous", "hash"]
)
@pytest.mark.parametrize("what", ["started", "answered", "finished", "remarked", "signed"])
def test_one_byte_of_any_entry_is_found_and_the_record_named(
    opens: Opens, signed: InterviewId, what: str, column: str
):
    query = f"SELECT n, coalesce(\"{column}\", ' ') FROM journal"
    this = " WHERE interview_id = :record AND what = :what"
    (n, text), *_ = opens.ask(query + this, record=signed, what=what)
    at = len(text) // 2
    other = text[:at] + ("x" if text[at : at + 1] != "x" else "y") + text[at + 1 :]
    update = f'UPDATE journal SET "{column}" = :other WHERE interview_id = :record AND n = :n'
    opens.tamper(update, other=other, record=signed, n=n)
    assert altered(opens) == {signed}


def test_one_byte_of_the_frozen_trace_is_found(opens: Opens, signed: InterviewId):
    mine = "WHERE interview_id = :record"
    ((found,),) = opens.ask(f"SELECT packed FROM assessments {mine}", record=signed)
    packed = bytearray(found)
    packed[len(packed) // 2] ^= 1
    update = f"UPDATE assessments SET packed = :packed {mine}"
    opens.tamper(update, packed=bytes(packed), record=signed)
    assert altered(opens) == {signed}


def test_an_entry_behind_a_signature_is_found(opens: Opens, signed: InterviewId):
    mine = "interview_id = :record"
    last = f"(SELECT max(n) FROM journal WHERE {mine})"
    opens.tamper(f"DELETE FROM journal WHERE {mine} AND n = {last}", record=signed)
    assert altered(opens) == {signed}


def test_a_remark_slipped_in_behind_a_signature_is_found_though_the_chain_is_whole(
    store: Store, record: InterviewId
):
    sign(store, record)
    with store._database.write() as connection:
        journal.add(connection, record, "remarked", AGREE, at=AT, by="Somebody")
    assert [one.says for one in store.verify()] == ["it was added after the record was signed"]


def test_words_that_the_law_takes_out_leave_the_seal_whole(store: Store, record: InterviewId):
    store.reviews.remark(record, UNSURE, at=AT, by="Ruth Example")
    sign(store, record)
    care.redact(store, record, why="the client asked", at=AT)
    review = store.reviews.one(record)
    assert review.is_locked
    assert review.remarks["flag:sleep"].words != UNSURE.words
    assert store.verify() == ()
