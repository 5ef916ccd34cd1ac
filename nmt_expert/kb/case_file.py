"""A client's case from a file: read, cleaned, and held to the vocabulary of the knowledge base."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from nmt_expert.kb.case_text import read_document
from nmt_expert.kb.case_words import CaseWords
from nmt_expert.kb.contradictions import answers_said, contradictions, said_in
from nmt_expert.kb.document import Document, Unreadable, file_text
from nmt_expert.kb.earlier_visits import (
    MAX_VISITS,
    date_objections,
    number_of_visits,
    objections,
    raw_visits,
)
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.record_faults import record_faults
from nmt_expert.model.base import Record
from nmt_expert.model.case import Answer, Case, ComplaintSite
from nmt_expert.model.errors import Fault, InputInvalid, UnknownFinding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.text import cleaned, quoted

LOST = "The case was not assessed."
MAX_ANSWERS = 5000
R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Case)


def read_case(path: Path | str, kb: KnowledgeBase) -> Case:
    """The case in a file, with the ids that ``kb`` knows things by.

    Raises:
        InputInvalid: with every fault of the file.
        UnknownFinding: the same, when one of them is a finding nobody declared.
    """
    path = Path(path)
    try:
        text = file_text(path, str(path))
    except Unreadable as stop:
        raise InputInvalid(list(stop.faults)) from None
    return read_case_text(text, str(path), kb)


def read_case_text(text: str, name: str, kb: KnowledgeBase) -> Case:
    """The case in ``text``; ``name`` is what faults call it.

    Raises:
        InputInvalid: with every fault of the text.
        UnknownFinding: the same, when one of them is a finding nobody declared.
    """
    return case_in(text, name, kb, Case)[0]


def case_in(text: str, name: str, kb: KnowledgeBase, record: type[C]) -> tuple[C, Document]:
    """A case of any kind of ``record``, and the document that it stands in.

    Raises:
        InputInvalid: with every fault of the text.
        UnknownFinding: the same, when one of them is a finding nobody declared.
    """
    try:
        document = read_document(text, name)
    except Unreadable as stop:
        raise InputInvalid(list(stop.faults)) from None
    data = cleaned(document.data)
    faults = _form_faults(data, document, record)
    words = CaseWords(kb, document, LOST)
    answers = _answers(data, (), words)
    earlier = [_answers(one, ("earlier", n), words) for n, one in enumerate(raw_visits(data))]
    sites = {n: words.complaint_site(n, one) for n, one in _sound(data, "complaint", ComplaintSite)}
    faults = [*document.faults, *document.besides([*faults, *words.faults])]
    if not faults:
        case = _with_canonical_ids(record.model_validate(data), answers, sites, earlier)
        faults = [
            *_contradictions(case, document, kb),
            *[
                Fault(document.place(path), says, LOST, remedy)
                for path, says, remedy in objections(case, kb)
            ],
        ]
        if not faults:
            return case, document
    raise (UnknownFinding if words.unknown_finding else InputInvalid)(faults)


def _form_faults(data: Any, document: Document, record: type[Case]) -> list[Fault]:
    """What is wrong with the case before anyone asks what its names mean."""
    schema = get_args(record.model_fields["schema_"].annotation)[0]
    if not isinstance(data, dict):
        return [
            Fault(document.place(), "a case is a mapping", LOST, f"Begin with schema: {schema}.")
        ]
    faults = []
    if "schema" not in data:
        faults.append(
            Fault(document.place(), "'schema' is missing", LOST, f"Add schema: {schema}.")
        )
    if len(_listed(data, "answers")) > MAX_ANSWERS:
        place = document.place(("answers",))
        faults.append(Fault(place, f"more than {MAX_ANSWERS} answers", LOST, "Leave some out."))
    if number_of_visits(data) > MAX_VISITS:
        place = document.place(("earlier",))
        says = f"more than {MAX_VISITS} earlier visits"
        faults.append(Fault(place, says, LOST, "Leave some out."))
    faults += _true_or_false(data, (), document)
    for n, visit in enumerate(raw_visits(data)):
        faults += _true_or_false(visit, ("earlier", n), document)
    faults += _date_faults(data, document)
    try:
        record.model_validate(data)
    except ValidationError as error:
        faults += record_faults(error, data, document.place, LOST)
    return faults


def _true_or_false(data: Any, path: Path_, document: Document) -> Iterator[Fault]:
    for n, answer in enumerate(_listed(data, "answers")):
        if isinstance(answer, dict) and isinstance(answer.get("value"), bool):
            place = document.place((*path, "answers", n, "value"))
            remedy = "Write present or absent."
            yield Fault(place, "no finding has the value true or false", LOST, remedy)


def _answers(data: Any, path: Path_, words: CaseWords) -> tuple[Answer, ...]:
    """The answers of the case, or of one of its earlier visits, with canonical ids."""
    sound = _sound(data, "answers", Answer)
    return tuple(words.answer((*path, "answers", n), one) for n, one in sound)


def _contradictions(case: Case, document: Document, kb: KnowledgeBase) -> Iterator[Fault]:
    """Answers of one day that cannot all be true."""
    days = [list(said_in(case, kb))]
    days += [
        list(answers_said(visit.answers, ("earlier", n))) for n, visit in enumerate(case.earlier)
    ]
    for said in days:
        for path, says in contradictions(said, kb):
            remedy = "Keep what holds, or answer unknown."
            yield Fault(document.place(path), says, LOST, remedy)


def _date_faults(data: dict[str, Any], document: Document) -> list[Fault]:
    visit = data.get("visit")
    written = visit.get("date") if isinstance(visit, dict) else None
    try:
        date.fromisoformat(written if isinstance(written, str) else "2000-01-01")
    except ValueError:
        place = document.place(("visit", "date"))
        says = f"{quoted(written, 3)} is not a date"
        return [Fault(place, says, LOST, "Write it as 2026-11-20.")]
    return [
        Fault(document.place(path), says, LOST, remedy)
        for path, says, remedy in date_objections(data)
    ]


def _listed(data: Any, key: str) -> list[Any]:
    """The raw answers, or the raw sites of the complaint; none where the form is wrong."""
    part = data.get(key) if isinstance(data, dict) else None
    if key == "complaint":
        part = part.get("sites") if isinstance(part, dict) else None
    return part[:MAX_ANSWERS] if isinstance(part, list) else []


def _sound(data: Any, key: str, record: type[R]) -> list[tuple[int, R]]:
    """The items sound in form, with their positions: a broken one hides no other fault."""
    found = []
    for n, item in enumerate(_listed(data, key)):
        if isinstance(item, dict) and isinstance(item.get("value"), bool):
            continue
        try:
            found.append((n, record.model_validate(item)))
        except ValidationError:
            continue
    return found


def _with_canonical_ids(
    case: C,
    answers: tuple[Answer, ...],
    sites: dict[int, ComplaintSite],
    earlier: list[tuple[Answer, ...]],
) -> C:
    complaint = case.complaint.model_copy(update={"sites": tuple(sites.values())})
    visits = tuple(
        visit.model_copy(update={"answers": known})
        for visit, known in zip(case.earlier, earlier, strict=True)
    )
    update = {"answers": answers, "complaint": complaint, "earlier": visits}
    return case.model_copy(update=update)
