"""Which rules use or draw an entry, and which documents stand behind it."""

from collections.abc import Iterable

from nmt_expert.kb.lookup import Named, tables
from nmt_expert.model.card import CardRule, CardSource
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import Atom, Citation, Outcome, Rule, atoms
from nmt_expert.reports.cards.uses import use

_IN_CONDITIONS = {
    "finding": ("finding",),
    "site": ("site", "from_", "to"),
    "conclusion": ("candidate", "band"),
    "relation": ("relation",),
}
_IN_OUTCOMES = {
    "site": ("site", "suppress"),
    "conclusion": ("conclude", "candidate"),
    "flag": ("flag", "caution", "advice"),
    "advice": ("advice",),
    "technique": ("technique", "bans"),
    "factor": ("factor",),
}
"""The fields of conditions and of outcomes that may name an entry of a kind."""


def rules_on(kb: KnowledgeBase, kind: str, id: str) -> tuple[Rule, ...]:
    """Every rule that names the entry."""
    return tuple(rule for rule in kb.rules.values() if _names(rule, kind, id))


def card_rules(kb: KnowledgeBase, named: Named) -> tuple[CardRule, ...]:
    """The rules that name the entry, in the order of their files."""
    return tuple(
        CardRule(
            rule=rule.id,
            title=rule.title,
            role=rule.role,
            status=rule.status,
            says=use(kb, rule).text,
        )
        for rule in rules_on(kb, named.kind, named.id)
    )


def card_sources(kb: KnowledgeBase, named: Named) -> tuple[CardSource, ...]:
    """The documents that the entry names, or else those of what it is made of."""
    sources = (kb.sources[key] for key in dict.fromkeys(_keys(kb, named)))
    return tuple(
        CardSource(source=one.id, citation=one.citation, where=one.where, read=one.read)
        for one in sources
    )


def _keys(kb: KnowledgeBase, named: Named) -> Iterable[str]:
    record = tables(kb)[named.kind][named.id]
    match record:
        case Question():
            return [key for ask in record.ask for key in kb.findings[ask.finding].sources]
    if named.kind == "source":
        return [named.id]
    if named.kind == "relation":
        return [key for row in kb.relation_tables[named.id].rows for key in row.sources]
    own = getattr(record, "sources", None)
    cited = (
        own
        if own is not None
        else [c for r in rules_on(kb, named.kind, named.id) for c in r.sources]
    )
    return [one.source if isinstance(one, Citation) else one for one in cited]


def _names(rule: Rule, kind: str, id: str) -> bool:
    if kind in ("rule", "source"):
        return rule.id == id or any(citation.source == id for citation in rule.sources)
    conditions, outcomes = _IN_CONDITIONS.get(kind, ()), _IN_OUTCOMES.get(kind, ())
    return any(_holds(atom, conditions, id) for atom in atoms(rule.when)) or any(
        _holds(outcome, outcomes, id) for outcome in rule.then
    )


def _holds(part: Atom | Outcome, fields: Iterable[str], id: str) -> bool:
    values = (getattr(part, field, None) for field in fields)
    return any(id == value or (isinstance(value, tuple) and id in value) for value in values)
