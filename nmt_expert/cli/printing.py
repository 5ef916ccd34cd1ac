"""Documents on their way out: in colour for a person at a terminal, else as plain text."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from nmt_expert.cli.options import Format
from nmt_expert.cli.output import emit
from nmt_expert.reports import Report, as_markdown, as_plain
from nmt_expert.reports.plain import WIDTH

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
        width = WIDTH if output is not None else _columns()
        emit(f"\n{_RULE}\n\n".join(as_plain(report, width) for report in reports), output)
    else:
        _show(reports)


def _columns() -> int:
    """The columns of the terminal, where it is narrower than a page; a pipe always gets a page."""
    return min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH


def _show(reports: Sequence[Report]) -> None:
    from nmt_expert.terminal.page import Page
    from nmt_expert.terminal.report_view import show_report
    from nmt_expert.terminal.streams import Streams

    streams = Streams()
    page = Page(streams.console(), streams.ink)
    for report in reports:
        show_report(report, page)
