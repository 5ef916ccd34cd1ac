"""How well a line stands, in one word each: what a reader must see beside it, not in a footnote."""

from collections.abc import Iterable

from nmt_expert.model.base import Basis, Grade
from nmt_expert.model.knowledge import Technique
from nmt_expert.model.rule import Rule

Labels = tuple[str, ...]

_ORDER = ("unreviewed", "contested (grade X)", "recalled", "proposal", "tradition")


def rule_labels(rule: Rule) -> Labels:
    """The labels of one rule: its review, its grade, and what it rests on."""
    found = _standing(rule.grade, rule.basis)
    if rule.status == "draft":
        found.add("unreviewed")
    if any(citation.recalled for citation in rule.sources):
        found.add("recalled")
    return _in_order(found)


def together(carried: Iterable[Labels]) -> Labels:
    """Every label that one of several lines carries; the weakest link shows."""
    return _in_order({label for labels in carried for label in labels})


def threshold_labels(grade: Grade, basis: Basis, unreviewed: bool) -> Labels:
    """The labels of a threshold of an outcome measure."""
    return _in_order(_standing(grade, basis) | ({"unreviewed"} if unreviewed else set()))


def technique_labels(technique: Technique) -> Labels:
    """The labels of a technique's own description."""
    return _in_order(_standing(technique.grade, technique.basis))


def _standing(grade: Grade, basis: Basis) -> set[str]:
    found = {"contested (grade X)"} if grade == "X" else set()
    return found if basis == "read" else found | {basis}


def _in_order(found: set[str]) -> Labels:
    return tuple(label for label in _ORDER if label in found)
