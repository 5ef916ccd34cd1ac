"""Every condition with one thing changed in it: what a slip would do to when a rule fires."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nmt_expert.model.base import BANDS
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    All,
    Any_,
    AtLeast,
    Atom,
    BandCondition,
    CandidateCondition,
    Condition,
    Connective,
    FindingCondition,
    RelationCondition,
    atoms,
    parts_of,
)
from tests.proof.neighbours import after, beside, next_finding, next_site

Slip = tuple[str, str, Condition]
"""The operator, what it did in words, and what became of the condition."""


@dataclass(frozen=True)
class Conditions:
    """Changes the conditions of one rule."""

    kb: KnowledgeBase
    taken: frozenset[str]
    """The findings that the rule names."""
    binds_side: bool
    """Whether the rule speaks of one side throughout."""

    def slips(self, condition: Condition) -> Iterator[Slip]:
        """Every change of one thing in it."""
        if not isinstance(condition, Connective):
            yield from self._of_atom(condition)
            return
        parts = parts_of(condition)
        for at, part in enumerate(parts):
            yield from self._dropped(condition, at)
            for kind, says, changed in self.slips(part):
                yield kind, says, with_parts(condition, (*parts[:at], changed, *parts[at + 1 :]))
        yield from _joined_otherwise(condition)

    def _dropped(self, condition: Connective, at: int) -> Iterator[Slip]:
        parts = parts_of(condition)
        left = (*parts[:at], *parts[at + 1 :])
        least = condition.at_least.count if isinstance(condition, AtLeast) else 1
        if len(left) >= least:
            kind = "unknown as no" if self._denies(parts[at]) else "drop"
            yield kind, f"without {said(parts[at])}", with_parts(condition, left)

    def _denies(self, part: Condition) -> bool:
        """Whether it asks that something was looked for and is not there."""
        return isinstance(part, FindingCondition) and part.wanted == (
            self.kb.findings[part.finding].normal,
        )

    def _of_atom(self, atom: Atom) -> Iterator[Slip]:
        match atom:
            case FindingCondition():
                yield from self._finding(atom)
            case RelationCondition():
                yield from self._relation(atom)
            case CandidateCondition():
                other = after(atom.candidate, self._conclusions(atom.candidate))
                yield from _swap(atom, "candidate", other)
            case BandCondition():
                other = after(atom.band, self._conclusions(atom.band))
                yield from _swap(atom, "band", other)
                for word in beside(atom.at_least, BANDS):
                    yield _slip("threshold", atom, at_least=word)
        if not isinstance(atom, RelationCondition):
            yield from self._place(atom)

    def _conclusions(self, name: str) -> list[str]:
        here = self.kb.conclusions[name]
        return [
            one.id
            for one in self.kb.conclusions.values()
            if (one.site, one.candidate_only) == (here.site, here.candidate_only)
        ]

    def _finding(self, atom: FindingCondition) -> Iterator[Slip]:
        finding = self.kb.findings[atom.finding]
        yield from _swap(atom, "finding", next_finding(atom, self.kb, self.taken))
        left = tuple(value for value in finding.values if value not in atom.wanted)
        if left:
            yield _slip("negate", atom, value=None, in_=left)
        if len(atom.wanted) > 1:
            for value in atom.wanted:
                kept = tuple(one for one in atom.wanted if one != value)
                kind = "threshold" if finding.number else "value"
                yield _slip(kind, atom, value=None, in_=kept)
        if finding.number:
            for value in _edges(finding.values, atom.wanted):
                yield _slip("threshold", atom, value=None, in_=(*atom.wanted, value))
        elif len(finding.values) > 2 and left:
            yield _slip("value", atom, value=None, in_=(*atom.wanted, left[0]))

    def _relation(self, atom: RelationCondition) -> Iterator[Slip]:
        table = self.kb.relation_tables[atom.relation]
        alike = [
            one.relation
            for one in self.kb.relation_tables.values()
            if (one.from_, one.to) == (table.from_, table.to)
        ]
        if atom.kind is None:
            yield from _swap(atom, "relation", after(atom.relation, alike))
            for kind in table.kinds:
                yield _slip("value", atom, kind=kind)
        else:
            yield _slip("drop", atom, kind=None)
            yield from _swap(atom, "kind", after(atom.kind, table.kinds))
        yield _slip("side", atom, side="other" if atom.side == "same" else "same")

    def _place(self, atom: FindingCondition | CandidateCondition | BandCondition) -> Iterator[Slip]:
        if atom.site and not atom.site.startswith("$"):
            yield from _swap(atom, "site", next_site(atom.site, self.kb))
        others = {
            "$side": ("$other", "any"),
            "$other": ("$side", "any"),
            "left": ("right", "any"),
            "right": ("left", "any"),
            "any": ("$side",) if self.binds_side and self._has_sides(atom) else (),
        }
        for side in others[atom.side]:
            yield _slip("side", atom, side=side)

    def _has_sides(self, atom: FindingCondition | CandidateCondition | BandCondition) -> bool:
        if isinstance(atom, FindingCondition) and self.kb.findings[atom.finding].sided != "site":
            return bool(self.kb.findings[atom.finding].sided)
        return not atom.site or atom.site.startswith("$") or self.kb.sites[atom.site].sided


def _slip(operator: str, atom: Atom, /, **changes: Any) -> Slip:
    changed = atom.model_copy(update=changes)
    return operator, f"{said(atom)} becomes {said(changed)}", changed


def _swap(atom: Atom, key: str, other: str | None) -> Iterator[Slip]:
    if other is not None:
        yield _slip("swap", atom, **{key: other})


def _edges(values: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[str]:
    """The bands just outside those wanted."""
    for value in wanted:
        for one in beside(value, values):
            if one not in wanted:
                yield one


def _joined_otherwise(condition: Connective) -> Iterator[Slip]:
    parts = parts_of(condition)
    match condition:
        case AtLeast(at_least=counted):
            for count in (counted.count - 1, counted.count + 1):
                if 1 <= count <= len(parts):
                    moved = counted.model_copy(update={"count": count})
                    says = f"at least {counted.count} becomes {count}"
                    yield "threshold", says, AtLeast(at_least=moved)
        case All() if len(parts) > 1:
            yield "connective", f"all of {said(condition)} becomes any", Any_(any=parts)
        case Any_() if len(parts) > 1:
            yield "connective", f"any of {said(condition)} becomes all", All(all=parts)


def with_parts(condition: Connective, parts: tuple[Condition, ...]) -> Condition:
    """The same connective over other parts."""
    match condition:
        case All():
            return All(all=parts)
        case Any_():
            return Any_(any=parts)
    return AtLeast(at_least=condition.at_least.model_copy(update={"of": parts}))


def said(condition: Condition) -> str:
    """A condition in one short line."""
    match condition:
        case FindingCondition(finding=name, site=site, side=side):
            values = "" if condition.wanted == ("present",) else f"={'|'.join(condition.wanted)}"
            return f"{name}{_place_said(site, side)}{values}"
        case CandidateCondition(candidate=name, site=site, side=side):
            return f"candidate {name}{_place_said(site, side)}"
        case BandCondition(band=name, site=site, side=side, at_least=word):
            return f"band {name}{_place_said(site, side)}={word}"
        case RelationCondition(relation=name, from_=start, to=end, kind=kind, side=side):
            crossed = " across" if side == "other" else ""
            return f"{start} {name}{f'({kind})' if kind else ''} {end}{crossed}"
    return "[" + ", ".join(said(part) for part in atoms(condition)) + "]"


def _place_said(site: str | None, side: str) -> str:
    return (f"@{site}" if site else "") + (f":{side}" if side != "any" else "")
