"""Told that it may stop, nobody misses anything: tried with every way to answer what is left."""

import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from nmt_expert.assessment import closure as closing
from nmt_expert.assessment import reason
from nmt_expert.assessment.closure import closure, intervals, red_flag_findings
from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.possible import Possible, open_items, possible
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview
from nmt_expert.interview.ledger import single_sided
from nmt_expert.interview.replay import Recording, played
from nmt_expert.kb import load, read_case
from nmt_expert.kb.cache import OFF, VARIABLE
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Place
from tests.conftest import CASE_FILES, ROOT
from tests.interview.settling import Told, client, competing, ways

Nets = Mapping[Key, Fraction]
MODERATE = Fraction("0.4")
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


def nets(found: Reasoning) -> Nets:
    return {key: result.net for key, result in found.weighed.items()}


def upset(now: Nets, leaders: list[Key], then: Nets, moderate: Fraction) -> bool:
    """Whether a leader fell, or another came level with one or above it."""
    least = min((then[key] for key in leaders), default=moderate)
    if least < moderate:
        return True
    others = [key for key in then if key not in leaders and then[key] >= moderate]
    return any(_overtakes(key, one, now, then) for key in others for one in leaders or [key])


def _overtakes(key: Key, leader: Key, now: Nets, then: Nets) -> bool:
    as_today = now.get(key) == then[key] and now.get(leader) == then[leader]
    return key == leader or then[key] > then[leader] or (then[key] == then[leader] and not as_today)


def fitting(told: Told, ends: dict[tuple[str, ...], Nets]) -> Iterator[Nets]:
    """What the ways to answer the rest end in."""
    given = tuple(told.values())
    for whole, end in ends.items():
        if all(value in ("open", then) for value, then in zip(given, whole, strict=True)):
            yield end


def leaders_of(found: Reasoning, relevant: set[Key], most: int) -> list[Key]:
    strong = [k for k in relevant if k in found.weighed and found.weighed[k].net >= MODERATE]
    return sorted(strong, key=lambda key: (-found.weighed[key].net, key))[:most]


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


def flags(found: Reasoning) -> frozenset[tuple[str, str]]:
    """The red flags that are raised, with how urgent each is."""
    return frozenset((r.flag, r.urgency) for r in found.referrals if r.kind == "red_flag")


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


def completions(could: Possible, *, asked: bool, tries: int, seed: str) -> Iterator[Case]:
    """The open questions answered: all as bad as can be, all normal, then by chance.

    With ``asked`` also what was asked and is not known.
    """
    chance = random.Random(seed)
    held = could.evidence.answered
    left = [
        (item.finding, place)
        for _, item, place in could.open
        if asked
        or (told := held(item.finding, place.site, place.side)) is None
        or told.value == "later"
    ]
    for turn in range(tries):
        yield answered(could.actual.case, [(f, at, _value(f, turn, chance)) for f, at in left])


def _value(finding: str, turn: int, chance: random.Random) -> str:
    known = KB.findings[finding]
    worst = [value for value in known.values if value != known.normal] or list(known.values)
    match turn:
        case 0:
            return worst[0]
        case 1:
            return known.normal if known.normal in known.values else known.values[0]
        case _ if turn % 2:
            return chance.choice(known.values)
    return chance.choice(worst)


def answered(case: Case, told: list[tuple[str, Place, str]]) -> Case:
    """The case with these answers in place of what was not known there."""
    new = {(f, at.site, at.side): value for f, at, value in told}
    kept = [
        one
        for answer in case.answers
        for one in single_sided(answer)
        if (one.finding, one.site, one.side) not in new
    ]
    added = [Answer(finding=f, site=s, side=side, value=v) for (f, s, side), v in new.items()]
    return case.model_copy(update={"answers": (*kept, *added)})


@pytest.mark.parametrize("name", SOME)
def test_once_it_may_stop_no_answer_to_what_is_left_raises_a_red_flag(name: str) -> None:
    for interview in offered(name)[:1]:
        before = interview.reasoning
        could = possible(before, ENGINE)
        for case in completions(could, asked=False, tries=RANDOM, seed=name):
            after = reason(case, KB, ENGINE)
            assert flags(after) == flags(before)
            assert not unasked_red_flags(after)


def unasked_red_flags(found: Reasoning) -> set[str]:
    """Red-flag questions that apply, and that nobody was asked."""
    needed = red_flag_findings(KB)
    return {
        item.finding
        for _, item, place in open_items(found, found.instances)
        if item.finding in needed
        and found.evidence.answered(item.finding, place.site, place.side) is None
    }


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


def spoken_about(could: Possible) -> set[Key]:
    """The conclusions that closure speaks of: at opened places, and about the chief complaint."""
    chief = could.actual.complaints[:1]
    return {
        key for key in intervals(could) if not chief or could.actual.explainer.explains(key, chief)
    }


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
