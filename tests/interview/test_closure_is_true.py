"""Told that it may stop, nobody misses anything: tried with every way to answer what is left."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from nmt_expert.assessment import closure as closing
from nmt_expert.assessment import reason
from nmt_expert.assessment.closure import closure
from nmt_expert.assessment.possible import possible
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview
from nmt_expert.interview.replay import Recording, played
from nmt_expert.kb import load, read_case
from nmt_expert.kb.cache import OFF, VARIABLE
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import CASE_FILES, ROOT
from tests.interview.settling import Told, client, competing, ways
from tests.proof.completions import (
    MODERATE,
    Nets,
    completions,
    flags,
    leaders_of,
    nets,
    spoken_about,
    unasked_red_flags,
    upset,
)

EVERY = 97
"""Of all states of the three muscles, the default run looks at each so manieth."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, OFF)
        yield competing(tmp_path_factory.mktemp("competing") / "kb")


@pytest.fixture(scope="module")
def run(small: KnowledgeBase) -> Callable[[Case], Reasoning]:
    engine = Engine(small)
    return lambda case: reason(case, small, engine)


@pytest.fixture(scope="module")
def ends(run: Callable[[Case], Reasoning]) -> dict[tuple[str, ...], Nets]:
    """What each way to answer everything ends in."""
    return {tuple(told.values()): nets(run(client(told))) for told in ways(("present", "absent"))}


def fitting(told: Told, ends: dict[tuple[str, ...], Nets]) -> Iterator[Nets]:
    """What the ways to answer the rest end in."""
    given = tuple(told.values())
    for whole, end in ends.items():
        if all(value in ("open", then) for value, then in zip(given, whole, strict=True)):
            yield end


# Every way, where all of them can be tried


@pytest.mark.parametrize("most", [1, 2, 3], ids=["one leads", "two lead", "three lead"])
@pytest.mark.parametrize(
    "every", [EVERY, pytest.param(7, marks=pytest.mark.slow)], ids=["some", "more"]
)
def test_settled_is_said_just_when_no_answer_can_change_what_leads(
    small: KnowledgeBase,
    run: Callable[[Case], Reasoning],
    ends: dict[tuple[str, ...], Nets],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    every: int,
) -> None:
    monkeypatch.setattr(closing, "LEADERS", most)
    engine, said = Engine(small), set()
    for told in list(ways(("present", "absent", "open")))[::every]:
        found = run(client(told))
        settled = closure(possible(found, engine)).focus.settled
        leaders = leaders_of(found, set(found.weighed), most)
        changes = any(upset(nets(found), leaders, end, MODERATE) for end in fitting(told, ends))
        assert settled is not changes, told
        said.add(settled)
    assert said == {True, False}


CHEST = ("open", "later", "unknown", "absent", "present")
AGES = ("open", "later", "adult", "under_18")


@pytest.mark.parametrize("chest", CHEST)
@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("sweat", CHEST)
def test_all_asked_is_said_just_when_no_unasked_answer_can_raise_a_flag(
    small: KnowledgeBase, run: Callable[[Case], Reasoning], chest: str, age: str, sweat: str
) -> None:
    told = {"chest_pressure": chest, "age": age, "sweating": sweat}
    found = run(client({}, **{name: value for name, value in told.items() if value != "open"}))
    asked = closure(possible(found, Engine(small))).red_flags.all_asked
    left = [name for name, value in told.items() if value in ("open", "later")]
    raised = {
        flags(run(client({}, **(_known(told) | dict(zip(left, values, strict=True))))))
        for values in product(*(small.findings[name].values for name in left))
    }
    if asked:
        assert raised == {flags(found)}
    if len(raised) > 1:
        assert not asked


def _known(told: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in told.items() if value not in ("open", "later")}


# Many ways at random, on the knowledge base that ships

KB = load()
ENGINE = Engine(KB)
NAMES = (
    "desk-worker-headache",
    "assembler-shoulder-ache",
    "cashier-night-tingling",
    "gardener-saddle-not-known",
    "student-rounded-upper-back",
    "swimmer-shoulder-blade",
)
SOME = [
    pytest.param(name, marks=() if n == 0 else (pytest.mark.slow,)) for n, name in enumerate(NAMES)
]
RANDOM = 10


def offered(name: str) -> list[Interview]:
    """The moments of an example at which it is offered to stop."""
    return [held for held in moments(name) if held.may_stop]


@cache
def moments(name: str, *, quick: bool = False) -> tuple[Interview, ...]:
    """An example at each of its prompts."""
    case = read_case(ROOT / "examples" / f"{name}.yml", KB)
    start = Interview.begin(KB, ENGINE, client=case.client, name=case.id, quick=quick)
    return tuple(held for held, _, _ in played(start, Recording(case, KB)))


@pytest.mark.parametrize("name", SOME)
def test_once_it_may_stop_no_answer_to_what_is_left_raises_a_red_flag(name: str) -> None:
    for interview in offered(name)[:1]:
        before = interview.reasoning
        could = possible(before, ENGINE)
        for case in completions(could, asked=False, tries=RANDOM, seed=name):
            after = reason(case, KB, ENGINE)
            assert flags(after) == flags(before)
            assert not unasked_red_flags(after)


@pytest.mark.parametrize("name", SOME)
def test_once_it_may_stop_no_answer_to_what_is_left_changes_what_leads(name: str) -> None:
    for interview in offered(name)[:1]:
        before = interview.reasoning
        could = possible(before, ENGINE)
        spoken_of = spoken_about(could)
        leaders = leaders_of(before, spoken_of, closing.LEADERS)
        for case in completions(could, asked=True, tries=RANDOM, seed=name):
            then = {k: net for k, net in nets(reason(case, KB, ENGINE)).items() if k in spoken_of}
            assert not upset(nets(before), leaders, then, MODERATE)


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("quick", [False, True], ids=["full", "quick"])
def test_it_is_never_offered_while_a_red_flag_question_is_open(name: str, quick: bool) -> None:
    for held in moments(name, quick=quick):
        if held.may_stop:
            assert not unasked_red_flags(held.reasoning)


@pytest.mark.parametrize("name", SOME)
def test_it_is_offered_as_soon_as_it_is_true(name: str) -> None:
    for held in moments(name):
        if unasked_red_flags(held.reasoning):
            assert not held.may_stop
        else:
            assert held.may_stop is closure(possible(held.reasoning, ENGINE)).may_stop
    assert offered(name)


@pytest.mark.slow
@pytest.mark.parametrize("path", CASE_FILES[::7], ids=lambda path: path.stem)
def test_what_a_case_says_is_settled_stays_so(path: Path) -> None:
    before = reason(read_case(path, KB), KB, ENGINE)
    could = possible(before, ENGINE)
    told = closure(could)
    spoken_of = spoken_about(could)
    leaders = leaders_of(before, spoken_of, closing.LEADERS)
    for case in completions(could, asked=True, tries=RANDOM, seed=path.stem):
        after = reason(case, KB, ENGINE)
        then = {key: net for key, net in nets(after).items() if key in spoken_of}
        assert not told.focus.settled or not upset(nets(before), leaders, then, MODERATE)
    for case in completions(could, asked=False, tries=RANDOM, seed=path.stem):
        if told.red_flags.all_asked:
            assert flags(reason(case, KB, ENGINE)) == flags(before)
