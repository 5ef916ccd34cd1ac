"""Answers to "how" and "why not" as documents, so that they print like a report."""

import re

from nmt_expert.model.explanation import (
    ConditionState,
    How,
    NearRule,
    Reasoned,
    Step,
    Unmet,
    WhyNot,
)
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import counted, drawn, place_of_key, some
from nmt_expert.model.written import WrittenCondition
from nmt_expert.reports.document import (
    Block,
    Bullets,
    Line,
    Node,
    Paragraph,
    Report,
    Section,
    Tone,
    Tree,
)
from nmt_expert.reports.view import Depth

_ANSWER = re.compile(r"a\d+$")
"""How the trace names an answer."""
_STATES: dict[ConditionState, tuple[str, Tone]] = {
    "met": ("met", "good"),
    "contradicted": ("contradicted", "caution"),
    "not_asked": ("not asked", "normal"),
    "unknown": ("not known", "normal"),
    "below_threshold": ("under the threshold", "normal"),
}


def how_report(how: How, depth: Depth = "tree") -> Report:
    """Why something was concluded: the sentence, then the tree down to the answers."""
    head = Line(how.sentence, labels=_labels(how))
    if depth == "sentence" or not how.tree:
        return Report(head, ())
    tree = Tree(tuple(_reasoned(node, depth) for node in how.tree))
    return Report(head, (Section("How", (tree,)),))


def _labels(how: How) -> tuple[str, ...]:
    """Every label that a reason of the sentence carries; the weakest link shows."""
    reasons = (reason for result in how.tree for reason in (result, *result.children))
    return tuple(dict.fromkeys(label for reason in reasons for label in reason.labels))


def why_not_report(why_not: WhyNot, kb: KnowledgeBase, depth: Depth = "tree") -> Report:
    """Why something was not concluded: the nearest rules, and what stands in the way after them."""
    head = Line(_sentence(why_not, kb))
    if why_not.concluded:
        return Report(head, ())
    sections = [_cheapest(why_not, kb)]
    if depth != "sentence":
        sections += [_near(near, kb, depth) for near in why_not.nearest]
    sections.append(_paragraph("What would stand in the way next", _in_the_way(why_not)))
    return Report(head, tuple(section for section in sections if section.blocks))


def _in_the_way(why_not: WhyNot) -> str | None:
    """What stands in the way now, when the headline has not said it; else after the nearest."""
    stands = why_not.next_obstacle
    if stands:
        return None if stands == why_not.sentence else stands
    return next((near.then for near in why_not.nearest[:1]), None)


def _paragraph(title: str, text: str | None) -> Section:
    return Section(title, (Paragraph(Line(text, "caution")),) if text else ())


def _cheapest(why_not: WhyNot, kb: KnowledgeBase) -> Section:
    """The question that is worth asking first, with what it costs."""
    if why_not.cheapest is None:
        return Section("Cheapest next step", ())
    near = why_not.nearest[why_not.cheapest]
    lines = tuple(Line(_step(step, kb)) for step in near.steps)
    if len(lines) > 1:
        return Section(f"Cheapest next steps ({len(lines)} questions)", (Bullets(lines, True),))
    return Section("Cheapest next step", tuple(map(Paragraph, lines)))


def _step(step: Step, kb: KnowledgeBase) -> str:
    """``Nerves and control (ask the client, 11 items, about 0.3 min): Bladder change``."""
    wanted = some(kb, step.answers)
    if step.question is None:
        return f"{step.title}: {wanted}"
    who = "ask the client" if step.who == "client" else "for the therapist"
    later = "" if step.open_now else ", not open yet"
    items = counted(step.items, "item")
    return f"{step.title} ({who}, {items}, about {step.minutes:g} min{later}): {wanted}"


def _reasoned(node: Reasoned, depth: Depth) -> Node:
    """A line of the tree; a condition met by one answer or relation is told once, not twice."""
    if node.kind == "condition" and len(node.children) == 1 and node.children[0].kind == "answer":
        answer = node.children[0]
        return Node(Line(answer.text if _ANSWER.match(answer.ref or "") else node.text))
    details = _particulars(node) if depth == "full" else ()
    children = tuple(_reasoned(child, depth) for child in node.children)
    return Node(Line(node.text, labels=node.labels), details + children)


def _particulars(node: Reasoned) -> tuple[Node, ...]:
    lines = [*node.details, f"Limits: {node.limits}" if node.limits else ""]
    lines += [f"Source: {source}" for source in node.sources]
    small = tuple(Node(Line(line, "quiet")) for line in lines if line)
    when = (Node(Line("Fires when", "quiet"), (_written(node.when),)),) if node.when else ()
    return small + when


def _written(condition: WrittenCondition) -> Node:
    return Node(Line(condition.says, "quiet"), tuple(map(_written, condition.parts)))


def _near(near: NearRule, kb: KnowledgeBase, depth: Depth) -> Section:
    named = Line(f"Rule {near.rule}", "quiet", near.labels)
    blocks: list[Block] = [Paragraph(named), Tree(tuple(map(_condition, near.conditions)))]
    if near.would_need:
        whether = "It would fire with" if near.fires else "It would not fire even with"
        lines = [Line(f"{whether}: {some(kb, near.would_need, None)}")]
        lines += [Line(line, "caution") for line in (near.obstacle,) if line]
        lines += [Line(f"Then: {line}", "caution") for line in (near.then,) if line]
        if depth == "full":
            lines += [Line(f"Ask: {_step(step, kb)}") for step in near.steps]
            lines += [Line(f"As a what-if: {' '.join(near.would_need)}", "quiet")]
        blocks.append(Bullets(tuple(lines)))
    return Section(near.title, tuple(blocks))


def _sentence(why_not: WhyNot, kb: KnowledgeBase) -> str:
    """The sentence with what was asked about in words."""
    return why_not.sentence.replace(why_not.of, named(kb, why_not.of))


def named(kb: KnowledgeBase, asked: str) -> str:
    """A place, factor, flag, rule or conclusion in words."""
    name, _, where = asked.partition(":")
    if name in kb.sites:
        return place_of_key(kb, asked)
    for table in (kb.factors, kb.techniques):
        if name in table:
            return table[name].label + (f": {place_of_key(kb, where)}" if where else "")
    return kb.rules[name].title if name in kb.rules else drawn(kb, asked)


def _condition(unmet: Unmet) -> Node:
    state, tone = _STATES[unmet.state]
    said = "; ".join(unmet.told)
    if unmet.state == "not_asked":
        state, said = said or state, ""
    short = f", {unmet.short}" if unmet.short else ""
    told = f" ({said})" if unmet.state != "met" and said not in ("", "unknown", state) else ""
    return Node(Line(f"{unmet.condition}: {state}{short}{told}", tone))
