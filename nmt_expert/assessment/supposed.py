"""What a rule would need: the engine is asked, with everything the rule speaks of supposed.

The activation that needs the fewest supposed facts is the nearest way to fire the rule; which of
its conditions were met, contradicted, unknown or never asked is then read off the real answers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.bindings import bound_by
from nmt_expert.assessment.reachable import reachable
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.assessment.standing import Part, standing
from nmt_expert.assessment.trace import Drawn, drawn
from nmt_expert.engine import FactToken, Known, RawFiring, Reasoner, Token
from nmt_expert.engine.compile import DRAWN, words_up_to
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.rule import (
    Advise,
    BandCondition,
    Candidate,
    CandidateCondition,
    Caution,
    Conclude,
    FindingCondition,
    Outcome,
    PlacedCondition,
    Refer,
    RelationCondition,
    Rule,
    Treat,
    atoms,
)
from nmt_expert.model.site import VARIABLE_KINDS


@dataclass(frozen=True)
class Supposed:
    """The nearest way to fire a rule for one target."""

    rule: Rule
    bindings: dict[str, str]
    parts: tuple[Part, ...]

    @property
    def needs(self) -> tuple[FactToken, ...]:
        """The facts that are not there: findings, candidates, bands."""
        return tuple(dict.fromkeys(part.need for part in self.parts if part.need))

    @property
    def contradicted(self) -> int:
        """How many conditions were answered otherwise."""
        return sum(part.state == "contradicted" for part in self.parts)


@dataclass(frozen=True)
class Target:
    """What is asked about: an outcome's name, and its site and side when given.

    The name may be that of a conclusion, flag, caution or advice, of a factor (any conclusion of
    it), of a site (its treatment), of a technique (any treatment with it), or of a rule.
    """

    name: str
    site: str | None
    side: str | None
    names_a_site: bool = False
    names_a_technique: bool = False
    names_a_rule: bool = False

    @property
    def treated(self) -> str | None:
        """The site whose treatment is asked about."""
        return self.name if self.names_a_site else self.site

    def may_be(self, outcome: Outcome) -> bool:
        """Whether an outcome, its variables unbound, could be the one asked about."""
        if self.names_a_rule:
            return self._may_lie(outcome)
        match outcome:
            case Refer(flag=own) | Caution(caution=own) | Advise(advice=own):
                return own == self.name
            case Conclude():
                return self.name in (outcome.conclude, outcome.factor) and self._may_lie(outcome)
            case Candidate():
                return self.name == outcome.candidate and self._may_lie(outcome)
            case Treat() if self.names_a_technique:
                return self.name in outcome.technique and self._may_lie(outcome)
            case Treat():
                return self.names_a_site and outcome.site in (self.name, *VARIABLE_KINDS)

    def _may_lie(self, outcome: Outcome) -> bool:
        site = str(getattr(outcome, "site", None) or "")
        return self.site is None or site.startswith("$") or site == self.site

    def is_(self, item: Drawn) -> bool:
        """Whether an outcome is the one asked about."""
        if not self.may_be(item.outcome) or self.side not in (None, item.side or self.side):
            return False
        if isinstance(item.outcome, Treat):
            return self.treated in (None, item.site)
        return self.site in (None, item.site)


def nearest(
    rules: Iterable[Rule], target: Target, found: Reasoning, engine: Reasoner
) -> list[Supposed]:
    """For each rule the way to fire it for ``target`` that supposes least, nearest rule first."""
    wanted = {rule.id: rule for rule in rules}
    supposed = dict.fromkeys(k for rule in wanted.values() for k in _supposed(rule, target, found))
    bands = [k for k in supposed if k.what == "band"] + list(drawing.bands(found.weighed))
    known = [*found.evidence.known, *(k for k in supposed if k.what != "band")]
    best: dict[str, Supposed] = {}
    for raw in engine.run(known, lambda _: bands, opening=False).firings:
        rule = wanted.get(raw.rule)
        if rule and _on_target(rule, raw, target, found):
            ways = [_way(rule, raw, each, found) for each in raw.activations]
            ways += [best[raw.rule]] if raw.rule in best else []
            best[raw.rule] = min(ways, key=_distance(found))
    return sorted(best.values(), key=_distance(found))


def _distance(found: Reasoning) -> Callable[[Supposed], tuple[object, ...]]:
    """How far a way is: what it lacks, what was answered otherwise, whether near what hurts."""
    chief = found.complaints[0].side if found.complaints else ""
    in_play = {site for raw in found.result.firings for _, site in raw.bindings}.difference(SIDES)

    def distance(way: Supposed) -> tuple[object, ...]:
        elsewhere = way.bindings.get("$side", chief) != chief
        unasked = sum(part.state == "not_asked" for part in way.parts)
        untouched = in_play.isdisjoint(way.bindings.values())
        told = (len(way.needs), way.contradicted, unasked, elsewhere, untouched)
        return (*told, way.rule.id, way.needs, sorted(way.bindings.items()))

    return distance


def _on_target(rule: Rule, raw: RawFiring, target: Target, found: Reasoning) -> bool:
    return any(target.is_(item) for item in drawn(rule, dict(raw.bindings), found.kb))


def _supposed(rule: Rule, target: Target, found: Reasoning) -> Iterator[Known]:
    """Every fact that the conditions could ask for, at the target or wherever they may be."""
    reached = reachable(rule, _bound(rule, target), found.kb)
    for atom in atoms(rule.when):
        if isinstance(atom, RelationCondition):
            continue
        for site in reached.get(atom.site or "", (atom.site,)):
            for side in _sides(atom, site, found):
                yield from _facts(atom, site, side)


def _bound(rule: Rule, target: Target) -> dict[str, str]:
    bound = {}
    for outcome in rule.then:
        term = getattr(outcome, "site", None)
        site = target.treated if isinstance(outcome, Treat) else target.site
        if isinstance(term, str) and term.startswith("$") and site:
            bound[term] = site
    return bound


def _sides(atom: PlacedCondition, site: str | None, found: Reasoning) -> tuple[Side | None, ...]:
    if isinstance(atom, FindingCondition) and found.kb.findings[atom.finding].sided is True:
        return SIDES
    by_site = not isinstance(atom, FindingCondition) or found.kb.findings[atom.finding].sided
    return SIDES if by_site and found.kb.is_sided(site) else (None,)


def _facts(atom: PlacedCondition, site: str | None, side: Side | None) -> Iterator[Known]:
    match atom:
        case FindingCondition():
            for value in atom.wanted:
                yield Known("finding", atom.finding, site, side, value)
        case CandidateCondition():
            yield Known("candidate", atom.candidate, site, side, DRAWN)
        case BandCondition():
            for word in words_up_to(atom.at_least):
                yield Known("band", atom.band, site, side, word)


def _way(
    rule: Rule, raw: RawFiring, activated: tuple[tuple[int, Token], ...], found: Reasoning
) -> Supposed:
    numbered = dict(enumerate(atoms(rule.when)))
    bindings = dict(raw.bindings)
    for number, token in activated:
        bindings = bound_by(numbered[number], [token], bindings)
    parts = tuple(standing(numbered[number], token, found) for number, token in activated)
    return Supposed(rule, bindings, parts)
