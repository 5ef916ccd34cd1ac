"""From a case to known facts: every answer numbered, whatever the order in which it came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment.change import computed
from nmt_expert.engine import FactToken, Known, LinkToken, RawFiring, Token
from nmt_expert.engine.facts import tokens_of
from nmt_expert.model.assessment import Input
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.case import Answer, Case, Sure, sides_of
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase


@dataclass(frozen=True)
class Evidence:
    """The inputs of a run, and which of them stand behind each fact."""

    inputs: tuple[Input, ...]
    known: tuple[Known, ...]
    behind: dict[FactToken, tuple[Input, ...]]

    @cached_property
    def _index(self) -> dict[tuple[str, str | None, str | None], Input]:
        index: dict[tuple[str, str | None, str | None], Input] = {}
        for item in self.inputs:
            if not item.parked:
                for side in _COVERS[item.side]:
                    index.setdefault((item.finding, item.site, side), item)
        return index

    @cached_property
    def is_sure(self) -> bool:
        """Whether no answer was given with a doubt."""
        return all(item.sure == "sure" for item in self.inputs)

    def answered(self, finding: str, site: str | None, side: Side | None) -> Input | None:
        """The input at just this place, whatever was answered."""
        return self._index.get((finding, site, side))


_COVERS: dict[str | None, tuple[str | None, ...]] = {
    None: (None, *SIDES),
    "both": SIDES,
    "left": ("left",),
    "right": ("right",),
}
"""Which places an answer on a side speaks for; one without a side speaks for both."""

_SURENESS: tuple[Sure, ...] = ("unsure", "fairly", "sure")


def sure_of(raw: RawFiring, evidence: Evidence) -> Sure:
    """The least sure answer of an activation counts, and the best activation of a firing."""
    if evidence.is_sure:
        return "sure"
    best = max(
        min((_sureness(token, evidence) for _, token in activated), default=2)
        for activated in raw.activations
    )
    return _SURENESS[best]


def _sureness(token: Token, evidence: Evidence) -> int:
    if isinstance(token, LinkToken) or token.what != "finding":
        return 2
    given = [_SURENESS.index(item.sure) for item in evidence.behind.get(token, ())]
    return max(given, default=2)


def evidence(case: Case, kb: KnowledgeBase, parked: Iterable[Answer] = ()) -> Evidence:
    """Number the answers of ``case`` (and those parked, which assert nothing)."""
    told = [_Told(answer) for answer in answers_of(case, kb)]
    told += [_Told(answer, parked=True) for answer in parked]
    if change := computed(case, kb):
        told.append(_Told(change[0], computed_from=change[1]))
    ordered = sorted({_key(one, kb): one for one in told}.items())
    inputs = tuple(_input(f"a{n}", one, kb) for n, (_, one) in enumerate(ordered, start=1))
    known = tuple(k for item in inputs for k in known_of(item))
    return Evidence(inputs, known, _behind(inputs, kb))


@dataclass(frozen=True)
class _Told:
    """An answer on its way into a run."""

    answer: Answer
    parked: bool = False
    computed_from: tuple[str, ...] = ()


def answers_of(case: Case, kb: KnowledgeBase) -> Iterator[Answer]:
    """The answers as given, with what the complaint and the client's age say already."""
    asked = {(a.finding, a.site, a.side) for a in case.answers}
    for place in case.complaint.sites:
        answer = Answer(finding=kb.plan.complaint_finding, site=place.site, side=place.side)
        if (answer.finding, answer.site, answer.side) not in asked:
            yield answer
    if case.client.age is not None and (kb.plan.age_finding, None, None) not in asked:
        yield Answer(finding=kb.plan.age_finding, value=case.client.age)
    yield from case.answers


def value_of(answer: Answer, kb: KnowledgeBase) -> str:
    """The finding's value that an answer stands for: a number becomes its band."""
    finding = kb.findings[answer.finding]
    if finding.number and isinstance(answer.value, int | float):
        return finding.number.band_of(answer.value) or "unknown"
    return str(answer.value)


def _key(told: _Told, kb: KnowledgeBase) -> tuple[str, ...]:
    answer = told.answer
    where = (answer.site or "", answer.side or "")
    return (answer.finding, *where, value_of(answer, kb), str(told.parked))


def _input(id: str, told: _Told, kb: KnowledgeBase) -> Input:
    answer = told.answer
    number = float(answer.value) if isinstance(answer.value, int | float) else None
    return Input(
        id=id,
        finding=answer.finding,
        site=answer.site,
        side=answer.side,
        value=value_of(answer, kb),
        number=number,
        sure=answer.sure,
        note=answer.note,
        question=kb.asked_by.get(answer.finding, ""),
        parked=told.parked,
        computed_from=told.computed_from,
    )


def known_of(item: Input) -> Iterator[Known]:
    """The facts an input asserts: none for a non-answer, two for both sides."""
    if item.parked or item.value in NON_ANSWERS:
        return
    for side in sides_of(item.side):
        yield Known("finding", item.finding, item.site, side, item.value)


def _behind(inputs: tuple[Input, ...], kb: KnowledgeBase) -> dict[FactToken, tuple[Input, ...]]:
    behind: dict[FactToken, list[Input]] = defaultdict(list)
    for item in inputs:
        for token in dict.fromkeys(t for k in known_of(item) for t in tokens_of(k, kb)):
            behind[token].append(item)
    return {token: tuple(items) for token, items in behind.items()}
