"""Whole clients: each case's title is a sentence that a therapist would agree or disagree with."""

from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment, Focus
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Case, Expectation
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import CASE_FILES


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_the_client_ends_as_expected(path: Path, kb: KnowledgeBase, engine: Engine) -> None:
    case = read_case(path, kb)
    assert case.expect is not None
    assert differences(assess(case, kb, engine), case.expect) == []


def differences(result: Assessment, expected: Expectation) -> list[str]:
    """What is not as expected, in words."""
    return [
        *_conclusions(result, expected),
        *_plan(result, expected),
        *_referrals(result, expected),
        *[f"advice {a} is missing" for a in expected.advice if a not in _advice(result)],
    ]


def _conclusions(result: Assessment, expected: Expectation) -> list[str]:
    wrong = []
    first = result.conclusions[0] if result.conclusions else None
    wanted = expected.leads
    if wanted and (
        first is None or (first.conclude, first.site) != (wanted.conclude, wanted.site)
        or wanted.side not in (None, first.side)
    ):  # fmt: skip
        wrong.append(f"{first.id if first else 'nothing'} leads")
    ranked = [line.factor for line in result.factors]
    if expected.factors is not None and ranked[: len(expected.factors)] != [*expected.factors]:
        wrong.append(f"the factors are {ranked}")
    if expected.no_conclusions and any(c.band != "not_supported" for c in result.conclusions):
        wrong.append(f"{first.id if first else ''} is concluded")
    return wrong


def _names(line: Focus) -> set[str]:
    return {str(line.site), f"{line.site}:{line.side}"}


def _plan(result: Assessment, expected: Expectation) -> list[str]:
    focus = {name for line in result.focus for name in _names(line)}
    distant = {name for line in result.focus if line.distant for name in _names(line)}
    wrong = [f"{name} is not treated" for name in expected.focus or () if name not in focus]
    wrong += [f"{name} is not distant" for name in expected.distant if name not in distant]
    if expected.focus == () and result.focus:
        wrong.append(f"{sorted(focus)} is treated")
    return wrong


def _referrals(result: Assessment, expected: Expectation) -> list[str]:
    raised = {line.flag: line.urgency for line in result.referrals}
    uncleared = {line.flag: line.urgency for line in result.not_cleared}
    wrong = [
        f"{wanted.flag} is {raised.get(wanted.flag)}"
        for wanted in expected.referrals
        if raised.get(wanted.flag) != wanted.urgency
    ]
    if expected.nothing_above:
        most = URGENCIES.index(expected.nothing_above)
        wrong += [f"{f} is {u}" for f, u in raised.items() if URGENCIES.index(u) < most]
    urgent = [f for f, u in uncleared.items() if u in ("emergency", "same_day")]
    if expected.not_cleared is not None and len(urgent) != expected.not_cleared:
        wrong.append(f"{urgent} are not cleared")
    return wrong + [f"{f} counts as cleared" for f in expected.uncleared if f not in uncleared]


def _advice(result: Assessment) -> set[str]:
    return {line.advice for line in result.advice}


ORDINARY = {
    "id": "ordinary",
    "client": {"age": 40},
    "answers": [
        {"finding": "onset", "value": "days_15_to_84"},
        {"finding": "session_count", "value": "first"},
        {"finding": "pain_intensity", "value": 4},
    ],
    "otherwise": "normal",
}


def test_an_ordinary_client_who_answers_none_of_these_throughout_is_referred_nowhere(
    kb: KnowledgeBase, engine: Engine
) -> None:
    result = assess(Case.model_validate(ORDINARY), kb, engine)
    assert [line.flag for line in result.referrals] == []
    assert [line.flag for line in result.not_cleared] == []
    assert result.closure.red_flags.all_asked


def test_a_neck_pain_that_a_normal_examination_does_not_explain_goes_to_a_physician_in_time(
    kb: KnowledgeBase, engine: Engine
) -> None:
    complaint = {"sites": [{"site": "neck_posterior", "side": "right"}]}
    result = assess(Case.model_validate({**ORDINARY, "complaint": complaint}), kb, engine)
    assert [(line.flag, line.urgency) for line in result.referrals] == [
        ("unexplained_complaint", "routine")
    ]
    assert result.unexplained == ("neck_posterior:right",)
    assert [line.flag for line in result.not_cleared] == []
