"""The referral maps read both ways: which muscles are felt in a zone, where a muscle is felt."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import Site

REFERS_TO = "refers_to"


class Referred(NamedTuple):
    """The other end of a referral: a muscle or a zone, and how often (``essential``...)."""

    site: Site
    kind: str | None


class ReferralMap:
    """Both directions of one knowledge base's maps, essential before spillover."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb

    def muscles(self, zone: str) -> tuple[Referred, ...]:
        """The muscles whose pain may be felt in a zone."""
        return self._both["to"].get(zone, ())

    def zones(self, muscle: str) -> tuple[Referred, ...]:
        """The zones where a muscle may be felt."""
        return self._both["from"].get(muscle, ())

    @cached_property
    def _both(self) -> Mapping[str, Mapping[str, tuple[Referred, ...]]]:
        found: dict[str, dict[str, list[Referred]]] = {
            "from": defaultdict(list),
            "to": defaultdict(list),
        }
        for pair in self._kb.relations:
            if pair.relation == REFERS_TO:
                sites = self._kb.sites
                found["from"][pair.from_].append(Referred(sites[pair.to], pair.kind))
                found["to"][pair.to].append(Referred(sites[pair.from_], pair.kind))
        return {way: {k: self._sorted(v) for k, v in ends.items()} for way, ends in found.items()}

    def _sorted(self, found: list[Referred]) -> tuple[Referred, ...]:
        kinds = self._kb.relation_tables[REFERS_TO].kinds
        order = {kind: n for n, kind in enumerate(kinds)}
        return tuple(sorted(found, key=lambda one: order.get(one.kind or "", len(order))))
