"""Assessment in, text out: one neutral document, printed as Markdown, plain text or JSON.

The printing in colour of the same document lives in the terminal room.
"""

from nmt_expert.reports.build import build, report_on
from nmt_expert.reports.document import Report
from nmt_expert.reports.explained import how_report, why_not_report
from nmt_expert.reports.json_text import as_json
from nmt_expert.reports.markdown import as_markdown
from nmt_expert.reports.plain import as_plain

__all__ = [
    "Report",
    "as_json",
    "as_markdown",
    "as_plain",
    "build",
    "how_report",
    "report_on",
    "why_not_report",
]
