"""A delta visit asks again what mattered, and takes nothing as true that was not said today."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from nmt_expert.assessment import assess, reason
from nmt_expert.assessment.behind import drivers
from nmt_expert.assessment.possible import SAFETY_SECTIONS
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Prompt, Reply, Said, Step
from nmt_expert.interview.agenda import SAFETY, SCORES, WHERE, Agenda
from nmt_expert.interview.correction import asked_again
from nmt_expert.interview.delta import agenda, carried
from nmt_expert.interview.handed import CARRIED, by_prompt
from nmt_expert.interview.session import GOES_ON
from nmt_expert.kb import read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Visit
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT, engine, kb

__all__ = ["engine", "kb"]

TODAY = "2027-12-25"
LATER = Visit(number=3, date=TODAY)


class Then(NamedTuple):
    """The last visit, and what it plans for today."""

    assessment: Assessment
    agenda: Agenda


@pytest.fixture(scope="module")
def then(kb: KnowledgeBase, engine: Engine) -> Then:
    case = read_case(ROOT / "examples/desk-worker-headache.yml", kb)
    told = (Answer(finding="age", value=38), Answer(finding="onset", value=60))
    kept = tuple(a for a in case.answers if a.finding not in ("age", "onset"))
    visit = Visit(number=1, date="2026-11-20")
    case = case.model_copy(update={"answers": (*told, *kept), "visit": visit})
    last = assess(case, kb, engine)
    return Then(last, agenda(last, (), kb, reason(last.case, kb, engine).instances))


@pytest.fixture(scope="module")
def today(then: Then, kb: KnowledgeBase, engine: Engine) -> Interview:
    return Interview.begin(kb, engine, agenda=then.agenda, visit=LATER)


def answered(interview: Interview, said: dict[str, Said] | None = None) -> list[Prompt]:
    """Every prompt to the end, answered with nothing unless it is said."""
    asked: list[Prompt] = []
    while (prompt := interview.next_prompt) is not None:
        asked.append(prompt)
        here = {k: v for k, v in (said or {}).items() if k in {i.key for i in prompt.items}}
        interview = interview.replied(prompt, interview.answers(prompt, Reply(here)))
    return asked


def test_nothing_of_the_last_visit_is_known_before_it_is_said_today(today: Interview) -> None:
    assert today.case.answers == ()
    assert today.reasoning.firings == ()


def test_scores_come_first_then_where_it_hurts_then_safety(today: Interview, then: Then) -> None:
    stages = [then.agenda.stage(p) for p in answered(today) if not p.question.follow_up]
    assert stages[0] == SCORES
    assert stages.index(WHERE) < stages.index(SAFETY)
    assert stages == sorted(stages)


def test_every_safety_list_that_applies_is_asked_again(
    today: Interview, kb: KnowledgeBase, engine: Engine
) -> None:
    whole = Interview.begin(kb, engine)
    first = {i.question for i in whole.reasoning.instances}
    lists = {q for q in first if kb.questions[q].section in SAFETY_SECTIONS}
    lists -= {q for q in lists if kb.questions[q].on_demand}
    asked = {item.finding for prompt in answered(today) for item in prompt.items}
    assert {ask.finding for q in lists for ask in kb.questions[q].ask} <= asked


def test_a_muscle_that_was_the_reason_is_felt_again_though_nothing_hurts_today(
    today: Interview,
) -> None:
    felt = [p for p in answered(today) if p.question.section == "palpation"]
    places = {(place.site, place.side) for p in felt for i in p.items for place in i.places}
    assert ("upper_trapezius", "right") in places


def test_only_reasons_are_asked_of_a_muscle(today: Interview, then: Then) -> None:
    drove = {(given.finding, given.site) for given in drivers(then.assessment)}
    felt = (p for p in answered(today) if p.instance.bindings.get("muscle") == "upper_trapezius")
    assert {(i.finding, p.site) for prompt in felt for i in prompt.items for p in i.places} <= drove


def test_a_delta_visit_goes_on_as_a_full_interview(today: Interview) -> None:
    full = today.taking(Step(GOES_ON, ()))
    assert today.narrowed
    assert full.narrowed is None
    assert {p.id for p in today.open} < {p.id for p in full.open} | {p.id for p in today.open}
    assert len(full.open) > len(today.open)


def test_only_what_seldom_changes_is_carried_over_and_never_a_safety_answer(
    then: Then, kb: KnowledgeBase
) -> None:
    told = carried(then.assessment, kb, 3, TODAY)
    kinds = {kb.findings[a.finding].kind for a in told}
    assert kinds <= {"history", "lifestyle", "measure"}
    asked_for_safety = {
        ask.finding for q in kb.questions.values() if q.section in SAFETY_SECTIONS for ask in q.ask
    }
    assert not asked_for_safety & {a.finding for a in told}
    assert all(a.value not in NON_ANSWERS for a in told)


def test_a_client_is_older_after_a_year_and_so_is_the_complaint(
    then: Then, kb: KnowledgeBase
) -> None:
    values = {a.finding: a.value for a in carried(then.assessment, kb, 3, TODAY)}
    assert (values["age"], values["onset"]) == (39, 60 + 400)


def test_the_session_is_counted_on_from_what_was_said(then: Then, kb: KnowledgeBase) -> None:
    (session,) = (a for a in carried(then.assessment, kb, 5, TODAY) if a.by == "record")
    assert (session.finding, session.value) == ("session_count", "five_or_more")


def test_what_is_not_confirmed_is_asked(today: Interview, then: Then, kb: KnowledgeBase) -> None:
    told = carried(then.assessment, kb, 3, TODAY)
    steps = [Step(n, a) for n, a in by_prompt(CARRIED, told, kb).items()]
    dropped, kept = steps[0], steps[1:]
    some = {a.finding for a in dropped.answers}
    with_all, without = today.taking(*steps), today.taking(*kept)
    assert not some & {i.finding for p in with_all.open for i in p.items}
    assert some <= {i.finding for p in without.open for i in p.items}


def test_what_was_carried_over_can_be_changed_like_any_answer(
    today: Interview, then: Then, kb: KnowledgeBase
) -> None:
    told = carried(then.assessment, kb, 3, TODAY)
    steps = [Step(n, a) for n, a in by_prompt(CARRIED, told, kb).items()]
    whole = today.taking(*steps)
    assert whole.undoable is None
    step = next(s for s in steps if s.answers[0].finding == "session_count")
    prompt = asked_again(whole, step)
    assert prompt is not None
    assert [item.finding for item in prompt.items] == ["session_count"]


def test_a_quick_delta_visit_still_asks_what_drove_the_last_report(today: Interview) -> None:
    assert answered(replace(today, quick=True)) == answered(today)
