"""The whole assessment of a case: what is concluded, what is not cleared, what is still open."""

from collections import defaultdict
from collections.abc import Iterable

from nmt_expert.assessment.change import outcomes
from nmt_expert.assessment.closure import closure
from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.explains import ComplaintZone
from nmt_expert.assessment.possible import Possible, item_key, possible
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.referrals import most_urgent_first
from nmt_expert.assessment.trace import drawn
from nmt_expert.assessment.weighing import Weighed, Weight, decimal_text
from nmt_expert.assessment.written import answers_said, words_used, written_rules
from nmt_expert.engine import Engine, Reasoner
from nmt_expert.model.assessment import (
    Assessment,
    Conclusion,
    Missing,
    NextQuestion,
    NotCleared,
    Reason,
    Referral,
    Undecided,
)
from nmt_expert.model.base import URGENCIES, Urgency
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Refer

MOST_QUESTIONS = 10
"""How many next questions a result names."""
EXAMINED = ("palpation", "test", "movement")
"""Kinds of finding that count as having examined a place."""


def assess(
    case: Case, kb: KnowledgeBase, engine: Reasoner | None = None, parked: Iterable[Answer] = ()
) -> Assessment:
    """Draw every conclusion the answers support, each with its trace, and say what is still open.

    A finding that was not asked stays unknown: rules that need it are listed in
    ``Assessment.undecided`` and count neither for nor against.
    """
    engine = engine or Engine(kb)
    found = reason(case, kb, engine, parked)
    return assessment(case, found, possible(found, engine))


def assessment(case: Case, found: Reasoning, could: Possible) -> Assessment:
    """The whole result for ``case``: a run over its answers, and one over what is still open."""
    unexplained = _unexplained(found, could)
    undecided = _undecided(could)
    return Assessment(
        case=_in_one_order(case),
        knowledge_base=found.kb.summary(),
        factors=found.factors,
        conclusions=_conclusions(found, could),
        focus=found.focus,
        withheld=found.withheld,
        referrals=most_urgent_first(
            [*found.referrals, *([_refer_unexplained(found)] if unexplained else [])]
        ),
        not_cleared=_not_cleared(could),
        cautions=found.cautions,
        advice=found.advice,
        outcomes=outcomes(case, found.kb),
        unexplained=tuple(zone.id for zone in unexplained),
        undecided=undecided,
        next_questions=_next_questions(could, undecided),
        closure=closure(could),
        firings=found.firings,
        inputs=answers_said(found),
        rules=written_rules(found.firings, found.kb),
        words=words_used(found),
        bands=found.kb.certainty.bands,
    )


def _in_one_order(case: Case) -> Case:
    """The order in which answers came must not change a byte."""
    ordered = sorted(
        case.answers, key=lambda a: (a.finding, a.site or "", a.side or "", str(a.value))
    )
    days = tuple(sorted(case.earlier, key=lambda visit: visit.date))
    return case.model_copy(update={"answers": tuple(ordered), "earlier": days})


def _conclusions(found: Reasoning, could: Possible) -> tuple[Conclusion, ...]:
    missing = _missing(could)
    order = sorted(found.weighed, key=lambda key: (-found.weighed[key].net, found.ids[key], key))
    lines: dict[str, Conclusion] = {}
    for key in order:
        if found.ids[key] not in lines:
            lines[found.ids[key]] = _conclusion(key, found, missing.get(key, ()))
    return tuple(lines.values())


def _conclusion(key: Key, found: Reasoning, missing: tuple[Missing, ...]) -> Conclusion:
    result, sides, id = found.weighed[key], found.sides[key], found.ids[key]
    twins = [other for other in found.weighed if found.ids[other] == id]
    zones = [zone for twin in twins for zone in found.explained[twin]]
    return Conclusion.model_validate(
        {
            "id": id,
            "conclude": key.conclude,
            "factor": found.kb.conclusions[key.conclude].factor,
            "site": key.site,
            "side": "both" if len(twins) > 1 else (key.side or None),
            "band": result.band,
            "certainty": decimal_text(result.net),
            "for": _reasons(sides.supports, result, found),
            "against": _reasons(sides.opposes, result, found),
            "missing": missing,
            "explains": tuple(dict.fromkeys(zone.id for zone in zones)),
        }
    )


def _reasons(weights: list[Weight], result: Weighed, found: Reasoning) -> tuple[Reason, ...]:
    reasons = [
        Reason(
            firing=found.trace.numbers[weight.cause],
            rule=weight.cause[0],
            group=weight.group,
            strength=weight.strength or "none",
            counts=weight.cause in result.counted,
            ceiling=weight.ceiling,
        )
        for weight in weights
    ]
    return tuple(sorted(reasons, key=lambda reason: (reason.firing, reason.group)))


