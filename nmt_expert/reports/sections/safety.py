"""Which red flags are not cleared, and what each still lacks."""

from nmt_expert.model.assessment import NotCleared
from nmt_expert.model.base import URGENCIES, Urgency
from nmt_expert.reports.document import Line, Node, Paragraph, Section, Tree
from nmt_expert.reports.view import View
from nmt_expert.reports.words import URGENCY_WORDS, flag, some

URGENT = ("emergency", "same_day")


def not_cleared(view: View) -> Section:
    """Red flags that could still be there; unknown is never no."""
    found = view.assessment.not_cleared
    if not found:
        done = Line("Every red flag that applies was asked.", "good")
        return Section("Not cleared", (Paragraph(done),))
    told = Paragraph(Line("Not asked, or not known, is not a no. Each could still be there:"))
    groups = (_group(view, urgency) for urgency in URGENCIES)
    return Section("Not cleared", (told, Tree(tuple(group for group in groups if group.children))))


def _group(view: View, urgency: Urgency) -> Node:
    items = [item for item in view.assessment.not_cleared if item.urgency == urgency]
    line = Line(
        f"{URGENCY_WORDS[urgency]} ({len(items)})", "caution" if urgency in URGENT else "normal"
    )
    return Node(line, tuple(Node(_line(view, item)) for item in items))


def _line(view: View, item: NotCleared) -> Line:
    """A flag with what it lacks; in short reports the less urgent ones are only named."""
    short = view.depth == "sentence"
    if short and item.urgency not in URGENT:
        return Line(flag(view.kb, item.flag))
    lacks = some(view.kb, item.lacks, 4 if short else None)
    return Line(f"{flag(view.kb, item.flag)}. Lacks: {lacks}")
