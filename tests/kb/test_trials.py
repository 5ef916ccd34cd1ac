"""``kb test``: examples and cases are tried, failures have places, coverage is counted."""

import json
from pathlib import Path

import pytest

from nmt_expert.assessment.near import NearMisses
from nmt_expert.assessment.spread import spread
from nmt_expert.assessment.trials import CASES_A_PROCESS, Trials, try_all
from nmt_expert.cli.app import run
from nmt_expert.engine import Known
from tests.kb.conftest import TINY

CASE = """schema: nmt.case/1
id: adult
client: {age: 40}
answers: [{finding: chest_pressure%s}]
expect:
  referrals: [{flag: heart_attack, urgency: emergency}]
"""


def tried(folder: Path, *cases: Path) -> Trials:
    return try_all(folder, None, cases)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "adult.yml"
    path.write_text(CASE % "")
    return path


def test_examples_and_cases_that_hold_are_no_failures(case):
    found = tried(TINY, case)
    assert found.failures == ()
    assert (found.examples, found.cases, found.without_expectation) == (14, 1, 0)


def test_a_rule_that_fails_its_examples_is_named_at_its_place(copy):
    path = copy / "rules/cautions/skin.yml"
    text = path.read_text()
    text = text.replace(
        "fires: {answers: [{finding: age, value: under_18}]}", "fires: {answers: []}"
    )
    path.write_text(text.replace("{finding: age, value: adult}", "{finding: age, value: 9}"))
    assert [str(one) for one in tried(copy).failures] == [
        "rules/cautions/skin.yml:1: cautions.skin.young does not fire in its own example.",
        "rules/cautions/skin.yml:1: cautions.skin.young fires in its near miss.",
    ]


def test_a_case_that_ends_otherwise_is_told_at_its_expectation(case):
    case.write_text(CASE % ", value: absent")
    (failure,) = tried(TINY, case).failures
    assert str(failure) == f"{case}:5: heart_attack is not raised, not emergency."


def test_a_case_that_cannot_be_read_is_a_failure_and_the_others_are_tried(case, tmp_path):
    broken = tmp_path / "broken.yml"
    broken.write_text("schema: nmt.case/1\nanswers: [{finding: chest_presure}]\n")
    (failure,) = tried(TINY, broken, case).failures
    assert failure.place == f"{broken}:2:21"


def test_coverage_tells_what_fired_and_what_was_one_condition_away(case):
    (pressure,) = [
        one for one in tried(TINY, case).coverage if one.rule == "red_flags.chest.pressure"
    ]
    assert (pressure.fired_in_examples, pressure.fired_in_cases) == (1, 1)
    assert pressure.near_in_examples >= 1
    assert pressure.near_in_cases == 0


@pytest.fixture
def gap(copy: Path) -> str:
    """A rule whose near miss is nothing at all, and what is said of it."""
    path = copy / "rules/trigger_points/band.yml"
    kept, near, cut = path.read_text().rpartition("silent:")
    assert "soft_throughout" in cut
    path.write_text(f"{kept}{near} {{answers: []}}\n")
    return (
        "rules/trigger_points/band.yml:31: no example and no case is one condition away from "
        "firing trigger_points.band.soft."
    )


def test_a_rule_that_no_example_and_no_case_comes_near_is_a_gap_and_fails(copy, gap, capsys):
    assert tried(TINY).gaps == ()
    assert [str(one) for one in tried(copy).gaps] == [gap]
    assert run(["--kb", str(copy), "kb", "test", "--examples"]) == 1
    assert gap in capsys.readouterr().err


def test_a_case_closes_a_gap_that_the_examples_leave(copy, gap, tmp_path):
    path = tmp_path / "firm.yml"
    answer = "{finding: soft_throughout, site: rhomboids, side: left, value: absent}"
    path.write_text(f"schema: nmt.case/1\nanswers: [{answer}]\n")
    assert tried(copy, path).gaps == ()


def test_what_comes_out_is_the_same_for_any_number_of_processes(tmp_path):
    many = []
    for age in range(20, 20 + 2 * CASES_A_PROCESS):
        path = tmp_path / f"{age}.yml"
        path.write_text(CASE.replace("40", str(age)) % ("" if age % 2 else ", value: absent"))
        many.append(path)
    alone = try_all(TINY, None, many, jobs=1)
    assert len(alone.failures) == CASES_A_PROCESS
    assert try_all(TINY, None, many, jobs=2) == alone


def test_work_that_fails_in_a_process_fails_as_a_whole():
    with pytest.raises(ZeroDivisionError):
        list(spread(_divider, [2, 1, 0], jobs=2))


def _divider():
    return _divided


def _divided(by):
    return 12 // by


def test_the_trials_tell_how_far_they_are(case):
    seen = []
    try_all(TINY, None, [case], told=lambda done, of: seen.append((done, of)))
    assert seen == [(n, 8) for n in range(1, 9)]


def test_near_is_one_condition_away_and_no_more(tiny):
    misses = NearMisses(tiny)
    pressure = Known("finding", "chest_pressure", None, None, "present")
    child = Known("finding", "age", None, None, "under_18")
    assert "red_flags.chest.pressure" in misses.of([pressure], [], set())
    assert "red_flags.chest.pressure" not in misses.of([child], [], set())
    assert "red_flags.chest.pressure" not in misses.of([pressure], [], {"red_flags.chest.pressure"})


def test_a_rule_of_one_condition_was_near_when_that_was_answered_otherwise(tiny):
    misses = NearMisses(tiny)
    absent = Known("finding", "taut_band", "rhomboids", "left", "absent")
    assert "trigger_points.band.taut" in misses.of([absent], [], set())
    assert "trigger_points.band.taut" not in misses.of([], [], set())


def test_the_command_ends_with_failed_when_something_failed(case, capsys):
    assert run(["--kb", str(TINY), "kb", "test", str(case)]) == 0
    assert "14 examples and 1 cases tried" in capsys.readouterr().out
    case.write_text(CASE % ", value: absent")
    assert run(["--kb", str(TINY), "kb", "test", str(case.parent)]) == 1
    assert f"{case}:5: heart_attack" in capsys.readouterr().err


def test_the_command_gives_its_counts_as_json(case, capsys):
    assert run(["--kb", str(TINY), "kb", "test", str(case), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == 1


def test_a_folder_that_is_not_there_is_one_sentence(capsys):
    assert run(["--kb", str(TINY), "kb", "test", "nowhere"]) == 1
    assert capsys.readouterr().err == (
        "nowhere: there is no such file or folder. Nothing was tried.\n"
    )


def test_a_person_who_looks_sees_how_far_it_is_and_a_file_does_not(case, capsys, monkeypatch):
    assert run(["--kb", str(TINY), "kb", "test", str(case)]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run(["--kb", str(TINY), "kb", "test", str(case)]) == 0
    assert capsys.readouterr().err.endswith("Trying examples and cases: 8 of 8 \n")
