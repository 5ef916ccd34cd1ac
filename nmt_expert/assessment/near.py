"""Which rules were one condition away: the same engine, with one condition taken out of each rule.

A rule that falls silent for one reason only has been tried where it matters. Coverage counts such
runs beside those in which the rule fired.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from nmt_expert.engine import Engine, Known
from nmt_expert.engine.branches import branches
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Advise,
    All,
    Atom,
    BandCondition,
    CandidateCondition,
    FindingCondition,
    PlacedCondition,
    RelationCondition,
    Rule,
)

_MARK = "~"
_NOTHING = Advise(advice="near", say="-")


class NearMisses:
    """Every rule of a knowledge base with each of its conditions left out in turn."""

    def __init__(self, kb: KnowledgeBase) -> None:
        rules = [rule for rule in kb.rules.values() if rule.status != "retired"]
        self._alone = {rule.id: frozenset(_alone(rule)) for rule in rules}
        reduced = {one.id: one for rule in rules for one in _reduced(rule)}
        self._engine = Engine(
            replace(kb, rules=MappingProxyType(reduced), questions=MappingProxyType({}))
        )

    def of(
        self, known: Collection[Known], bands: Iterable[Known], fired: Collection[str]
    ) -> frozenset[str]:
        """The rules that one more condition would have fired.

        ``known`` are the findings and the candidates drawn. A rule of one condition was near when
        what it asks for is known, but of another value or place.
        """
        weighed = list(bands)
        result = self._engine.run(known, lambda _: weighed)
        near = {raw.rule.partition(_MARK)[0] for raw in result.firings}
        names = {(one.what, one.name) for one in (*known, *weighed)}
        near |= {rule for rule, wanted in self._alone.items() if names & wanted}
        return frozenset(near.difference(fired))


def _alone(rule: Rule) -> Iterator[tuple[str, str]]:
    """What the conditions ask for that need no other but relations."""
    for branch in branches(rule.when):
        facts = [atom for _, atom in branch if not isinstance(atom, RelationCondition)]
        if len(facts) == 1:
            yield _asked_for(facts[0])


def _asked_for(atom: PlacedCondition) -> tuple[str, str]:
    match atom:
        case FindingCondition():
            return "finding", atom.finding
        case CandidateCondition():
            return "candidate", atom.candidate
        case BandCondition():
            return "band", atom.band


def _reduced(rule: Rule) -> Iterator[Rule]:
    """The rule without one of its conditions, for every way to meet it and every condition."""
    left: set[frozenset[Atom]] = set()
    for branch in branches(rule.when):
        atoms = frozenset(atom for _, atom in branch)
        facts = [atom for atom in atoms if not isinstance(atom, RelationCondition)]
        if len(facts) > 1:
            left |= {atoms - {atom} for atom in facts}
    least = (one for one in left if not any(other < one for other in left))
    for n, atoms in enumerate(sorted(least, key=repr)):
        yield rule.model_copy(
            update={
                "id": f"{rule.id}{_MARK}{n}",
                "when": All(all=tuple(sorted(atoms, key=repr))),
                "then": (_NOTHING,),
            }
        )
