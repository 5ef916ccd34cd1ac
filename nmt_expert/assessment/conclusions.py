"""Gather what fired for and against each conclusion, weigh it, and say which bands hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nmt_expert.assessment.inputs import Evidence, sure_of
from nmt_expert.assessment.trace import drawn
from nmt_expert.assessment.weighing import Weighed, Weight, lowered, weigh
from nmt_expert.engine import FactToken, Known, RawFiring
from nmt_expert.engine.compile import words_up_to
from nmt_expert.engine.facts import tokens_of
from nmt_expert.model.base import Side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Conclude


@dataclass(frozen=True, order=True)
class Key:
    """Which conclusion: its kind, site and side."""

    conclude: str
    site: str
    side: str = ""

    @property
    def id(self) -> str:
        """``conclude:site:side`` as the contract prints it."""
        return ":".join(part for part in (self.conclude, self.site, self.side) if part)


@dataclass(frozen=True)
class TwoSides:
    """The weights for and against one conclusion."""

    supports: list[Weight] = field(default_factory=list)
    opposes: list[Weight] = field(default_factory=list)


def gathered(
    firings: Iterable[RawFiring], evidence: Evidence, kb: KnowledgeBase
) -> dict[Key, TwoSides]:
    """Every conclusion that some rule spoke of, with its weights."""
    found: dict[Key, TwoSides] = defaultdict(TwoSides)
    for raw in firings:
        rule = kb.rules[raw.rule]
        if rule.role not in ("support", "oppose"):
            continue
        sure = sure_of(raw, evidence)
        for item in drawn(rule, dict(raw.bindings), kb):
            if isinstance(item.outcome, Conclude) and item.site:
                outcome = item.outcome
                strength = lowered(outcome.strength, sure, kb.certainty)
                cause = (raw.rule, raw.bindings)
                weight = Weight(cause, outcome.group, strength, outcome.ceiling)
                sides = found[Key(outcome.conclude, item.site, item.side or "")]
                (sides.supports if rule.role == "support" else sides.opposes).append(weight)
    return dict(found)


def weighed(sides: Mapping[Key, TwoSides], kb: KnowledgeBase) -> dict[Key, Weighed]:
    """Weigh every conclusion that has at least one support, in a fixed order."""
    return {
        key: weigh(sides[key].supports, sides[key].opposes, kb.certainty)
        for key in sorted(sides)
        if sides[key].supports
    }


def bands(results: Mapping[Key, Weighed]) -> Sequence[Known]:
    """The facts that focus and advice rules may use: each band and those below it."""
    return [band for key in results for band in _bands(key, results[key])]


def _bands(key: Key, result: Weighed) -> Iterable[Known]:
    side: Side | None = None
    if key.side:
        side = "left" if key.side == "left" else "right"
    for word in words_up_to(result.band):
        yield Known("band", key.conclude, key.site, side, word)


def behind_bands(
    results: Mapping[Key, Weighed], ids: Mapping[Key, str], kb: KnowledgeBase
) -> dict[FactToken, tuple[str, ...]]:
    """Which conclusions, by printed id, stand behind each band fact."""
    behind: dict[FactToken, list[str]] = defaultdict(list)
    for key, result in results.items():
        for known in _bands(key, result):
            for token in tokens_of(known, kb):
                if ids[key] not in behind[token]:
                    behind[token].append(ids[key])
    return {token: tuple(found) for token, found in behind.items()}


def printed_ids(
    results: Mapping[Key, Weighed], sides: Mapping[Key, TwoSides], answers: Mapping[object, object]
) -> dict[Key, str]:
    """The id of each conclusion; left and right that rest on the same answers become ``both``.

    ``answers`` gives for every cause the answers behind it.
    """
    ids = {}
    for key in results:
        other = Key(key.conclude, key.site, {"left": "right", "right": "left"}.get(key.side, ""))
        alike = (
            key.side
            and other in results
            and _reasons(sides[key], answers) == _reasons(sides[other], answers)
        )
        ids[key] = Key(key.conclude, key.site, "both").id if alike else key.id
    return ids


def _reasons(sides: TwoSides, answers: Mapping[object, object]) -> frozenset[object]:
    return frozenset(
        (weight.cause[0], answers[weight.cause]) for weight in sides.supports + sides.opposes
    )
