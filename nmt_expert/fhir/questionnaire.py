"""The whole interview, or what a client can fill in at home, as a FHIR R4B Questionnaire."""

from collections.abc import Iterator
from itertools import groupby

from nmt_expert.fhir.clauses import Clause, Clauses, Literal
from nmt_expert.fhir.codes import answer_coding, option
from nmt_expert.fhir.form import Entry, Form
from nmt_expert.fhir.names import (
    DESIGN_NOTE,
    DETAILS,
    FINDINGS,
    FULL,
    HELP,
    INTAKE,
    ITEM_CONTROL,
    ITEM_CONTROLS,
    KNOWLEDGE,
    LEAST,
    MOST,
    UNIT,
    VISIT_DATE,
    VISIT_NUMBER,
    Resource,
    worded,
)
from nmt_expert.fhir.slots import is_whole, words_of
from nmt_expert.interview.words import SECTIONS
from nmt_expert.model.finding import Bands, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import place, within

_TITLES = {
    FULL: "Neuromuscular therapy: the whole interview",
    INTAKE: "Neuromuscular therapy: before your visit",
}
_NO_ANSWER = "What you leave empty counts as not known, never as no."
_AT_HOME = (
    "If one of the first questions is a yes, do not wait for your visit: get help. Some questions "
    "are asked only face to face."
)
SHOWN_MORE_OFTEN = "A form cannot look at all that opens this question: it is shown more often."


def questionnaire(form: Form) -> Resource:
    """The Questionnaire of a form: sections, their questions, and a line for each place."""
    made: dict[bool, Resource] = form.kb.derived.setdefault("fhir_questionnaires", {})
    if form.intake not in made:
        made[form.intake] = _questionnaire(form)
    return made[form.intake]


def _questionnaire(form: Form) -> Resource:
    url = INTAKE if form.intake else FULL
    said = f"{_NO_ANSWER} {_AT_HOME}" if form.intake else _NO_ANSWER
    return {
        "resourceType": "Questionnaire",
        "id": url.rpartition("/")[2],
        "url": url,
        "identifier": [{"system": KNOWLEDGE, "value": form.kb.sha256}],
        "version": form.kb.version,
        "name": "NmtExpertIntake" if form.intake else "NmtExpertInterview",
        "title": _TITLES[url],
        "status": "draft",
        "subjectType": ["Patient"],
        "description": f"{said} It supports a trained person and diagnoses no disease.",
        "item": [*_sections(form)],
    }


def _sections(form: Form) -> Iterator[Resource]:
    for section, entries in groupby(form.entries, key=lambda entry: entry.question.section):
        items = [*_details(section, form)]
        for _, asked in groupby(entries, key=lambda entry: entry.question.id):
            items.append(_question([*asked], form.kb))
        yield {
            "linkId": f"section/{section}",
            "text": SECTIONS[section],
            "type": "group",
            "item": items,
        }


def _details(section: str, form: Form) -> Iterator[Resource]:
    """What is told beside the findings, where it belongs; the visit is not told at home."""
    for link, (where, words, kind) in DETAILS.items():
        if where == section and not (form.intake and link in (VISIT_DATE, VISIT_NUMBER)):
            yield {"linkId": link, "text": words, "type": kind}


def _question(entries: list[Entry], kb: KnowledgeBase) -> Resource:
    """One question; its lines stand in groups that are shown under the same conditions."""
    question = entries[0].question
    link = f"question/{question.id}"
    together: dict[Clauses, list[Entry]] = {}
    for entry in entries:
        together.setdefault(entry.shown, []).append(entry)
    if len(together) == 1:
        group = _group(link, entries[0].shown, [*_lines(entries, kb)])
    else:
        parts = [
            _group(f"{link}/{some[0].slot.key}", shown, [*_lines(some, kb)])
            for shown, some in together.items()
        ]
        group = {"linkId": link, "type": "group", "item": parts}
    note = {"extension": [{"url": DESIGN_NOTE, "valueMarkdown": SHOWN_MORE_OFTEN}]}
    wider = any(entry.is_wider for entry in entries)
    return {**(note if wider else {}), **group, "text": question.title}


def _group(link: str, shown: Clauses, items: list[Resource]) -> Resource:
    """A group that is shown under clauses: one a group, each next one in a group within it."""
    first, *others = sorted(shown, key=sorted) or [Clause()]
    inner = [_group(f"{link}/and", frozenset(others), items)] if others else items
    return {"linkId": link, "type": "group", **_enabled(sorted(first)), "item": inner}


def _enabled(literals: list[Literal]) -> Resource:
    """One of the literals holds; nothing where there are none."""
    if not literals:
        return {}
    when = {"enableWhen": [_when(literal) for literal in literals]}
    return when if len(literals) == 1 else {**when, "enableBehavior": "any"}


def _when(literal: Literal) -> Resource:
    told: Resource = {"question": literal.link, "operator": literal.operator}
    match literal.answer:
        case str() as value:
            return told | {"answerCoding": answer_coding(literal.finding, value)}
        case int() as number:
            return told | {"answerInteger": number}
    return told | {"answerDecimal": literal.answer}


def _lines(entries: list[Entry], kb: KnowledgeBase) -> Iterator[Resource]:
    for entry in entries:
        finding = kb.findings[entry.slot.finding]
        item = {
            "linkId": entry.slot.key,
            "code": [{"system": FINDINGS, "code": finding.id, "display": finding.label}],
            "text": _asked(entry, finding, kb),
        }
        if finding.number is None:
            yield {**item, **_choice(finding), **_help(entry, finding)}
        else:
            yield {
                **item,
                **_number(finding.number, is_whole(finding, kb)),
                **_help(entry, finding),
            }
            yield {
                "linkId": worded(entry.slot.key),
                "text": f"{finding.label}, where there is no number",
                **_choice(finding),
            }


def _choice(finding: Finding) -> Resource:
    options = [{"valueCoding": option(finding, word)} for word in words_of(finding)]
    return {"type": "choice", "answerOption": options}


def _number(bands: Bands, whole: bool) -> Resource:
    """A number within its range, with its unit."""
    kind = "Integer" if whole else "Decimal"
    least, most = (int(one) if whole else one for one in (bands.min, bands.max))
    return {
        "extension": [
            {"url": UNIT, "valueCoding": {"display": bands.unit}},
            {"url": LEAST, f"value{kind}": least},
            {"url": MOST, f"value{kind}": most},
        ],
        "type": kind.lower(),
    }


def _help(entry: Entry, finding: Finding) -> Resource:
    """How it is examined and what counts, where the line is the only one of its finding."""
    if finding.help is None or entry.slot.site:
        return {}
    control = {"coding": [{"system": ITEM_CONTROLS, "code": "help"}]}
    shown = {
        "extension": [{"url": ITEM_CONTROL, "valueCodeableConcept": control}],
        "linkId": f"{entry.slot.key}/{HELP}",
        "text": finding.help,
        "type": "display",
    }
    return {"item": [shown]}


def _asked(entry: Entry, finding: Finding, kb: KnowledgeBase) -> str:
    """The question with its place and side, said behind it where it does not say them itself."""
    _, site, side = entry.slot
    told = finding.question.replace("{site}", within(kb.label(site)))
    if site and told == finding.question:
        return f"{told} {place(kb, site, side)}"
    return f"{told} ({side})" if side else told
