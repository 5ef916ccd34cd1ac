"""The knowledge base made many times as large, to see whether a run grows with it.

    python benchmarks/run.py --only growth

Each further region of the body is a copy: sites, relations, findings, conclusions, rules, and the
questions that have a condition, all under ids of their own. Nothing opens them, so every client is
assessed as before, to the byte, and a run should take no longer.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import Record
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Ask, Question

R = TypeVar("R", bound=Record)
TIMES = 10
COPIED = ("sites", "findings", "conclusions", "rules", "questions")
"""The tables of which each region brings its own; sites come first, and findings before rules."""


def grown(kb: KnowledgeBase, times: int = TIMES) -> KnowledgeBase:
    """The knowledge base with so many regions like its own, which counts."""
    copies = [Copy(kb, number) for number in range(1, times)]
    tables: dict[str, Any] = {
        name: getattr(kb, name) | {k: v for one in copies for k, v in one.table(name)}
        for name in COPIED
    }
    tables["questions"] |= {q.id: _of_today(q, kb) for q in kb.questions.values()}
    return replace(
        kb,
        **tables,
        relations=(*kb.relations, *(r for one in copies for r in one.relations())),
        ancestors={**kb.ancestors, **{k: v for one in copies for k, v in one.ancestors()}},
    )


def result(assessment: Assessment) -> dict[str, Any]:
    """All that was concluded, without what names the knowledge base."""
    return assessment.model_dump(exclude={"knowledge_base"})


def _of_today(question: Question, kb: KnowledgeBase) -> Question:
    """A question about each site of a kind, asked about each that there is today."""
    asks = (
        ask.model_copy(update={"site": site, "each": None})
        for ask in question.ask
        for site in (_places(ask, kb) if ask.each else [ask.site])
    )
    return question.model_copy(update={"ask": tuple(asks)})


def _places(ask: Ask, kb: KnowledgeBase) -> list[str]:
    kinds = kb.findings[ask.finding].site
    return [site.id for site in kb.of_kind(ask.each or "") if site.kind in kinds]


class Copy:
    """One further region: everything that has an id there, under another."""

    def __init__(self, kb: KnowledgeBase, number: int) -> None:
        self._kb = kb
        named = (id for name in COPIED for id in getattr(kb, name))
        self._ids = {id: f"{id}_of_region_{number}" for id in named}

    def table(self, name: str) -> Iterator[tuple[str, Record]]:
        """The entries of one table, by their new ids."""
        for id, record in getattr(self._kb, name).items():
            if name != "questions" or record.ask_when is not None:
                yield self._ids[id], self._renamed(record)

    def relations(self) -> Iterator[Record]:
        """What holds between the sites."""
        return (self._renamed(one) for one in self._kb.relations)

    def ancestors(self) -> Iterator[tuple[str, frozenset[str]]]:
        """What each site is part of."""
        for site, above in self._kb.ancestors.items():
            yield self._ids[site], frozenset(self._ids[one] for one in above)

    def _renamed(self, record: R) -> R:
        changed = {name: self._value(value) for name, value in record if name not in KEPT}
        return record.model_copy(update=changed)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Record):
            return self._renamed(value)
        if isinstance(value, tuple):
            return tuple(self._value(one) for one in value)
        return self._ids.get(value, value) if isinstance(value, str) else value


KEPT = frozenset({"value", "in_", "values", "normal", "kind", "relation", "flag", "factor", "role"})
"""Fields that name no entry of the region, though their words may be the same."""
