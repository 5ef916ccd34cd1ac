"""A slip in a rule is noticed: a sample here, every mutant with ``-m tests.proof.rule_mutants``."""

import pytest

from nmt_expert.assessment.examples import run_of
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Rule, atoms
from tests.conftest import ROOT
from tests.proof.checked import Checked
from tests.proof.mutants import Mutant, mutants_of, role_of
from tests.proof.mutated_conditions import said
from tests.proof.own_clients import OwnClients
from tests.proof.rule_mutants import SAFETY, By, Fate, accepted, faults, table
from tests.proof.ways import Line, Ways, client, ends_of, line_of, lines_of, read_ways
from tests.proof.whole_cases import WholeCases

EVERY, FROM = 9, 4
"""The sample: one rule in so many, and where it begins."""
NEW_PAIN = "red_flags.neck.neck_artery_injury_new_pain_with_sign"
DROOPY_LID = ROOT / "tests/cases/serious/neck-pain-with-droopy-lid.yml"
MYELOPATHY = "red_flags.neck.myelopathy_two_of_four"


@pytest.fixture(scope="module")
def ways() -> dict[str, Ways]:
    return read_ways()


@pytest.fixture(scope="module")
def own(kb: KnowledgeBase, engine: Engine, ways: dict[str, Ways]) -> OwnClients:
    return OwnClients(kb, engine, ways)


def unnoticed(rule: Rule, own: OwnClients, kb: KnowledgeBase) -> list[Mutant]:
    mutants = list(mutants_of(rule, kb))
    seen = own.noticing(rule, mutants)
    return [mutant for mutant, by in zip(mutants, seen, strict=True) if not by]


def holds(line: Line, rule: Rule, kb: KnowledgeBase, engine: Engine) -> bool:
    """Whether a client ends as written."""
    mine = [raw for raw in run_of(line.example, kb, engine).firings if raw.rule == rule.id]
    return bool(mine) == line.fires and line.ends in (None, ends_of(rule, mine, kb))


def test_a_slip_in_a_red_flag_or_a_caution_is_noticed_by_its_own_clients(
    kb: KnowledgeBase, own: OwnClients
) -> None:
    rules = [rule for rule in kb.rules.values() if role_of(rule) in SAFETY]
    alive = [mutant.name for rule in rules[FROM::EVERY] for mutant in unnoticed(rule, own, kb)]
    assert sorted(set(alive) - accepted().keys()) == []


def test_most_slips_in_any_other_rule_are_noticed_by_its_own_clients(
    kb: KnowledgeBase, own: OwnClients
) -> None:
    rules = [rule for rule in kb.rules.values() if role_of(rule) not in SAFETY][FROM::EVERY]
    alive = sum(len(unnoticed(rule, own, kb)) for rule in rules)
    assert alive <= 0.03 * sum(1 for rule in rules for _ in mutants_of(rule, kb))


def test_every_rule_has_its_ways_and_none_is_left_of_a_rule_that_went(
    kb: KnowledgeBase, ways: dict[str, Ways]
) -> None:
    current = {rule.id for rule in kb.rules.values() if rule.status != "retired"}
    assert ways.keys() == current


def test_a_rule_fires_in_each_of_its_ways_and_ends_as_written_there(
    kb: KnowledgeBase, engine: Engine, ways: dict[str, Ways]
) -> None:
    wrong = [
        f"{name}: {line}"
        for name, told in ways.items()
        for line in lines_of(kb.rules[name], told)
        if not holds(line, kb.rules[name], kb, engine)
    ]
    assert wrong == []


def test_without_its_ways_a_lower_urgency_would_not_be_noticed(
    kb: KnowledgeBase, engine: Engine, own: OwnClients
) -> None:
    rule = kb.rules[NEW_PAIN]
    (lower,) = [m for m in mutants_of(rule, kb) if m.says == "urgency emergency becomes same_day"]
    assert OwnClients(kb, engine, {}).noticing(rule, [lower]) == [frozenset()]
    assert own.noticing(rule, [lower]) == [{-1}]


