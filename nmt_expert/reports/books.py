"""Which book something to review opens as."""

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.attempt_book import AttemptBook
from nmt_expert.reports.trace_book import TraceBook
from nmt_expert.review.attempts import AttemptReview
from nmt_expert.review.queue import Reviewed


def book_of(review: Reviewed, kb: KnowledgeBase) -> TraceBook:
    """The pages of a client's record, or of a student's attempt."""
    return AttemptBook(review, kb) if isinstance(review, AttemptReview) else TraceBook(review, kb)
