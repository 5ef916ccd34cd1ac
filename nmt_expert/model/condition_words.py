"""A rule's conditions in words: ``Taut band: Upper trapezius, right``."""

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Atom,
    BandCondition,
    CandidateCondition,
    FindingCondition,
    RelationCondition,
)
from nmt_expert.model.words import within

_ANY_OF_KIND = {
    "$muscle": "a muscle", "$zone": "a place", "$nerve": "a nerve", "$pattern": "a posture",
    "$fault": "a movement", "$exposure": "a habit", "$joint": "a joint", "$tendon": "a tendon",
    "$region": "a region", "$key": "another muscle or nerve",
}  # fmt: skip


def term(name: str, bindings: dict[str, str], kb: KnowledgeBase) -> str:
    """A site's label, or for an unbound variable the kind of thing it stands for."""
    site = bindings.get(name, name)
    return kb.label(site) if site in kb.sites else _ANY_OF_KIND.get(name, site)


def side_of(side: str, bindings: dict[str, str]) -> str | None:
    """The side a condition asks for under ``bindings``; None when any will do."""
    bound = bindings.get("$side")
    if side == "$side":
        return bound
    if side == "$other":
        return {"left": "right", "right": "left"}.get(bound or "", "the other side")
    return None if side == "any" else side


def condition(atom: Atom, bindings: dict[str, str], kb: KnowledgeBase) -> str:
    """An atomic condition as a phrase: ``Taut band: Upper trapezius, right``."""
    match atom:
        case FindingCondition():
            return _finding(atom, bindings, kb)
        case RelationCondition():
            start, end = term(atom.from_, bindings, kb), term(atom.to, bindings, kb)
            kind = f" ({atom.kind})" if atom.kind else ""
            across = " on the other side" if atom.side == "other" else ""
            return f"{start} {atom.relation.replace('_', ' ')} {end}{kind}{across}"
        case CandidateCondition():
            label = kb.conclusions[atom.candidate].label
            return f"{label} considered{_at(atom.site, atom.side, bindings, kb)}"
        case BandCondition():
            label = kb.conclusions[atom.band].label
            return f"{label} at least {atom.at_least}{_at(atom.site, atom.side, bindings, kb)}"


def _finding(atom: FindingCondition, bindings: dict[str, str], kb: KnowledgeBase) -> str:
    finding = kb.findings[atom.finding]
    values = [finding.value_label(value) for value in atom.wanted]
    said = "" if atom.wanted == ("present",) else f" {' or '.join(values)}"
    return f"{finding.label}{said}{_at(atom.site, atom.side, bindings, kb)}"


def _at(site: str | None, side: str, bindings: dict[str, str], kb: KnowledgeBase) -> str:
    where = term(site, bindings, kb) if site else ""
    words = ", ".join(word for word in (where, side_of(side, bindings)) if word)
    return f": {words}" if words else ""


def said_of(atom: FindingCondition | BandCondition, kb: KnowledgeBase) -> str:
    """A condition within a sentence: ``hypersensitive spot``, ``numbness absent at thumb``."""
    site = atom.site if atom.site in kb.sites else None
    where = f" at {kb.label(site)}" if site else ""
    across = " on the other side" if atom.side == "$other" else ""
    if isinstance(atom, BandCondition):
        return f"{kb.conclusions[atom.band].label} at least {atom.at_least}{where}{across}"
    finding = kb.findings[atom.finding]
    values = [finding.value_label(value) for value in atom.wanted]
    said = "" if atom.wanted == ("present",) else f" {' or '.join(values)}"
    return f"{within(finding.label)}{said}{where}{across}"
