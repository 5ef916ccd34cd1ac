"""A condition becomes every way to meet it."""

from pydantic import TypeAdapter

from nmt_expert.engine.branches import branches
from nmt_expert.model.rule import Condition, FindingCondition


def ways(condition: dict[str, object]) -> list[list[str]]:
    parsed = TypeAdapter(Condition).validate_python(condition)
    return [
        [atom.finding for _, atom in branch if isinstance(atom, FindingCondition)]
        for branch in branches(parsed)
    ]


def f(name: str) -> dict[str, object]:
    return {"finding": name}


def test_one_condition_is_one_way() -> None:
    assert ways(f("a")) == [["a"]]


def test_all_needs_every_part_together() -> None:
    assert ways({"all": [f("a"), f("b")]}) == [["a", "b"]]


def test_any_is_one_way_each() -> None:
    assert ways({"any": [f("a"), f("b")]}) == [["a"], ["b"]]


def test_all_of_any_is_every_combination() -> None:
    nested = {"all": [f("a"), {"any": [f("b"), f("c")]}]}
    assert ways(nested) == [["a", "b"], ["a", "c"]]


def test_at_least_two_of_three_is_every_pair() -> None:
    counted = {"at_least": {"count": 2, "of": [f("a"), f("b"), f("c")]}}
    assert ways(counted) == [["a", "b"], ["a", "c"], ["b", "c"]]


def test_a_condition_named_twice_is_needed_once() -> None:
    nested = {"all": [f("a"), {"any": [f("a"), f("b")]}]}
    assert ways(nested) == [["a"], ["a", "b"]]


def test_conditions_keep_the_number_they_have_as_written() -> None:
    nested = TypeAdapter(Condition).validate_python({"all": [f("a"), {"any": [f("b"), f("c")]}]})
    assert [[number for number, _ in branch] for branch in branches(nested)] == [[0, 1], [0, 2]]
