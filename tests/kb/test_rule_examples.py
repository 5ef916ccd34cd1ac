"""Every rule fires in its example, and its near miss is one condition away and silent."""

import pytest

from nmt_expert.assessment.bench import Bench, Run
from nmt_expert.assessment.near import NearMisses
from nmt_expert.engine import Engine, Known
from nmt_expert.model.knowledge import KnowledgeBase

Tried = dict[str, tuple[Run, ...]]


@pytest.fixture(scope="module")
def tried(kb: KnowledgeBase, engine: Engine) -> Tried:
    bench = Bench(kb, engine)
    return {r.id: bench.rule(r).runs for r in kb.rules.values() if r.status != "retired"}


def test_every_rule_fires_in_its_example(tried: Tried) -> None:
    assert [rule for rule, (fires, _) in tried.items() if rule not in fires.fired] == []


def test_every_rule_stays_silent_in_its_near_miss(tried: Tried) -> None:
    assert [rule for rule, (_, silent) in tried.items() if rule in silent.fired] == []


def test_every_near_miss_lacks_one_condition_and_no_more(tried: Tried) -> None:
    assert [rule for rule, (_, silent) in tried.items() if rule not in silent.near] == []


CRPS = "red_flags.limbs.crps_pattern_three_and_two"
GROUPS = ("crps_sensory", "crps_vasomotor", "crps_sudomotor_oedema", "crps_motor_trophic")


@pytest.mark.parametrize(("groups", "near"), [(1, False), (2, True)])
def test_one_short_of_a_count_is_near_and_two_short_is_not(
    groups: int, near: bool, kb: KnowledgeBase
) -> None:
    told = [("limb_injury_or_surgery_before", "present"), ("crps_signs_seen", "two_or_more")]
    told += [(group, "present") for group in GROUPS[:groups]]
    known = [Known("finding", name, None, None, value) for name, value in told]
    assert (CRPS in NearMisses(kb).of(known, [], set())) is near
