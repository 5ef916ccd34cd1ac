"""Advice to give: self-care, ergonomics, when to measure again and how often to come."""

from itertools import groupby

from nmt_expert.model.assessment import Advice
from nmt_expert.reports.document import Line, Node, Paragraph, Section, Tree
from nmt_expert.reports.sections.withholding import causes
from nmt_expert.reports.view import View

_TITLE = "Advice and re-assessment"


def advice(view: View) -> Section:
    """Every piece of advice with its reason; held back while the treatment is."""
    items = view.assessment.advice
    if not items:
        return Section(_TITLE, ())
    if causes(view):
        return Section(_TITLE, (Paragraph(Line("Withheld with the treatment.", "caution")),))
    return Section(_TITLE, (Tree(tuple(_nodes(view, items))),))


def _nodes(view: View, items: tuple[Advice, ...]) -> list[Node]:
    """Advice of one kind that stands together shares its reason in short reports."""
    nodes = []
    for _, together in groupby(items, key=lambda item: (item.advice, item.to)):
        group = tuple(together)
        if view.depth == "sentence" and len(group) > 1:
            nodes.append(_shared(view, group))
        else:
            nodes += [_advice(view, item) for item in group]
    return nodes


def _advice(view: View, item: Advice) -> Node:
    line = Line(f"{item.say}{_to(item)}", labels=view.labels(item.firings))
    return Node(line, view.reasons(item.firings))


def _shared(view: View, group: tuple[Advice, ...]) -> Node:
    rules = view.rules(tuple(n for item in group for n in item.firings))
    why = " ".join(dict.fromkeys(rule.because for rule in rules))
    labels = view.labels(tuple(n for item in group for n in item.firings))
    line = Line(f"{why}{_to(group[0])}", labels=labels)
    return Node(line, tuple(Node(Line(item.say)) for item in group))


def _to(item: Advice) -> str:
    return f" See: {item.to}." if item.to else ""
