"""Unknown is never no: a red flag that waits for one answer is raised or listed as not cleared.

Everything else is answered "none of these", so that nothing but the one answer keeps it open. The
things that happen during treatment are a watch list and never count as not cleared.
"""

from collections.abc import Iterator

import pytest

from nmt_expert.assessment.possible import possible
from nmt_expert.assessment.reasoning import reason
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.case import Case
from nmt_expert.model.rule import All, Any_, AtLeast, Condition, FindingCondition, Refer, Rule

KB = load()
Given = tuple[str, str | None, str | int | float]


def red_flag_rules() -> Iterator[tuple[str, Rule]]:
    for rule in KB.rules.values():
        for outcome in rule.then:
            if isinstance(outcome, Refer) and outcome.kind == "red_flag":
                yield outcome.flag, rule


def smallest_case(rule: Rule) -> list[Given]:
    return [(a.finding, zone_in(a.site), a.value) for a in rule.examples.fires.answers]


def zone_in(site: str | None) -> str | None:
    """Pain in a region is told by marking a zone of it."""
    return next((z.id for z in KB.of_kind("zone") if site in KB.ancestors[z.id]), site)


def way_to_open(condition: Condition) -> list[Given]:
    """The first way to meet a question's condition."""
    match condition:
        case All(all=parts):
            return [given for part in parts for given in way_to_open(part)]
        case Any_(any=parts):
            return way_to_open(parts[0])
        case AtLeast(at_least=counted):
            return [g for part in counted.of[: counted.count] for g in way_to_open(part)]
        case FindingCondition():
            return [(condition.finding, zone_in(condition.site), condition.wanted[0])]
    raise TypeError(condition)


def case(answers: list[Given]) -> Case:
    told = [{"finding": f, "site": s, "value": v} for f, s, v in answers]
    return Case.model_validate({"answers": told, "otherwise": "normal"})


def asked(finding: str, answers: list[Given], engine: Engine) -> bool:
    open_now = reason(case(answers), KB, engine).instances
    return any(item.finding == finding for question in open_now for item in question.items)


def so_that_it_is_asked(finding: str, answers: list[Given], engine: Engine) -> list[Given]:
    """``answers``, with what makes the question of ``finding`` apply."""
    condition = KB.questions[KB.asked_by[finding]].ask_when
    if condition is None or asked(finding, answers, engine):
        return answers
    known = {(f, s) for f, s, _ in answers}
    more = [given for given in way_to_open(condition) if given[:2] not in known]
    return answers + more


def may_still_be(rule: Rule, answers: list[Given], engine: Engine) -> bool:
    found = reason(case(answers), KB, engine)
    fired = any(raw.rule == rule.id for raw in found.result.firings)
    return fired or any(raw.rule == rule.id for raw in possible(found, engine).undecided)


def answers_to_doubt(rule: Rule) -> list[str]:
    """The findings of the firing case that a question asks; where it hurts is always marked."""
    return [
        finding
        for finding, _, _ in smallest_case(rule)
        if finding != "pain" and not KB.questions[KB.asked_by[finding]].on_demand
    ]


def stays_open(rule: Rule, doubted: str, engine: Engine) -> bool:
    rest = [given for given in smallest_case(rule) if given[0] != doubted]
    rest = so_that_it_is_asked(doubted, rest, engine)
    rest = [given for given in rest if given[0] != doubted]
    return may_still_be(rule, [*rest, (doubted, None, "unknown")], engine)


PAIRS = [
    (flag, rule, doubted) for flag, rule in red_flag_rules() for doubted in answers_to_doubt(rule)
]
ONE_A_FLAG = list({flag: (rule, doubted) for flag, rule, doubted in PAIRS}.items())


@pytest.mark.parametrize(("flag", "pair"), ONE_A_FLAG, ids=[flag for flag, _ in ONE_A_FLAG])
def test_a_red_flag_that_waits_for_one_answer_is_never_taken_for_cleared(
    flag: str, pair: tuple[Rule, str], engine: Engine
) -> None:
    assert stays_open(*pair, engine)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "doubted"), [p[1:] for p in PAIRS], ids=[f"{r.id}-{d}" for _, r, d in PAIRS]
)
def test_each_answer_of_each_red_flag_may_be_unknown_without_clearing_it(
    rule: Rule, doubted: str, engine: Engine
) -> None:
    assert stays_open(rule, doubted, engine)
