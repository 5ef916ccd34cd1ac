"""Whether every engine makes the same of a client, and the smallest client of whom it does not."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from nmt_expert.assessment import Reasoning, reason
from nmt_expert.assessment.possible import possible
from nmt_expert.engine import Engine, RawFiring, Reasoner, RunResult
from nmt_expert.engine.clips import ClipsEngine
from nmt_expert.model.case import Case, Client, Complaint
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Condition, atoms
from tests.proof.reference import Reference
from tests.proof.vocabulary import Vocabulary

Told = Mapping[str, tuple[object, ...]]
"""What was made of a client, part by part."""
REFERENCE, AHEAD = "reference", "ahead"
YARDSTICK = {AHEAD: "reference ahead"}
"""What is compared with something else than the reference's own run."""


@dataclass(frozen=True)
class Difference:
    """What one engine says of a client and the reference does not, and the other way round."""

    engine: str
    part: str
    more: tuple[str, ...]
    fewer: tuple[str, ...]

    def __str__(self) -> str:
        told = [f"{self.engine} and the reference differ in {self.part}"]
        told += [f"  only {self.engine}: {one}" for one in self.more]
        told += [f"  only the reference: {one}" for one in self.fewer]
        return "\n".join(told if self.more or self.fewer else [f"{told[0]}: the order"])


@dataclass(frozen=True)
class Tried:
    """One client: what fired, the seconds each engine took, and what differed, if anything did."""

    fired: frozenset[str]
    seconds: Mapping[str, float]
    difference: Difference | None = None
    smallest: Case | None = None


@dataclass(frozen=True)
class Every:
    """Each so manieth client is tried on an engine; 0 is never.

    ``fresh`` is our engine with nothing to go on from, ``going_on`` the same after another client
    and half of this one's answers, ``stock`` experta's own matcher, and ``ahead`` our engine's run
    over everything that is still open.
    """

    fresh: int = 1
    going_on: int = 1
    clips: int = 1
    stock: int = 50
    ahead: int = 50

    def engines(self, number: int) -> Iterator[str]:
        """What client ``number`` is tried on."""
        return (name for name, every in vars(self).items() if every and number % every == 0)


