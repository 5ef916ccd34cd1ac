"""What holds at every moment of every interview, whatever a person does next."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nmt_expert.assessment import Reasoning, assess, closure, reason
from nmt_expert.assessment.compared import results_of
from nmt_expert.assessment.inputs import answers_of
from nmt_expert.assessment.possible import possible
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Reply, Said, Step
from nmt_expert.interview.correction import asked_again, correctable, corrected
from nmt_expert.kb import load, read_case
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Answer
from tests.conftest import CASE_FILES
from tests.interview.walks import reply, walked
from tests.proof.completions import (
    MODERATE,
    completions,
    flags,
    leaders_of,
    nets,
    spoken_about,
    upset,
)
from tests.proof.depth import tried
from tests.proof.reference import Reference

KB = load()
ENGINE = Engine(KB)
REFERENCE = Reference(KB)
CHANCES = st.integers(0, 2**32).map(random.Random)
KNOWN_BEFORE = "known before"
"""The step of an interview that begins late: what a whole client of ours says, but for some."""
NOT_KNOWN = ("unknown", "not_examined", "later")


def known_of(path: Path, chance: random.Random) -> tuple[Answer, ...]:
    """What a client answers to every question that applies, but for some that raise no flag."""
    whole = read_case(path, KB).model_copy(update={"otherwise": "normal"})
    for _ in range(4):  # an answer may open a question
        could = possible(reason(whole, KB, ENGINE), ENGINE)
        *_, whole = completions(could, asked=False, tries=2, seed=path.stem)
    share = chance.choice((0.8, 1, 1))
    kept = closure.red_flag_findings(KB)
    told = answers_of(reason(whole, KB, ENGINE).case, KB)
    return tuple(one for one in told if one.finding in kept or chance.random() < share)


def fired(found: Reasoning) -> set[tuple[object, ...]]:
    return {(raw.rule, raw.bindings) for raw in (*found.result.firings, *found.result.opened)}


def change_back(interview: Interview, chance: random.Random) -> tuple[Interview, Interview] | None:
    """The interview with another reply in one step, and with the first one there again."""
    steps = [step for step in correctable(interview) if step.prompt != KNOWN_BEFORE]
    again = [(step, prompt) for step in steps if (prompt := asked_again(interview, step))]
    if not again:
        return None
    step, prompt = chance.choice(again)
    change = corrected(
        interview, step, prompt, interview.answers(prompt, reply(prompt, KB, chance))
    )
    other = change.steps[0][1]
    back_again = asked_again(change.after, other)
    assert back_again is not None
    return change.after, corrected(change.after, other, back_again, step.answers).after


class Interviews(RuleBasedStateMachine):
    """Somebody replies, does not know, changes, takes back, and is called by an emergency."""

    interview: Interview

    @initialize(path=st.sampled_from([None, *CASE_FILES]), chance=CHANCES, quick=st.booleans())
    def begin(self, path: Path | None, chance: random.Random, quick: bool) -> None:
        steps = (Step(KNOWN_BEFORE, known_of(path, chance)),) if path else ()
        self.interview = Interview.begin(KB, ENGINE, steps=steps, quick=quick)

    @rule(chance=CHANCES)
    def reply(self, chance: random.Random) -> None:
        """An answer to what was not answered takes no red flag away; taken back, it never was."""
        before, prompt = self.interview, self.interview.next_prompt
        if prompt is not None:
            answers = before.answers(prompt, reply(prompt, KB, chance))
            self.interview = before.replied(prompt, answers)
            self.no_flag_is_lower_than(before)
            assert results_of(self.interview.back().reasoning) == results_of(before.reasoning)

    @rule(value=st.sampled_from(NOT_KNOWN))
    def do_not_know(self, value: str) -> None:
        """What is not known fires nothing and stops nothing."""
        before, prompt = self.interview, self.interview.next_prompt
        if prompt is not None:
            answers = before.answers(prompt, Reply({}, value))
            self.interview = before.replied(prompt, answers)
            assert fired(self.interview.reasoning) == fired(before.reasoning)

    @rule(chance=CHANCES)
    def something_happens(self, chance: random.Random) -> None:
        """What happens now is added; what was there before stays."""
        before, prompt = self.interview, chance.choice(self.interview.watch_list)
        item = chance.choice(prompt.items)
        side = chance.choice(("left", "right")) if item.pick_side else None
        answers = before.answers(prompt, Reply({item.key: Said("present", side)}))
        self.interview = before.replied(prompt, answers)
        self.no_flag_is_lower_than(before)

    @rule(chance=CHANCES)
    def change(self, chance: random.Random) -> None:
        """A change that is changed back leaves nothing behind."""
        before = self.interview
        if changed := change_back(before, chance):
            self.interview, back = changed
            assert results_of(back.reasoning) == results_of(before.reasoning)
            assert back.reasoning.inputs == before.reasoning.inputs

    @precondition(lambda self: self.interview.may_stop)
    @rule(chance=CHANCES)
    def stop(self, chance: random.Random) -> None:
        """Nothing that is left can raise a flag or change what leads."""
        found = self.interview.reasoning
        could = possible(found, ENGINE)
        for case in completions(could, asked=False, tries=3, seed=str(chance.random())):
            assert flags(reason(case, KB, ENGINE)) == flags(found)
        spoken_of = spoken_about(could)
        leaders = leaders_of(found, spoken_of, closure.LEADERS)
        for case in completions(could, asked=True, tries=3, seed=str(chance.random())):
            then = {k: net for k, net in nets(reason(case, KB, ENGINE)).items() if k in spoken_of}
            assert not upset(nets(found), leaders, then, MODERATE)

    def no_flag_is_lower_than(self, before: Interview) -> None:
        now = dict(flags(self.interview.reasoning))
        for flag, urgency in flags(before.reasoning):
            assert URGENCIES.index(now[flag]) <= URGENCIES.index(urgency)

    @invariant()
    def the_case_as_it_stands_ends_in_the_same(self) -> None:
        """Whatever was gone on from: a plain reading of the rules over the case says the same."""
        assert fired(reason(self.interview.case, KB, REFERENCE)) == fired(self.interview.reasoning)

    @invariant()
    def no_red_flag_is_parked(self) -> None:
        assert all(KB.findings[one.finding].kind != "red_flag" for one in self.interview.parked)

    @invariant()
    def its_steps_are_all_there_is(self) -> None:
        """Laid aside and taken up again, it is the same interview."""
        one = self.interview
        again = Interview.begin(KB, ENGINE, steps=one.steps, quick=one.quick)
        assert again.case == one.case
        assert again.parked == one.parked


TestInterviews = Interviews.TestCase
TestInterviews.settings = tried(4, steps=6)


@tried(2)
@given(st.integers(0, 1000))
def test_a_change_and_the_change_back_give_the_same_bytes(seed: int) -> None:
    interview = walked(KB, ENGINE, seed, 8)
    changed = change_back(interview, random.Random(seed))
    if changed is not None:
        one, other = (assess(held.case, KB, ENGINE) for held in (interview, changed[1]))
        assert one.model_dump_json(by_alias=True) == other.model_dump_json(by_alias=True)
