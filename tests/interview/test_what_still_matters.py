"""The interview leaves out what can no longer matter, and never a red flag."""

import random
from collections.abc import Iterator

import pytest

from nmt_expert.assessment import reason
from nmt_expert.assessment.closure import red_flag_findings
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Prompt
from nmt_expert.interview.bearing import REFERRAL
from nmt_expert.interview.replay import Recording, played
from nmt_expert.kb import load, read_case
from nmt_expert.model.assessment import Referral
from nmt_expert.model.case import Answer
from nmt_expert.model.prompt import Item
from tests.conftest import ROOT

KB = load()
ENGINE = Engine(KB)
NAMES = ("assembler-shoulder-ache", "cashier-night-tingling", "desk-worker-headache")
SOME = [
    pytest.param(name, marks=() if n == 0 else (pytest.mark.slow,)) for n, name in enumerate(NAMES)
]
LEAVES_OUT = [SOME[0], SOME[2]]
"""With the other client every question can still matter."""


def steps(name: str, *, quick: bool = False) -> list[tuple[Interview, Prompt]]:
    case = read_case(ROOT / "examples" / f"{name}.yml", KB)
    start = Interview.begin(KB, ENGINE, client=case.client, name=case.id, quick=quick)
    return [(held, prompt) for held, prompt, _ in played(start, Recording(case, KB))]


def items(prompts: tuple[Prompt, ...]) -> Iterator[Item]:
    for prompt in prompts:
        for instance in prompt.members or (prompt,):
            yield from instance.items


@pytest.mark.parametrize("quick", [False, True], ids=["full", "quick"])
@pytest.mark.parametrize("name", SOME)
def test_a_question_that_a_red_flag_needs_is_never_skipped(name: str, quick: bool) -> None:
    needed = red_flag_findings(KB)
    for interview, _ in steps(name, quick=quick):
        skipped = {item.finding for item in items(interview.skipped)}
        assert not skipped & needed


@pytest.mark.parametrize("name", LEAVES_OUT)
def test_whatever_is_answered_to_what_was_skipped_no_referral_or_focus_changes(name: str) -> None:
    *_, (interview, _) = steps(name)
    assert interview.skipped
    before, chance = interview.reasoning, random.Random(name)
    for _ in range(6):
        case = interview.case.model_copy(
            update={"answers": interview.case.answers + tuple(guessed(interview, chance))}
        )
        after = reason(case, KB, ENGINE)
        assert flags(after.referrals) == flags(before.referrals)
        assert {line.model_dump_json() for line in after.cautions} >= {
            line.model_dump_json() for line in before.cautions
        }
        for key, result in before.weighed.items():
            assert after.weighed[key].band == result.band


def flags(referrals: tuple[Referral, ...]) -> list[tuple[str, str]]:
    return [(line.flag, line.urgency) for line in referrals]


def guessed(interview: Interview, chance: random.Random) -> Iterator[Answer]:
    for item in items(interview.skipped):
        values = KB.findings[item.finding].values
        for place in item.places:
            if interview.ledger.is_open(item.finding, place):
                value = chance.choice(values)
                yield Answer(finding=item.finding, site=place.site, side=place.side, value=value)


def test_inside_a_section_what_can_change_a_referral_comes_first() -> None:
    for interview, prompt in steps("desk-worker-headache"):
        section = prompt.question.section
        if section in ("history", "posture", "movement") and interview._weight(prompt) > REFERRAL:
            open_ones = [p for p in interview.open if p.question.section == section]
            assert all(interview._weight(other) > REFERRAL for other in open_ones)


def test_a_skipped_question_can_still_be_answered() -> None:
    *_, (interview, _) = steps("assembler-shoulder-ache")
    prompt = interview.skipped[0]
    answers = interview.answers(prompt, Recording(interview.case, KB).reply(prompt))
    assert prompt.id not in {one.id for one in interview.replied(prompt, answers).skipped}


def test_what_the_next_visit_is_measured_against_is_asked_in_full() -> None:
    skipped = {
        item.finding
        for interview, _ in steps("desk-worker-headache")
        for item in items(interview.skipped)
    }
    assert not any(KB.findings[finding].use == "outcome" for finding in skipped)
