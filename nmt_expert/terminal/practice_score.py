"""Shows the score of a case a heading at a time, so that none of it runs off the screen unread."""

from dataclasses import replace

from nmt_expert.reports.document import Report, Section
from nmt_expert.terminal.asking import Asker
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.report_view import show_report, show_section

ON = "Enter: go on ({title})."


def show_score(report: Report, lesson: Section, asker: Asker, page: Page) -> None:
    """The headline with the first section; each further one after enter, what it took at the end.

    ``lesson`` is what the case teaches.
    """
    first, *further, time = report.sections
    show_report(replace(report, sections=(first,)), page)
    for section in (*further, lesson):
        page.gap()
        asker.write(ON.format(title=_begins(section.title)))
        show_section(section, page)
    show_section(time, page)


def _begins(title: str) -> str:
    """What stands before the colon of a title, inside a sentence."""
    return title.partition(":")[0].lower()