def _missing(could: Possible) -> dict[Key, tuple[Missing, ...]]:
    """For each conclusion the undecided rules that could still support it."""
    found: dict[Key, list[Missing]] = defaultdict(list)
    for raw in could.undecided:
        rule = could.kb.rules[raw.rule]
        if rule.role == "support":
            for item in drawn(rule, dict(raw.bindings), could.kb):
                key = Key(item.name, item.site or "", item.side or "")
                if key in could.actual.weighed:
                    found[key].append(Missing(rule=rule.id, lacks=could.lacks(raw)))
    return {key: tuple(sorted(lines, key=lambda m: (len(m.lacks), m.rule)))
            for key, lines in found.items()}  # fmt: skip


def _not_cleared(could: Possible) -> tuple[NotCleared, ...]:
    """Red flags that could still be raised, or raised more urgently, with what they lack."""
    raised = {r.flag: URGENCIES.index(r.urgency) for r in could.actual.referrals}
    urgency: dict[str, Urgency] = {}
    lacks: dict[str, dict[str, None]] = defaultdict(dict)
    for raw in could.undecided:
        for outcome in could.kb.rules[raw.rule].then:
            if not isinstance(outcome, Refer) or outcome.kind != "red_flag":
                continue
            rank = URGENCIES.index(outcome.urgency)
            if rank < raised.get(outcome.flag, len(URGENCIES)):
                held = urgency.setdefault(outcome.flag, outcome.urgency)
                if rank < URGENCIES.index(held):
                    urgency[outcome.flag] = outcome.urgency
                lacks[outcome.flag] |= dict.fromkeys(could.lacks(raw))
    found = [
        NotCleared(flag=flag, urgency=urgency[flag], lacks=tuple(sorted(lacks[flag])))
        for flag in urgency
    ]
    return tuple(sorted(found, key=lambda line: (URGENCIES.index(line.urgency), line.flag)))


def _undecided(could: Possible) -> tuple[Undecided, ...]:
    """Rules other than candidates that could still fire."""
    lines = {
        Undecided(
            rule=raw.rule,
            draws=tuple(
                item.key for item in drawn(could.kb.rules[raw.rule], dict(raw.bindings), could.kb)
            ),
            lacks=could.lacks(raw),
        ): None
        for raw in could.undecided
        if could.kb.rules[raw.rule].role != "candidate"
    }
    return tuple(sorted(lines, key=lambda line: (len(line.lacks), line.rule, line.draws)))


def _next_questions(could: Possible, undecided: tuple[Undecided, ...]) -> tuple[NextQuestion, ...]:
    """The first questions in asking order that an undecided rule waits for."""
    waiting: dict[str, dict[str, None]] = defaultdict(dict)
    for line in undecided:
        for key in line.lacks:
            waiting[key] |= dict.fromkeys(line.draws)
    found: dict[str, NextQuestion] = {}
    for instance, item, place in could.open:
        key = item_key(item.finding, place.site, place.side)
        unsided = item_key(item.finding, place.site, None)
        decides = {**waiting.get(key, {}), **waiting.get(unsided, {})}
        answer = could.evidence.answered(item.finding, place.site, place.side)
        if not decides or (answer and answer.value != "later"):
            continue
        held = found.get(instance.id)
        found[instance.id] = NextQuestion(
            question=instance.question,
            title=could.kb.questions[instance.question].title,
            bindings=instance.bindings,
            decides=tuple(dict.fromkeys([*(held.decides if held else ()), *decides])),
        )
    return tuple(found.values())[:MOST_QUESTIONS]


def _unexplained(found: Reasoning, could: Possible) -> tuple[ComplaintZone, ...]:
    """Complaints that nothing explains although the places that could have were examined."""
    return tuple(zone for zone in found.complaints if _is_unexplained(zone, found, could))


def _is_unexplained(zone: ComplaintZone, found: Reasoning, could: Possible) -> bool:
    supported = (k for k, result in found.weighed.items() if result.band != "not_supported")
    if any(zone in found.explained[key] for key in supported):
        return False
    examined = any(
        found.kb.findings[item.finding].kind in EXAMINED and _could_explain(item.site, zone, found)
        for item in found.inputs
        if item.site and item.value not in ("unknown", "not_examined", "not_applicable", "later")
    )
    left = any(
        _could_explain(place.site, zone, found)
        and could.kb.findings[item.finding].kind in EXAMINED
        and found.evidence.answered(item.finding, place.site, place.side) is None
        for _, item, place in could.open
        if place.site
    )
    return examined and not left


def _could_explain(site: str | None, zone: ComplaintZone, found: Reasoning) -> bool:
    return site is not None and zone.site in found.explainer.reached(site)


def _refer_unexplained(found: Reasoning) -> Referral:
    told = found.kb.plan.unexplained
    return Referral(
        flag=told.flag,
        kind="unexplained",
        urgency="routine",
        to=told.to,
        why=(told.because,),
        say=told.say,
        suppress=(),
        firings=(),
    )


__all__ = ["assess", "assessment"]
