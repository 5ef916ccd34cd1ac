"""A rule in a few words: what it takes, and what follows from it."""

from collections.abc import Callable, Iterable, Sequence

from nmt_expert.model.condition_words import said_of
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Advise,
    All,
    Any_,
    AtLeast,
    Atom,
    BandCondition,
    Candidate,
    Caution,
    Conclude,
    Condition,
    FindingCondition,
    Outcome,
    Refer,
    RelationCondition,
    Rule,
    Treat,
    atoms,
    parts_of,
)
from nmt_expert.model.words import URGENCY_WORDS, capital, flag, places, technique, techniques
from nmt_expert.reports.cards.parts import without_slots

SCOPES = {"absolute": "no treatment today", "local": "not here", "modify": "differently"}
_LONGEST = 100
"""The longest list of conditions that reads better than the rule's title, in characters."""
_DEEPEST = 2
"""Connectives within connectives that a sentence can still tell apart."""
_MOST_SITES = 3

Mine = Callable[[Atom], bool]
"""Whether a condition is one on the entry that a card is about."""


def phrase(kb: KnowledgeBase, when: Condition) -> str:
    """A condition in a few words; what only the anatomy or another rule supplies is left out."""
    match when:
        case All(all=parts):
            return _and([_part(kb, part) for part in parts])
        case Any_(any=parts):
            return _or([phrase(kb, part) for part in parts])
        case AtLeast(at_least=counted):
            return f"{counted.count} of ({', '.join(phrase(kb, part) for part in counted.of)})"
        case FindingCondition() | BandCondition():
            return said_of(when, kb)
    return ""


def needs_of(kb: KnowledgeBase, rule: Rule, mine: Mine | None = None) -> str:
    """What a rule takes, beside the conditions that are ``mine``.

    A rule that needs much, or that leads from one place to another, is told by its title.
    """
    if _leads_elsewhere(kb, rule) or _depth(rule.when) > _DEEPEST:
        return rule.title
    if mine is None:
        words = phrase(kb, rule.when)
    else:
        beside = _beside(kb, rule.when, mine)
        if not beside and not _is_alone(rule.when, mine):
            return rule.title
        told = (_asked(kb, rule, mine), f"with {beside}" if beside else "")
        words = ", ".join(part for part in told if part) or "by itself"
    return capital(words) if 0 < len(words) <= _LONGEST else rule.title


def follows_from(kb: KnowledgeBase, outcome: Outcome) -> str:
    """What a rule draws, short."""
    match outcome:
        case Conclude():
            return f"{kb.conclusions[outcome.conclude].label} ({outcome.strength})"
        case Candidate():
            return kb.conclusions[outcome.candidate].label
        case Refer():
            return f"{flag(kb, outcome.flag)} ({URGENCY_WORDS[outcome.urgency]}, {outcome.to})"
        case Caution():
            return f"{flag(kb, outcome.caution)} ({scope_of(kb, outcome)}{without(kb, outcome)})"
        case Treat():
            return techniques(kb, outcome.technique) or without_slots(outcome.treat)
        case Advise():
            return flag(kb, outcome.advice)


def scope_of(kb: KnowledgeBase, caution: Caution) -> str:
    """What a caution asks for, and where."""
    where = f" at {places(kb, caution.site)}" if caution.site else ""
    return f"{SCOPES[caution.scope]}{where}"


def without(kb: KnowledgeBase, caution: Caution) -> str:
    """Which techniques a caution takes away."""
    return f", without {technique_list(kb, caution.bans)}" if caution.bans else ""


def technique_list(kb: KnowledgeBase, names: Iterable[str]) -> str:
    """Techniques of equal rank."""
    return ", ".join(technique(kb, name) for name in names)


def _part(kb: KnowledgeBase, part: Condition) -> str:
    """One of several parts that must all hold."""
    words = phrase(kb, part)
    return f"either {words}" if isinstance(part, Any_) and " or " in words else words


def _beside(kb: KnowledgeBase, when: Condition, mine: Mine) -> str:
    """What it takes beside the conditions that are ``mine``; nothing where they are enough."""
    holding = [part for part in parts_of(when) if any(map(mine, atoms(part)))]
    match when:
        case AtLeast(at_least=counted):
            return f"{counted.count - 1} more of {len(counted.of) - 1}" * (counted.count > 1)
        case Any_():
            ways = [_beside(kb, part, mine) for part in holding]
            return _or(ways) if all(ways) else ""
        case All(all=parts):
            told = (_beside(kb, p, mine) if p in holding else _part(kb, p) for p in parts)
            return _and(list(told))
    return ""


def _is_alone(when: Condition, mine: Mine) -> bool:
    """Whether nothing else is needed."""
    return all(map(mine, atoms(when))) or not isinstance(when, All)


def _leads_elsewhere(kb: KnowledgeBase, rule: Rule) -> bool:
    """Whether the anatomy leads from one place of the rule to another."""
    relations = (each for each in atoms(rule.when) if isinstance(each, RelationCondition))
    return any(kb.relation_tables[each.relation].rows for each in relations)


def _depth(when: Condition) -> int:
    """How many connectives stand within one another."""
    parts = parts_of(when)
    return 1 + max(map(_depth, parts)) if parts else 0


def _asked(kb: KnowledgeBase, rule: Rule, mine: Mine) -> str:
    """The value asked for, where it is not present, and the places that are named."""
    found = [a for a in atoms(rule.when) if isinstance(a, FindingCondition) and mine(a)]
    values = dict.fromkeys(kb.findings[a.finding].value_label(v) for a in found for v in a.wanted)
    sites = list(dict.fromkeys(kb.label(a.site) for a in found if a.site in kb.sites))
    told = f"if {' or '.join(values)}" if any(a.wanted != ("present",) for a in found) else ""
    more = f" or {len(sites) - _MOST_SITES} more places" if len(sites) > _MOST_SITES else ""
    where = f"at {' or '.join(sites[:_MOST_SITES])}{more}" if sites else ""
    return " ".join(part for part in (told, where) if part)


def _and(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    *first, last = [part for part in parts if part] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _or(parts: Sequence[str]) -> str:
    """``a or b``; ``a and b; or c`` where that could be misread."""
    told = list(dict.fromkeys(part for part in parts if part))
    return ("; or " if any(" and " in part for part in told) else " or ").join(told)