class Bench:
    """All engines on one knowledge base; those that not everybody needs are made when needed."""

    def __init__(self, kb: KnowledgeBase, seed: int, every: Every | None = None) -> None:
        self.kb, self.seed, self.every = kb, seed, every or Every()
        self.vocabulary = Vocabulary(kb)
        self.reference = Reference(kb)
        self.engine = Engine(kb)
        self._places: dict[str, list[int]] = {}

    @cached_property
    def going_on(self) -> Engine:
        """An engine that goes on from whoever was before."""
        return Engine(self.kb)

    @cached_property
    def clips(self) -> ClipsEngine:
        """The rules compiled to CLIPS."""
        return ClipsEngine(self.kb)

    @cached_property
    def stock(self) -> Engine:
        """Experta as it is published."""
        return Engine(self.kb, matcher="stock")

    def case(self, number: int) -> Case:
        """Client ``number`` of this seed."""
        return self.vocabulary.case(Random(f"{self.seed}:{number}"), f"{self.seed}-{number}")

    def __call__(self, number: int) -> Tried:
        """Try client ``number``, up to the first engine that makes something else of it."""
        case = self.case(number)
        told: dict[str, Told] = {}
        seconds: dict[str, float] = {}

        def timed(name: str) -> Told:
            if name not in told:
                getattr(self, name, None)  # made before the clock runs
                begun = time.process_time()
                told[name] = self.told(name, case)
                seconds[name] = time.process_time() - begun
            return told[name]

        timed(REFERENCE)
        for name in self.every.engines(number):
            if found := difference(name, timed(name), timed(YARDSTICK.get(name, REFERENCE))):
                return Tried(frozenset(), seconds, found, self.smallest(name, case))
        return Tried(frozenset(fired(told[REFERENCE])), seconds)

    def differs(self, name: str, case: Case) -> Difference | None:
        """What the engine ``name`` and the reference make of a client, where it is not the same."""
        return difference(
            name, self.told(name, case), self.told(YARDSTICK.get(name, REFERENCE), case)
        )

    def smallest(self, name: str, case: Case) -> Case:
        """The client with every answer left out that does not matter to the difference."""
        return shrunk(case, lambda one: self.differs(name, one) is not None)

    def told(self, name: str, case: Case) -> Told:
        """What one engine makes of a client."""
        match name:
            case "fresh":
                self.engine.run([])  # nothing to go on from
                return self._whole(case, self.engine)
            case "going_on":
                half = case.model_copy(update={"answers": case.answers[::2]})
                reason(half, self.kb, self.going_on)
                return self._whole(case, self.going_on)
            case "clips":
                return self._whole(case, self.clips)
            case "stock":
                return self._whole(case, self.stock)
            case _ if name == AHEAD:
                return self._ahead(case, self.engine)
            case "reference ahead":
                return self._ahead(case, self.reference)
        return self._whole(case, self.reference)

    def _ahead(self, case: Case, engine: Reasoner) -> Told:
        return self._run(possible(reason(case, self.kb, engine), engine).result)

    def _whole(self, case: Case, engine: Reasoner) -> Told:
        """The run, and what an assessment makes of it."""
        found = reason(case, self.kb, engine)
        return {
            **self._run(found.result),
            "conclusions": tuple(conclusions(found)),
            "referrals": found.referrals,
            "cautions": found.cautions,
            "factors": found.factors,
            "focus": (*found.focus, *found.withheld),
            "advice": found.advice,
        }

    def _run(self, result: RunResult) -> Told:
        return {
            "firings": tuple(self._said(raw) for raw in result.firings),
            "questions": tuple(self._said(raw) for raw in result.opened),
        }

    def _said(self, raw: RawFiring) -> tuple[object, ...]:
        """The rule, its bindings, and for each condition all that met it.

        A condition that is written twice is one: an engine may give it either of its numbers.
        """
        met: dict[int, frozenset[object]] = {}
        for number, tokens in raw.met().items():
            first = self._first_places(raw.rule)[number]
            met[first] = met.get(first, frozenset()) | tokens
        return raw.rule, raw.bindings, tuple(sorted(met.items()))

    @cached_property
    def _conditions(self) -> dict[str, Condition]:
        asked = {f"question.{q.id}": q.ask_when for q in self.kb.questions.values() if q.ask_when}
        return {rule.id: rule.when for rule in self.kb.rules.values()} | asked

    def _first_places(self, name: str) -> list[int]:
        if name not in self._places:
            written = list(atoms(self._conditions[name]))
            self._places[name] = [written.index(atom) for atom in written]
        return self._places[name]


def conclusions(found: Reasoning) -> Iterator[tuple[object, ...]]:
    """What is concluded, how well it stands, and which firings counted."""
    for key, weighed in found.weighed.items():
        yield found.ids[key], str(weighed.net), weighed.band, tuple(sorted(weighed.counted))


def fired(told: Told) -> Iterator[str]:
    """The names of the rules and questions."""
    said = (*told["firings"], *told["questions"])
    return (name for one in said if isinstance(one, tuple) for name in one[:1])


def difference(engine: str, one: Told, other: Told) -> Difference | None:
    """The first part in which two engines are not of one mind."""
    for part in one:
        if one[part] != other[part]:
            more = tuple(str(said) for said in one[part] if said not in other[part])
            fewer = tuple(str(said) for said in other[part] if said not in one[part])
            return Difference(engine, part, more, fewer)
    return None


def shrunk(case: Case, fails: Callable[[Case], bool]) -> Case:
    """The case with all left out without which it still ``fails``."""
    bare = {"complaint": Complaint(), "client": Client(), "earlier": (), "otherwise": "unknown"}
    for key, nothing in bare.items():
        without = case.model_copy(update={key: nothing})
        case = without if fails(without) else case
    some = len(case.answers)
    while some:
        some = min(some, len(case.answers))
        for start in range(0, len(case.answers), some or 1):
            kept = case.answers[:start] + case.answers[start + some :]
            without = case.model_copy(update={"answers": kept})
            if fails(without):
                case = without
                break
        else:
            some //= 2
    return case
