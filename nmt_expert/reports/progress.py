"""Many students' progress for a supervisor: a line each, what all of them miss, and CSV."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import counted
from nmt_expert.practice.memory import Progress
from nmt_expert.reports.csv_text import csv_text
from nmt_expert.reports.document import Line, Paragraph, Report, Section, Table
from nmt_expert.reports.practice import COLUMNS, LEGEND, cells, item_words, met_bar

MOST = 10
"""How many of the things missed are listed."""


def class_report(found: Sequence[Progress], kb: KnowledgeBase, now: datetime) -> Report:
    """Every student in a line; then the rules and topics missed most often."""
    head = Line(counted(len(found), "student"))
    if not found:
        return Report(Line("Nobody has practised yet."), (), title="Progress")
    one = Paragraph(Line("One student's: nmt-expert review progress STUDENT", "quiet"))
    legend = Paragraph(Line(LEGEND, "quiet"))
    sections = (
        Section("Students", (_students(found, kb, now), legend, one)),
        Section("Missed most", _missed(found, kb)),
    )
    return Report(head, tuple(each for each in sections if each.blocks), title="Progress")


def _students(found: Sequence[Progress], kb: KnowledgeBase, now: datetime) -> Table:
    met = {
        one.student: (one.times("used"), one.times("seen"), one.times("missed")) for one in found
    }
    most = max(1, *(sum(counts) for counts in met.values()))
    rows = []
    for one in found:
        due = sum(each.is_due(now) for each in one.standings)
        worst = max(one.standings, key=lambda each: each.missed, default=None)
        missed = item_words(worst.of, kb) if worst and worst.missed else ""
        bar = met_bar(*met[one.student], most)
        rows.append(tuple(map(Line, (one.student, str(len(one.standings)), bar, str(due), missed))))
    return Table(("student", "met", "used, seen, missed", "due", "missed most"), tuple(rows))


def _missed(found: Iterable[Progress], kb: KnowledgeBase) -> tuple[Table, ...]:
    times: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for one in found:
        for each in one.standings:
            times[each.of] += each.missed
            students[each.of] += bool(each.missed)
    listed = [(of, number) for of, number in times.most_common(MOST) if number]
    rows = tuple(
        tuple(map(Line, (item_words(of, kb), str(number), counted(students[of], "student"))))
        for of, number in listed
    )
    return (Table(("rule or topic", "missed", "by"), rows),) if rows else ()


def class_csv(found: Iterable[Progress], kb: KnowledgeBase) -> str:
    """Every student's progress, a row a rule or topic."""
    rows = (cells(each, kb, one.student) for one in found for each in one.standings)
    return csv_text(COLUMNS, rows)
