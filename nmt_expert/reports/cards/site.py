"""A site's card: what it is, what it does to other places, how it is touched, what rules say."""

from collections.abc import Iterator

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Caution
from nmt_expert.model.site import Relation, RelationTable, Site, SiteKind
from nmt_expert.model.words import flag, humanised
from nmt_expert.reports.cards.parts import (
    Fact,
    facts,
    filled,
    listed,
    paragraph,
    review,
    rule_names,
    sources,
    standing,
)
from nmt_expert.reports.cards.rests_on import rules_on
from nmt_expert.reports.cards.uses import MOST, rules_drawing, uses
from nmt_expert.reports.document import Line, Report, Section

_BESIDE: dict[SiteKind, str] = {
    "zone": "Where it is felt",
    "muscle": "Muscles",
    "nerve": "Nerves",
    "joint": "Joints",
    "tendon": "Tendons",
    "pattern": "Posture",
    "fault": "Movement",
    "exposure": "Habits and loads",
}
"""A section for each kind of place at the other end of a relation, in order of reading."""


def site_card(kb: KnowledgeBase, site: Site, where: str) -> Report:
    """Everything the anatomy and the rules say about one place."""
    rules = rules_on(kb, "site", site.id)
    cautions = rules_drawing(kb, lambda each: isinstance(each, Caution) and site.id in each.site)
    entry = [*standing(site.grade, site.basis), review(rules), rule_names(rules)]
    return Report(
        Line(f"{site.label} ({site.id})"),
        filled(
            facts("What it is", _facts(kb, site)),
            paragraph("What clients report", site.story),
            listed("Look-alikes to rule out", site.mimics),
            listed("What causes it or keeps it up", site.causes),
            *_relations(kb, site),
            listed("How it is touched", _touch(kb, site), MOST),
            uses("Rules that name it", kb, [rule for rule in rules if rule not in cautions]),
            sources(kb, site.sources),
            facts("Entry", [*entry, ("Written in", where)]),
        ),
    )


def _facts(kb: KnowledgeBase, site: Site) -> list[Fact]:
    around = [above for above in site.part_of if kb.sites[above].kind != "group"]
    within = [s.label for s in kb.of_kind(site.id)] if site.kind in ("region", "group") else []
    return [
        ("Kind", site.kind),
        ("Sides", "left and right" if site.sided else "none"),
        ("Part of", "; ".join(map(kb.label, around))),
        ("Holds", "; ".join(within)),
        ("Also called", ", ".join(site.synonyms)),
        ("Seen as", site.seen_as),
        ("Screen", site.screen),
        ("Area", site.area),
        ("Muscles tested", site.motor),
        ("Refer if", site.refer_if),
        ("Advice", site.advice),
        ("Note", None if site.kind == "muscle" else site.note),
        ("Examined for", "; ".join(_examined(kb, site))),
        ("May turn out to be", "; ".join(_concluded(kb, site))),
    ]


def _examined(kb: KnowledgeBase, site: Site) -> list[str]:
    """What the therapist looks for in any place of this kind."""
    return [
        finding.label
        for finding in kb.findings.values()
        if site.kind in finding.site and finding.asked_of == "therapist"
    ]


def _concluded(kb: KnowledgeBase, site: Site) -> list[str]:
    kinds = (kind for kind in kb.conclusions.values() if kind.site == site.kind)
    return [kind.label for kind in kinds if not kind.candidate_only]


def _relations(kb: KnowledgeBase, site: Site) -> Iterator[Section]:
    """What holds between this place and others, a section for each kind of other place."""
    lines: dict[str, dict[str, list[str]]] = {kind: {} for kind in _BESIDE}
    for relation in kb.relations:
        for other, head in _ends(kb, relation, site.id):
            heads = lines.get(kb.sites[other].kind)
            if heads is not None:
                heads.setdefault(head, []).append(_other(kb, relation, other))
    for kind, title in _BESIDE.items():
        told = (f"{head}: {'; '.join(others)}" for head, others in lines[kind].items())
        yield listed(title, told)


def _ends(kb: KnowledgeBase, relation: Relation, site: str) -> Iterator[tuple[str, str]]:
    """The other ends of a relation, each with the words that lead from this place to it."""
    table = kb.relation_tables[relation.relation]
    if not table.rows:  # worked out from the others, and too many to list
        return
    kind = f" ({humanised(relation.kind)})" if relation.kind else ""
    if relation.from_ == site:
        yield relation.to, reads(table) + kind
    if relation.to == site:
        yield relation.from_, reads_back(table) + kind


def reads(table: RelationTable) -> str:
    """The words that lead from the first place of a relation to the second."""
    return table.reads or humanised(table.relation).capitalize()


def reads_back(table: RelationTable) -> str:
    """The words that lead from the second place of a relation to the first."""
    return table.reads_back or f"{reads(table)}, from"


def _other(kb: KnowledgeBase, relation: Relation, other: str) -> str:
    return kb.label(other) + (" (on the other side)" if relation.side == "other" else "")


def _touch(kb: KnowledgeBase, site: Site) -> Iterator[str]:
    """What must be known before hands are laid on it."""
    around = kb.ancestors.get(site.id, frozenset())
    if site.kind == "muscle":
        yield from (site.note,) if site.note else ()
        yield from (kb.label(above) for above in site.part_of if kb.sites[above].kind == "group")
        if kb.plan.clearance_group in around:
            yield f"Hands on only once it is {_cleared(kb)}."
    for rule in kb.rules.values():
        for each in rule.then:
            if isinstance(each, Caution) and {site.id, *around} & set(each.site):
                yield f"{flag(kb, each.caution)}: {each.say}"


def _cleared(kb: KnowledgeBase) -> str:
    label = kb.conclusions[kb.plan.cleared_by].label
    return label[:1].lower() + label[1:]
