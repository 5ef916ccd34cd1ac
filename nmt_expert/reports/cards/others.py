"""Cards of techniques, sources and relations."""

from collections.abc import Iterator

from nmt_expert.model.base import Record
from nmt_expert.model.knowledge import KnowledgeBase, Source, Technique
from nmt_expert.model.labels import technique_labels
from nmt_expert.model.rule import Caution, RelationCondition, Treat
from nmt_expert.model.site import RelationRow, RelationTable
from nmt_expert.model.words import counted, flag, humanised
from nmt_expert.reports.cards.parts import (
    READ,
    facts,
    filled,
    listed,
    paragraph,
    review,
    rule_names,
    sources,
    standing,
)
from nmt_expert.reports.cards.phrases import needs_of, scope_of
from nmt_expert.reports.cards.site import reads, reads_back
from nmt_expert.reports.cards.uses import MOST, rules_drawing, rules_with, uses
from nmt_expert.reports.document import Line, Report

_LICENCES = {
    "none": "",
    "self_care_only": "needs the answer that self-care stretching may be taught",
    "assisted": "needs a licence for assisted stretching",
    "assisted_with_pnf": "needs a licence for assisted stretching with contraction",
}


def technique_card(kb: KnowledgeBase, technique: Technique, where: str) -> Report:
    """A treatment technique: how, how much, where the plan uses it, and what forbids it."""
    used = rules_drawing(kb, lambda o: isinstance(o, Treat) and technique.id in o.technique)
    told = [
        ("Also called", ", ".join(technique.synonyms)),
        ("Dose", technique.dose),
        ("What to expect", technique.expect),
        ("Cautions", technique.cautions),
        ("Licence", _LICENCES[technique.needs]),
    ]
    entry = [*standing(technique.grade, technique.basis), review(used), rule_names(used)]
    return Report(
        Line(f"{technique.label} ({technique.id})", labels=technique_labels(technique)),
        filled(
            paragraph("What it is", technique.what),
            facts("How it is done", told),
            uses("Where the plan uses it", kb, used),
            listed("What forbids it", _barred(kb, technique)),
            sources(kb, technique.sources),
            facts("Entry", [*entry, ("Written in", where)]),
        ),
    )


def source_card(kb: KnowledgeBase, source: Source, where: str) -> Report:
    """A document, how much of it was read, and everything that rests on it."""
    rules = [r for r in kb.rules.values() if any(c.source == source.id for c in r.sources)]
    rows = [
        f"{reads(table)}: {counted(_citing(table, source.id), 'row')}"
        for table in kb.relation_tables.values()
        if _citing(table, source.id)
    ]
    told = [("Read", READ[source.read]), ("Found at", source.where), ("Note", source.note)]
    return Report(
        Line(f"{source.citation} ({source.id})"),
        filled(
            facts("Source", told),
            listed("Rules that cite it", [rule.title for rule in rules], 2 * MOST),
            listed("Other entries that cite it", [*_labels(kb, source.id), *rows], 2 * MOST),
            facts("Entry", [review(rules), rule_names(rules), ("Written in", where)]),
        ),
    )


def relation_card(kb: KnowledgeBase, table: RelationTable, where: str) -> Report:
    """A relation of the anatomy: what it means, what it joins, which rules follow it."""
    rules = rules_with(
        kb, lambda atom: isinstance(atom, RelationCondition) and atom.relation == table.relation
    )
    told = [
        ("Leads from", f"{' or '.join(table.from_)} to {' or '.join(table.to)}"),
        ("Kinds", ", ".join(map(humanised, table.kinds))),
        ("Read as", f"{reads(table)} ...; {reads_back(table)} ..."),
        ("Rows", len(table.rows) or "worked out from the others"),
    ]
    cited = (key for row in table.rows for key in row.sources)
    return Report(
        Line(f"{humanised(table.relation).capitalize()} ({table.relation})"),
        filled(
            paragraph("What it means", table.means),
            facts("What it is", told),
            listed("Such as", [_row(kb, row) for row in table.rows], MOST),
            uses("Rules that follow it", kb, rules),
            sources(kb, dict.fromkeys(cited)),
            facts("Entry", [review(rules), rule_names(rules), ("Written in", where)]),
        ),
    )


def _barred(kb: KnowledgeBase, technique: Technique) -> Iterator[str]:
    """The cautions and plan rules that take the technique away."""
    for rule in kb.rules.values():
        for each in rule.then:
            if isinstance(each, Caution) and technique.id in each.bans:
                told = f"{flag(kb, each.caution)} ({scope_of(kb, each)})"
                yield f"{needs_of(kb, rule)} - {told}"
            elif isinstance(each, Treat) and technique.id in each.bans:
                yield rule.title


def _row(kb: KnowledgeBase, row: RelationRow) -> str:
    kind = f" ({humanised(row.kind)})" if row.kind else ""
    return f"{'; '.join(map(kb.label, row.from_))} - {'; '.join(map(kb.label, row.to))}{kind}"


def _citing(table: RelationTable, source: str) -> int:
    return sum(source in row.sources for row in table.rows)


def _labels(kb: KnowledgeBase, source: str) -> list[str]:
    tables = (kb.findings, kb.sites, kb.techniques, kb.factors, kb.measures)
    found: list[Record] = [
        record for table in tables for record in table.values() if source in record.sources
    ]
    return [str(getattr(record, "label", "")) for record in found]
