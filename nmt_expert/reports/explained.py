"""Answers to "how" and "why not" as documents, so that they print like a report."""

import re

from nmt_expert.model.explanation import ConditionState, How, NearRule, Reasoned, Unmet, WhyNot
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.words import drawn, place_of_key, some
from nmt_expert.reports.document import Bullets, Line, Node, Paragraph, Report, Section, Tone, Tree
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
    if depth == "sentence" or not how.tree:
        return Report(Line(how.sentence), ())
    only_itself = len(how.tree) == 1 and how.tree[0].text == how.sentence
    told = how.tree[0].children if only_itself else how.tree
    tree = Tree(tuple(_reasoned(node, depth) for node in told))
    return Report(Line(how.sentence), (Section("How", (tree,)),))


def why_not_report(why_not: WhyNot, kb: KnowledgeBase, depth: Depth = "tree") -> Report:
    """Why something was not concluded: the nearest rules, and what stands in the way after them."""
    short = depth == "sentence" or why_not.concluded
    sections = () if short else tuple(_near(near, kb) for near in why_not.nearest)
    if why_not.next_obstacle and why_not.next_obstacle != why_not.sentence:
        line = Line(why_not.next_obstacle, "caution")
        sections = (*sections, Section("What would stand in the way next", (Paragraph(line),)))
    return Report(Line(_sentence(why_not, kb)), sections)


def _reasoned(node: Reasoned, depth: Depth) -> Node:
    """A line of the tree; a condition met by one answer or relation is told once, not twice."""
    if node.kind == "condition" and len(node.children) == 1 and node.children[0].kind == "answer":
        answer = node.children[0]
        return Node(Line(answer.text if _ANSWER.match(answer.ref or "") else node.text))
    details = _particulars(node) if depth == "full" else ()
    children = tuple(_reasoned(child, depth) for child in node.children)
    return Node(Line(node.text, labels=node.labels), details + children)


def _particulars(node: Reasoned) -> tuple[Node, ...]:
    lines = [f"Rule {node.ref}" if node.kind == "rule" and node.ref else "", node.place or ""]
    lines += [f"Limits: {node.limits}" if node.limits else ""]
    lines += [f"Source: {source}" for source in node.sources]
    return tuple(Node(Line(line, "quiet")) for line in lines if line)


def _near(near: NearRule, kb: KnowledgeBase) -> Section:
    rule = kb.rules.get(near.rule)
    named = Line(f"Rule {near.rule}", "quiet", rule_labels(rule) if rule else ())
    conditions = Tree(tuple(_condition(unmet) for unmet in near.conditions))
    blocks = (Paragraph(named), conditions)
    if near.would_need:
        needs = Line(f"It would fire with: {some(kb, near.would_need, None)}")
        return Section(near.title, (*blocks, Bullets((needs,))))
    return Section(near.title, blocks)


def _sentence(why_not: WhyNot, kb: KnowledgeBase) -> str:
    """The sentence with what was asked about in words."""
    return why_not.sentence.replace(why_not.of, _named(kb, why_not.of))


def _named(kb: KnowledgeBase, asked: str) -> str:
    """A place, factor, flag or conclusion in words."""
    name = asked.partition(":")[0]
    if name in kb.sites:
        return place_of_key(kb, asked)
    return kb.factors[name].label if name in kb.factors else drawn(kb, asked)


def _condition(unmet: Unmet) -> Node:
    state, tone = _STATES[unmet.state]
    return Node(Line(f"{unmet.condition}: {state}", tone))
