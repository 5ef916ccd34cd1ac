"""Every entry of the knowledge base has a card that a student can read in 80 columns."""

import re
from collections.abc import Iterator

import pytest

from nmt_expert.kb.lookup import Named, label_of, tables
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import Report, as_plain
from nmt_expert.reports.cards import card, cards_record
from nmt_expert.reports.document import Line

COLUMNS = 80
ID = re.compile(r"\b[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+\b")
SLOT = re.compile(r"\{\w+\}|\$[a-z]+")
ADDRESSES = "Entry"
"""The one section that may hold ids: where to read on, and where the entry is written."""

Shown = list[tuple[Named, Report]]


@pytest.fixture(scope="module")
def shown(kb: KnowledgeBase) -> Shown:
    return [(named, card(kb, named)) for named in every(kb)]


def every(kb: KnowledgeBase) -> Iterator[Named]:
    for kind, table in tables(kb).items():
        yield from (Named(kind, id, label_of(record, id)) for id, record in table.items())


def body(report: Report) -> str:
    """A card below its headline, without its addresses."""
    sections = tuple(one for one in report.sections if one.title != ADDRESSES)
    return as_plain(Report(Line("-"), sections), width=10_000)


def test_no_line_is_longer_than_80_columns_but_an_address_of_the_web(shown: Shown) -> None:
    lines = [(named, line) for named, one in shown for line in as_plain(one, COLUMNS).splitlines()]
    long = [(named.id, line) for named, line in lines if len(line) > COLUMNS]
    assert [one for one in long if len(one[1].split()) > 2] == []


def test_every_card_names_its_sources_or_says_that_there_is_none(shown: Shown) -> None:
    for named, one in shown:
        titles = {section.title for section in one.sections}
        assert {"Sources", "Source"} & titles, named


def test_a_label_stands_wherever_there_is_one(kb: KnowledgeBase, shown: Shown) -> None:
    ids = {named.id for named in every(kb)}
    settings = {kb.plan.licence_finding}
    for named, one in shown:
        raw = set(ID.findall(body(one))) & ids - settings
        assert not raw, (named.id, raw)


def test_no_slot_is_left_unfilled(shown: Shown) -> None:
    for named, one in shown:
        assert not SLOT.findall(body(one)), named


def test_every_card_says_how_well_it_stands_or_how_much_of_it_is_unreviewed(shown: Shown) -> None:
    for named, one in shown:
        if named.kind not in ("source", "question"):
            entry = as_plain(Report(Line("-"), one.sections[-1:]))
            assert "Basis: " in entry or "Review: " in entry, named


def test_the_same_cards_are_there_for_a_program(kb: KnowledgeBase) -> None:
    for named in [Named("finding", "taut_band", ""), Named("technique", "gliding", "")]:
        (one,) = cards_record(kb, named.id, (named,)).cards
        assert (one.kind, one.id) == (named.kind, named.id)
        assert one.entry["id"] == named.id
        assert one.sources
        assert {rule.rule for rule in one.rules} <= set(kb.rules)
        assert [section.title for section in one.sections] == [
            section.title for section in card(kb, named).sections
        ]
