"""One entry of the knowledge base as a document: all that it says, and what rests on it."""

from collections.abc import Callable

from nmt_expert.kb.lookup import Named, find, tables
from nmt_expert.model.card import Card, Cards, CardSection
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.cards.drawn import advice_card, conclusion_card, factor_card, flag_card
from nmt_expert.reports.cards.finding import finding_card, question_card
from nmt_expert.reports.cards.measure import measure_card
from nmt_expert.reports.cards.others import relation_card, source_card, technique_card
from nmt_expert.reports.cards.rests_on import card_rules, card_sources
from nmt_expert.reports.cards.rule import rule_card
from nmt_expert.reports.cards.site import site_card
from nmt_expert.reports.document import Bullets, Node, Paragraph, Report, Section, Tree

_CARDS: dict[str, Callable[..., Report]] = {
    "site": site_card,
    "finding": finding_card,
    "conclusion": conclusion_card,
    "flag": flag_card,
    "technique": technique_card,
    "measure": measure_card,
    "advice": advice_card,
    "factor": factor_card,
    "relation": relation_card,
    "question": question_card,
    "rule": rule_card,
    "source": source_card,
}


def card(kb: KnowledgeBase, named: Named) -> Report:
    """The card of one entry."""
    record = tables(kb)[named.kind][named.id]
    return _CARDS[named.kind](kb, record, kb.places.get(f"{named.kind}:{named.id}", ""))


def cards(kb: KnowledgeBase, name: str) -> tuple[Report, ...]:
    """A card for every entry with this id, label or synonym; empty when there is none."""
    return tuple(card(kb, named) for named in find(kb, name))


def cards_record(kb: KnowledgeBase, asked: str, found: tuple[Named, ...]) -> Cards:
    """The same cards as ``nmt.cards/1``."""
    return Cards(asked=asked, cards=tuple(_record(kb, named) for named in found))


def _record(kb: KnowledgeBase, named: Named) -> Card:
    entry = tables(kb)[named.kind][named.id]
    return Card(
        kind=named.kind,
        id=named.id,
        label=named.label,
        place=kb.places.get(f"{named.kind}:{named.id}", ""),
        entry=entry.model_dump(mode="json", by_alias=True),
        rules=card_rules(kb, named),
        sources=card_sources(kb, named),
        sections=tuple(_section(section) for section in card(kb, named).sections),
    )


def _section(section: Section) -> CardSection:
    lines: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph(line=line):
                lines.append(line.text)
            case Bullets(items=items):
                lines += [item.text for item in items]
            case Tree(roots=roots):
                lines += [line for root in roots for line in _told(root, "")]
    return CardSection(title=section.title, lines=tuple(lines))


def _told(node: Node, indent: str) -> list[str]:
    below = [line for child in node.children for line in _told(child, indent + "  ")]
    return [indent + node.line.text, *below]
