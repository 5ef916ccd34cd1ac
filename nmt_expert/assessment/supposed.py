"""What a rule would need: the engine is asked, with everything the rule speaks of supposed.

The activation that needs the fewest supposed facts is the nearest way to fire the rule; which of
its conditions were met, contradicted, unknown or never asked is then read off the real answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.possible import item_key
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.assessment.trace import Drawn, drawn
from nmt_expert.assessment.weighing import decimal_text
from nmt_expert.engine import Engine, FactToken, Known, RawFiring, Token
from nmt_expert.engine.compile import DRAWN, words_up_to
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.explanation import ConditionState
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.rule import (
    Atom,
    BandCondition,
    CandidateCondition,
    FindingCondition,
    RelationCondition,
    Rule,
    Treat,
    atoms,
)
from nmt_expert.model.site import VARIABLE_KINDS

PlacedCondition = FindingCondition | CandidateCondition | BandCondition


@dataclass(frozen=True)
class Part:
    """One condition of the nearest way, how it stands, and what it would need."""

    atom: Atom
    state: ConditionState
    by: tuple[str, ...]
    need: str | None


@dataclass(frozen=True)
class Supposed:
    """The nearest way to fire a rule for one target."""

    rule: Rule
    bindings: dict[str, str]
    parts: tuple[Part, ...]

    @property
    def unmet(self) -> tuple[str, ...]:
        """What would have to be answered, as ``finding@site:side=value``."""
        return tuple(dict.fromkeys(part.need for part in self.parts if part.need))

    @property
    def contradicted(self) -> int:
        """How many conditions were answered otherwise."""
        return sum(part.state == "contradicted" for part in self.parts)


@dataclass(frozen=True)
class Target:
    """What is asked about: an outcome's name, and its site and side when given."""

    name: str
    site: str | None
    side: str | None

    def is_(self, item: Drawn) -> bool:
        """Whether an outcome is the one asked about; a muscle's name asks for its treatment."""
        if isinstance(item.outcome, Treat):
            return item.site == self.name and self.side in (None, item.side)
        return (
            item.name == self.name
            and self.site in (None, item.site)
            and (self.side is None or item.side is None or self.side == item.side)
        )


def nearest(rule: Rule, target: Target, found: Reasoning, engine: Engine) -> Supposed | None:
    """The way to fire ``rule`` for ``target`` that supposes least; None when there is none."""
    known = [*found.evidence.known, *dict.fromkeys(_supposed(rule, target, found))]
    bands = [k for k in known if k.what == "band"] + list(drawing.bands(found.weighed))
    result = engine.run([k for k in known if k.what != "band"], lambda _: bands)
    ways = [
        _way(rule, raw, activated, found)
        for raw in result.firings
        if raw.rule == rule.id and _on_target(rule, raw, target, found)
        for activated in raw.activations
    ]
    return min(
        ways,
        key=lambda way: (len(way.unmet), way.contradicted, way.unmet, sorted(way.bindings.items())),
        default=None,
    )


def _on_target(rule: Rule, raw: RawFiring, target: Target, found: Reasoning) -> bool:
    return any(target.is_(item) for item in drawn(rule, dict(raw.bindings), found.kb))


def _supposed(rule: Rule, target: Target, found: Reasoning) -> Iterator[Known]:
    """Every fact that the conditions could ask for, at the target or wherever they may be."""
    bound = _bound(rule, target)
    for atom in atoms(rule.when):
        if isinstance(atom, RelationCondition):
            continue
        for site in _sites(atom.site, bound, found):
            for side in _sides(atom, site, found):
                yield from _facts(atom, site, side)


def _bound(rule: Rule, target: Target) -> dict[str, str]:
    bound = {}
    for outcome in rule.then:
        term = getattr(outcome, "site", None)
        site = target.name if isinstance(outcome, Treat) else target.site
        if isinstance(term, str) and term.startswith("$") and site:
            bound[term] = site
    return bound


def _sites(term: str | None, bound: dict[str, str], found: Reasoning) -> list[str | None]:
    if term is None or not term.startswith("$"):
        return [term]
    if term in bound:
        return [bound[term]]
    return [s.id for s in found.kb.sites.values() if s.kind in VARIABLE_KINDS[term]]


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
    parts = tuple(_part(numbered[number], token, found) for number, token in activated)
    return Supposed(rule, dict(raw.bindings), parts)


def _part(atom: Atom, token: Token, found: Reasoning) -> Part:
    if not isinstance(token, FactToken):
        return Part(atom, "met", (), None)
    if token.what == "finding":
        return _finding_part(atom, token, found)
    where = item_key(token.name, token.site or None, None if token.side == "any" else token.side)
    if token.what == "band":
        return _band_part(atom, token, where, found)
    drawn_now = {t for raw in found.result.firings for t in found.trace.candidate_tokens(raw)}
    met = token in drawn_now
    return Part(atom, "met" if met else "not_asked", (), None if met else f"candidate {where}")


def _finding_part(atom: Atom, token: FactToken, found: Reasoning) -> Part:
    behind = found.evidence.behind.get(token, ())
    if behind:
        return Part(atom, "met", tuple(item.id for item in behind), None)
    side = None if token.side == "any" else token.side
    need = f"{item_key(token.name, token.site or None, side)}={token.value}"
    told = [
        item
        for item in found.inputs
        if item.finding == token.name
        and (item.site or "") == token.site
        and (side is None or item.side in (side, "both", None))
        and not item.parked
    ]
    state: ConditionState = "not_asked"
    if told:
        non_answer = all(item.value in NON_ANSWERS for item in told)
        state = "unknown" if non_answer else "contradicted"
    return Part(atom, state, tuple(item.id for item in told), need)


def _band_part(atom: Atom, token: FactToken, where: str, found: Reasoning) -> Part:
    if token in drawing.behind_bands(found.weighed, found.ids, found.kb):
        return Part(atom, "met", (), None)
    stands = [
        f"{found.ids[key]} is {result.band.replace('_', ' ')} ({decimal_text(result.net)})"
        for key, result in found.weighed.items()
        if (key.conclude, key.site) == (token.name, token.site) and token.side in ("any", key.side)
    ]
    threshold = found.kb.certainty.bands.get(token.value)  # type: ignore[call-overload]
    need = f"{where} at least {token.value} ({threshold})"
    return Part(atom, "below_threshold" if stands else "not_asked", tuple(stands), need)