def test_a_whole_case_notices_what_it_expects_otherwise_and_a_check_what_may_not_be_written(
    kb: KnowledgeBase, engine: Engine
) -> None:
    rule = kb.rules[NEW_PAIN]
    says = ("urgency emergency becomes same_day", "suppress all becomes none", "without dizzy_new")
    found = {mutant.says: mutant for mutant in mutants_of(rule, kb)}
    lower, lets_treat, undizzy = (found[words] for words in says)
    cases = WholeCases(kb, engine, [DROOPY_LID])
    assert list(cases.noticing(rule, [lower, undizzy])) == ["case", None]
    assert Checked()(lets_treat)
    assert not Checked()(undizzy)


def test_a_rule_whose_near_miss_is_far_away_leaves_a_dropped_condition_unnoticed(
    kb: KnowledgeBase, engine: Engine
) -> None:
    rule = kb.rules[NEW_PAIN]
    weak = rule.examples.model_copy(update={"silent": client("nothing")})
    alive = unnoticed(rule.model_copy(update={"examples": weak}), OwnClients(kb, engine, {}), kb)
    assert f"{NEW_PAIN}: without neck_pain_new_unlike_before" in {one.name for one in alive}


def test_a_count_is_moved_both_ways_and_each_part_is_left_out(kb: KnowledgeBase) -> None:
    rule = kb.rules[MYELOPATHY]
    says = {mutant.says for mutant in mutants_of(rule, kb)}
    assert {"at least 2 becomes 1", "at least 2 becomes 3", "deleted"} <= says
    asked = {said(atom) for atom in atoms(rule.when)}
    assert {f"{one} becomes {one}=absent" for one in asked} <= says


def test_no_two_mutants_have_one_name_and_each_differs_from_its_rule(kb: KnowledgeBase) -> None:
    for rule in kb.rules.values():
        mutants = list(mutants_of(rule, kb))
        assert len({mutant.name for mutant in mutants}) == len(mutants), rule.id
        assert all(mutant.mutated != rule for mutant in mutants), rule.id


def test_a_client_is_read_back_from_its_line() -> None:
    line = "candidate ischemic_tissue@psoas:left, band x@psoas:left=weak, age=60, taut_band@psoas"
    assert line_of(client(line)) == line
    with pytest.raises(ValueError, match="is not finding@site:side=value"):
        client("neck pain")


def fate(name: str, by: By, role: str = "support") -> Fate:
    return Fate(name, role, "drop", by)


def test_an_accepted_survivor_that_is_noticed_after_all_is_a_fault() -> None:
    fates = [fate("a", "way"), *[fate(str(n), "way") for n in range(99)]]
    assert list(faults(fates, {"a": "alike"})) == ["accepted, but way notices it: a"]


def test_a_safety_rule_that_may_be_changed_unnoticed_is_a_fault() -> None:
    fates = [fate("a", "nobody", "red_flag"), *[fate(str(n), "way") for n in range(99)]]
    assert list(faults(fates, {})) == ["a safety rule may be changed unnoticed: a"]
    assert list(faults(fates, {"a": "alike"})) == []


def test_too_many_survivors_are_a_fault_accepted_or_not() -> None:
    fates = [fate(str(n), "nobody" if n < 6 else "way") for n in range(100)]
    assert list(faults(fates, {str(n): "alike" for n in range(6)})) == [
        "fewer than 95 % are noticed"
    ]


def test_the_score_is_told_with_and_without_replay() -> None:
    fates = [fate("a", "way"), fate("b", "case"), fate("c", "replay"), fate("d", "nobody")]
    assert list(table(fates, lambda one: one.role))[-1].split() == [
        "all", "4", "0", "1", "1", "1", "0", "1", "50.0%", "75.0%"
    ]  # fmt: skip


def test_what_is_accepted_is_a_mutant_that_no_client_of_its_rule_notices(
    kb: KnowledgeBase, own: OwnClients
) -> None:
    rules = {name.partition(": ")[0] for name in accepted()}
    alive = {mutant.name for name in rules for mutant in unnoticed(kb.rules[name], own, kb)}
    assert accepted().keys() - alive == set()
