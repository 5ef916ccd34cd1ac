"""When a line is asked, as clauses over the answers of other lines.

Candidates follow from rules and cannot be looked at in a form, so each is taken as drawn: the line
is then shown more often than an interview asks it, and never less.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from nmt_expert.engine import Known
from nmt_expert.engine.branches import branches
from nmt_expert.engine.facts import tokens_of
from nmt_expert.fhir.clauses import (
    ALWAYS,
    Clauses,
    Literal,
    all_of,
    any_of,
    both,
    either,
)
from nmt_expert.fhir.names import worded
from nmt_expert.fhir.slots import Bindings, Line, Slot, is_whole
from nmt_expert.model.base import opposite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, RelationCondition, atoms
from nmt_expert.model.site import VARIABLE_KINDS

Looked = FindingCondition | RelationCondition
Met = Iterator[tuple[Bindings, Clauses]]


class Conditions:
    """The conditions of one knowledge base over the lines of its form."""

    def __init__(self, kb: KnowledgeBase, slots: Iterable[Slot]) -> None:
        self._kb = kb
        self._facts = _facts(kb, slots)
        self._links: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
        for one in kb.relations:
            self._links[one.relation].append((one.from_, one.to, one.kind or "", one.side))
        self._made: dict[tuple[str, tuple[tuple[str, str], ...]], Clauses] = {}

    def of(self, line: Line) -> Clauses:
        """When the question of a line asks it."""
        if line.question.ask_when is None:
            return ALWAYS
        key = line.question.id, tuple(sorted(line.bindings.items()))
        if key not in self._made:
            ways = (
                self._meets(tuple(a for _, a in way if isinstance(a, Looked)), line.bindings)
                for way in branches(line.question.ask_when)
            )
            self._made[key] = any_of(ways)
        return self._made[key]

    def _meets(self, left: tuple[Looked, ...], bound: Bindings) -> Clauses:
        """All of these conditions are met, in one way of binding what is not bound yet."""
        if not left:
            return ALWAYS
        first, *rest = sorted(left, key=lambda atom: _open(atom, bound))
        return any_of(
            both(clauses, self._meets(tuple(rest), found))
            for found, clauses in self._ways(first, bound)
        )

    def _ways(self, atom: Looked, bound: Bindings) -> Met:
        if isinstance(atom, RelationCondition):
            return self._related(atom, bound)
        return self._told(atom, bound)

    def _related(self, atom: RelationCondition, bound: Bindings) -> Met:
        for start, end, kind, side in self._links[atom.relation]:
            if side == atom.side and atom.kind in (None, kind):
                found = self._bind(atom.to, end, self._bind(atom.from_, start, bound))
                if found is not None:
                    yield found, ALWAYS

    def _told(self, atom: FindingCondition, bound: Bindings) -> Met:
        """Every answer that meets a condition; alike bindings are one way, by any of its lines."""
        ways: dict[tuple[tuple[str, str], ...], list[Clauses]] = defaultdict(list)
        term = atom.site or ""
        sites = self._facts.get(atom.finding, {})
        known = bound.get(term, term)
        for site in sites if known.startswith("$") else [known]:
            at = self._bind(term, site, bound)
            for (side, value), clauses in sites.get(site, {}).items():
                found = _on(atom.side, side, at) if value in atom.wanted else None
                if found is not None:
                    ways[tuple(sorted(found.items()))].append(clauses)
        for found_so, parts in ways.items():
            yield dict(found_so), any_of(parts)

    def _bind(self, term: str, site: str, bound: Bindings | None) -> Bindings | None:
        """The bindings with ``term`` standing for ``site``; None where it cannot."""
        if bound is None or bound.get(term, term) == site:
            return bound
        if not term.startswith("$") or term in bound:
            return None
        return {**bound, term: site} if self._kb.sites[site].kind in VARIABLE_KINDS[term] else None


def _open(atom: Looked, bound: Bindings) -> tuple[int, bool]:
    """How many places an atom leaves open; relations go first, since they narrow most."""
    terms = (atom.from_, atom.to) if isinstance(atom, RelationCondition) else (atom.site or "",)
    missing = sum(term.startswith("$") and term not in bound for term in terms)
    return missing, isinstance(atom, FindingCondition)


def _on(asked: str, side: str, bound: Bindings | None) -> Bindings | None:
    """The bindings under which a fact on ``side`` (or ``any``) meets a condition's side."""
    if bound is None or (asked == "any") != (side == "any"):
        return None
    if asked in ("any", "left", "right"):
        return bound if asked == side else None
    meant = side if asked == "$side" else opposite("left" if side == "left" else "right")
    return {**bound, "$side": meant} if bound.get("$side", meant) == meant else None


Facts = dict[str, dict[str, dict[tuple[str, str], Clauses]]]


def _facts(kb: KnowledgeBase, slots: Iterable[Slot]) -> Facts:
    """Finding -> site -> side and value -> the lines whose answers say so.

    An answer says what the engine takes it to say: also of the regions around its place.
    """
    conditions = (q.ask_when for q in kb.questions.values() if q.ask_when is not None)
    asked = {
        (atom.finding, value)
        for condition in conditions
        for atom in atoms(condition)
        if isinstance(atom, FindingCondition)
        for value in atom.wanted
    }
    found: dict[str, dict[str, dict[tuple[str, str], list[Clauses]]]] = {}
    for slot in slots:
        for value in kb.findings[slot.finding].values:
            if (slot.finding, value) in asked:
                said = _said(slot, value, kb)
                for token in tokens_of(Known("finding", *slot, value), kb):
                    at = found.setdefault(slot.finding, {}).setdefault(token.site, {})
                    at.setdefault((token.side, value), []).append(said)
    return {
        name: {
            site: {key: any_of(parts) for key, parts in told.items()} for site, told in at.items()
        }
        for name, at in found.items()
    }


def _said(slot: Slot, value: str, kb: KnowledgeBase) -> Clauses:
    """The line of ``slot`` has this value: its code, or a number in its band."""
    finding = kb.findings[slot.finding]
    number = finding.number
    if number is None:
        return _one(Literal(slot.key, "=", value, slot.finding))
    low, high = (int(one) if is_whole(finding, kb) else one for one in number.bands[value])
    within = []
    if low > number.min:
        within.append(_one(Literal(slot.key, ">=", low, slot.finding)))
    if high <= number.max or not within:
        within.append(_one(Literal(slot.key, "<", high, slot.finding)))
    return either(all_of(within), _one(Literal(worded(slot.key), "=", value, slot.finding)))


def _one(literal: Literal) -> Clauses:
    return frozenset([frozenset([literal])])
