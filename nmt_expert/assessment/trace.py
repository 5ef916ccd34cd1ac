"""The canonical trace: firings numbered in one order, each condition with what met it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment.bindings import bound_by, link
from nmt_expert.assessment.inputs import Evidence, sure_of
from nmt_expert.assessment.weighing import Cause
from nmt_expert.engine import FactToken, LinkToken, RawFiring, Token
from nmt_expert.engine.compile import DRAWN
from nmt_expert.engine.run import bound_side, bound_site
from nmt_expert.model.assessment import Firing, Met
from nmt_expert.model.condition_words import condition
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    STRATA,
    Advise,
    Atom,
    Candidate,
    Caution,
    Conclude,
    Outcome,
    Refer,
    Rule,
    Treat,
    atoms,
)


@dataclass(frozen=True)
class Drawn:
    """What one firing says, with its variables bound."""

    outcome: Outcome
    site: str | None
    side: str | None

    @property
    def name(self) -> str:
        """The outcome's id: a conclusion's kind, a flag, a caution, an advice, or ``treat``."""
        match self.outcome:
            case Refer(flag=name) | Caution(caution=name) | Advise(advice=name):
                return name
            case Candidate(candidate=name) | Conclude(conclude=name):
                return name
            case Treat():
                return "treat"

    @property
    def key(self) -> str:
        """``name:site:side``, as far as it has them."""
        return ":".join(part for part in (self.name, self.site, self.side) if part)


def drawn(rule: Rule, bindings: dict[str, str], kb: KnowledgeBase) -> tuple[Drawn, ...]:
    """The outcomes of ``rule`` under ``bindings``; an interview asks for the same ones again."""
    key = (rule.id, *bindings.items())
    made: dict[object, tuple[Drawn, ...]] = kb.derived.setdefault("drawn", {})
    if key not in made:
        made[key] = tuple(_drawn(rule, bindings, kb))
    return made[key]


def _drawn(rule: Rule, bindings: dict[str, str], kb: KnowledgeBase) -> Iterator[Drawn]:
    for outcome in rule.then:
        if isinstance(outcome, Candidate | Conclude | Treat):
            site = bound_site(outcome.site, bindings)
            yield Drawn(outcome, site, bound_side(outcome.side, site, bindings, kb))
        else:
            yield Drawn(outcome, None, None)


@dataclass(frozen=True)
class Trace:
    """Raw firings put in canonical order: stratum, shortest derivation, rule id, bindings."""

    raw: tuple[RawFiring, ...]
    evidence: Evidence
    kb: KnowledgeBase
    conclusions: Mapping[FactToken, tuple[str, ...]]
    """Which conclusions stand behind a band's fact."""

    @cached_property
    def ordered(self) -> tuple[RawFiring, ...]:
        """The firings in the order of their numbers, which begin at one."""
        return tuple(
            sorted(
                self.raw,
                key=lambda f: (
                    STRATA.index(self.kb.rules[f.rule].stratum),
                    self._depths[(f.rule, f.bindings)],
                    f.rule,
                    f.bindings,
                ),
            )
        )

    @cached_property
    def firings(self) -> tuple[Firing, ...]:
        """Every firing as the contract prints it."""
        return tuple(self._firing(n, raw) for n, raw in enumerate(self.ordered, start=1))

    @cached_property
    def candidates(self) -> dict[FactToken, list[Cause]]:
        """The facts of every candidate that was drawn, with what drew it."""
        drawn_by: dict[FactToken, list[Cause]] = {}
        for raw in self.raw:
            for token in self.candidate_tokens(raw):
                drawn_by.setdefault(token, []).append((raw.rule, raw.bindings))
        return drawn_by

    def candidate_tokens(self, raw: RawFiring) -> Iterable[FactToken]:
        """The candidate facts that a firing declared."""
        for item in drawn(self.kb.rules[raw.rule], dict(raw.bindings), self.kb):
            if isinstance(item.outcome, Candidate):
                for side in ("any", *((item.side,) if item.side else ("left", "right"))):
                    yield FactToken("candidate", item.name, item.site or "", side, DRAWN)

    @cached_property
    def _depths(self) -> dict[Cause, int]:
        """The shortest derivation of each firing, by rounds until nothing gets shorter."""
        unreached = len(self.raw) + 1
        depths = {(raw.rule, raw.bindings): unreached for raw in self.raw}
        changed = True
        while changed:
            changed = False
            for raw in self.raw:
                depth = min(self._depth(activated, depths) for activated in raw.activations)
                if depth < depths[(raw.rule, raw.bindings)]:
                    depths[(raw.rule, raw.bindings)] = depth
                    changed = True
        return depths

    def _depth(
        self,
        activated: tuple[tuple[int, Token], ...],
        depths: Mapping[Cause, int],
    ) -> int:
        needed = [
            min((depths[key] for key in self.candidates.get(token, ())), default=0)
            for _, token in activated
            if isinstance(token, FactToken) and token.what == "candidate"
        ]
        return 1 + max(needed, default=0)

    @cached_property
    def numbers(self) -> dict[Cause, int]:
        """The number of each firing, by its rule and bindings."""
        return {(raw.rule, raw.bindings): n for n, raw in enumerate(self.ordered, start=1)}

    def _firing(self, n: int, raw: RawFiring) -> Firing:
        rule = self.kb.rules[raw.rule]
        bindings = dict(raw.bindings)
        numbered = dict(enumerate(atoms(rule.when)))
        return Firing(
            n=n,
            stratum=rule.stratum,
            rule=rule.id,
            rule_version=rule.version,
            bindings={name.lstrip("$"): value for name, value in raw.bindings},
            met=tuple(
                self._met(numbered[number], tokens, bindings)
                for number, tokens in sorted(raw.met().items())
            ),
            produced=tuple(item.key for item in drawn(rule, bindings, self.kb)),
            sure=sure_of(raw, self.evidence),
        )

    def _met(self, atom: Atom, tokens: Iterable[Token], bindings: dict[str, str]) -> Met:
        tokens = list(tokens)
        by = {reference for token in tokens for reference in self._references(token)}
        return Met(
            condition=condition(atom, bound_by(atom, tokens, bindings), self.kb),
            by=tuple(sorted(by, key=_reference_order)),
        )

    def _references(self, token: Token) -> list[str]:
        """Answers by ``a1``, firings by ``f3``, conclusions and relations by their own names."""
        if isinstance(token, LinkToken):
            return [link(token)]
        if token.what == "finding":
            return [item.id for item in self.evidence.behind.get(token, ())]
        if token.what == "band":
            return list(self.conclusions.get(token, ()))
        return [f"f{self.numbers[key]}" for key in self.candidates.get(token, ())]


def _reference_order(reference: str) -> tuple[int, int, str]:
    if reference[0] in "af" and reference[1:].isdigit():
        return (0 if reference[0] == "a" else 1, int(reference[1:]), reference)
    return (2, 0, reference)
