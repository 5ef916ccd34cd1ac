"""What is stated no longer is taken back with all that rested on it, and with nothing else."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from nmt_expert.assessment import reason
from nmt_expert.assessment.possible import possible
from nmt_expert.engine import Engine, Known, RunResult
from nmt_expert.engine.body import Gathered
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Candidate, Rule
from tests.conftest import CASE_FILES
from tests.engine.test_compile import found, rule_of, small

THERE = {"site": "$muscle", "side": "$side"}
AT = ("masseter", "left")


def draws(kb: KnowledgeBase, name: str, candidate: str, *needs: dict[str, Any]) -> Rule:
    """A rule that draws a candidate where any of ``needs`` is met."""
    then = (Candidate(candidate=candidate, site="$muscle", side="$side"),)
    when = {"any": [need | THERE for need in needs]}
    return rule_of(kb, when, role="candidate").model_copy(update={"id": name, "then": then})


@pytest.fixture(scope="module")
def ring(kb: KnowledgeBase) -> KnowledgeBase:
    """Two candidates, either of which draws the other; two findings draw the first."""
    return small(
        kb,
        draws(kb, "a.b.one", "one", {"finding": "taut_band"}, {"candidate": "two"}),
        draws(kb, "a.b.also", "one", {"finding": "hypersensitive_spot"}),
        draws(kb, "a.b.two", "two", {"candidate": "one"}),
    )


def names(result: RunResult) -> set[str]:
    return {raw.rule for raw in result.firings}


def test_candidates_that_rest_only_on_one_another_fall(ring: KnowledgeBase) -> None:
    engine, others = Engine(ring), [found("jump_sign", site) for site in ("temporalis", "soleus")]
    assert names(engine.run([found("taut_band", *AT), *others])) == {"a.b.one", "a.b.two"}
    assert names(engine.run(others)) == set()


def test_a_candidate_with_another_reason_stands(ring: KnowledgeBase) -> None:
    engine, spot = Engine(ring), found("hypersensitive_spot", *AT)
    engine.run([found("taut_band", *AT), spot])
    now = engine.run([spot])
    assert now == Engine(ring).run([spot])
    assert names(now) == {"a.b.also", "a.b.one", "a.b.two"}


def test_a_place_stays_known_while_one_of_two_answers_says_so(
    kb: KnowledgeBase, engine: Engine
) -> None:
    """The temple and the forehead both lie in the head."""
    both = [found("pain", "temple", "left"), found("pain", "forehead", "left")]
    for left in both:
        engine.run(both)
        assert engine.run([left]) == Engine(kb).run([left])


def walks(everything: list[Known], seed: int) -> Iterator[list[Known]]:
    """Some of all that could be stated; from each to the next a few come and a few go."""
    chance = Random(seed)
    held = chance.sample(everything, len(everything) // 2)
    for _ in range(12):
        yield held
        gone = set(chance.sample(held, chance.randint(0, len(held) // 3)))
        come = chance.sample(everything, chance.randint(0, 30))
        held = list(dict.fromkeys(one for one in [*held, *come] if one not in gone))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("opening", [True, False])
def test_whatever_came_and_went_a_run_is_as_though_it_were_the_first(
    kb: KnowledgeBase, engine: Engine, opening: bool, seed: int
) -> None:
    fresh, given = Engine(kb), Recorder(engine)
    possible(reason(read_case(CASE_FILES[8], kb), kb, given), given)
    for known in walks(given.largest, seed):
        fresh.run([], opening=opening)
        assert engine.run(known, opening=opening) == fresh.run(known, opening=opening)


class Recorder(Engine):
    """An engine that notes the most that it was ever given."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.largest: list[Known] = []

    def run(self, known: Any, weigh: Any = None, *, opening: bool = True) -> RunResult:
        stated = list(known)
        self.largest = max(self.largest, stated, key=len)
        return self._engine.run(stated, weigh, opening=opening)


def test_a_run_pays_for_what_is_new_and_not_for_the_whole_client(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, recorder = Engine(kb), Recorder(Engine(kb))
    possible(reason(read_case(CASE_FILES[8], kb), kb, recorder), recorder)
    noted: list[object] = []
    note = Gathered.note

    def counted(self: Gathered, *given: Any) -> bool:
        noted.append(given)
        return note(self, *given)

    monkeypatch.setattr(Gathered, "note", counted)

    def activations(known: list[Known]) -> int:
        noted.clear()
        engine.run(known)
        return len(noted)

    everything = recorder.largest
    whole = activations(everything)
    assert whole > 500
    assert activations(everything) == 0
    fewer = [one for n, one in enumerate(everything) if n % 100]
    assert activations(fewer) < whole / 20
    assert activations(everything) < whole / 5
