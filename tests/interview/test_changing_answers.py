"""Any answer can be changed, what would flip is known before, and nothing is worked out twice."""

import random

import pytest

from nmt_expert.assessment.compared import compared, results_of
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Prompt, Reply, Said, Step
from nmt_expert.interview.correction import asked_again, correctable, corrected
from nmt_expert.interview.preview import previews
from nmt_expert.model.case import Answer
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import engine, kb
from tests.interview.walks import reply, walked

__all__ = ["engine", "kb"]

SEEDS = [pytest.param(seed, marks=() if seed < 3 else (pytest.mark.slow,)) for seed in range(30)]


def changeable(interview: Interview) -> list[tuple[Step, Prompt]]:
    """The steps whose question still applies, each with it."""
    again = [(step, asked_again(interview, step)) for step in correctable(interview)]
    return [(step, prompt) for step, prompt in again if prompt is not None]


def flat(interview: Interview) -> set[tuple[object, ...]]:
    return {(a.finding, a.site, a.side, a.value) for a in interview.case.answers}


@pytest.mark.parametrize("seed", SEEDS)
def test_change_and_change_back_gives_the_same_case(
    kb: KnowledgeBase, engine: Engine, seed: int
) -> None:
    interview = walked(kb, engine, seed, 12)
    chance = random.Random(seed)
    step, prompt = chance.choice(changeable(interview))
    answers = interview.answers(prompt, reply(prompt, kb, chance))
    changed = corrected(interview, step, prompt, answers)
    other = changed.steps[0][1]
    again = asked_again(changed.after, other)
    assert again is not None
    back = corrected(changed.after, other, again, step.answers)
    assert flat(back.after) == flat(interview)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_before_a_change_is_what_it_does(
    kb: KnowledgeBase, engine: Engine, seed: int
) -> None:
    interview = walked(kb, engine, seed, 12)
    chance = random.Random(seed)
    step, prompt = chance.choice(changeable(interview))
    change = corrected(interview, step, prompt, interview.answers(prompt, Reply({}, "unknown")))
    afresh = Interview.begin(kb, engine, steps=change.after.steps)
    assert change.difference == compared(
        results_of(interview.reasoning), results_of(afresh.reasoning)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_preview_is_what_giving_the_answer_does(
    kb: KnowledgeBase, engine: Engine, seed: int
) -> None:
    interview = walked(kb, engine, seed, 3 + 5 * (seed % 5))
    prompt = interview.next_prompt
    assert prompt is not None
    before = results_of(interview.reasoning)
    for item in prompt.items[:3]:
        for one in previews(interview, prompt, item):
            given = [
                Answer(finding=item.finding, site=place.site, side=place.side, value=one.value)
                if one.side in (None, place.side)
                else Answer(
                    finding=item.finding,
                    site=place.site,
                    side=place.side,
                    value=kb.findings[item.finding].normal,
                )
                for place in item.places
            ]
            after = interview.replied(prompt, tuple(given))
            assert one.difference == compared(before, results_of(after.reasoning))


def test_a_red_flag_taken_back_is_seen_before_it_counts_and_needs_a_reason(
    kb: KnowledgeBase, engine: Engine
) -> None:
    interview = Interview.begin(kb, engine)
    ticked = ""
    while not interview.urgent:
        prompt = interview.next_prompt
        assert prompt is not None
        ticked = prompt.items[0].key
        reply_ = Reply({ticked: Said()}) if prompt.question.section == "safety" else Reply()
        interview = interview.replied(prompt, interview.answers(prompt, reply_))
    step = interview.steps[-1]
    prompt = asked_again(interview, step)
    assert prompt is not None
    change = corrected(interview, step, prompt, interview.answers(prompt, Reply()))
    flag = interview.urgent[0]
    assert (flag.flag, flag.urgency, None) in {
        (c.flag, c.before, c.after) for c in change.difference.flags
    }
    assert change.lowers
    assert not change.after.urgent


def test_answers_whose_question_closes_are_kept_and_come_back(
    kb: KnowledgeBase, engine: Engine
) -> None:
    for seed in range(40):
        interview = walked(kb, engine, seed, 30)
        for step, prompt in changeable(interview):
            change = corrected(interview, step, prompt, interview.answers(prompt, Reply()))
            if not change.parked:
                continue
            other = change.steps[0][1]
            again = asked_again(change.after, other)
            assert again is not None
            back = corrected(change.after, other, again, step.answers)
            assert set(back.returned) == set(change.parked)
            return
    pytest.fail("no random interview had an answer that parks another")
