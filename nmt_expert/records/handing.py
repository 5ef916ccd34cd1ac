"""A stored interview as the case that somebody else goes on with."""

from nmt_expert.interview.ledger import Ledger
from nmt_expert.model.case import Case
from nmt_expert.records.views import StoredInterview


def handed_on(stored: StoredInterview) -> Case:
    """The case with the newest answer to each question, and who gave it when.

    What is parked is left out: its question does not apply.
    """
    return stored.case.model_copy(update={"answers": Ledger(stored.answers).answers})
