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
from nmt_expert.model.rule import Advise, Candidate, Caution, Conclude, Refer, Rule, Treat

MOST_RULES = 3
"""How many of the nearest rules are shown."""


def why_not(case: Case, id: str, kb: KnowledgeBase, engine: Engine) -> WhyNot:
    """Explain why ``id`` (``conclude:site:side``, a flag, caution, advice or muscle) was not drawn.

    Raises:
        InputInvalid: no rule could ever draw it.
    """
    name, site, side = _parts(id)
    rules = [rule for rule in kb.rules.values() if _draws(rule, name, site, kb)]
    if not rules:
        raise InputInvalid([_undrawable(id, kb)])
    found = reason(case, kb, engine)
    obstacle = _obstacle(found, name, site, side)
    ways = [nearest(rule, Target(name, site, side), found, engine) for rule in rules]
    near = sorted(
        (way for way in ways if way),
        key=lambda way: (len(way.unmet), way.contradicted, way.rule.id),
    )
    shown = [_told(one, kb) for one in near if one.unmet][:MOST_RULES]
    concluded = not obstacle and any(not one.unmet for one in near)
    return WhyNot(
        of=id,
        concluded=concluded,
        sentence=_sentence(id, concluded, shown, obstacle),
        nearest=tuple(shown),
        next_obstacle=obstacle,
    )


def _parts(id: str) -> tuple[str, str | None, str | None]:
    name, _, rest = id.partition(":")
    site, _, side = rest.partition(":")
    return name, site or None, side or None


def _draws(rule: Rule, name: str, site: str | None, kb: KnowledgeBase) -> bool:
    """Whether some outcome of ``rule`` could be ``name``, or treat the site of that name."""
    for outcome in rule.then:
        match outcome:
            case Refer(flag=own) | Caution(caution=own) | Advise(advice=own):
                if own == name:
                    return True
            case Conclude(conclude=own) | Candidate(candidate=own):
                if own == name and rule.role != "oppose" and _may_be(outcome.site, site):
                    return True
            case Treat():
                if name in kb.sites and outcome.site and _may_be(outcome.site, name):
                    return True
    return False


def _may_be(term: str, site: str | None) -> bool:
    return site is None or term.startswith("$") or term == site


def _undrawable(id: str, kb: KnowledgeBase) -> Fault:
    kinds = ", ".join(sorted(k.id for k in kb.conclusions.values()))
    return Fault(
        place=id,
        says="no rule could ever conclude this",
        consequence="There is nothing to explain.",
        remedy=f"Name a conclusion as kind:site:side, a flag, or a muscle. Kinds: {kinds}.",
    )


def _obstacle(found: Reasoning, name: str, site: str | None, side: str | None) -> str | None:
    """What stands in the way although a rule fired: opposed, capped, or filtered."""
    for line in found.withheld:
        if name == line.focus.site:
            return f"The plan had it, but it was withheld: {line.reason}"
    for key, result in found.weighed.items():
        asked = key.conclude == name and site in (None, key.site) and side in (None, key.side)
        if asked and result.band == "not_supported":
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


def _sentence(id: str, concluded: bool, shown: list[NearRule], obstacle: str | None) -> str:
    if concluded:
        return f"{id} was concluded; ask how instead."
    if obstacle:
        return obstacle
    if not shown:
        return f"No rule came near to {id}."
    first = shown[0]
    return f"Nearest: {first.title}. It lacks: {', '.join(first.would_need)}."
