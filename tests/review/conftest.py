"""Records to review: the desk worker as a person and the program saw her, and a store of two."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.handed_in import handed_in
from nmt_expert.records import Store
from nmt_expert.review.attempts import AttemptReview
from nmt_expert.review.queue import Review, Said
from nmt_expert.review.remarks import Remark
from tests.review.students import as_reviewed, skipped_safety

ROOT = Path(__file__).parent.parent.parent
DESK_WORKER = ROOT / "examples" / "desk-worker-headache.yml"
SADDLE = ROOT / "examples" / "gardener-saddle-numbness.yml"
Reviewed = Callable[..., Review]


def kept(store: Store, case: Case, kb: KnowledgeBase, engine: Engine, day: str) -> str:
    """A finished interview of a case; the person thought of ischemia and of no referral."""
    at = f"{day}T10:00:00Z"
    id = store.start(case.client, quick=False, kb_version=kb.version, kb_sha256=kb.sha256, at=at)
    store.append(id, case.answers, prompt="all", at=at, complaint=case.complaint)
    store.think(id, Impression(factor="ischemia", refer="none"), at)
    store.finish(id, assess(store.state(id).case, kb, engine), at)
    return id


@pytest.fixture(scope="session")
def desk_worker(kb: KnowledgeBase, engine: Engine) -> Review:
    """The desk worker's record, which nobody remarked on."""
    case = read_case(DESK_WORKER, kb)
    return Review(
        id="2026-11-20-1",
        client=case.client,
        date="2026-11-20",
        finished="2026-11-20T10:00:00Z",
        assessment=assess(case, kb, engine),
        impression=Impression(factor="ischemia", refer="none"),
    )


@pytest.fixture
def reviewed(desk_worker: Review) -> Reviewed:
    """The desk worker's record with remarks."""

    def with_remarks(*remarks: Remark, **update: object) -> Review:
        said = tuple(
            Said(remark=one, by="Ruth Example", at="2026-11-20T11:00:00Z", n=n)
            for n, one in enumerate(remarks, start=5)
        )
        return desk_worker.model_copy(update={"said": said, **update})

    return with_remarks


@pytest.fixture(scope="session")
def unsafe_attempt(kb: KnowledgeBase, engine: Engine) -> Attempt:
    """A student's attempt that missed a red flag, played once for all tests."""
    return skipped_safety(kb, engine)


@pytest.fixture(scope="session")
def attempted(unsafe_attempt: Attempt, engine: Engine) -> AttemptReview:
    """The same as a supervisor meets it."""
    return as_reviewed(unsafe_attempt, handed_in(unsafe_attempt, engine))
