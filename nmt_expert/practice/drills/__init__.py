"""Short exercises made from the rules: each item has its answer, and the rule that explains it.

The same knowledge, kind and seed give the same items.
"""

from collections.abc import Callable, Iterator
from random import Random

from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.practice.drills.concordance import concordance_item
from nmt_expert.practice.drills.contrast import contrast_item
from nmt_expert.practice.drills.flags import flag_item
from nmt_expert.practice.drills.item import DrillKind, Item
from nmt_expert.practice.drills.maps import muscle_item, zone_item
from nmt_expert.practice.drills.material import Material
from nmt_expert.practice.drills.next_test import next_item

MAKERS: dict[DrillKind, Callable[[Material, str], Item]] = {
    "contrast": contrast_item,
    "flag": flag_item,
    "muscle": muscle_item,
    "zone": zone_item,
    "next": next_item,
    "concordance": concordance_item,
}
DRILLS: dict[DrillKind, str] = {
    "contrast": "Contrast pairs: which one finding decides?",
    "flag": "Spot the flag: which referral, if any?",
    "muscle": "From the painful zone to the muscle",
    "zone": "From the muscle to the zone it refers to",
    "next": "Which test next?",
    "concordance": "Script concordance: how much does a finding move a hypothesis?",
}
"""Every kind of drill, and what it practises."""

__all__ = ["DRILLS", "DrillKind", "Item", "items"]


def items(kind: DrillKind, kb: KnowledgeBase, engine: Engine, seed: int) -> Iterator[Item]:
    """Items of one kind, without end."""
    n = 0
    while True:
        n += 1
        chance = Random(f"{kind}:{seed}:{n}")
        yield MAKERS[kind](Material(kb, engine, chance), f"{kind}-{seed}-{n}")
