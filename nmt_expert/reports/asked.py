"""A question to an assessment, and its answer as a value and as a document.

The command line and the shell ask the same questions through here.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from nmt_expert.assessment.differing import differing
from nmt_expert.assessment.flip import LIMIT, flip
from nmt_expert.assessment.how import how, names
from nmt_expert.assessment.meant import meant
from nmt_expert.assessment.subject import Opened, Subject
from nmt_expert.assessment.what_if import read_answers, what_if
from nmt_expert.assessment.why_not import why_not
from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.what_if import OwnView
from nmt_expert.reports.document import Line, Paragraph, Report, Section
from nmt_expert.reports.explained import how_report, why_not_report
from nmt_expert.reports.explained_changes import (
    compared_report,
    flips_report,
    own_view_report,
    what_if_report,
)
from nmt_expert.reports.own_view import own_view_lines
from nmt_expert.reports.view import Depth

Ask = Literal["how", "why-not", "what-if", "flip", "compare"]
ASKS: tuple[Ask, ...] = get_args(Ask)
OWN = "own-view"
"""Compares with the person's own view, told before the result was shown."""
NEEDS: dict[Ask, str] = {
    "how": "a conclusion, flag, factor, place, technique, or withheld",
    "why-not": "a conclusion, flag, factor, place, technique or rule",
    "what-if": "answers, such as taut_band@upper_trapezius:right=present",
    "compare": f"another case file, saved assessment or interview, or {OWN}",
}


class Told(NamedTuple):
    """An answer: the value for scripts, the document for people."""

    value: Record
    report: Report


def answer(
    ask: Ask,
    words: Sequence[str],
    subject: Subject,
    opened: Opened,
    depth: Depth = "tree",
    runs: int = LIMIT,
) -> Told:
    """The answer to one question; ``words`` are what stands behind it.

    Raises:
        InputInvalid: something is missing, or names nothing.
    """
    if not words and ask in NEEDS:
        remedy = f"Add {NEEDS[ask]}."
        raise InputInvalid([Fault(ask, "it does not say about what", "Nothing was asked.", remedy)])
    match ask:
        case "how":
            return _how(" ".join(words), subject, depth)
        case "why-not":
            return _why_not(" ".join(words), subject, depth)
        case "what-if":
            return _what_if(words, subject)
        case "flip":
            found = flip(subject.case, subject.kb, subject.engine, runs)
            return Told(found, _beside(flips_report(found, subject.kb, depth), subject))
        case "compare":
            return _compare(" ".join(words), subject, opened, depth)


def _how(text: str, subject: Subject, depth: Depth) -> Told:
    told = how(subject.assessment, meant(text, subject.kb, names(subject.assessment)))
    return Told(told, how_report(told, depth))


def _why_not(text: str, subject: Subject, depth: Depth) -> Told:
    told = why_not(subject.case, meant(text, subject.kb), subject.kb, subject.engine)
    return Told(told, _beside(why_not_report(told, subject.kb, depth), subject))


def _what_if(words: Sequence[str], subject: Subject) -> Told:
    answers = read_answers(words, subject.kb)
    found = what_if(subject.case, answers, subject.kb, subject.engine)
    return Told(found, _beside(what_if_report(found, subject.kb), subject))


def _compare(name: str, subject: Subject, opened: Opened, depth: Depth) -> Told:
    if name == OWN:
        view = _own_view(subject)
        return Told(view, own_view_report(view))
    found = differing(subject.assessment, opened(name).assessment)
    return Told(found, compared_report(found, subject.kb, depth))


def _own_view(subject: Subject) -> OwnView:
    lines = own_view_lines(subject.own, subject.assessment, subject.kb)
    if not lines:
        says = "no view of the person's own was told for it"
        remedy = "It is asked at the end of an interview, before the report."
        raise InputInvalid([Fault(OWN, says, "There is nothing to compare.", remedy)])
    return OwnView(lines=lines)


def _beside(report: Report, subject: Subject) -> Report:
    """The document with what must be known when the rules have changed since."""
    if subject.caveat is None:
        return report
    note = Section("Note", (Paragraph(Line(subject.caveat, "caution")),))
    return replace(report, sections=(*report.sections, note))
