"""What students practised is kept event by event, each student's apart, and beside no client."""

import pytest

from nmt_expert.model.errors import StoreProblem
from nmt_expert.practice.events import Committed, Hinted, Planned
from nmt_expert.records import Store
from nmt_expert.records.practised import PracticeBook
from tests.records.conftest import Opens
from tests.records.handed import MISSED, handed

AT = "2026-11-20T10:00:00Z"
FIRST = Committed(ranking=("ischemia",), sure="unsure")


@pytest.fixture
def book(store: Store) -> PracticeBook:
    return PracticeBook(store.database, "S-01")


@pytest.fixture
def other(store: Store) -> PracticeBook:
    return PracticeBook(store.database, "S-02")


def test_every_event_comes_back_in_its_order(book: PracticeBook) -> None:
    attempt = book.begin("stiff-back", "ab12", AT)
    events = (FIRST, Hinted(level=1, about="right_now#list", minutes=1), Planned())
    for n, event in enumerate(events, start=1):
        book.keep(attempt, n, event, AT)
    assert book.events(attempt) == events


def test_an_event_outlives_the_program(opens: Opens) -> None:
    with opens() as store:
        attempt = PracticeBook(store.database, "S-01").begin("stiff-back", "ab12", AT)
        PracticeBook(store.database, "S-01").keep(attempt, 1, FIRST, AT)
    with opens() as store:
        again = PracticeBook(store.database, "S-01")
        assert [one.id for one in again.attempts(unfinished=True)] == [attempt]
        assert again.events(attempt) == (FIRST,)


def test_two_students_do_not_see_each_others_work(book: PracticeBook, other: PracticeBook) -> None:
    attempt = book.begin("stiff-back", "ab12", AT)
    book.finish(attempt, handed("unsafe", MISSED), AT)
    assert other.attempts() == ()
    assert other.remembered() == ()
    with pytest.raises(StoreProblem, match="no attempt"):
        other.events(attempt)
    with pytest.raises(StoreProblem, match="no attempt"):
        other.keep(attempt, 1, FIRST, AT)
    with pytest.raises(StoreProblem, match="no attempt"):
        other.finish(attempt, handed("acceptable"), AT)


def test_a_finished_attempt_is_no_longer_resumed_and_is_remembered(book: PracticeBook) -> None:
    attempt = book.begin("stiff-back", "ab12", AT)
    book.finish(attempt, handed("unsafe", MISSED), AT)
    assert book.attempts(unfinished=True) == ()
    (one,) = book.remembered()
    assert (one.of, one.outcome, one.practised) == ("topic:red_flags", "missed", "stiff-back")
    assert one.at.utcoffset() is not None


def test_an_attempt_that_went_on_in_another_window_is_not_mixed(book: PracticeBook) -> None:
    attempt = book.begin("stiff-back", "ab12", AT)
    book.keep(attempt, 1, FIRST, AT)
    with pytest.raises(StoreProblem, match="another window"):
        book.keep(attempt, 1, FIRST, AT)
    assert book.events(attempt) == (FIRST,)


def test_an_attempt_is_finished_once(book: PracticeBook) -> None:
    attempt = book.begin("stiff-back", "ab12", AT)
    book.finish(attempt, handed("acceptable", MISSED), AT)
    with pytest.raises(StoreProblem):
        book.finish(attempt, handed("unsafe", MISSED), AT)
    assert len(book.remembered()) == 1


def test_practice_leaves_client_records_alone(store: Store, book: PracticeBook) -> None:
    book.begin("stiff-back", "ab12", AT)
    assert store.interviews() == ()
    assert store.verify() == ()
