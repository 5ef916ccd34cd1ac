"""Which complaints a conclusion explains: those its site refers to, supplies, holds or chains to.

The paths of relations that count as explaining stand in ``knowledge/certainty.yml``.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment.conclusions import Key
from nmt_expert.model.base import SIDES
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase

NEAR = ("lies_in", "refers_to")
"""The relations that bring a muscle near a place; ``remote_from`` is what lacks both."""


@dataclass(frozen=True, order=True)
class ComplaintZone:
    """A place that hurts, on one side; no side for places in the mid-line."""

    site: str
    side: str = ""

    @property
    def id(self) -> str:
        """``site:side`` as the contract prints it."""
        return f"{self.site}:{self.side}" if self.side else self.site


def complaints(case: Case) -> tuple[ComplaintZone, ...]:
    """The places of the complaint, the chief one first; both sides are two places."""
    found = [zone for place in case.complaint.sites for zone in zones_at(place.site, place.side)]
    return tuple(dict.fromkeys(found))


def zones_at(site: str, side: str | None) -> list[ComplaintZone]:
    """One place for each side that an answer speaks of."""
    return [ComplaintZone(site, one) for one in (SIDES if side == "both" else (side or "",))]


@dataclass(frozen=True)
class Explainer:
    """Answers "does this site explain that zone?" from the relations, without sides."""

    kb: KnowledgeBase

    @cached_property
    def _steps(self) -> dict[tuple[str, str], frozenset[str]]:
        steps: dict[tuple[str, str], set[str]] = defaultdict(set)
        for relation in self.kb.relations:
            if relation.side == "same":
                steps[(relation.relation, relation.from_)].add(relation.to)
        return {key: frozenset(ends) for key, ends in steps.items()}

    @cached_property
    def _reached(self) -> dict[str, frozenset[str]]:
        return {}

    def reached(self, site: str) -> frozenset[str]:
        """Every zone (and the regions around it) that ``site`` explains, and itself."""
        if site not in self._reached:
            self._reached[site] = self._walk(site)
        return self._reached[site]

    def _walk(self, site: str) -> frozenset[str]:
        ends = {site}
        for path in self.kb.certainty.explained_by:
            here: Iterable[str] = {site}
            for relation in path:
                here = {end for start in here for end in self._steps.get((relation, start), ())}
            ends |= set(here)
        around = {
            region
            for end in ends
            for region in self.kb.ancestors.get(end, ())
            if self.kb.sites[region].kind == "region" and self.kb.sites[end].kind == "zone"
        }
        return frozenset(ends | around)

    def explains(self, key: Key, zones: Iterable[ComplaintZone]) -> tuple[ComplaintZone, ...]:
        """The complaints that a conclusion explains, in the order given."""
        reached = self.reached(key.site)
        return tuple(
            zone
            for zone in zones
            if zone.site in reached and (not zone.side or not key.side or zone.side == key.side)
        )

    def is_near(self, site: str | None, side: str | None, zones: Iterable[ComplaintZone]) -> bool:
        """Whether a muscle lies in, or refers to, one of the places that hurt on its side."""
        if site is None:
            return False
        near = {end for relation in NEAR for end in self._steps.get((relation, site), ())}
        near |= {holder for zone in near for holder in self.kb.ancestors.get(zone, ())}
        return any(
            zone.site in near and (not zone.side or not side or zone.side == side) for zone in zones
        )
