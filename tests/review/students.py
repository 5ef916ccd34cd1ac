"""Attempts of scripted students as a supervisor meets them."""

from pathlib import Path

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.handed_in import HandedIn, handed_in
from nmt_expert.practice.options import Option
from nmt_expert.records import Store
from nmt_expert.records.practised import PracticeBook
from nmt_expert.review.attempts import AttemptReview, impression_of
from tests.practice.players import Wanted, asking, planned, reasons

CASES = Path(__file__).parents[2] / "knowledge" / "cases"


def straight_to(attempt: Attempt, factor: str, wanted: Wanted, most: int) -> Attempt:
    """Commits, asks a few questions, commits to the same again, and treats as the engine would."""
    asked = asking(attempt.commit((factor,), "sure"), wanted, most)
    return planned(asked.commit((factor,), "sure", pro=reasons(asked)[:1]))


def skipped_safety(kb: KnowledgeBase, engine: Engine) -> Attempt:
    """The gardener's stiff back, whose bladder nobody asked about."""
    case = read_practice_case(CASES / "gardener-stiff-back.yml", kb)
    begun = Attempt.begin(case, kb, engine)
    return straight_to(begun, "trigger_points", lambda o: "safety" not in _section(o), 12)


def _section(option: Option) -> str:
    return option.prompt.question.section


def as_reviewed(attempt: Attempt, handed: HandedIn, **update: object) -> AttemptReview:
    """An attempt as the store gives it to a supervisor."""
    review = AttemptReview(
        id="attempt-1",
        date="2026-11-19",
        finished="2026-11-19T11:00:00Z",
        assessment=handed.seen,
        impression=impression_of(attempt.events),
        student="S-01",
        case=handed.case,
        events=attempt.events,
        score=handed.score,
        rules=handed.rules,
    )
    return review.model_copy(update=update)


def handed_over(store: Store, student: str, attempt: Attempt, engine: Engine, day: str) -> str:
    """The attempt in a store, event by event, and finished; what it is called there."""
    book = PracticeBook(store.database, student)
    number = book.begin(attempt.case.id, attempt.kb.sha256, f"{day}T10:00:00Z")
    for n, event in enumerate(attempt.events, start=1):
        book.keep(number, n, event, f"{day}T10:{n:02d}:00Z")
    book.finish(number, handed_in(attempt, engine), f"{day}T11:00:00Z")
    return f"attempt-{number}"
