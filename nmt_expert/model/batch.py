"""The lines that ``batch`` writes, one a case: the ``nmt.batch/1`` contract."""

from typing import Literal

from pydantic import Field

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import Record


class BatchLine(Record):
    """Which case of the input it was, counted from 1, and where it came from.

    ``mark`` is a sha256 over the knowledge base and all cases up to this one: a run that goes on
    proves by it that it goes on with the same.
    """

    schema_: Literal["nmt.batch/1"] = Field(default="nmt.batch/1", alias="schema")
    n: int
    place: str
    mark: str


class Assessed(BatchLine):
    """A case that was assessed."""

    assessment: Assessment


class BatchFault(Record):
    """One thing wrong in a case."""

    place: str
    fault: str
    consequence: str
    remedy: str


class Refused(BatchLine):
    """A case that was not, and everything that is wrong with it."""

    faults: tuple[BatchFault, ...]
