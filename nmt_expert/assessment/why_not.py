"""Why something was not concluded: the rules that came nearest, and what each of them lacks.

The truth of a condition is not worked out here a second time: see :mod:`supposed`.
"""

from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.filters import takes_away
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.supposed import Supposed, Target, nearest
from nmt_expert.engine import Engine
from nmt_expert.kb.lookup import technique_id
from nmt_expert.model.assessment import Withheld
from nmt_expert.model.case import Case
from nmt_expert.model.condition_words import condition
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.explanation import NearRule, Unmet, WhyNot
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Rule
from nmt_expert.model.words import some

MOST_RULES = 3
"""How many of the nearest rules are shown."""


def why_not(case: Case, id: str, kb: KnowledgeBase, engine: Engine) -> WhyNot:
    """Explain why ``id`` was not drawn: ``conclude:site:side``, a flag, caution, factor, muscle,
    technique (``technique:site:side`` for one place) …

    Raises:
        InputInvalid: no rule could ever draw it.
    """
    target = _target(id, kb)
    drawing = [rule for rule in kb.rules.values() if _draws(rule, target)]
    rules = [rule for rule in drawing if rule.role != "candidate"] or drawing
    if not rules:
        raise InputInvalid([_undrawable(id, target, kb)])
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
    technique = technique_id(kb, name)
    return Target(
        technique or name,
        site or None,
        side or None,
        names_a_site=name in kb.sites,
        names_a_technique=technique is not None,
    )


def _draws(rule: Rule, target: Target) -> bool:
    return rule.role != "oppose" and any(target.may_be(outcome) for outcome in rule.then)


def _undrawable(id: str, target: Target, kb: KnowledgeBase) -> Fault:
    if target.names_a_technique:
        label = kb.techniques[target.name].label
        return Fault(
            place=id,
            says=f"no rule of the plan proposes {label} here",
            consequence="It is for the therapist to choose.",
            remedy=f"Its cautions: nmt-expert kb show {target.name}",
        )
    kinds = ", ".join(sorted(k.id for k in kb.conclusions.values()))
    return Fault(
        place=id,
        says="no rule could ever conclude this",
        consequence="There is nothing to explain.",
        remedy="Name a conclusion (kind:site:side), a flag, factor, muscle or technique. "
        f"Kinds: {kinds}.",
    )


def _obstacle(found: Reasoning, target: Target) -> str | None:
    """What stands in the way although a rule fired: opposed, capped, or filtered."""
    for line in found.withheld:
        if target.treated in (None, line.focus.site) and _asked_of(line, target):
            return f"The plan had it, but it was withheld: {line.reason}"
    for key, result in found.weighed.items():
        asked = (key.conclude, target.site or key.site) == (target.name, key.site)
        if asked and target.side in (None, key.side) and result.band == "not_supported":
            return _opposed(key, found)
    return None


def _asked_of(line: Withheld, target: Target) -> bool:
    if target.names_a_technique:
        return takes_away(line, target.name)
    return target.names_a_site


def _opposed(key: Key, found: Reasoning) -> str:
    against = sorted({weight.cause[0] for weight in found.sides[key].opposes})
    titles = "; ".join(found.kb.rules[rule].title for rule in against)
    return f"Supported, but outweighed by: {titles}." if titles else "Supported too weakly."


def _told(one: Supposed, kb: KnowledgeBase) -> NearRule:
    return NearRule(
        rule=one.rule.id,
        title=one.rule.title,
        conditions=tuple(
            Unmet(condition=condition(part.atom, one.bindings, kb), state=part.state, by=part.by)
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
    return f"Nearest: {first.title}. It lacks: {some(kb, first.would_need, None)}."
