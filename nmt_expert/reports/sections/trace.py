"""Every firing of the run, in order: rule, version, bindings, what met it, sources, limits."""

from nmt_expert.model.assessment import Firing
from nmt_expert.model.words import drawn
from nmt_expert.reports.document import Line, Node, Section, Tree
from nmt_expert.reports.view import View


def trace(view: View) -> Section:
    """The full trace; at the other depths it is left out."""
    if view.depth != "full" or not view.assessment.firings:
        return Section("Full trace", ())
    return Section("Full trace", (Tree(tuple(_firing(view, f) for f in view.assessment.firings)),))


def _firing(view: View, fired: Firing) -> Node:
    line = Line(
        f"f{fired.n} ({fired.stratum}) {view.title(fired.rule)}", labels=view.labels((fired.n,))
    )
    met = tuple(
        Node(Line(f"Met: {m.condition}, by {'; '.join(view.named(ref) for ref in m.by)}"))
        for m in fired.met
    )
    produced = tuple(Node(Line(f"Drew: {drawn(view.kb, what)}")) for what in fired.produced)
    return Node(line, (*view.particulars(fired), *met, *produced))
