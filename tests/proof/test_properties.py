"""What holds for every client, whatever the answers."""

import os
import random
import subprocess
import sys
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nmt_expert.assessment import assess, reason
from nmt_expert.assessment.closure import intervals
from nmt_expert.assessment.possible import possible
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Answer, Case, ComplaintSite, sides_of
from nmt_expert.model.finding import NON_ANSWERS
from tests.conftest import CASE_FILES, ROOT
from tests.proof.completions import completions
from tests.proof.depth import RUNS, WHOLE, tried
from tests.proof.vocabulary import Vocabulary, answer_sets, case_of, cases

KB = load()
ENGINE, OTHER = Engine(KB), Engine(KB)
VOCABULARY = Vocabulary(KB)
ANSWERS = answer_sets(VOCABULARY)
CLIENTS = cases(VOCABULARY)
Fired = set[tuple[str, tuple[tuple[str, str], ...]]]


def reasoned(case: Case) -> Reasoning:
    return reason(case, KB, ENGINE)


def as_bytes(assessment: Assessment) -> bytes:
    return assessment.model_dump_json(by_alias=True).encode()


def fired(found: Reasoning) -> Fired:
    return {(raw.rule, raw.bindings) for raw in found.result.firings}


def lasting(found: Reasoning) -> Fired:
    """The firings of the screen, candidate and evidence strata."""
    return {one for one in fired(found) if KB.rules[one[0]].stratum != "plan"}


def urgencies(found: Reasoning) -> dict[str, int]:
    return {line.flag: URGENCIES.index(line.urgency) for line in found.referrals}


def drawn(found: Reasoning) -> dict[str, object]:
    """What is concluded and what is to be done, without the numbers of answers and firings."""
    plan = [line.model_copy(update={"firings": ()}) for line in found.focus]
    return {
        "fired": fired(found),
        "conclusions": {found.ids[key]: told.net for key, told in found.weighed.items()},
        "referrals": urgencies(found),
        "factors": [line.model_dump(exclude={"firings"}) for line in found.factors],
        "plan": plan,
    }


# The same answers, told otherwise


@WHOLE
@given(CLIENTS, st.randoms(use_true_random=False))
def test_the_order_of_answers_never_changes_a_byte(case: Case, shuffler: random.Random) -> None:
    shuffled = list(case.answers)
    shuffler.shuffle(shuffled)
    other = case.model_copy(update={"answers": tuple(shuffled)})
    assert as_bytes(assess(case, KB, ENGINE)) == as_bytes(assess(other, KB, ENGINE))


@WHOLE
@given(CLIENTS, CLIENTS)
def test_whoever_was_assessed_before_never_changes_a_byte(case: Case, before: Case) -> None:
    OTHER.run([])
    reasoned(before)
    assert as_bytes(assess(case, KB, ENGINE)) == as_bytes(assess(case, KB, OTHER))


@RUNS
@given(CLIENTS)
def test_an_answer_given_twice_counts_once(case: Case) -> None:
    twice = case.model_copy(update={"answers": case.answers * 2})
    assert reasoned(twice).inputs == reasoned(case).inputs
    assert drawn(reasoned(twice)) == drawn(reasoned(case))


@RUNS
@given(CLIENTS)
def test_both_sides_are_the_left_and_the_right(case: Case) -> None:
    alone = tuple(
        answer.model_copy(update={"side": side})
        for answer in case.answers
        for side in sides_of(answer.side)
    )
    one, other = reasoned(case), reasoned(case.model_copy(update={"answers": alone}))
    assert fired(one) == fired(other)
    assert nets(one, {}) == nets(other, {})
    assert urgencies(one) == urgencies(other)
    assert ranked(one) == ranked(other)


@tried(6)
@given(CLIENTS)
def test_what_counts_as_normal_may_as_well_be_written_down(case: Case) -> None:
    found = reasoned(case.model_copy(update={"otherwise": "normal"}))
    written = found.case.model_copy(update={"otherwise": "unknown"})
    assert drawn(reasoned(written)) == drawn(found)


# More answers


@RUNS
@given(CLIENTS, ANSWERS)
def test_more_answers_never_take_away_a_firing_nor_lower_an_urgency(
    case: Case, more: tuple[Answer, ...]
) -> None:
    case = case.model_copy(update={"otherwise": "unknown"})
    before, after = reasoned(case), reasoned(with_more(case, more))
    assert lasting(before) <= lasting(after)
    for flag, urgency in urgencies(before).items():
        if KB.flags[flag].kind != "finding" or flag in urgencies(after):
            assert urgencies(after)[flag] <= urgency


