"""Findings and outcomes as CSV, for a table program; no cell can become a formula there."""

from collections.abc import Iterator, Sequence

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.csv_text import csv_text

COLUMNS = (
    "case", "client", "visit", "date", "kind", "id", "label", "site", "side", "value", "number",
    "sure", "note",
)  # fmt: skip
Row = tuple[str, ...]


def as_csv(assessments: Sequence[Assessment], kb: KnowledgeBase) -> str:
    """One header, then a row for each answer in use and for each score of each outcome."""
    rows = (row for one in assessments for row in (*_answers(one, kb), *_scores(one)))
    return csv_text(COLUMNS, rows)


def _answers(assessment: Assessment, kb: KnowledgeBase) -> Iterator[Row]:
    told = assessment.case
    for given in assessment.inputs:
        if given.parked:
            continue
        finding = kb.findings.get(given.finding)
        number = f"{given.number:g}" if given.number is not None else ""
        yield (
            *_whose(assessment, told.visit.date or ""),
            "finding",
            given.finding,
            finding.label if finding else "",
            given.site or "",
            given.side or "",
            given.value,
            number,
            given.sure,
            given.note or "",
        )


def _scores(assessment: Assessment) -> Iterator[Row]:
    today = assessment.case.visit.date or ""
    for outcome in assessment.outcomes:
        for scored in outcome.course:
            score = f"{scored.score:g}"
            whose = _whose(assessment, scored.date or today)
            yield (*whose, "outcome", outcome.measure, outcome.label, "", "", "", score, "", "")


def _whose(assessment: Assessment, date: str) -> Row:
    told = assessment.case
    return told.id, told.client.code or "", str(told.visit.number), date
