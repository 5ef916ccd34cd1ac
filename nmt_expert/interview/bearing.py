"""What an answer could still bear on: a referral, the leading focus areas, or the ranking.

Everything is read off the possible run. A question on which nothing more depends is skipped; it can
be opened again. What a red-flag rule needs is never skipped.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from nmt_expert.assessment.closure import Interval, closure, intervals, red_flag_findings
from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.possible import Possible, possible
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.assessment.trace import drawn
from nmt_expert.assessment.weighing import exact
from nmt_expert.engine import Engine, FactToken, Known, RawFiring
from nmt_expert.engine.facts import tokens_of
from nmt_expert.interview.prompts import Wanted
from nmt_expert.model.assessment import Closure
from nmt_expert.model.prompt import Item, Place
from nmt_expert.model.rule import Advise, Candidate, Caution, Conclude, Refer, Treat

Weight = Literal[0, 1, 2, 3]
REFERRAL: Weight = 0
LEADING: Weight = 1
RANKING: Weight = 2
NOTHING: Weight = 3
"""Smaller is asked sooner; on ``NOTHING`` nothing more depends."""


class Bearing:
    """What each open item could still change, by one possible run."""

    def __init__(self, possible: Possible) -> None:
        self._possible = possible
        self._kb = possible.kb
        self._red: frozenset[str] = red_flag_findings(possible.kb)

    @cached_property
    def closure(self) -> Closure:
        """Whether the interview may stop, and what is left."""
        return closure(self._possible, self._ranges)

    @cached_property
    def _told(self) -> dict[tuple[str, str | None, str | None], Weight]:
        return {}

    def of(self, finding: str, place: Place) -> Weight:
        """What an answer at a place could still bear on."""
        key = (finding, place.site, place.side)
        if key not in self._told:
            self._told[key] = self._weight_at(finding, place)
        return self._told[key]

    def _weight_at(self, finding: str, place: Place) -> Weight:
        asked = self._kb.findings[finding]
        if finding in self._red or asked.kind == "red_flag":
            return REFERRAL
        if asked.use == "outcome":  # no rule waits for it; the next visit is measured against it
            return RANKING
        asserted = (
            Known("finding", finding, place.site, place.side, value) for value in asked.values
        )
        tokens = (token for known in asserted for token in tokens_of(known, self._kb))
        return min((self._weights.get(token, NOTHING) for token in tokens), default=NOTHING)

    def least(self, items: Iterable[Item], wanted: Wanted = lambda finding, place: True) -> Weight:
        """The smallest weight of what is wanted of some items."""
        pairs = ((item.finding, place) for item in items for place in item.places)
        weights = (self.of(*pair) for pair in pairs if wanted(*pair))
        return min(weights, default=REFERRAL)

    @cached_property
    def _weights(self) -> dict[FactToken, Weight]:
        """The weight of every fact that is lacking, through the candidates that need it."""
        found: dict[FactToken, Weight] = {}
        waiting = [(raw, self._weight(raw)) for raw in self._possible.undecided]
        while waiting:
            raw, weight = waiting.pop()
            for token in self._lacking(raw):
                if weight < found.get(token, NOTHING):
                    found[token] = weight
                    waiting += [
                        (drawer, weight) for drawer in self._possible.drawers.get(token, ())
                    ]
        return found

    def _lacking(self, raw: RawFiring) -> Iterator[FactToken]:
        behind = self._possible.evidence.behind
        for activated in raw.activations:
            for _, token in activated:
                if isinstance(token, FactToken) and token.what != "band" and token not in behind:
                    yield token

    def _weight(self, raw: RawFiring) -> Weight:
        outcomes = drawn(self._kb.rules[raw.rule], dict(raw.bindings), self._kb)
        weights: list[Weight] = [NOTHING]
        for item in outcomes:
            match item.outcome:
                case Refer() | Caution():
                    weights.append(REFERRAL)
                case Advise(to=to):
                    weights.append(REFERRAL if to else NOTHING)
                case Conclude():
                    weights.append(
                        self._open.get(Key(item.name, item.site or "", item.side or ""), NOTHING)
                    )
                case Treat():
                    weights.append(LEADING)
                case Candidate():
                    weights.append(RANKING)
        return min(weights)

    @cached_property
    def _open(self) -> dict[Key, Weight]:
        """What could still change about each conclusion: a leading one, another's band, nothing."""
        leading = set(self.closure.focus.could_change)
        return {
            key: LEADING if key.id in leading else RANKING if self._band_open(span) else NOTHING
            for key, span in self._ranges.items()
        }

    @cached_property
    def _ranges(self) -> dict[Key, Interval]:
        return intervals(self._possible)

    def _band_open(self, span: Interval) -> bool:
        return any(span.low < exact(t) <= span.high for t in self._kb.certainty.bands.values())


class Outlook:
    """The bearing of what is known now, kept for the moment that it is asked about twice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: tuple[Reasoning, Bearing] | None = None

    def may_stop(self, found: Reasoning) -> bool:
        """Whether what is known allows the interview to stop."""
        return self.bearing(found).closure.may_stop

    def bearing(self, found: Reasoning) -> Bearing:
        """What each open question could still change."""
        if self._last is None or self._last[0] is not found:
            self._last = found, Bearing(possible(found, self._engine))
        return self._last[1]
