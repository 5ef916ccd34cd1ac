"""An attempt: hidden until asked, resumed as it was left."""

import time

from nmt_expert.engine import Engine
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import EVENT, Asked
from nmt_expert.practice.options import find
from tests.practice.conftest import Played
from tests.practice.players import oracle


def test_only_the_presentation_is_known_at_first(begun: Attempt) -> None:
    assert {one.finding for one in begun.noted} == {"pain", "age"}


def test_what_is_not_asked_stays_hidden(begun: Attempt) -> None:
    after = begun.ask(find("right now", begun.options)[0])
    assert {one.finding for one in after.noted} == {"pain", "age"}
    assert "hypersensitive_spot" not in {one.finding for one in after.found.inputs}


def test_examining_shows_what_the_case_holds(begun: Attempt) -> None:
    option = find("upper trapezius", begun.options)[0]
    after = begun.ask(option)
    assert "taut_band" in {one.finding for one in after.noted}
    assert "taut band" in after.told(option)


def test_what_the_case_does_not_list_is_normal(begun: Attempt) -> None:
    option = find("temporalis", begun.options)[0]
    after = begun.ask(option)
    assert {one.finding for one in after.noted} == {"pain", "age"}


def test_a_question_is_found_by_a_finding_in_it(begun: Attempt) -> None:
    titles = [option.title for option in find("saddle numbness", begun.options)]
    assert titles == ["Bladder, bowel, strength, balance: new or getting worse"]


def test_asking_costs_minutes(begun: Attempt) -> None:
    option = find("upper trapezius", begun.options)[0]
    assert begun.ask(option).minutes == option.minutes > 0


def test_a_resumed_attempt_is_the_one_that_was_left(
    begun: Attempt, played: Played, engine: Engine, headache: PracticeCase
) -> None:
    done, _ = played("headache", oracle)
    kept = [EVENT.dump_json(event) for event in done.events]
    again = Attempt.begin(headache, begun.kb, engine).resumed(map(EVENT.validate_json, kept))
    assert again.events == done.events
    assert again.interview.case == done.interview.case
    assert again.noted == done.noted


def test_half_an_attempt_goes_on_with_the_same_questions(
    begun: Attempt, engine: Engine, headache: PracticeCase
) -> None:
    for name in ("right now", "upper trapezius"):
        begun = begun.ask(find(name, begun.options)[0])
    again = Attempt.begin(headache, begun.kb, engine).resumed(begun.events)
    assert [o.title for o in again.options] == [o.title for o in begun.options]
    assert [o.worth for o in again.options] == [o.worth for o in begun.options]


def test_the_worth_of_every_question_is_known_within_a_second(begun: Attempt) -> None:
    slowest = 0.0
    for _ in range(12):
        started = time.process_time()
        option = begun.best
        slowest = max(slowest, time.process_time() - started)
        assert option is not None
        begun = begun.ask(option)
    assert slowest < 1.0


def test_a_question_is_worth_no_less_than_what_it_changed(played: Played) -> None:
    done, _ = played("headache", oracle)
    assert [one.worth for one in done.of(Asked)]
    assert all(one.worth < 3 for one in done.of(Asked))
