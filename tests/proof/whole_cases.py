"""Mutants that a rule's own clients do not notice, tried on whole cases and on what these came to.

Only the cases that a mutant touches are run: those in which it fires otherwise than the rule did,
over the answers or over what is still open. In all others nothing can be different.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.assess import assessment
from nmt_expert.assessment.bench import candidates_drawn
from nmt_expert.assessment.expected import differences
from nmt_expert.assessment.possible import Possible, possible
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.engine import Engine, Known, RawFiring, RunResult
from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Rule
from nmt_expert.review.digest import Digest, digest
from nmt_expert.review.replay import compared
from nmt_expert.review.results import names_of, read_results
from tests.conftest import CASE_FILES, ROOT
from tests.proof.mutants import Mutant
from tests.proof.own_clients import Client, Variants, same_firings

Noticed = Literal["case", "replay"]


@dataclass(frozen=True)
class Whole:
    """A case with what stands in it, what could still stand, and what it came to when kept."""

    case: Case
    now: Client
    open: Client
    kept: Digest | None


class WholeCases:
    """Tries mutants on cases; what the cases come to without them is worked out on first use."""

    def __init__(
        self, kb: KnowledgeBase, engine: Engine, paths: Sequence[Path] = CASE_FILES
    ) -> None:
        self._kb = kb
        self._engine = engine
        self._paths = paths

    @cached_property
    def _cases(self) -> tuple[Whole, ...]:
        kept = read_results(ROOT / "tests/replay").digests
        names = names_of(self._paths)
        return tuple(self._whole(path, kept.get(name)) for path, name in names.items())

    def _whole(self, path: Path, kept: Digest | None) -> Whole:
        case = read_case(path, self._kb)
        found = reason(case, self._kb, self._engine)
        could = possible(found, self._engine)
        known = found.evidence.known
        still = tuple(dict.fromkeys([*known, *_open(could)]))
        now = self._standing(known, found.result, found)
        return Whole(case, now, self._standing(still, could.result, found), kept)

    def _standing(self, known: Iterable[Known], result: RunResult, found: Reasoning) -> Client:
        drawn = candidates_drawn(result.firings, self._kb)
        sides = drawing.gathered(result.firings, found.evidence, self._kb)
        return Client((*known, *drawn), tuple(drawing.bands(drawing.weighed(sides, self._kb))))

    def noticing(self, rule: Rule, mutants: Sequence[Mutant]) -> Iterator[Noticed | None]:
        """For each mutant what notices it: an expectation before what replay has kept."""
        touched = self._touched(rule, mutants)
        for mutant, cases in zip(mutants, touched, strict=True):
            yield self._noticed(mutant, cases) if cases else None

    def _touched(self, rule: Rule, mutants: Sequence[Mutant]) -> list[list[Whole]]:
        unchanged = Mutant(rule, "", "", rule)
        variants = Variants(rule, [unchanged, *mutants], self._kb)
        touched: list[list[Whole]] = [[] for _ in mutants]
        for whole in self._cases:
            runs = [variants.fired(client) for client in (whole.now, whole.open)]
            for at, mutant in enumerate(mutants):
                pairs = [(fired[0], fired[at + 1]) for fired in runs]
                if any(_differ(mutant, was, now) for was, now in pairs):
                    touched[at].append(whole)
        return touched

    def _noticed(self, mutant: Mutant, cases: Sequence[Whole]) -> Noticed | None:
        kb = with_mutant(self._kb, mutant)
        engine = Engine(kb)
        seen: Noticed | None = None
        for whole in cases:
            found = reason(whole.case, kb, engine)
            result = assessment(whole.case, found, possible(found, engine))
            if whole.case.expect and differences(result, whole.case.expect):
                return "case"
            if whole.kept and compared("", whole.kept, digest(result), {}).differences:
                seen = "replay"
        return seen


def _open(could: Possible) -> Iterator[Known]:
    for _, item, place in could.open:
        for value in could.kb.findings[item.finding].values:
            yield Known("finding", item.finding, place.site, place.side, value)


def _differ(mutant: Mutant, was: list[RawFiring], now: list[RawFiring]) -> bool:
    """Whether a case could end otherwise: another firing, or one that says something else.

    How sure the answers behind a firing are counts for evidence only.
    """
    if not mutant.in_condition:
        return bool(was)
    if mutant.rule.stratum == "evidence":
        return not same_firings(was, now)
    return {raw.bindings for raw in was} != {raw.bindings for raw in now}


def with_mutant(kb: KnowledgeBase, mutant: Mutant) -> KnowledgeBase:
    """The knowledge base with the mutant in the rule's place."""
    rules = {**kb.rules}
    if mutant.mutated:
        rules[mutant.rule.id] = mutant.mutated
    else:
        del rules[mutant.rule.id]
    return replace(kb, rules=MappingProxyType(rules))
