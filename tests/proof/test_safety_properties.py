"""What holds for every client to whom something may happen: nothing outweighs a red flag."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from nmt_expert.assessment import Reasoning, assess, reason
from nmt_expert.assessment.filters import COMPLAINT, EVERYTHING
from nmt_expert.assessment.plan import regions_of
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.assessment import Assessment, Referral
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.case import Case, Client, Complaint
from nmt_expert.model.rule import Refer, Rule
from nmt_expert.reports import as_markdown, as_plain, report_on
from nmt_expert.reports.client_copy import client_copy
from nmt_expert.reports.soap import soap_note
from nmt_expert.reports.view import View
from tests.proof.depth import RUNS, tried
from tests.proof.vocabulary import Vocabulary, without_contradictions

KB = load()
ENGINE = Engine(KB)
VOCABULARY = Vocabulary(KB)
SEEDS = st.integers(0, 2**32)


def red_flag(rule: Rule) -> bool:
    return any(isinstance(one, Refer) and one.kind == "red_flag" for one in rule.then)


def withholds(rule: Rule) -> bool:
    """Whether it takes all treatment away, as a referral or as a caution."""
    return any(
        EVERYTHING in one.suppress
        if isinstance(one, Refer)
        else getattr(one, "scope", "") == "absolute"
        for one in rule.then
    )


RED_FLAGS = st.sampled_from([rule for rule in KB.rules.values() if red_flag(rule)])
WITHHOLDING = st.sampled_from([rule for rule in KB.rules.values() if withholds(rule)])


def struck(rule: Rule, seed: int) -> Case:
    """A random client of whom the example of a rule is true as well."""
    chance = Random(seed)
    case = VOCABULARY.case(chance).model_copy(update={"otherwise": "unknown"})
    answers = (*VOCABULARY.example(rule, chance), *case.answers)
    told = case.model_copy(
        update={"answers": answers, "client": Client(), "complaint": Complaint()}
    )
    return without_contradictions(told, KB)


def raised(found: Reasoning) -> dict[str, Referral]:
    return {line.flag: line for line in found.referrals if line.kind == "red_flag"}


def behind(found: Reasoning, firings: tuple[int, ...]) -> set[str]:
    """The answers that firings rest on, also through candidates."""
    answers: set[str] = set()
    waiting, seen = list(firings), set()
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            by = {ref for met in found.firings[number - 1].met for ref in met.by}
            answers |= {ref for ref in by if ref[0] == "a"}
            waiting += [int(ref[1:]) for ref in by if ref[0] == "f" and ref[1:].isdigit()]
    return answers


@RUNS
@given(RED_FLAGS, SEEDS)
def test_no_other_answer_takes_a_red_flag_back_or_makes_it_less_urgent(
    rule: Rule, seed: int
) -> None:
    case, chance = struck(rule, seed), Random(seed)
    before = reason(case, KB, ENGINE)
    for flag, line in raised(before).items():
        needed = {before.inputs[int(ref[1:]) - 1] for ref in behind(before, line.firings)}
        places = {(one.finding, one.site, one.side) for one in needed}
        changed = [
            answer
            if (answer.finding, answer.site, answer.side) in places
            else VOCABULARY.answer((answer.finding, answer.site, answer.side), chance)
            for answer in case.answers
            if (answer.finding, answer.site, answer.side) in places or chance.random() < 0.8
        ]
        after = raised(reason(case.model_copy(update={"answers": tuple(changed)}), KB, ENGINE))
        assert flag in after
        assert URGENCIES.index(after[flag].urgency) <= URGENCIES.index(line.urgency)
        assert set(after[flag].suppress) >= set(line.suppress)


@RUNS
@given(WITHHOLDING, SEEDS)
def test_where_all_is_withheld_nothing_is_treated_and_each_line_says_why(
    rule: Rule, seed: int
) -> None:
    found = reason(struck(rule, seed), KB, ENGINE)
    assert rule.id in {firing.rule for firing in found.firings}
    assert found.focus == ()
    assert all(one.reason and one.by for one in found.withheld)


@RUNS
@given(RED_FLAGS, SEEDS)
def test_nothing_is_treated_in_a_region_that_a_referral_holds_back(rule: Rule, seed: int) -> None:
    found = reason(struck(rule, seed), KB, ENGINE)
    held = {region for line in found.referrals for region in line.suppress}
    if COMPLAINT in held:
        held |= {region for zone in found.complaints for region in regions_of(zone.site, KB)}
    for line in found.focus:
        around = KB.ancestors.get(line.site or "", frozenset())
        assert EVERYTHING not in held
        assert held.isdisjoint({line.site, *line.region, *around})


@tried(2)
@given(WITHHOLDING, SEEDS)
def test_what_is_withheld_altogether_is_printed_nowhere(rule: Rule, seed: int) -> None:
    assessment = assess(struck(rule, seed), KB, ENGINE)
    view = View(assessment, KB)
    told = {one.focus.treat for one in assessment.withheld}
    told |= {one.say for one in assessment.advice}
    for document in (report_on(view), soap_note(view), client_copy(view)):
        for printed in (as_plain(document, width=10_000), as_markdown(document)):
            assert [words for words in told - elsewhere(assessment) if words in printed] == []


def elsewhere(assessment: Assessment) -> set[str]:
    """What a referral or a caution says in the same words."""
    said = {line.say for line in assessment.referrals}
    return said | {line.why for line in assessment.cautions}
