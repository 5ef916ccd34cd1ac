"""A site's card: what it is, where it belongs, and every relation it takes part in."""

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import Relation, Site
from nmt_expert.reports.cards.parts import Fact, facts, filled, listed, source_lines, standing
from nmt_expert.reports.document import Line, Report
from nmt_expert.reports.words import humanised

_DERIVED = ("part_of", "remote_from")
"""Said elsewhere on the card, or too many to list."""


def site_card(kb: KnowledgeBase, site: Site, where: str) -> Report:
    """Everything the anatomy says about one place."""
    near = [r for r in kb.relations if site.id in (r.from_, r.to) and r.relation not in _DERIVED]
    return Report(
        Line(f"{site.label} ({site.id})"),
        filled(
            facts("Site", _facts(kb, site)),
            listed("Relations", dict.fromkeys(_relation(kb, relation) for relation in near)),
            listed("Sources", source_lines(kb, site.sources)),
            facts("Entry", [("Standing", standing(site.grade, site.basis)), ("Written in", where)]),
        ),
    )


def _facts(kb: KnowledgeBase, site: Site) -> list[Fact]:
    return [
        ("Kind", site.kind),
        ("Sides", "left and right" if site.sided else "none"),
        ("Part of", ", ".join(kb.label(above) for above in site.part_of)),
        ("Also called", ", ".join(site.synonyms)),
        ("Clients report", site.story),
        ("Rule out", "; ".join(site.mimics)),
        ("Causes", "; ".join(site.causes)),
        ("Seen as", site.seen_as),
        ("Screen", site.screen),
        ("Area", site.area),
        ("Motor", site.motor),
        ("Refer if", site.refer_if),
        ("Advice", site.advice),
        ("Note", site.note),
    ]


def _relation(kb: KnowledgeBase, relation: Relation) -> str:
    kind = f" ({relation.kind})" if relation.kind else ""
    across = ", on the other side" if relation.side == "other" else ""
    start, end = kb.label(relation.from_), kb.label(relation.to)
    return f"{start} {humanised(relation.relation)} {end}{kind}{across}"
