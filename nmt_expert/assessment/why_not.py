"""Why something was not concluded: the rules that came nearest, and what each of them lacks.

The truth of a condition is not worked out here a second time: see :mod:`supposed`.
"""

from nmt_expert.assessment import words
from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.supposed import Supposed, Target, nearest
from nmt_expert.engine import Engine
from nmt_expert.model.case import Case
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.explanation import NearRule, Unmet, WhyNot
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Rule

MOST_RULES = 3
"""How many of the nearest rules are shown."""


def why_not(case: Case, id: str, kb: KnowledgeBase, engine: Engine) -> WhyNot:
    """Explain why ``id`` was not drawn: ``conclude:site:side``, a flag, caution, factor, muscle …

    Raises:
        InputInvalid: no rule could ever draw it.
    """
    target = _target(id, kb)
    drawing = [rule for rule in kb.rules.values() if _draws(rule, target)]
    rules = [rule for rule in drawing if rule.role != "candidate"] or drawing
    if not rules:
        raise InputInvalid([_undrawable(id, kb)])
    found = reason(case, kb, engine)
    obstacle = _obstacle(found, target)
    near = nearest(rules, target, found, engine)
    shown = [_told(one, kb) for one in near if one.unmet][:MOST_RULES]
    concluded = not obstacle and any(not one.unmet for one in near)
    return WhyNot(
        of=id,
        concluded=concluded,
        sentence=_sentence(id, concluded, shown, obstacle, kb),
        nearest=tuple(shown),
        next_obstacle=obstacle,
    )


def _target(id: str, kb: KnowledgeBase) -> Target:
    name, _, rest = id.partition(":")
    site, _, side = rest.partition(":")
    return Target(name, site or None, side or None, names_a_site=name in kb.sites)


def _draws(rule: Rule, target: Target) -> bool:
    return rule.role != "oppose" and any(target.may_be(outcome) for outcome in rule.then)


def _undrawable(id: str, kb: KnowledgeBase) -> Fault:
    kinds = ", ".join(sorted(k.id for k in kb.conclusions.values()))
    return Fault(
        place=id,
        says="no rule could ever conclude this",
        consequence="There is nothing to explain.",
        remedy=f"Name a conclusion (kind:site:side), a flag, factor or muscle. Kinds: {kinds}.",
    )


def _obstacle(found: Reasoning, target: Target) -> str | None:
    """What stands in the way although a rule fired: opposed, capped, or filtered."""
    for line in found.withheld:
        if target.name == line.focus.site:
            return f"The plan had it, but it was withheld: {line.reason}"
    for key, result in found.weighed.items():
        asked = (key.conclude, target.site or key.site) == (target.name, key.site)
        if asked and target.side in (None, key.side) and result.band == "not_supported":
            return _opposed(key, found)
    return None


def _opposed(key: Key, found: Reasoning) -> str:
    against = sorted({weight.cause[0] for weight in found.sides[key].opposes})
    titles = "; ".join(found.kb.rules[rule].title for rule in against)
    return f"Supported, but outweighed by: {titles}." if titles else "Supported too weakly."


def _told(one: Supposed, kb: KnowledgeBase) -> NearRule:
    return NearRule(
        rule=one.rule.id,
        title=one.rule.title,
        conditions=tuple(
            Unmet(
                condition=words.condition(part.atom, one.bindings, kb), state=part.state, by=part.by
            )
            for part in one.parts
        ),
        would_need=one.unmet,
    )


def _sentence(
    id: str, concluded: bool, shown: list[NearRule], obstacle: str | None, kb: KnowledgeBase
) -> str:
    if concluded:
        return f"{id} was concluded; ask how instead."
    if obstacle:
        return obstacle
    if not shown:
        return f"No rule came near to {id}."
    first = shown[0]
    lacks = "; ".join(words.needed(key, kb) for key in first.would_need)
    return f"Nearest: {first.title}. It lacks: {lacks}."
