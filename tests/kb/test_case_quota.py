"""How many whole clients are worked out, and of what sort: counted from the case files."""

from collections import Counter
from pathlib import Path

import pytest

from nmt_expert.kb import read_case
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
URGENT = ("emergency", "same_day")
Cases = dict[Path, Case]


@pytest.fixture(scope="module")
def cases(kb: KnowledgeBase) -> Cases:
    return {path: read_case(path, kb) for path in sorted(CASES.glob("*/*.yml"))}


def of_folder(name: str, cases: Cases) -> list[Case]:
    return [case for path, case in cases.items() if path.parent.name == name]


def wanted(case: Case) -> set[str]:
    assert case.expect
    return {referral.flag for referral in case.expect.referrals}


def test_every_case_has_a_sentence_as_its_title_and_expects_something(cases: Cases) -> None:
    weak = [p.name for p, c in cases.items() if not (c.title or "").endswith(".") or not c.expect]
    assert weak == []


def test_no_two_cases_share_an_id_or_a_title(cases: Cases) -> None:
    for names in (
        [case.id for case in cases.values()],
        [case.title for case in cases.values()],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_sixty_clients_have_a_leading_conclusion_or_a_referral(cases: Cases) -> None:
    whole = [c for c in cases.values() if c.expect and (c.expect.leads or c.expect.referrals)]
    assert len(whole) >= 60


def test_each_factor_leads_in_five_clients(cases: Cases, kb: KnowledgeBase) -> None:
    leading = Counter(
        kb.conclusions[case.expect.leads.conclude].factor
        for case in cases.values()
        if case.expect and case.expect.leads
    )
    print(dict(leading))
    assert {factor: leading[factor] for factor in kb.factors if leading[factor] < 5} == {}


def test_fifteen_red_flags_stand_beside_their_near_miss(cases: Cases, kb: KnowledgeBase) -> None:
    raised = {flag for case in of_folder("serious", cases) for flag in wanted(case)}
    near = {flag for case in cases.values() if case.expect for flag in case.expect.not_raised}
    print(f"raised {len(raised)}, near miss {len(near)}, both {len(raised & near)}")
    assert len(raised & near) >= 15
    assert raised - near == set()


def test_six_perpetuating_factors_are_referred(cases: Cases) -> None:
    flags = {flag for case in of_folder("perpetuating", cases) for flag in wanted(case)}
    assert len(of_folder("perpetuating", cases)) >= 6
    assert len(flags) >= 6


def test_in_ten_ordinary_clients_nothing_is_urgent(cases: Cases) -> None:
    ordinary = of_folder("ordinary", cases)
    assert len(ordinary) >= 10
    assert [c.id for c in ordinary if c.expect and c.expect.nothing_above != "routine"] == []


def test_in_eight_clients_two_explanations_compete(cases: Cases) -> None:
    decided = [c for c in of_folder("competing", cases) if c.expect and c.expect.not_concluded]
    assert len(decided) >= 8


def test_forty_clients_say_what_must_not_be_concluded_or_raised(cases: Cases) -> None:
    denied = [
        case
        for case in cases.values()
        if case.expect and (case.expect.not_concluded or case.expect.not_raised)
    ]
    print(f"{len(denied)} of {len(cases)}")
    assert len(denied) >= 40


def test_a_serious_client_without_every_answer_is_not_cleared_of_the_rest(cases: Cases) -> None:
    serious = of_folder("serious", cases)
    left_open = [case for case in serious if case.expect and case.expect.uncleared]
    assert len(left_open) >= 15
    assert [c.id for c in serious if c.otherwise == "unknown" and c not in left_open] == []


def test_an_urgent_client_is_not_treated(cases: Cases) -> None:
    treated = [
        case.id
        for case in cases.values()
        if case.expect
        and any(referral.urgency in URGENT for referral in case.expect.referrals)
        and case.expect.focus != ()
    ]
    assert treated == []
