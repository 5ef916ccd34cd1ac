"""Why something was not concluded: the rules that came nearest, and what each of them lacks.

The truth of a condition is not worked out here a second time: see :mod:`supposed`.
"""

from nmt_expert.assessment.applied import written
from nmt_expert.assessment.meant import or_near
from nmt_expert.assessment.needed import Answers, Needed
from nmt_expert.assessment.obstacles import drawn_now, not_fired, obstacle
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.steps import cost, steps
from nmt_expert.assessment.supposed import Supposed, Target, nearest
from nmt_expert.engine import Reasoner
from nmt_expert.kb.lookup import technique_id
from nmt_expert.model.case import Case
from nmt_expert.model.condition_words import condition
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.explanation import NearRule, Unmet, WhyNot
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.rule import Rule
from nmt_expert.model.words import some

MOST_RULES = 3
"""How many of the nearest rules are shown."""
MOST_FOLLOWED = 5
"""How many are followed down to answers; those that need fewest are shown."""


def why_not(case: Case, id: str, kb: KnowledgeBase, engine: Reasoner) -> WhyNot:
    """Explain why ``id`` was not drawn: ``conclude:site:side``, a flag, caution, factor, muscle,
    technique (``technique:site:side`` for one place), rule …

    Raises:
        InputInvalid: no rule could ever draw it.
    """
    target = _target(id, kb)
    drawing = [rule for rule in kb.rules.values() if _draws(rule, target)]
    rules = [rule for rule in drawing if rule.role != "candidate"] or drawing
    if not rules:
        raise InputInvalid([_undrawable(id, target, kb)])
    found = reason(case, kb, engine)
    stands = obstacle(found, target)
    ways = nearest(rules, target, found, engine)
    concluded = not stands and any(not way.needs for way in ways)
    shown = () if concluded else _shown([way for way in ways if way.needs], target, found, engine)
    return WhyNot(
        of=id,
        concluded=concluded,
        sentence=_sentence(id, concluded, shown, stands, kb),
        nearest=shown,
        cheapest=min(range(len(shown)), key=lambda n: (*cost(shown[n]), n), default=None),
        next_obstacle=stands,
    )


def _target(id: str, kb: KnowledgeBase) -> Target:
    name, _, rest = id.partition(":")
    site, _, side = rest.partition(":")
    technique = technique_id(kb, name)
    is_site = name in kb.sites
    return Target(
        technique or name,
        site or None if not (is_site and site in ("left", "right")) else None,
        side or (site if is_site and site in ("left", "right") else None),
        names_a_site=is_site,
        names_a_technique=technique is not None,
        names_a_rule=name in kb.rules,
    )


def _draws(rule: Rule, target: Target) -> bool:
    if rule.status == "retired":
        return False
    if target.names_a_rule:
        return rule.id == target.name
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
        remedy=f"{or_near(id, kb)}Name a conclusion (kind:site:side), a flag, factor, muscle, "
        f"technique or rule. Kinds: {kinds}.",
    )


def _shown(
    ways: list[Supposed], target: Target, found: Reasoning, engine: Reasoner
) -> tuple[NearRule, ...]:
    """The rules that need the fewest answers, each tried with them."""
    needed = Needed(found, engine)
    followed = [(way, needed.answers(way)) for way in ways[:MOST_FOLLOWED]]
    followed.sort(key=lambda pair: (not pair[1], len(pair[1])))
    return tuple(_near(way, own, target, needed) for way, own in followed[:MOST_RULES])


def _near(way: Supposed, answers: Answers, target: Target, needed: Needed) -> NearRule:
    found, rule = needed.found, way.rule
    after = needed.after(answers)
    fires = drawn_now(rule, target, after)
    return NearRule(
        rule=rule.id,
        title=rule.title,
        labels=rule_labels(rule),
        conditions=tuple(
            Unmet(
                condition=condition(part.atom, way.bindings, found.kb),
                state=part.state,
                by=part.by,
                told=part.told,
                short=part.short,
            )
            for part in way.parts
        ),
        would_need=tuple(map(written, answers)),
        steps=steps(answers, found),
        fires=fires,
        obstacle=None if fires else not_fired(way, after),
        then=obstacle(after, target) if fires else None,
    )


def _sentence(
    id: str, concluded: bool, shown: tuple[NearRule, ...], stands: str | None, kb: KnowledgeBase
) -> str:
    if concluded:
        return f"{id} was concluded; ask how instead."
    if stands:
        return stands
    if not shown:
        return f"No rule came near to {id}."
    first = shown[0]
    return f"Nearest: {first.title.rstrip('.')}. It lacks: {some(kb, first.would_need)}."