def with_more(case: Case, more: tuple[Answer, ...]) -> Case:
    """The case with answers at places of which nothing was said; what is computed stays so."""
    said = {(a.finding, a.site, side) for a in case.answers for side in sides_of(a.side)}
    said |= {
        (KB.plan.complaint_finding, place.site, side)
        for place in case.complaint.sites
        for side in sides_of(place.side)
    }
    said.add((KB.plan.age_finding, None, None))
    scores = {measure.score for measure in KB.measures.values()}
    added = tuple(
        answer
        for answer in more
        if answer.finding not in scores
        and said.isdisjoint((answer.finding, answer.site, side) for side in sides_of(answer.side))
    )
    return case.model_copy(update={"answers": case.answers + added})


@RUNS
@given(ANSWERS, st.sampled_from(NON_ANSWERS))
def test_a_non_answer_fires_what_no_answer_fires(
    answers: tuple[Answer, ...], non_answer: str
) -> None:
    kept, dropped = answers[::2], answers[1::2]
    silent = tuple(a.model_copy(update={"value": non_answer}) for a in dropped)
    without, with_them = reasoned(case_of(kept)), reasoned(case_of(kept + silent))
    assert without.result == with_them.result
    assert drawn(without) == drawn(with_them)


# The other side


@RUNS
@given(CLIENTS)
def test_the_mirror_image_of_a_client_has_the_mirror_image_of_the_result(case: Case) -> None:
    here, there = reasoned(case), reasoned(mirrored(case))
    assert {(rule, turned(bound)) for rule, bound in fired(here)} == fired(there)
    assert nets(here, SWAPPED) == nets(there, {})
    assert urgencies(here) == urgencies(there)
    assert treated(here, SWAPPED) == treated(there, {})
    assert {(c.caution, c.scope, c.site) for c in here.cautions} == {
        (c.caution, c.scope, c.site) for c in there.cautions
    }
    assert ranked(here) == ranked(there)


SWAPPED = {"left": "right", "right": "left"}


def mirrored(case: Case) -> Case:
    """The client with left and right exchanged."""
    answers = tuple(
        answer.model_copy(update={"side": SWAPPED.get(answer.side or "", answer.side)})
        for answer in case.answers
    )
    sites = tuple(
        ComplaintSite(site=at.site, side=SWAPPED.get(at.side or "", at.side))
        for at in case.complaint.sites
    )
    complaint = case.complaint.model_copy(update={"sites": sites})
    return case.model_copy(update={"answers": answers, "complaint": complaint})


def turned(bound: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, SWAPPED.get(value, value)) for name, value in bound)


def nets(found: Reasoning, sides: dict[str, str]) -> set[tuple[str, str, str, Fraction]]:
    return {
        (key.conclude, key.site, sides.get(key.side, key.side), told.net)
        for key, told in found.weighed.items()
    }


def ranked(found: Reasoning) -> list[tuple[object, ...]]:
    return [(line.factor, line.rank, line.band, line.certainty) for line in found.factors]


def treated(found: Reasoning, sides: dict[str, str]) -> set[tuple[object, ...]]:
    return {
        (line.treat, line.site, sides.get(line.side or "", line.side), line.technique)
        for line in found.focus
    }


# What is still open


@WHOLE
@given(CLIENTS)
def test_what_fires_is_possible_and_an_interval_holds_every_net_that_answers_can_bring(
    case: Case,
) -> None:
    found = reasoned(case.model_copy(update={"otherwise": "unknown"}))
    could = possible(found, ENGINE)
    assert lasting(found) <= {(raw.rule, raw.bindings) for raw in could.result.firings}
    ranges = intervals(could)
    for then in (found, *map(reasoned, completions(could, asked=True, tries=3, seed=case.id))):
        for key, told in then.weighed.items():
            if then is found or key in ranges:
                assert ranges[key].low <= told.net <= ranges[key].high


# Nothing else


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
    paths = [str(path) for path in CASE_FILES[::200]]
    printed = {
        subprocess.run(
            [sys.executable, "-c", script, *paths],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(printed) == 1


def test_silence_is_not_safety() -> None:
    """A client of whom nothing is known has every red flag of the everyone-screen uncleared."""
    result = assess(Case(id="silent"), KB, ENGINE)
    uncleared = {line.flag for line in result.not_cleared}
    assert {"cauda_equina", "stroke_tia", "acute_cardiac", "suicide_risk"} <= uncleared
    assert not result.closure.red_flags.all_asked
