"""What is not known yet: unexplained complaints, undecided rules, what was not examined."""

from collections.abc import Iterable, Iterator

from nmt_expert.model.assessment import Input, NextQuestion, Undecided
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.words import counted, humanised, place, place_of_key, some
from nmt_expert.reports.document import Block, Bullets, Line, Paragraph, Section
from nmt_expert.reports.view import View

_SHOWN = 5
_WORDS = {
    "unknown": "Not known",
    "not_examined": "Not examined",
    "not_applicable": "Does not apply",
    "later": "Left for later",
}


def unexplained(view: View) -> Section:
    """Complaints that nothing explains although their candidates were examined."""
    found = "nothing found explains it, although its candidates were examined."
    lines = tuple(
        Line(f"{place_of_key(view.kb, key)}: {found}", "caution")
        for key in view.assessment.unexplained
    )
    return Section("Unexplained", (Bullets(lines),) if lines else ())


def undecided(view: View) -> Section:
    """How much could still be drawn, and the next questions worth asking."""
    rules, questions = view.assessment.undecided, view.assessment.next_questions
    full = view.depth == "full"
    blocks: list[Block] = []
    if rules:
        number = counted(len({item.rule for item in rules}), "rule")
        told = f"{number} could still fire, by what was not answered."
        blocks.append(Paragraph(Line(told)))
    if rules and full:
        blocks.append(Bullets(tuple(_undecided(view, item) for item in rules)))
    if questions:
        titles = dict.fromkeys(_asked(view, question) for question in questions)
        shown = list(titles)[: None if full else _SHOWN]
        blocks.append(Paragraph(Line("Most worth asking next:")))
        blocks.append(Bullets(tuple(map(Line, shown)), ordered=True))
    return Section("Undecided", tuple(blocks))


def not_examined(view: View) -> Section:
    """Every answer that was no answer, and what was kept without being used."""
    lines = [*_non_answers(view), *_parked(view), _otherwise(view)]
    return Section("Not examined", (Bullets(tuple(lines)),))


def _non_answers(view: View) -> Iterator[Line]:
    for value in NON_ANSWERS:
        given = [i for i in view.assessment.inputs if i.value == value]
        if given:
            yield Line(f"{_WORDS.get(value, humanised(value))}: {_listed(view, given)}")


def _parked(view: View) -> Iterator[Line]:
    parked = [i for i in view.assessment.inputs if i.parked]
    if parked:
        yield Line(f"Kept, not used, as its question no longer applies: {_listed(view, parked)}")


def _otherwise(view: View) -> Line:
    if view.assessment.case.otherwise == "normal":
        return Line(
            "Applicable findings that are not listed count as normal in this case.", "quiet"
        )
    return Line("What is not among the answers was not asked and counts as unknown.", "quiet")


def _undecided(view: View, item: Undecided) -> Line:
    return Line(f"{view.title(item.rule)}. Lacks: {some(view.kb, item.lacks, None)}")


def _asked(view: View, question: NextQuestion) -> str:
    bound = {variable.lstrip("$"): value for variable, value in question.bindings.items()}
    where = "; ".join(
        place(view.kb, value, bound.get("side"))
        for _, value in sorted(bound.items())
        if value in view.kb.sites
    )
    return f"{question.title}: {where}" if where else question.title


def _listed(view: View, inputs: Iterable[Input]) -> str:
    """Answers without their value, each finding once with all its places."""
    places: dict[str, list[str]] = {}
    for given in inputs:
        finding = view.kb.findings.get(given.finding)
        where = place(view.kb, given.site, given.side)
        label = finding.label if finding else humanised(given.finding)
        places.setdefault(label, []).extend([where] if where else [])
    return "; ".join(f"{label} ({', '.join(w)})" if w else label for label, w in places.items())
