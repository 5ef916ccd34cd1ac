"""Where to work, in treatment order; what to mind; what was withheld and why."""

from nmt_expert.model.assessment import CautionLine, Focus, Withheld
from nmt_expert.model.labels import technique_labels
from nmt_expert.model.words import counted, flag, place, places, technique, techniques
from nmt_expert.reports.document import Block, Bullets, Line, Node, Paragraph, Section, Tone, Tree
from nmt_expert.reports.sections.withholding import causes
from nmt_expert.reports.view import View

_WHOLE = "Whole session"
_DISTANT = (
    "Distant: this is not where it hurts. The posture links it to the pain, so it comes before the "
    "painful area; re-test to see whether it helped."
)


def focus(view: View) -> Section:
    """The treatment focus areas, or only that they are withheld."""
    stopped = causes(view)
    blocks: tuple[Block, ...]
    if stopped:
        told = Line("No treatment focus is given: treatment is withheld.", "alarm")
        blocks = (Paragraph(told), Bullets(stopped))
    elif view.assessment.focus:
        blocks = (Tree(tuple(_focus(view, f) for f in view.assessment.focus), ordered=True),)
    else:
        blocks = (Paragraph(Line("No focus area is supported by what was answered.")),)
    return Section("Focus areas, in treatment order", blocks)


def cautions(view: View) -> Section:
    """What to do differently, where, and which techniques to leave out."""
    nodes = tuple(_caution(view, caution) for caution in view.assessment.cautions)
    return Section("Cautions", (Tree(nodes),) if nodes else ())


def withheld(view: View) -> Section:
    """What a filter took away; while treatment is withheld altogether, only how many lines."""
    items = view.assessment.withheld
    if not items:
        return Section("Withheld", ())
    if causes(view):
        lines = counted(len(items), "focus line")
        told = Line(f"{lines} withheld with the treatment; see the reasons above.", "caution")
        return Section("Withheld", (Paragraph(told),))
    return Section("Withheld", (Bullets(tuple(_withheld(view, item) for item in items)),))


def _focus(view: View, item: Focus) -> Node:
    where = place(view.kb, item.site, item.side) if item.site else _WHOLE
    distant = " (distant)" if item.distant else ""
    line = Line(f"{where}{distant}: {item.treat}", labels=view.labels(item.firings))
    return Node(line, (*_how(view, item), *_mind(item), *view.reasons(item.firings)))


def _how(view: View, item: Focus) -> tuple[Node, ...]:
    labels = {
        label: None
        for name in item.technique
        if name in view.kb.techniques
        for label in technique_labels(view.kb.techniques[name])
    }
    lines = []
    if item.technique:
        text = f"Technique: {techniques(view.kb, item.technique)}"
        lines.append(Line(text, labels=tuple(labels)))
    if item.dose:
        lines.append(Line(f"Dose: {item.dose}"))
    if item.region:
        lines.append(Line(f"Region: {places(view.kb, item.region)}", "quiet"))
    return tuple(map(Node, lines))


def _mind(item: Focus) -> tuple[Node, ...]:
    distant = (Node(Line(_DISTANT)),) if item.distant else ()
    return distant + tuple(Node(Line(f"Caution: {text}", "caution")) for text in item.cautions)


def _caution(view: View, caution: CautionLine) -> Node:
    where = places(view.kb, caution.site)
    scope = {"absolute": "not today", "local": "keep off the site", "modify": "treat differently"}
    text = f"{flag(view.kb, caution.caution)} ({where or scope[caution.scope]}): {caution.why}"
    tone: Tone = "alarm" if caution.scope == "absolute" else "caution"
    bans = ", ".join(technique(view.kb, name) for name in caution.bans)
    off = (Node(Line(f"Leave out: {bans}")),) if bans else ()
    line = Line(text, tone, view.labels(caution.firings))
    return Node(line, (*off, *view.reasons(caution.firings)))


def _withheld(view: View, item: Withheld) -> Line:
    where = place(view.kb, item.focus.site, item.focus.side) if item.focus.site else _WHOLE
    part = techniques(view.kb, item.techniques).replace(", then ", ", ")
    what = f"{where}: {part}" if part else f"{where}: {item.focus.treat}"
    return Line(
        f"{what.rstrip('.')}. Withheld: {item.reason}", "caution", view.labels(item.focus.firings)
    )
