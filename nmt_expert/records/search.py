"""Find interviews by words: a line of plain text for each, made anew when its journal has grown."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, delete, insert, or_, select

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.errors import StoreProblem
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.records import frozen, journal, register
from nmt_expert.records.dialects.functions import place_in
from nmt_expert.records.replay import replay
from nmt_expert.records.tables import findable, interviews
from nmt_expert.records.views import StoredInterview, Summary

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""
_SILENT = frozenset({"absent", "no", "none", *NON_ANSWERS})


def find(connection: Connection, words: Sequence[str]) -> tuple[Summary, ...]:
    """The interviews in which every one of the words occurs, newest first."""
    holds = [place_in(findable.c.text, plain(word)) > 0 for word in words]
    mine = select(findable.c.interview_id).where(*holds)
    return register.summaries(connection, among=mine)


def stale(connection: Connection) -> list[str]:
    """Interviews whose line is missing or older than their journal."""
    query = select(interviews.c.id).outerjoin(findable)
    old = or_(findable.c.entries.is_(None), findable.c.entries != interviews.c.entries)
    return list(connection.scalars(query.where(old)))


def refresh(connection: Connection, interview: str) -> None:
    """Make the line of one interview anew."""
    entries = journal.entries_of(connection, interview)
    told = replay(entries)
    text = plain(" ".join(dict.fromkeys(_words(told, _assessment(connection, told)))))
    connection.execute(delete(findable).where(findable.c.interview_id == interview))
    row = {"interview_id": interview, "entries": len(entries), "text": text}
    connection.execute(insert(findable).values(row))


def plain(text: str) -> str:
    """Letters as they are compared: small, one way of writing each, ids as words."""
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ")


def _assessment(connection: Connection, told: StoredInterview) -> Assessment | None:
    """What was concluded, if it can be read; a damaged one is for ``verify`` to tell."""
    try:
        return frozen.thaw(connection, told.id) if told.finished else None
    except StoreProblem:
        return None


def _words(told: StoredInterview, assessment: Assessment | None) -> Iterator[str]:
    """What a person may look for: who, when, the complaint, what was found, noted and concluded."""
    yield from (told.id, told.client.code or "", told.visit.date or "")
    yield from (told.client.occupation or "", told.complaint.text or "")
    yield from (note.text for note in told.notes)
    yield told.impression.words or ""
    yield from (site.site for site in told.complaint.sites)
    yield from (scored.activity for scored in told.activities)
    for answer in told.answers:
        yield answer.note or ""
        if str(answer.value) not in _SILENT:
            yield from (answer.finding, answer.site or "")
    for one in told.treated:
        yield from (one.site, one.technique, one.note or "")
    if assessment is not None:
        yield from _concluded(assessment)


def _concluded(assessment: Assessment) -> Iterator[str]:
    for conclusion in assessment.conclusions:
        if conclusion.band != "not_supported":
            yield from (conclusion.conclude, conclusion.factor, conclusion.site)
    yield from (referral.flag for referral in assessment.referrals)
    for focus in assessment.focus:
        yield from (focus.site or "", *focus.technique)
