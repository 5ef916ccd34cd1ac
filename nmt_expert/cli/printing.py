"""Documents on their way out: in colour for a person at a terminal, else as plain text."""

import sys
from collections.abc import Sequence
from pathlib import Path

from nmt_expert.cli.options import Format
from nmt_expert.cli.output import emit
from nmt_expert.reports import Report, as_markdown, as_plain

_RULE = "=" * 72


def print_reports(
    reports: Sequence[Report],
    format: Format = Format.text,
    output: Path | None = None,
    plain: bool = False,
) -> None:
    """Print documents one after another, with a line between them."""
    if format is Format.markdown:
        emit("\n---\n\n".join(as_markdown(report) for report in reports), output)
    elif plain or output is not None or not sys.stdout.isatty():
        emit(f"\n{_RULE}\n\n".join(as_plain(report) for report in reports), output)
    else:
        _show(reports)


def _show(reports: Sequence[Report]) -> None:
    from nmt_expert.terminal.page import Page
    from nmt_expert.terminal.report_view import show_report
    from nmt_expert.terminal.streams import Streams

    page = Page(Streams().console())
    for report in reports:
        show_report(report, page)
