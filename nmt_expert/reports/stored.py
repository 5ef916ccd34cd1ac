"""What the record store holds, for a person: a list of interviews, and one of them whole."""

from collections.abc import Iterator, Sequence

from nmt_expert.interview.handed import handed
from nmt_expert.interview.words import told_in_list
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import counted
from nmt_expert.records import AnsweredPrompt, StoredInterview, Summary
from nmt_expert.reports.document import Block, Bullets, Line, Paragraph, Report, Section, Table
from nmt_expert.reports.treated import done_lines

EMPTY = "The record store is empty."
HEADS = ("interview", "client", "visit", "date", "state", "entries")


def stored_list(kept: Sequence[Summary]) -> Report:
    """One line an interview, the newest first."""
    if not kept:
        return Report(Line(EMPTY), ())
    rows = tuple(tuple(Line(cell) for cell in _row(one)) for one in kept)
    return Report(Line(counted(len(kept), "interview")), (Section("", (Table(HEADS, rows),)),))


def stored_report(stored: StoredInterview, kb: KnowledgeBase) -> Report:
    """Who came, every reply with who gave it, the activities, what was done, the notes."""
    client, visit = stored.client, stored.visit
    state = f"finished {stored.finished}" if stored.finished else "not finished"
    head = Line(f"Interview {stored.id}: client {client.code}, visit {visit.number}, {state}")
    since = [Paragraph(Line(f"A delta visit since {stored.since}."))] if stored.since else []
    replies = tuple(Line(_reply(one, kb)) for one in stored.prompts if one.standing.answers)
    sections = (
        Section("Answers", (*since, Bullets(replies))),
        _listed("Activities", (f"{one.activity}: {one.score:g}" for one in stored.activities)),
        _listed("What was done", done_lines(stored.treated, kb)),
        _listed("Notes", (note.text for note in stored.notes)),
    )
    return Report(head, tuple(section for section in sections if section.blocks))


def _row(one: Summary) -> tuple[str, ...]:
    state = "finished" if one.finished else "open"
    return (one.id, one.code or "", str(one.visit), one.date, state, str(one.entries))


def _reply(one: AnsweredPrompt, kb: KnowledgeBase) -> str:
    answers = [a for a in one.standing.answers if a.finding in kb.findings]
    by = ", ".join(dict.fromkeys(answer.by for answer in answers if answer.by))
    kept = " [not used now]" if one.standing.parked else ""
    note = " [handed on]" if handed(one.prompt) else ""
    return f"{told_in_list(answers, kb)}{f' ({by})' if by else ''}{note}{kept}"


def _listed(title: str, lines: Iterator[str]) -> Section:
    items = tuple(Line(line) for line in lines)
    blocks: tuple[Block, ...] = (Bullets(items),) if items else ()
    return Section(title, blocks)
