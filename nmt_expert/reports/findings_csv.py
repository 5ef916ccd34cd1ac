"""Findings and outcomes as CSV, for a table program; no cell can become a formula there."""

from collections.abc import Iterator, Sequence

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.csv_text import csv_text
from nmt_expert.reports.of_that_day import in_its_words

COLUMNS = (
    "case", "client", "visit", "date", "kind", "id", "label", "site", "side", "value", "number",
    "sure", "note",
)  # fmt: skip
Row = tuple[str, ...]


def as_csv(assessments: Sequence[Assessment], kb: KnowledgeBase) -> str:
    """One header, then a row for each answer in use and for each score of each outcome."""
    told = ((one, in_its_words(kb, one)) for one in assessments)
    rows = (row for one, words in told for row in (*_answers(one, words), *_scores(one)))
    return csv_text(COLUMNS, rows)


def _answers(assessment: Assessment, kb: KnowledgeBase) -> Iterator[Row]:
    for given in assessment.inputs:
        if given.parked:
            continue
        finding = kb.findings.get(given.finding)
        number = f"{given.number:g}" if given.number is not None else ""
        yield (
            *_whose(assessment),
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
    for outcome in assessment.outcomes:
        for scored in outcome.course:
            score = f"{scored.score:g}"
            whose = _whose(assessment, scored.date)
            yield (*whose, "outcome", outcome.measure, outcome.label, "", "", "", score, "", "")


def _whose(assessment: Assessment, earlier: str | None = None) -> Row:
    """The case, the client and the visit; of an ``earlier`` one only the day is known."""
    told = assessment.case
    visit = ("", earlier) if earlier else (str(told.visit.number), told.visit.date or "")
    return told.id, told.client.code or "", *visit
