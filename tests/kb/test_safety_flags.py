"""Each red flag, alone in an otherwise treatable client: its urgency, and what it holds back."""

import pytest

from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Case
from nmt_expert.model.rule import Caution, Refer, Rule

KB = load()
CRITERIA = ("taut_band", "hypersensitive_spot", "familiar_pain_on_pressure")
CLEARED = ("chest", "abdomen")
FLAGS = [
    (rule, outcome)
    for rule in KB.rules.values()
    for outcome in rule.then
    if isinstance(outcome, Refer) and outcome.kind == "red_flag"
]
URGENT = [rule for rule, refer in FLAGS if refer.urgency in ("emergency", "same_day")]
REGIONAL = [
    (rule, region)
    for rule, refer in FLAGS
    for region in refer.suppress
    if refer.urgency == "soon" and region in KB.sites
]
ABSOLUTE = [
    rule
    for rule in KB.rules.values()
    if any(isinstance(o, Caution) and o.scope == "absolute" for o in rule.then)
]


def muscle_in(region: str) -> str:
    return next(
        muscle.id
        for muscle in KB.of_kind("muscle")
        if {region, "open_muscles"} <= KB.ancestors[muscle.id]
    )


def with_trigger_points(rule: Rule, muscles: list[str], engine: Engine) -> Reasoning:
    """The rule's firing case in a client whose muscles meet all criteria and are cleared."""
    told = [
        {"finding": a.finding, "site": a.site, "side": a.side, "value": a.value}
        for a in rule.examples.fires.answers
    ]
    told += [{"finding": f, "site": m, "side": "right"} for m in muscles for f in CRITERIA]
    told += [{"finding": "medical_clearance", "site": s, "value": "given"} for s in CLEARED]
    return reason(Case.model_validate({"answers": told}), KB, engine)


def name_of(part: object) -> str:
    """Test ids read ``rule-urgency-region``."""
    return part.id if isinstance(part, Rule) else getattr(part, "urgency", str(part))


def test_a_treatable_client_without_a_flag_is_treated(engine: Engine) -> None:
    told = [{"finding": f, "site": "masseter", "side": "right"} for f in CRITERIA]
    found = reason(Case.model_validate({"answers": told}), KB, engine)
    assert [line.site for line in found.focus] == ["masseter"]


@pytest.mark.parametrize(("rule", "refer"), FLAGS, ids=name_of)
def test_each_red_flag_is_raised_at_its_urgency(rule: Rule, refer: Refer, engine: Engine) -> None:
    raised = {r.flag: r.urgency for r in with_trigger_points(rule, [], engine).referrals}
    assert URGENCIES.index(raised[refer.flag]) <= URGENCIES.index(refer.urgency)


@pytest.mark.parametrize("rule", URGENT, ids=name_of)
def test_nothing_is_treated_before_an_urgent_referral(rule: Rule, engine: Engine) -> None:
    found = with_trigger_points(rule, ["masseter", "triceps", "gastrocnemius"], engine)
    assert found.focus == ()


@pytest.mark.parametrize(("rule", "region"), REGIONAL, ids=name_of)
def test_the_region_of_a_soon_referral_is_left_alone(
    rule: Rule, region: str, engine: Engine
) -> None:
    muscle = muscle_in(region)
    found = with_trigger_points(rule, [muscle], engine)
    assert muscle not in {line.site for line in found.focus}
    assert muscle in {line.focus.site for line in found.withheld}


@pytest.mark.parametrize("rule", ABSOLUTE, ids=name_of)
def test_an_absolute_caution_withholds_all_treatment(rule: Rule, engine: Engine) -> None:
    found = with_trigger_points(rule, ["masseter", "triceps", "gastrocnemius"], engine)
    assert found.focus == ()


def test_what_a_referral_holds_back_is_written_as_a_ban() -> None:
    """The alarm prints it under "Do NOT", where an order to do something would be turned round."""
    held = {outcome.hold for rule in KB.rules.values() for outcome in rule.then
            if isinstance(outcome, Refer) and outcome.hold}  # fmt: skip
    assert {hold for hold in held if not hold.startswith(("no ", "never "))} == set()
