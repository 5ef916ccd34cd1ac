"""The case library as a set: what it covers, that it gives nothing away, that it can be solved."""

from collections import Counter
from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.soundness import unsound
from tests.conftest import some_then_all
from tests.practice.conftest import CASES

FILES = sorted(CASES.glob("*.yml"))
Library = dict[Path, PracticeCase]


@pytest.fixture(scope="module")
def library(kb: KnowledgeBase) -> Library:
    return {path: read_practice_case(path, kb) for path in FILES}


@pytest.mark.parametrize("path", some_then_all(FILES, 4), ids=lambda path: path.stem)
def test_asking_everything_solves_the_case_and_the_engine_agrees_with_its_key(
    path: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    assert unsound(read_practice_case(path, kb), kb, engine) == []


def test_there_are_forty_cases_and_more(library: Library) -> None:
    assert len(library) >= 40


def test_each_factor_leads_in_five_cases(library: Library, kb: KnowledgeBase) -> None:
    leading = Counter(case.key.factors[0][0] for case in library.values() if case.key.factors)
    assert {factor: leading[factor] for factor in kb.factors if leading[factor] < 5} == {}


def test_every_topic_has_its_cases_and_ten_are_near_misses(
    library: Library, kb: KnowledgeBase
) -> None:
    assert kb.practice
    counted = Counter(case.topic for case in library.values())
    assert [topic.id for topic in kb.practice.topics if counted[topic.id] < 3] == []
    assert counted["near_misses"] >= 10
    assert counted["red_flags"] >= 10
    assert counted["perpetuating_factors"] >= 5
    assert counted["competing_explanations"] >= 8


def test_every_level_and_most_regions_are_practised(library: Library, kb: KnowledgeBase) -> None:
    assert {case.level for case in library.values()} == {1, 2, 3}
    regions = {case.region for case in library.values()}
    print(sorted({site.id for site in kb.of_kind("region")} - regions))
    assert len(regions) >= 13


def test_a_near_miss_names_the_flags_it_looks_like_and_sends_nobody_off_in_a_hurry(
    library: Library,
) -> None:
    near = [case for case in library.values() if case.topic == "near_misses"]
    assert [case.id for case in near if not (case.expect and case.expect.not_raised)] == []
    urgent = ("emergency", "same_day")
    assert [c.id for c in near if any(r.urgency in urgent for r in c.key.referrals)] == []


def test_five_near_misses_stand_beside_the_flag_they_look_like(library: Library) -> None:
    raised = {r.flag for c in library.values() for r in c.key.referrals}
    near = {flag for c in library.values() if c.expect for flag in c.expect.not_raised}
    assert len(raised & near) >= 5


def test_a_case_with_an_urgent_flag_has_a_tempting_story_and_nothing_to_treat(
    library: Library,
) -> None:
    urgent = [
        case
        for case in library.values()
        if any(r.urgency in ("emergency", "same_day") for r in case.key.referrals)
    ]
    assert [case.id for case in urgent if case.key.focus] == []
    assert [case.id for case in urgent if len(case.answers) < 2] == []


def test_what_is_read_first_gives_nothing_of_the_key_away(
    library: Library, kb: KnowledgeBase
) -> None:
    told = {
        case.id: named
        for case in library.values()
        if (named := [label for label in secrets(case, kb) if label in read_first(case)])
    }
    assert told == {}


def secrets(case: PracticeCase, kb: KnowledgeBase) -> set[str]:
    """The words of the key: what is concluded, the red flags, and the muscles that are treated."""
    places = [kb.sites[one.site] for one in (*case.key.conclusions, *case.key.focus)]
    labels = {site.label for site in places if site.kind in ("muscle", "nerve", "pattern")}
    labels |= {kb.conclusions[one.conclude].label for one in case.key.conclusions}
    flags = [kb.flags[one.flag] for one in case.key.referrals if one.flag in kb.flags]
    labels |= {flag.label for flag in flags if flag.kind == "red_flag"}
    return {label.lower() for label in labels}


def read_first(case: PracticeCase) -> str:
    return f"{case.title} {case.presentation} {case.complaint.text or ''}".lower()


def test_no_two_cases_share_an_id_a_title_or_a_story(library: Library) -> None:
    for names in (
        [case.id for case in library.values()],
        [case.title for case in library.values()],
        [case.presentation for case in library.values()],
        [case.client.code for case in library.values()],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_a_case_is_named_as_its_file_is(library: Library) -> None:
    assert [path.stem for path, case in library.items() if case.id != path.stem] == []


def test_the_story_tells_the_age_that_the_case_reasons_with(library: Library) -> None:
    silent = [
        case.id
        for case in library.values()
        if case.client.age is not None and str(case.client.age) not in case.presentation
    ]
    assert silent == []


def test_what_a_case_teaches_rests_on_more_than_memory(library: Library, kb: KnowledgeBase) -> None:
    recalled = [
        (case.id, point.says)
        for case in library.values()
        for point in case.teaching
        if all(kb.sources[key].read == "recalled" for key in point.sources)
    ]
    assert recalled == []
