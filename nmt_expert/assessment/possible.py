"""The possible run: what could still fire if the open questions were answered.

It adds every value of every applicable question that is not answered, or was answered unknown, not
examined or later. It opens only questions that apply now, except that a follow-up is followed too:
silence about the follow-up of a safety question must not look like safety. Suppression is not
applied in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment.inputs import Evidence, known_of
from nmt_expert.assessment.instances import instances
from nmt_expert.assessment.reasoning import Reasoning, run
from nmt_expert.engine import FactToken, Known, RawFiring, Reasoner, RunResult, Token
from nmt_expert.model.assessment import Input
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item, Place

STILL_OPEN = (None, "unknown", "not_examined", "later")
"""How an item may be answered and still be possible; ``not_applicable`` is not among them."""

SAFETY_SECTIONS = ("safety", "region_safety", "seen")
"""The sections whose questions clear red flags."""

Activated = tuple[tuple[int, Token], ...]


def item_key(finding: str, site: str | None, side: str | None) -> str:
    """``finding@site:side``, the way results name what is lacking."""
    return finding + (f"@{site}" if site else "") + (f":{side}" if side else "")


def open_items(
    found: Reasoning, asked: tuple[Instance, ...]
) -> Iterator[tuple[Instance, Item, Place]]:
    """Every item and place of ``asked`` that could still have any value."""
    for instance in asked:
        if found.kb.questions[instance.question].on_demand:
            continue
        for item in instance.items:
            for place in item.places:
                answer = found.evidence.answered(item.finding, place.site, place.side)
                if (answer.value if answer else None) in STILL_OPEN:
                    yield instance, item, place


def _every_value(found: Reasoning, asked: tuple[Instance, ...]) -> Iterator[Known]:
    for _, item, place in open_items(found, asked):
        for value in found.kb.findings[item.finding].values:
            yield Known("finding", item.finding, place.site, place.side, value)
    for told in _left_open(found):
        for value in found.kb.findings[told.finding].values:
            yield from known_of(told.model_copy(update={"value": value}))


def _left_open(found: Reasoning) -> Iterator[Input]:
    """What was answered unknown, not examined or later, also where its question is closed now."""
    for told in found.inputs:
        question = found.kb.questions.get(told.question)
        watched = question is not None and question.on_demand
        if told.value in STILL_OPEN and not told.parked and not watched:
            yield told


@dataclass(frozen=True)
class Possible:
    """A run over the answers and everything still open, beside the actual one."""

    actual: Reasoning
    result: RunResult
    asked: tuple[Instance, ...]
    """The questions that were opened, and the safety questions these could still open."""

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base of the run."""
        return self.actual.kb

    @property
    def evidence(self) -> Evidence:
        """What is really known."""
        return self.actual.evidence

    @cached_property
    def open(self) -> tuple[tuple[Instance, Item, Place], ...]:
        """Every item and place of these questions that could still have any value."""
        return tuple(open_items(self.actual, self.asked))

    @cached_property
    def undecided(self) -> tuple[RawFiring, ...]:
        """What fires here and not in the actual run."""
        fired = {(raw.rule, raw.bindings) for raw in self.actual.result.firings}
        return tuple(r for r in self.result.firings if (r.rule, r.bindings) not in fired)

    @cached_property
    def drawers(self) -> Mapping[FactToken, list[RawFiring]]:
        """For the facts of each candidate what could still draw it."""
        found: dict[FactToken, list[RawFiring]] = {}
        for raw in self.undecided:
            for token in self.actual.trace.candidate_tokens(raw):
                found.setdefault(token, []).append(raw)
        return found

    @cached_property
    def _lacks(self) -> dict[tuple[str, object], tuple[str, ...]]:
        return {}

    def lacks(self, raw: RawFiring) -> tuple[str, ...]:
        """The fewest open answers that a firing still needs, as item keys."""
        key = (raw.rule, raw.bindings)
        if key not in self._lacks:
            self._lacks[key] = self._fewest(raw, frozenset())
        return self._lacks[key]

    def _fewest(self, raw: RawFiring, seen: frozenset[str]) -> tuple[str, ...]:
        ways = [self._lacking(activated, seen | {raw.rule}) for activated in raw.activations]
        return min((tuple(sorted(way)) for way in ways), key=lambda way: (len(way), way))

    def _lacking(self, activated: Activated, seen: frozenset[str]) -> set[str]:
        lacking: set[str] = set()
        for _, token in activated:
            if not isinstance(token, FactToken) or token in self.evidence.behind:
                continue
            if token.what == "finding":
                side = None if token.side == "any" else token.side
                lacking.add(item_key(token.name, token.site or None, side))
            elif token.what == "candidate" and token not in self.actual.trace.candidates:
                source = next(iter(self.drawers.get(token, ())), None)
                if source and source.rule not in seen:
                    lacking |= set(self._fewest(source, seen))
        return lacking


def nothing_open(found: Reasoning) -> Possible:
    """As though no question were left: what could be is what is."""
    return Possible(found, found.result, ())


def possible(found: Reasoning, engine: Reasoner) -> Possible:
    """Run over the answers of ``found`` and every value that is still open."""
    asked = found.instances + _follow_ups(found, engine)
    known = [*found.evidence.known, *_every_value(found, asked)]
    result = run(dict.fromkeys(known), found.evidence, found.kb, engine, opening=False)
    return Possible(found, result, asked)


def _follow_ups(found: Reasoning, engine: Reasoner) -> tuple[Instance, ...]:
    """The safety questions that open safety questions could open, and what those could open."""
    followed: tuple[Instance, ...] = ()
    safety = tuple(i for i in found.instances if _is_safety(i, found.kb))
    have = {instance.id for instance in found.instances}
    while True:
        known = [*found.evidence.known, *_every_value(found, safety + followed)]
        opened = instances(engine.run(dict.fromkeys(known)).opened, found.kb)
        more = tuple(i for i in opened if i.id not in have and _is_safety(i, found.kb))
        if not more:
            return followed
        followed += more
        have |= {instance.id for instance in more}


def _is_safety(instance: Instance, kb: KnowledgeBase) -> bool:
    return kb.questions[instance.question].section in SAFETY_SECTIONS
