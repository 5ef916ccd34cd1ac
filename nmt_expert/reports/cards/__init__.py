"""One entry of the knowledge base as a document: all that it says, and where it says it."""

from collections.abc import Callable, Mapping

from nmt_expert.model.base import Record
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.cards.finding import finding_card, question_card
from nmt_expert.reports.cards.others import (
    conclusion_card,
    factor_card,
    flag_card,
    source_card,
    technique_card,
)
from nmt_expert.reports.cards.rule import rule_card
from nmt_expert.reports.cards.site import site_card
from nmt_expert.reports.document import Report

Card = Callable[..., Report]


def _tables(kb: KnowledgeBase) -> tuple[tuple[Mapping[str, Record], Card, str], ...]:
    return (
        (kb.findings, finding_card, "finding"),
        (kb.sites, site_card, "site"),
        (kb.rules, rule_card, "rule"),
        (kb.conclusions, conclusion_card, "conclusion"),
        (kb.flags, flag_card, "flag"),
        (kb.techniques, technique_card, "technique"),
        (kb.factors, factor_card, "factor"),
        (kb.questions, question_card, "question"),
        (kb.sources, source_card, "source"),
    )


def entries(kb: KnowledgeBase, name: str) -> tuple[Record, ...]:
    """Every entry with this id, or with this synonym; an id may be used once in each table."""
    ids = dict.fromkeys((name, kb.synonyms.get(name.lower(), name)))
    return tuple(table[id] for id in ids for table, _, _ in _tables(kb) if id in table)


def cards(kb: KnowledgeBase, name: str) -> tuple[Report, ...]:
    """A card for every entry with this id or synonym; empty when there is none."""
    ids = dict.fromkeys((name, kb.synonyms.get(name.lower(), name)))
    return tuple(
        card(kb, table[id], kb.places.get(f"{kind}:{id}", ""))
        for id in ids
        for table, card, kind in _tables(kb)
        if id in table
    )


def names(kb: KnowledgeBase) -> tuple[str, ...]:
    """Every id that has a card."""
    return tuple(dict.fromkeys(id for table, _, _ in _tables(kb) for id in table))
