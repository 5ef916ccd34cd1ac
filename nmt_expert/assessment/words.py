"""Conditions, answers and sites in the words that a trace and a report print."""

from nmt_expert.engine import LinkToken
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Atom,
    BandCondition,
    CandidateCondition,
    FindingCondition,
    RelationCondition,
)

_ANY_OF_KIND = {
    "$muscle": "a muscle", "$zone": "a place", "$nerve": "a nerve", "$pattern": "a posture",
    "$fault": "a movement", "$exposure": "a habit", "$joint": "a joint", "$tendon": "a tendon",
    "$region": "a region", "$key": "another muscle or nerve",
}  # fmt: skip


def place(site: str | None, side: str | None, kb: KnowledgeBase) -> str:
    """``Upper trapezius, right``; empty when there is neither site nor side."""
    words = [kb.label(site)] if site else []
    if side in ("left", "right"):
        words.append(side)
    elif side == "both":
        words.append("both sides")
    return ", ".join(words)


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
    """An atomic condition as a phrase: ``Taut band present: Upper trapezius, right``."""
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
    values = " or ".join(finding.value_label(value) for value in atom.wanted)
    return f"{finding.label} {values}{_at(atom.site, atom.side, bindings, kb)}"


def _at(site: str | None, side: str, bindings: dict[str, str], kb: KnowledgeBase) -> str:
    where = term(site, bindings, kb) if site else ""
    words = ", ".join(word for word in (where, side_of(side, bindings)) if word)
    return f": {words}" if words else ""


def link(token: LinkToken) -> str:
    """A relation of the anatomy, by ids: ``upper_trapezius refers_to temple``."""
    return f"{token.start} {token.relation} {token.end}"


def lacking(key: str, kb: KnowledgeBase) -> str:
    """An open item, ``finding@site:side``, in words."""
    finding, _, where = key.partition("@")
    site, _, side = where.partition(":")
    if not where and ":" in finding:
        finding, _, side = finding.partition(":")
    words = place(site or None, side or None, kb)
    return kb.findings[finding].label + (f": {words}" if words else "")
