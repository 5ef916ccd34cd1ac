"""Which red flags are not cleared, and what each still lacks."""

from nmt_expert.model.assessment import NotCleared
from nmt_expert.model.base import URGENCIES, URGENT, Urgency
from nmt_expert.model.words import URGENCY_WORDS, flag, some
from nmt_expert.reports.document import Line, Node, Paragraph, Section, Tone, Tree
from nmt_expert.reports.view import View

_LACKING = "What each lacks"
FEW = 8
"""More than this are only named in short reports; the depth of a tree tells what each lacks."""


def not_cleared(view: View) -> Section:
    """Red flags that could still be there; unknown is never no."""
    found = view.assessment.not_cleared
    if not found:
        done = Line("Every red flag that applies was asked.", "good")
        return Section("Not cleared", (Paragraph(done),))
    told = Paragraph(Line("Not asked, or not known, is not a no. Each could still be there:"))
    groups = (_group(view, urgency) for urgency in URGENCIES)
    return Section("Not cleared", (told, Tree(tuple(group for group in groups if group.line.text))))


def _group(view: View, urgency: Urgency) -> Node:
    items = [item for item in view.assessment.not_cleared if item.urgency == urgency]
    tone: Tone = "caution" if urgency in URGENT else "normal"
    counted = f"{URGENCY_WORDS[urgency]} ({len(items)})"
    names = tuple(flag(view.kb, item.flag) for item in items)
    if view.depth == "sentence" and (len(items) > FEW or urgency not in URGENT):
        return Node(Line(f"{counted}: {'; '.join(names)}" if names else "", tone))
    folded, gist = (_LACKING, names) if len(items) > FEW else ("", ())
    named = tuple(Node(_line(view, item), folded=folded) for item in items)
    return Node(Line(counted if items else "", tone), named, gist=gist)


def _line(view: View, item: NotCleared) -> Line:
    """A flag with what it lacks."""
    lacks = some(view.kb, item.lacks, 4 if view.depth == "sentence" else None)
    return Line(f"{flag(view.kb, item.flag)}. Lacks: {lacks}")
