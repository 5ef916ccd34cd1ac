"""Which lines of a report rest on answers that were given in private."""

from nmt_expert.model.assessment import Input
from nmt_expert.reports.view import View


def answers_behind(view: View, firings: tuple[int, ...]) -> tuple[Input, ...]:
    """Every answer that some firings rest on, down through other firings and conclusions."""
    found: dict[str, Input] = {}
    open_, seen = [f"f{n}" for n in firings], set[str]()
    while open_:
        ref = open_.pop()
        if ref in seen:
            continue
        seen.add(ref)
        if ref in view.inputs:
            found[ref] = view.inputs[ref]
        elif ref in view.firings:
            open_ += [by for met in view.firings[ref].met for by in met.by]
        elif ref in view.conclusions:
            drawn = view.conclusions[ref]
            open_ += [f"f{reason.firing}" for reason in (*drawn.for_, *drawn.against)]
    return tuple(given for given in view.assessment.inputs if given.id in found)


def is_private(view: View, firings: tuple[int, ...]) -> bool:
    """Whether one of the answers behind some firings belongs to a private question."""
    private = {question.id for question in view.kb.questions.values() if question.private}
    return any(given.question in private for given in answers_behind(view, firings))
