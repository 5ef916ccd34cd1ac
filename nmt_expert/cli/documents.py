"""Assessments on their way out, as the document that was asked for."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nmt_expert.cli.options import DepthName, Format, Reader
from nmt_expert.cli.output import emit
from nmt_expert.cli.setup import Setup
from nmt_expert.cli.usage import WrongUsage
from nmt_expert.model.errors import Fault

if TYPE_CHECKING:
    from nmt_expert.model.assessment import Assessment
    from nmt_expert.model.case import Treated
    from nmt_expert.reports import Report
    from nmt_expert.reports.view import View


_OTHERS = (Reader.client, Reader.doctor)
_NOT_FOR = {
    Format.json: _OTHERS,
    Format.csv: _OTHERS,
    Format.fhir: _OTHERS,
    Format.soap: _OTHERS,
    Format.letter: (Reader.client,),
}
"""For whom a format is not."""


@dataclass(frozen=True)
class Wanted:
    """Which document, for whom, how deep, and where to; ``done`` is what was done that day."""

    format: Format
    depth: DepthName | None = None
    reader: Reader = Reader.therapist
    trace: bool = False
    unfold: bool = False
    output: Path | None = None
    plain: bool = False
    done: "tuple[Treated, ...]" = ()

    @property
    def how_deep(self) -> DepthName:
        """As asked for; a page folds its reasons, so it has room for the tree."""
        return self.depth or (DepthName.tree if self.format is Format.html else DepthName.sentence)


def print_documents(setup: Setup, assessments: "Sequence[Assessment]", wanted: Wanted) -> None:
    """Print one document an assessment, all of them to one place.

    Raises:
        WrongUsage: what was asked for does not go together.
    """
    _check(wanted)
    if wanted.format is Format.json:
        from nmt_expert.reports import as_json

        one = assessments[0] if len(assessments) == 1 else assessments
        emit(as_json(one), wanted.output)
    elif wanted.format is Format.csv:
        from nmt_expert.reports.findings_csv import as_csv

        emit(as_csv(assessments, setup.kb), wanted.output)
    elif wanted.format is Format.fhir:
        _print_bundle(setup, assessments, wanted)
    else:
        _print_reports(setup, assessments, wanted)


def _print_bundle(setup: Setup, assessments: "Sequence[Assessment]", wanted: Wanted) -> None:
    """One FHIR Bundle; several in one file would be no FHIR."""
    from nmt_expert.cli.fhir import emit_bundle

    if len(assessments) != 1:
        _wrong(f"fhir prints one assessment, and these are {len(assessments)}", "Name one file.")
    emit_bundle(setup, assessments[0], wanted.output)


def _print_reports(setup: Setup, assessments: "Sequence[Assessment]", wanted: Wanted) -> None:
    from nmt_expert.cli.printing import print_reports
    from nmt_expert.reports.view import View

    country = setup.settings.country
    views = [View(one, setup.kb, wanted.how_deep.value, country) for one in assessments]
    reports = [_document(view, wanted) for view in views]
    if wanted.format is Format.html:
        emit(_page(views, reports, wanted), wanted.output)
        return
    shown = Format.text if wanted.format is Format.text else Format.markdown
    print_reports(reports, shown, wanted.output, wanted.plain)


def _document(view: "View", wanted: Wanted) -> "Report":
    """The report itself, or what is written for another reader."""
    if wanted.format is Format.soap:
        from nmt_expert.reports.soap import soap_note

        return soap_note(view, wanted.done)
    if wanted.format is Format.letter or wanted.reader is Reader.doctor:
        from nmt_expert.reports.letter import letter

        return letter(view)
    if wanted.reader is Reader.client:
        from nmt_expert.reports.client_copy import client_copy

        _tell_what_is_left_out(view)
        return client_copy(view)
    from nmt_expert.reports import report_on

    return report_on(view)


def _tell_what_is_left_out(view: "View") -> None:
    """Private answers do not go on paper that others may read; the therapist must know that."""
    from nmt_expert.model.words import counted
    from nmt_expert.reports.client_copy import left_out

    if points := left_out(view):
        told = f"{counted(len(points), 'point')} answered in private left off the client's copy."
        print(f"{told} Speak about it alone with the client.", file=sys.stderr)


def _page(views: "Sequence[View]", reports: "Sequence[Report]", wanted: Wanted) -> str:
    from nmt_expert.reports.html import Sheet, as_html
    from nmt_expert.reports.trace_graph import trace_graph

    sheets = [
        Sheet(report, view.assessment.case.id, trace_graph(view) if wanted.trace else None)
        for view, report in zip(views, reports, strict=True)
    ]
    return as_html(sheets, wanted.unfold)


def _check(wanted: Wanted) -> None:
    if wanted.trace and wanted.reader is not Reader.therapist:
        _wrong("--trace belongs to the therapist's report", "Leave out --trace, or --for.")
    if (wanted.trace or wanted.unfold) and wanted.format is not Format.html:
        _wrong("--trace and --unfold are for a page", "Add --format html; or use --depth full.")
    if wanted.reader in _NOT_FOR.get(wanted.format, ()):
        says = f"--for {wanted.reader} does not go with --format {wanted.format}"
        _wrong(says, "Leave one of them out.")


def _wrong(says: str, remedy: str) -> None:
    raise WrongUsage(str(Fault("nmt-expert", says, "Nothing was done.", remedy)))
