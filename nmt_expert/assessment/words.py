"""Conditions, answers and sites in the words that a trace and a report print."""

from collections.abc import Iterable

from nmt_expert.engine import LinkToken, Token
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


def link(token: LinkToken) -> str:
    """A relation of the anatomy, by ids: ``upper_trapezius refers_to temple``."""
    return f"{token.start} {token.relation} {token.end}"


def needed(key: str, kb: KnowledgeBase) -> str:
    """An answer that is lacking, ``finding@site:side=value``, in words."""
    where, _, value = key.partition("=")
    name, _, at = where.partition("@")
    if not at:
        name, _, side = name.partition(":")
        site = ""
    else:
        site, _, side = at.partition(":")
    if name not in kb.findings:
        return key
    finding, words = kb.findings[name], place(site or None, side or None, kb)
    said = f" {finding.value_label(value)}" if value not in ("", "present") else ""
    return f"{finding.label}{said}{f': {words}' if words else ''}"


def bound_by(atom: Atom, tokens: Iterable[Token], bindings: dict[str, str]) -> dict[str, str]:
    """``bindings`` with the variables of ``atom`` that every token fills alike."""
    found = dict(bindings)
    for name, values in _filled(atom, tokens).items():
        if len(values) == 1:
            found.setdefault(name, next(iter(values)))
    return found


def _filled(atom: Atom, tokens: Iterable[Token]) -> dict[str, set[str]]:
    filled: dict[str, set[str]] = {}
    for token in tokens:
        if isinstance(atom, RelationCondition) and isinstance(token, LinkToken):
            pairs = [(atom.from_, token.start), (atom.to, token.end)]
        elif not isinstance(atom, RelationCondition) and not isinstance(token, LinkToken):
            pairs = [(atom.site or "", token.site)]
        else:
            continue
        for name, value in pairs:
            if name.startswith("$"):
                filled.setdefault(name, set()).add(value)
    return filled
