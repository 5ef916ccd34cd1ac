"""The smallest changes that would turn a result: another leading factor, or another referral.

What is open or in doubt is changed first, then what was answered. Which answers could matter is
read off the possible run; whether one does is seen by giving it to a copy of the case. The limit
counts runs, not seconds, so that the same case always gives the same flips.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from nmt_expert.assessment.applied import applied, written
from nmt_expert.assessment.assess import assessment
from nmt_expert.assessment.behind import drivers
from nmt_expert.assessment.changes import Changes, could_matter, doubted, otherwise
from nmt_expert.assessment.compared import flag_changes
from nmt_expert.assessment.possible import possible
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.what_if import changed
from nmt_expert.engine import Reasoner
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.difference import FlagChange
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.what_if import Flip, FlipKind, Flips

LIMIT = 200
"""Runs over the answers, some five seconds."""
SAME_EFFECT = 2
"""How many ways to one effect are kept."""
PAIRED = 8
"""How many single answers are tried in pairs: those that move the factors most."""


def flip(case: Case, kb: KnowledgeBase, engine: Reasoner, limit: int = LIMIT) -> Flips:
    """Search for at most two answers that change the leading factor or any referral."""
    found = reason(case, kb, engine)
    could = possible(found, engine)
    search = _Search(case, found, engine, limit)
    matters = could_matter(could)
    behind = drivers(assessment(case, found, could))
    search.stage("open", [change for change in matters if len(change) == 1], 4)
    search.stage("uncertain", doubted(found), 3)
    search.stage("open", [change for change in matters if len(change) == 2], 3)
    search.stage("open", search.pairs("open"), 2)
    search.stage("given", otherwise(found, behind, case), 2)
    search.stage("given", search.pairs("given"), 1)
    left = search.rest()
    return Flips(
        leading=leading(found),
        flips=tuple(search.flips),
        runs=search.runs,
        limit=limit,
        left=left,
    )


def leading(found: Reasoning) -> str:
    """The factor that leads; an empty text where none is supported."""
    first = found.factors[0]
    return "" if first.band == "not_supported" else first.factor


@dataclass
class _Search:
    """Tries changes one after another, and keeps the first ones to each effect."""

    case: Case
    found: Reasoning
    engine: Reasoner
    limit: int
    runs: int = 0
    flips: list[Flip] = field(default_factory=list)
    _waiting: list[tuple[FlipKind, Changes]] = field(default_factory=list)
    _kept: dict[str | FlagChange, int] = field(default_factory=dict)
    _turned: set[str] = field(default_factory=set)
    _moved: list[tuple[FlipKind, float, str, Answer]] = field(default_factory=list)

    def stage(self, kind: FlipKind, changes: Iterable[Changes], share: int) -> None:
        """Try these with a share (one part in ``share``) of the runs that are left."""
        room = self.runs + (self.limit - self.runs) // share
        for change in changes:
            if self.runs + self._costs <= room:
                self._try(kind, change)
            else:
                self._waiting.append((kind, change))

    def rest(self) -> int:
        """Try what waits while there are runs left; how many changes are left untried."""
        while self._waiting and self.runs + self._costs <= self.limit:
            self._try(*self._waiting.pop(0))
        return len(self._waiting)

    @property
    def _costs(self) -> int:
        """Runs that a change may take: with the rest normal, a hit is tried on the case itself."""
        return 2 if self.case.otherwise == "normal" else 1

    def pairs(self, kind: FlipKind) -> Iterator[Changes]:
        """The answers of a kind that moved the factors most without turning them, two by two."""
        moved = sorted((gain, name, one) for of, gain, name, one in self._moved if of == kind)
        yield from combinations([answer for _, _, answer in moved[:PAIRED]], 2)

    def _try(self, kind: FlipKind, change: Changes) -> None:
        if len(change) > 1 and any(written(answer) in self._turned for answer in change):
            return  # one of the two is enough
        leads, flags, after = self._effect(self._settled, change)
        if (leads, flags) != (None, ()) and self.case.otherwise == "normal":
            leads, flags, after = self._effect(self.case, change)
        if leads is None and not flags:
            self._note(kind, change, after)
            return
        self._turned |= {written(answer) for answer in change}
        effects = (*((leads,) if leads is not None else ()), *flags)
        kept = min(self._kept.get(effect, 0) for effect in effects)
        self._kept |= {effect: self._kept.get(effect, 0) + 1 for effect in effects}
        if kept < SAME_EFFECT:
            self.flips.append(
                Flip(
                    changes=changed(change, self.found.case, self.found.kb),
                    kind=kind,
                    leads=leads,
                    flags=flags,
                )
            )

    @cached_property
    def _settled(self) -> Case:
        """The case with its normal answers written out: one run instead of several."""
        return self.found.case.model_copy(update={"otherwise": "unknown"})

    def _effect(
        self, case: Case, change: Changes
    ) -> tuple[str | None, tuple[FlagChange, ...], Reasoning]:
        self.runs += 1
        after = reason(applied(case, change), self.found.kb, self.engine)
        leads = leading(after) if leading(after) != leading(self.found) else None
        return leads, flag_changes(self.found.referrals, after.referrals), after

    def _note(self, kind: FlipKind, change: Changes, after: Reasoning) -> None:
        """Remember an answer that brought a rival nearer to the leading factor."""
        was = {standing.factor: float(standing.certainty) for standing in self.found.factors}
        ahead = leading(self.found)
        gained = (
            (float(one.certainty) - was[one.factor]) * (-1 if one.factor == ahead else 1)
            for one in after.factors
        )
        if (gain := sum(gained)) > 0 and len(change) == 1:
            self._moved.append((kind, -gain, written(change[0]), change[0]))
