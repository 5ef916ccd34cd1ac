"""The short cards: factors, kinds of conclusion, flags, techniques, sources."""

from nmt_expert.model.knowledge import (
    ConclusionKind,
    Factor,
    Flag,
    KnowledgeBase,
    Source,
    Technique,
)
from nmt_expert.model.labels import technique_labels
from nmt_expert.reports.cards.parts import facts, filled, listed, source_lines, standing
from nmt_expert.reports.document import Line, Report
from nmt_expert.reports.words import humanised


def factor_card(kb: KnowledgeBase, factor: Factor, where: str) -> Report:
    """One of the five factors."""
    kinds = [k.label for k in kb.conclusions.values() if k.factor == factor.id]
    return Report(
        Line(f"{factor.label} ({factor.id})"),
        filled(
            listed("Means", [factor.means]),
            listed("Limits", [factor.limits] if factor.limits else []),
            listed("Conclusions", kinds),
            listed("Sources", source_lines(kb, factor.sources)),
            facts("Entry", [("Written in", where)]),
        ),
    )


def conclusion_card(kb: KnowledgeBase, kind: ConclusionKind, where: str) -> Report:
    """A kind of conclusion or candidate, with the rules that draw it."""
    rules = [f"{r.role}: {r.id}" for r in kb.rules.values() if kind.id in _drawn(r.then)]
    factor = kb.factors.get(kind.factor or "")
    return Report(
        Line(f"{kind.label} ({kind.id})"),
        filled(
            listed("Means", [kind.means]),
            facts(
                "Conclusion",
                [("Factor", factor.label if factor else None), ("Drawn for a", kind.site)],
            ),
            listed("Drawn by", rules),
            facts("Entry", [("Written in", where)]),
        ),
    )


def flag_card(kb: KnowledgeBase, flag: Flag, where: str) -> Report:
    """A red flag, caution or perpetuating factor, with the rules that raise it."""
    rules = [f"{r.id}: {r.title}" for r in kb.rules.values() if flag.id in _drawn(r.then)]
    return Report(
        Line(f"{flag.label} ({flag.id})"),
        filled(
            facts("Flag", [("Kind", humanised(flag.kind))]),
            listed("Do not", flag.do_not),
            facts("In an emergency", [("Tell the ambulance", flag.tell_ambulance)]),
            listed("Raised by", rules),
            facts("Entry", [("Written in", where)]),
        ),
    )


def technique_card(kb: KnowledgeBase, technique: Technique, where: str) -> Report:
    """A treatment technique."""
    told = [
        ("What", technique.what),
        ("Dose", technique.dose),
        ("Expect", technique.expect),
        ("Cautions", technique.cautions),
        ("Licence", humanised(technique.needs)),
    ]
    entry = [("Standing", standing(technique.grade, technique.basis)), ("Written in", where)]
    return Report(
        Line(f"{technique.label} ({technique.id})", labels=technique_labels(technique)),
        filled(
            facts("Technique", told),
            listed("Sources", source_lines(kb, technique.sources)),
            facts("Entry", entry),
        ),
    )


def source_card(kb: KnowledgeBase, source: Source, where: str) -> Report:
    """A document, how much of it was read, and the rules that rest on it."""
    rules = [r.id for r in kb.rules.values() if any(c.source == source.id for c in r.sources)]
    told = [("Where", source.where), ("Read", source.read), ("Note", source.note)]
    return Report(
        Line(f"{source.citation} ({source.id})"),
        filled(
            facts("Source", told),
            listed("Cited by", rules),
            facts("Entry", [("Written in", where)]),
        ),
    )


def _drawn(then: tuple[object, ...]) -> set[str]:
    fields = ("flag", "caution", "candidate", "conclude", "advice")
    return {getattr(outcome, name) for outcome in then for name in fields if hasattr(outcome, name)}
