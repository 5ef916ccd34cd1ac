"""What holds for every set of answers, whatever the client."""

import os
import random
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nmt_expert.assessment import assess, reason
from nmt_expert.assessment.closure import intervals
from nmt_expert.assessment.possible import open_items, possible
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.strategies import answer_sets, case_of
from tests.conftest import CASE_FILES, ROOT, some_then_all

KB = load()
ENGINE = Engine(KB)
ANSWERS = answer_sets(KB)
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]
FEW = settings(max_examples=40, deadline=None, suppress_health_check=CHECKS)
"""For properties of one run."""
FEWER = settings(FEW, max_examples=8)
"""For properties of whole assessments, which also run everything that is possible."""


def as_bytes(assessment: Assessment) -> bytes:
    return assessment.model_dump_json(by_alias=True).encode()


def lasting(found: Reasoning) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """The firings of the screen, candidate and evidence strata."""
    return {
        (raw.rule, raw.bindings)
        for raw in found.result.firings
        if KB.rules[raw.rule].stratum != "plan"
    }


def urgencies(found: Reasoning) -> dict[str, int]:
    return {line.flag: URGENCIES.index(line.urgency) for line in found.referrals}


@FEWER
@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_never_changes_a_byte(
    answers: tuple[Answer, ...], shuffler: random.Random
) -> None:
    shuffled = list(answers)
    shuffler.shuffle(shuffled)
    one, other = case_of(answers), case_of(tuple(shuffled))
    assert as_bytes(assess(one, KB, ENGINE)) == as_bytes(assess(other, KB, ENGINE))


@FEW
@given(ANSWERS, ANSWERS)
def test_more_answers_never_take_away_a_firing_nor_lower_an_urgency(
    answers: tuple[Answer, ...], more: tuple[Answer, ...]
) -> None:
    places = {(a.finding, a.site, a.side) for a in answers}
    added = answers + tuple(a for a in more if (a.finding, a.site, a.side) not in places)
    before, after = reason(case_of(answers), KB, ENGINE), reason(case_of(added), KB, ENGINE)
    assert lasting(before) <= lasting(after)
    for flag, urgency in urgencies(before).items():
        if KB.flags[flag].kind != "finding" or flag in urgencies(after):
            assert urgencies(after)[flag] <= urgency


@FEW
@given(ANSWERS, st.sampled_from(NON_ANSWERS))
def test_a_non_answer_fires_what_no_answer_fires(
    answers: tuple[Answer, ...], non_answer: str
) -> None:
    kept, dropped = answers[::2], answers[1::2]
    silent = tuple(a.model_copy(update={"value": non_answer}) for a in dropped)
    without, with_them = case_of(kept), case_of(kept + silent)
    assert reason(without, KB, ENGINE).result == reason(with_them, KB, ENGINE).result


@FEWER
@given(ANSWERS)
def test_no_valid_set_of_answers_raises(answers: tuple[Answer, ...]) -> None:
    assess(case_of(answers), KB, ENGINE)


@FEWER
@given(ANSWERS)
def test_what_fires_is_possible_and_an_interval_holds_the_net(answers: tuple[Answer, ...]) -> None:
    found = reason(case_of(answers), KB, ENGINE)
    could = possible(found, ENGINE)
    assert lasting(found) <= {(raw.rule, raw.bindings) for raw in could.result.firings}
    ranges = intervals(could)
    for key, result in found.weighed.items():
        assert ranges[key].low <= result.net <= ranges[key].high


def completed(found: Reasoning, rng: random.Random) -> Case:
    """Answer every open item at random."""
    answers = {
        (item.finding, place.site, place.side): Answer(
            finding=item.finding,
            site=place.site,
            side=place.side,
            value=rng.choice(KB.findings[item.finding].values),
        )
        for _, item, place in open_items(found, found.instances)
    }
    known = tuple(
        a for a in found.case.answers if str(a.value) not in ("unknown", "not_examined", "later")
    )
    return found.case.model_copy(update={"answers": known + tuple(answers.values())})


@pytest.mark.parametrize("path", some_then_all(CASE_FILES, 40), ids=lambda path: path.stem)
def test_a_settled_focus_stays_leading_however_the_open_questions_are_answered(path) -> None:
    found = reason(read_case(path, KB), KB, ENGINE)
    ranges = intervals(possible(found, ENGINE))
    closure = assess(found.case, KB, ENGINE).closure.focus
    leaders = [key for key in found.weighed if found.ids[key] in closure.leading]
    rng = random.Random(path.stem)
    for _ in range(8):
        after = reason(completed(found, rng), KB, ENGINE)
        for key, result in after.weighed.items():
            if key in ranges:
                assert ranges[key].low <= result.net <= ranges[key].high
        if closure.settled and leaders:
            least = min(after.weighed[key].net for key in leaders)
            chief = found.complaints[:1]
            for key in ranges:
                relevant = not chief or found.explainer.explains(key, chief)
                if relevant and key not in leaders and key in after.weighed:
                    moved = after.weighed[key].net != found.weighed.get(key, after.weighed[key]).net
                    assert not moved or after.weighed[key].net < least


def test_the_hash_seed_never_changes_a_byte() -> None:
    script = (
        "import hashlib, sys\n"
        "from pathlib import Path\n"
        "from nmt_expert.kb import load, read_case\n"
        "from nmt_expert.engine import Engine\n"
        "from nmt_expert.assessment import assess\n"
        "kb = load(); engine = Engine(kb); digest = hashlib.sha256()\n"
        "for path in sys.argv[1:]:\n"
        "    result = assess(read_case(Path(path), kb), kb, engine)\n"
        "    digest.update(result.model_dump_json(by_alias=True).encode())\n"
        "print(kb.sha256, digest.hexdigest())\n"
    )
    paths = [str(path) for path in CASE_FILES[::80]]
    printed = {
        subprocess.run(
            [sys.executable, "-c", script, *paths],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(printed) == 1


def test_silence_is_not_safety(kb: KnowledgeBase, engine: Engine) -> None:
    """A client of whom nothing is known has every red flag of the everyone-screen uncleared."""
    result = assess(Case(id="silent"), kb, engine)
    uncleared = {line.flag for line in result.not_cleared}
    assert {"cauda_equina", "stroke_tia", "acute_cardiac", "suicide_risk"} <= uncleared
    assert not result.closure.red_flags.all_asked
