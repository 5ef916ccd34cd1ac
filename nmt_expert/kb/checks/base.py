"""What a check is, and the view of the draft that all checks share."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from nmt_expert.kb.anatomy import DERIVED, ancestors, part_of, remote_from, written
from nmt_expert.kb.conditions import walk
from nmt_expert.kb.draft import Draft
from nmt_expert.kb.marks import Path_
from nmt_expert.model.errors import Fault
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import (
    Certainty,
    ConclusionKind,
    Flag,
    PlanRules,
    Source,
    Technique,
)
from nmt_expert.model.measure import Measure
from nmt_expert.model.question import Question
from nmt_expert.model.review import RuleReview
from nmt_expert.model.rule import Atom, Condition, Rule
from nmt_expert.model.site import VARIABLE_KINDS, Relation, RelationTable, Site, SiteKind

Severity = Literal["error", "warning"]
Owner = Literal["rule", "question"]


@dataclass(frozen=True)
class Used:
    """An atomic condition where it is written: in which entry, at which path."""

    kind: Owner
    owner: str
    path: Path_
    atom: Atom


class Survey:
    """A draft as the checks look at it; what several of them need is worked out once."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.sources = draft.table("source", Source)
        self.sites = draft.table("site", Site)
        self.tables = {one.relation: one for one in DERIVED} | draft.table(
            "relation", RelationTable
        )
        self.findings = draft.table("finding", Finding)
        self.conclusions = draft.table("conclusion", ConclusionKind)
        self.flags = draft.table("flag", Flag)
        self.techniques = draft.table("technique", Technique)
        self.measures = draft.table("measure", Measure)
        self.questions = draft.table("question", Question)
        self.rules = draft.table("rule", Rule)
        self.reviews = draft.table("rule_review", RuleReview)
        self.certainty = draft.one("certainty", Certainty)
        self.plan = draft.one("plan", PlanRules)

    @cached_property
    def used(self) -> tuple[Used, ...]:
        """Every atomic condition of every rule and question."""
        return tuple(
            Used(kind, owner, path, atom)
            for kind, owner, above, condition in self.conditions
            for path, atom in walk(condition, above)
        )

    @property
    def conditions(self) -> Iterator[tuple[Owner, str, Path_, Condition]]:
        """Every whole condition: whose it is, and its path there."""
        for rule in self.rules.values():
            yield "rule", rule.id, ("when",), rule.when
        for question in self.questions.values():
            if question.ask_when:
                yield "question", question.id, ("ask_when",), question.ask_when

    @cached_property
    def above(self) -> dict[str, frozenset[str]]:
        """The regions and groups that hold each site."""
        return ancestors(self.sites)

    @cached_property
    def kinds_below(self) -> dict[str, frozenset[SiteKind]]:
        """The kinds of site that each region or group holds."""
        below: dict[str, set[SiteKind]] = {}
        for name, holders in self.above.items():
            for holder in holders:
                below.setdefault(holder, set()).add(self.sites[name].kind)
        return {holder: frozenset(kinds) for holder, kinds in below.items()}

    @cached_property
    def pairs(self) -> dict[str, tuple[Relation, ...]]:
        """Every pair that holds, by its relation."""
        pairs = tuple(written(self.tables.values()))
        found: dict[str, list[Relation]] = {}
        for pair in (*pairs, *part_of(self.above), *remote_from(pairs)):
            found.setdefault(pair.relation, []).append(pair)
        return {relation: tuple(these) for relation, these in found.items()}

    def kinds_of(self, term: str) -> frozenset[SiteKind]:
        """The kinds a site or a variable may have; none for a name nobody declared."""
        if term.startswith("$"):
            return frozenset(VARIABLE_KINDS.get(term, ()))
        return frozenset({self.sites[term].kind}) if term in self.sites else frozenset()

    def fault(
        self,
        kind: str,
        owner: str,
        path: Path_,
        says: str,
        consequence: str,
        remedy: str,
    ) -> Fault:
        """A fault at a part of an entry, naming the entry."""
        place = self.draft.spot(kind, owner, path)
        of = f" ({kind} {owner})" if owner != kind else ""
        return Fault(place, says + of, consequence, remedy)

    def at_atom(self, used: Used, key: str, says: str, consequence: str, remedy: str) -> Fault:
        """A fault at a key of an atomic condition."""
        path = (*used.path, key)
        return self.fault(used.kind, used.owner, path, says, consequence, remedy)


class Check(ABC):
    """One rule that the knowledge keeps. An error stops loading; a warning is only told."""

    severity: ClassVar[Severity] = "error"

    @abstractmethod
    def faults(self, survey: Survey) -> Iterator[Fault]:
        """Every place where the rule is broken."""
