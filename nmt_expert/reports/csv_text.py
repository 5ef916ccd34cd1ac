"""Rows as CSV for a table program; no cell can become a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence

from nmt_expert.reports.one_line import one_line

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One header, then the rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(tuple(map(_safe, row)) for row in rows)
    return out.getvalue()


def _safe(cell: str) -> str:
    """One clean line; an apostrophe keeps a table program from computing it."""
    if cell.startswith(_STARTS_A_FORMULA) or one_line(cell).startswith(_STARTS_A_FORMULA):
        return f"'{one_line(cell)}"
    return one_line(cell)
