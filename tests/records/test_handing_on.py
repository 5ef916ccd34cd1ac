"""Earlier visits are kept day by day, and an interview can be handed on as a case file."""

import random

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.interview.handed import TAKEN_OVER, by_prompt, taken_over
from nmt_expert.kb import read_case_text
from nmt_expert.kb.case_writer import case_text
from nmt_expert.model.case import (
    Activity,
    Answer,
    Case,
    Client,
    Complaint,
    ComplaintSite,
    Earlier,
    Treated,
    Visit,
)
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import Store
from nmt_expert.records.handing import handed_on
from nmt_expert.records.past import earlier_visits

HOSTILE = [
    "yes",
    "- no: 12:30",
    "& *x #",
    "null",
    "'",
    '"',
    "two\nlines",
    "{a: [b]}",
    "\u200e",
    "0",
]


def started(store: Store, day: str, code: str = "C-001") -> "str":
    return store.start(
        Client(code=code),
        quick=False,
        kb_version="1",
        kb_sha256="ab",
        at=f"{day}T10:00:00Z",
    )


def test_scores_and_treatment_of_every_finished_day_before_today_are_earlier_visits(
    store: Store, kb: KnowledgeBase, assess_nothing: object
) -> None:
    for day, pain in (("2026-11-20", 6), ("2026-12-04", 4)):
        name = started(store, day)
        at = f"{day}T10:01:00Z"
        answers = [Answer(finding="pain_intensity", value=pain), Answer(finding="fever_now")]
        activities = [Activity(activity="Stairs", score=3)]
        store.append(name, answers, prompt="p", at=at, activities=activities)
        store.finish(name, assess_nothing(store.state(name).case), at)
        store.treat(name, [Treated(site="scalenes", technique="heat")], at)
    started(store, "2026-12-18")
    past = store.past("C-001", "2026-12-18")
    found = earlier_visits(past, kb)
    assert [(v.date, [a.value for a in v.answers]) for v in found] == [
        ("2026-11-20", [6]),
        ("2026-12-04", [4]),
    ]
    assert all(v.activities and v.treated for v in found)
    assert store.past("C-001", "2026-12-04") == past[:1]
    assert store.past("C-002", "2026-12-18") == ()


@pytest.fixture
def assess_nothing(assess: object) -> object:
    return assess


@pytest.mark.parametrize("seed", range(5))
def test_a_case_file_says_what_the_case_says_whatever_stands_in_it(
    seed: int, kb: KnowledgeBase
) -> None:
    chance = random.Random(seed)
    texts = chance.sample(HOSTILE, 4)
    case = Case(
        id="desk",
        client=Client(code="C-001", occupation=texts[0].replace("\u200e", "x")),
        visit=Visit(number=2, date="2026-12-04"),
        complaint=Complaint(sites=(ComplaintSite(site="temple", side="right"),)),
        answers=(
            Answer(
                finding="saddle_numbness", value="absent", by="C-001", at="2026-12-04T10:00:00Z"
            ),
            Answer(finding="pain_intensity", value=6, sure="unsure"),
            Answer(
                finding="taut_band", site="scalenes", side="left", note=texts[1].strip("\u200e")
            ),
        ),
        activities=(Activity(activity=texts[2].strip("\u200e") or "x", score=2.5),),
        earlier=(
            Earlier(
                date="2026-11-20",
                treated=(
                    Treated(site="scalenes", side="left", technique=next(iter(kb.techniques))),
                ),
            ),
        ),
    )
    assert read_case_text(case_text(case), "case.yml", kb) == case


def test_the_newest_answer_is_handed_on_with_who_gave_it(store: Store) -> None:
    name = started(store, "2026-11-20")
    at = "2026-11-20T10:01:00Z"
    store.append(name, [Answer(finding="age", value=38, by="C-001")], prompt="one", at=at)
    store.append(name, [Answer(finding="age", value=39, by="anna")], prompt="two", at=at)
    assert [(a.value, a.by) for a in handed_on(store.state(name)).answers] == [(39, "anna")]


def test_answers_that_are_taken_over_keep_their_person_or_name_the_case(kb: KnowledgeBase) -> None:
    case = Case(
        id="from-anna",
        client=Client(age=38),
        complaint=Complaint(
            sites=(
                ComplaintSite(site="temple", side="right"),
                ComplaintSite(site="neck_posterior", side="left"),
            )
        ),
        answers=(
            Answer(finding="pain", site="neck_posterior", side="left"),
            Answer(finding="saddle_numbness", value="absent", by="anna"),
        ),
    )
    told = [a for answers in taken_over(case, kb).values() for a in answers]
    assert {a.finding: a.by for a in told} == {
        "pain": "from-anna",
        "age": "from-anna",
        "saddle_numbness": "anna",
    }
    assert [a.site for a in told if a.finding == "pain"] == ["temple", "neck_posterior"]


def test_what_is_taken_over_is_cut_so_that_each_part_can_be_asked_again(
    kb: KnowledgeBase, engine: Engine
) -> None:
    answers = [
        Answer(finding="age", value=38),
        Answer(finding="onset", value=60),
        Answer(finding="pain_intensity", value=6),
        Answer(finding="saddle_numbness", value="absent"),
        Answer(finding="bladder_change", value="absent"),
    ]
    steps = by_prompt(TAKEN_OVER, answers, kb)
    assert sorted(len(given) for given in steps.values()) == [1, 1, 1, 2]
    assert assess(Case(answers=tuple(a for s in steps.values() for a in s)), kb, engine) == assess(
        Case(answers=tuple(answers)), kb, engine
    )
