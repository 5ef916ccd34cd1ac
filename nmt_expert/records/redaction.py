"""Strike out what people typed, for good: the answers stay, the words go.

Words are what somebody typed: notes, the complaint, an occupation, an activity, a reason. Answers
stay, since the assessment rests on them; to take those out, delete the interview. The rows that
held the words are emptied together with their salts, so the chain stays whole; a ``redacted`` entry
says who did it, when and why, and what is left of each row. The same words are struck out wherever
the client's other interviews and assessments repeat them.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records import journal, register, search
from nmt_expert.records.chain import ERASED, sha256, struck_entries
from nmt_expert.records.checks import named_assessment
from nmt_expert.records.entries import Entry, Redacted, Struck, What
from nmt_expert.records.frozen import pack, unpack
from nmt_expert.records.tables import assessments, erasures, interviews, visits
from nmt_expert.records.tables import journal as journal_table

TYPED = frozenset(
    {"note", "text", "occupation", "words", "activity", "activities", "title", "case"}
)
"""The keys under which a record holds what somebody typed."""
_PROGRAMS_REASON = ("parked", "brought_back", "redacted")
"""Entries whose reason nobody typed, or whose reason must stay."""
_MARK = re.compile(r"\[redacted (\d+)\]")
Marks = Mapping[str, str]


class Erasure(Record):
    """What a redaction takes from one interview: entries by number, and whether its assessment."""

    interview: str
    entries: tuple[int, ...]
    assessment: bool


class Typed(Record):
    """What somebody typed in one journal entry."""

    n: int
    what: What
    texts: tuple[str, ...]


def typed_by_entry(connection: Connection, interview: str) -> tuple[Typed, ...]:
    """The entries of an interview in which something was typed, to choose from."""
    register.require(connection, interview)
    every = journal.entries_of(connection, interview)
    found = (
        Typed(n=one.n, what=one.what, texts=tuple(dict.fromkeys(_typed_in(one)))) for one in every
    )
    return tuple(one for one in found if one.texts)


def plan(
    connection: Connection, interview: str, chosen: Collection[int] = ()
) -> tuple[tuple[Erasure, ...], Marks]:
    """What would be struck out, and the mark that takes the place of each text.

    ``chosen`` are journal entries by number; none means everything that was typed.

    Raises:
        StoreProblem: there is no such interview or entry, or nothing was typed there.
    """
    texts = typed_in(connection, interview, chosen)
    if not texts:
        fault = Fault(f"interview {interview}", "nothing was typed there", "Nothing was redacted.")
        raise StoreProblem(str(fault))
    of_client = _same_client(connection, interview)
    every = {one: journal.entries_of(connection, one) for one in of_client}
    marks = _marks(texts, [text for entries in every.values() for text in _all_typed(entries)])
    found = (_erasure(connection, one, entries, marks) for one, entries in every.items())
    return tuple(one for one in found if one.entries or one.assessment), marks


def typed_in(connection: Connection, interview: str, chosen: Collection[int] = ()) -> list[str]:
    """What somebody typed in the chosen entries; without a choice, in all of the interview.

    Raises:
        StoreProblem: there is no such interview or entry.
    """
    register.require(connection, interview)
    entries = _chosen(journal.entries_of(connection, interview), interview, chosen)
    texts = [text for entry in entries for text in _typed_in(entry)]
    if not chosen:
        texts += _typed_in_assessment(_frozen(connection, interview))
    return texts


def strike(
    connection: Connection, erasure: Erasure, marks: Marks, *, at: str, by: str | None, why: str
) -> None:
    """Add the entry that tells of it, then empty the rows and the assessment that it names."""
    interview = erasure.interview
    raw = journal.rows_of(connection, interview)
    left = _left(journal.entries_of(connection, interview), raw, erasure, marks)
    text = _struck_assessment(connection, interview, marks)
    newest = named_assessment(raw, "redacted") if text is None else sha256(text)
    told = Redacted(entries=left, assessment_sha256=newest)
    journal.add(connection, interview, "redacted", told, at=at, by=by, why=why)
    for one in left:
        _empty(connection, interview, one.n)
    if text is not None:
        connection.execute(insert(erasures).values(interview_id=interview, sha256=newest))
        mine = assessments.c.interview_id == interview
        change = update(assessments).where(mine).values(sha256=newest, packed=pack(text))
        connection.execute(change)
    search.refresh(connection, interview)


def _empty(connection: Connection, interview: str, n: int) -> None:
    """Empty a row; the database lets it happen to those that ``erasures`` names."""
    connection.execute(insert(erasures).values(interview_id=interview, n=n))
    this = (journal_table.c.interview_id == interview, journal_table.c.n == n)
    connection.execute(update(journal_table).where(*this).values(ERASED))


def _same_client(connection: Connection, interview: str) -> list[str]:
    """Every interview of the client, this one too: later visits repeat what earlier ones told."""
    visit_of = select(interviews.c.visit_id).where(interviews.c.id == interview).scalar_subquery()
    client = select(visits.c.client_id).where(visits.c.id == visit_of).scalar_subquery()
    query = select(interviews.c.id).join(visits, interviews.c.visit_id == visits.c.id)
    return list(connection.scalars(query.where(visits.c.client_id == client)))


def _chosen(entries: Sequence[Entry], interview: str, chosen: Collection[int]) -> list[Entry]:
    missing = sorted(set(chosen) - {entry.n for entry in entries})
    if missing:
        says = f"it has no entry {missing[0]}; its entries are 1 to {len(entries)}"
        raise StoreProblem(str(Fault(f"interview {interview}", says, "Nothing was redacted.")))
    return [entry for entry in entries if not chosen or entry.n in chosen]


def _typed(value: Any, key: str = "") -> Iterator[str]:
    """What somebody typed in a piece of a record, marks of earlier redactions left out."""
    match value:
        case str() if key in TYPED and value.strip() and not _MARK.fullmatch(value):
            yield value
        case dict():
            for name, part in value.items():
                yield from _typed(part, name)
        case list():
            for part in value:
                yield from _typed(part, key)


def _typed_in(entry: Entry) -> list[str]:
    if entry.what == "redacted":
        return []
    return [*_typed(entry.content), *_typed(entry.prior), *_typed(entry.why, _key_of_why(entry))]


def _key_of_why(entry: Entry) -> str:
    return "" if entry.what in _PROGRAMS_REASON else "text"


def _all_typed(entries: Sequence[Entry]) -> list[str]:
    """Typed words and earlier marks, to number the new ones after them."""
    return [json.dumps([entry.content, entry.prior, entry.why]) for entry in entries]


def _typed_in_assessment(frozen: str | None) -> list[str]:
    if frozen is None:
        return []
    told = json.loads(frozen)
    return [*_typed(told["case"]), *(text for one in told["inputs"] for text in _typed(one))]


def _marks(texts: Sequence[str], told: Sequence[str]) -> dict[str, str]:
    """A mark for each text; two texts never share one, so that they can be told apart."""
    used = [int(number) for text in told for number in _MARK.findall(text)]
    first = max(used, default=0) + 1
    return {text: f"[redacted {n}]" for n, text in enumerate(dict.fromkeys(texts), start=first)}


def _erasure(
    connection: Connection, interview: str, entries: Sequence[Entry], marks: Marks
) -> Erasure:
    touched = [entry.n for entry in entries if not marks.keys().isdisjoint(_typed_in(entry))]
    struck = _struck_assessment(connection, interview, marks) is not None
    return Erasure(interview=interview, entries=tuple(touched), assessment=struck)


def _left(
    entries: Sequence[Entry], raw: Sequence[Mapping[str, Any]], erasure: Erasure, marks: Marks
) -> tuple[Struck, ...]:
    """What is left of every row that is empty now; earlier redactions are told again."""
    again = set(struck_entries(raw))
    left = []
    for entry in entries:
        if entry.what == "redacted":
            left.append(_emptied_redaction(entry))
        elif entry.n in again or entry.n in erasure.entries:
            left.append(_struck(entry, marks))
    return tuple(left)


def _struck(entry: Entry, marks: Marks) -> Struck:
    return Struck(
        n=entry.n,
        by=entry.by,
        content=_without(entry.content, marks),
        prior=_without(entry.prior, marks),
        why=_without(entry.why, marks, _key_of_why(entry)),
    )


def _emptied_redaction(entry: Entry) -> Struck:
    """Who, when and why stay; what it left of other rows stands in the newer redaction."""
    nothing = Redacted(entries=()).model_dump(mode="json", exclude_none=True)
    return Struck(n=entry.n, by=entry.by, content=nothing, why=entry.why)


def _without(value: Any, marks: Marks, key: str = "") -> Any:
    """The same piece of a record with a mark in the place of each struck text."""
    match value:
        case str() if key in TYPED:
            return marks.get(value, value)
        case dict():
            return {name: _without(part, marks, name) for name, part in value.items()}
        case list():
            return [_without(part, marks, key) for part in value]
    return value


def _frozen(connection: Connection, interview: str) -> str | None:
    query = select(assessments.c.packed).where(assessments.c.interview_id == interview)
    packed = connection.scalar(query)
    return unpack(packed) if packed else None


def _struck_assessment(connection: Connection, interview: str, marks: Marks) -> str | None:
    """The assessment's text without the words; None when it has none of them."""
    frozen = _frozen(connection, interview)
    if not frozen:
        return None
    told = json.loads(frozen)
    struck = _without(told, marks)
    return None if struck == told else json.dumps(struck, ensure_ascii=False)
