"""A SOAP note: what was told, what was found, what it was taken for, what is planned."""

from collections.abc import Iterator
from dataclasses import replace

from nmt_expert.model.assessment import Input
from nmt_expert.model.case import Activity, Treated
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.words import answer, spoken_day
from nmt_expert.reports.document import Block, Bullets, Line, Node, Paragraph, Report, Section, Tree
from nmt_expert.reports.headline import headline
from nmt_expert.reports.sections.advice import advice
from nmt_expert.reports.sections.case import case
from nmt_expert.reports.sections.factors import LACKING, factors
from nmt_expert.reports.sections.knowledge import knowledge
from nmt_expert.reports.sections.open_questions import not_examined, unexplained
from nmt_expert.reports.sections.outcomes import outcomes
from nmt_expert.reports.sections.plan import cautions, focus, withheld
from nmt_expert.reports.sections.referrals import perpetuating, referrals
from nmt_expert.reports.sections.safety import not_cleared
from nmt_expert.reports.treated import done_lines
from nmt_expert.reports.view import View


def soap_note(view: View, done: tuple[Treated, ...] = ()) -> Report:
    """The note on one assessment, with what was ``done``; unremarkable findings share a line."""
    told = view.assessment.case
    day = spoken_day(told.visit.date) if told.visit.date else "no date"
    sections = (
        Section("S: what was told", (*case(view).blocks, *_found(view, "client"))),
        Section("O: what was found", (*_found(view, "therapist"), *not_examined(view).blocks)),
        Section("A: assessment", tuple(_titled(_assessed(view)))),
        Section("P: plan", (*_done(view, done), *_titled(_planned(view)))),
        knowledge(view),
    )
    title = f"SOAP note: {told.client.code or told.id}, {day}"
    return Report(headline(view.assessment, view.kb), sections, title)


def remarkable(view: View) -> tuple[tuple[str, str], ...]:
    """The id and the words of every answer that is not the normal one."""
    return tuple(
        (given.id, _with_note(view, given))
        for of in ("client", "therapist")
        for given in _given(view, of)
        if not _is_normal(view, given)
    )


def _assessed(view: View) -> tuple[Section, ...]:
    weighed = _without(factors(view), LACKING)
    return referrals(view), not_cleared(view), weighed, outcomes(view), unexplained(view)


def _planned(view: View) -> tuple[Section, ...]:
    return focus(view), cautions(view), withheld(view), perpetuating(view), advice(view)


def _done(view: View, done: tuple[Treated, ...]) -> Iterator[Block]:
    """The treatment log of the day."""
    if done:
        yield Paragraph(Line("Done today:"))
        yield Bullets(tuple(map(Line, done_lines(done, view.kb))))


def _without(section: Section, folded: str) -> Section:
    """A section of trees without what is folded under that title."""
    trees = [block for block in section.blocks if isinstance(block, Tree)]
    return replace(section, blocks=tuple(Tree(_pruned(t.roots, folded), t.ordered) for t in trees))


def _pruned(nodes: tuple[Node, ...], folded: str) -> tuple[Node, ...]:
    kept = (node for node in nodes if node.folded != folded)
    return tuple(replace(node, children=_pruned(node.children, folded)) for node in kept)


def _titled(sections: tuple[Section, ...]) -> Iterator[Block]:
    """The blocks of several sections, each under its title."""
    for section in sections:
        if section.blocks:
            yield Paragraph(Line(f"{section.title}:"))
            yield from section.blocks


def _found(view: View, of: str) -> Iterator[Block]:
    """The answers of one person: what is remarkable line by line, then the rest in one line."""
    given = _given(view, of)
    lines = tuple(Line(_with_note(view, one)) for one in given if not _is_normal(view, one))
    normal = [answer(view.kb, one) for one in given if _is_normal(view, one)]
    if lines:
        yield Bullets(lines)
    if of == "client" and view.assessment.case.activities:
        yield Bullets(tuple(map(_scored, view.assessment.case.activities)))
    if normal:
        yield Paragraph(Line(f"Unremarkable: {'; '.join(normal)}"))
    if not given:
        yield Paragraph(Line("Nothing is recorded."))


def _scored(one: Activity) -> Line:
    return Line(f"Activity: {one.activity} - {one.score:g} of 10 (10: as well as before)")


def _given(view: View, of: str) -> list[Input]:
    """What this person told or saw: no non-answers, nothing parked, nothing computed."""
    asked = {name for name, finding in view.kb.findings.items() if finding.asked_of == of}
    return [
        one
        for one in view.assessment.inputs
        if one.finding in asked and one.value not in NON_ANSWERS
        if not one.parked and not one.computed_from
    ]


def _is_normal(view: View, given: Input) -> bool:
    finding = view.kb.findings.get(given.finding)
    return finding is not None and given.value in (finding.normal, *finding.unremarkable)


def _with_note(view: View, given: Input) -> str:
    return answer(view.kb, given) + (f" ({given.note})" if given.note else "")
