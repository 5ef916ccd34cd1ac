"""Assessments as they were on the day: kept word for word, compressed, checked when read."""

import json
import zlib

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import cleaned_record
from nmt_expert.records.chain import sha256
from nmt_expert.records.database import rows
from nmt_expert.records.entries import Finished
from nmt_expert.records.journal import unreadable
from nmt_expert.records.tables import assessments


def freeze(connection: Connection, interview: str, assessment: Assessment, at: str) -> Finished:
    """Keep the assessment word for word; its fingerprint goes into the journal."""
    content = cleaned_record(assessment).model_dump(mode="json", by_alias=True)
    return keep(connection, interview, json.dumps(content, ensure_ascii=False), at)


def keep(connection: Connection, interview: str, text: str, at: str) -> Finished:
    """Keep the text of an assessment."""
    row = {"interview_id": interview, "at": at, "sha256": sha256(text), "packed": pack(text)}
    connection.execute(insert(assessments).values(row))
    return Finished(assessment_sha256=sha256(text))


def pack(text: str) -> bytes:
    """The text as it lies in the store: a tenth of the room."""
    return zlib.compress(text.encode())


def unpack(packed: bytes) -> str:
    """The text that was packed; empty when nothing can be read from it any more."""
    try:
        return zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return ""


def thaw(connection: Connection, interview: str) -> Assessment:
    """The newest assessment of an interview.

    Raises:
        StoreProblem: there is none yet, or it is not what was frozen.
    """
    mine = select(assessments).where(assessments.c.interview_id == interview)
    kept = rows(connection, mine.order_by(assessments.c.id))
    if not kept:
        raise StoreProblem(str(_none_yet(interview)))
    row = kept[-1]
    text = unpack(row["packed"])
    try:
        if sha256(text) == row["sha256"]:
            return Assessment.model_validate_json(text)
    except ValidationError:
        pass
    raise StoreProblem(str(unreadable(interview, "the assessment")))


def _none_yet(interview: str) -> Fault:
    return Fault(
        place=f"interview {interview}",
        says="it is not finished, so it has no assessment yet",
        remedy=f"Go on with it: nmt-expert interview --resume {interview}",
    )
