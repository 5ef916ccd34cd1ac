from collections.abc import Callable
from typing import Any

import pytest

from nmt_expert.interview import Interview, Prompt, Reply, Said
from nmt_expert.interview.prompts import prompts_of
from nmt_expert.terminal.asking import Command
from nmt_expert.terminal.plain_line import Aside, Wrong, read_line
from nmt_expert.terminal.screens import screen_of
from tests.interview.tiny_knowledge import CHART, instance, plain, sided

Read = Callable[[Prompt, str], Any]


@pytest.fixture
def read(begin: Callable[..., Interview]) -> Read:
    return lambda prompt, line: read_line(line, screen_of(prompt, begin()))


@pytest.fixture
def feel(kb: Any) -> Prompt:
    asked = instance("feel", sided("taut_band", "trapezius"), sided("spot", "trapezius"))
    return prompts_of(asked, kb)[0]


@pytest.fixture
def right_now(kb: Any) -> Prompt:
    asked = instance("right_now", plain("chest_pressure"), plain("coughing_blood"))
    return prompts_of(asked, kb)[0]


BAND, SPOT = "taut_band@trapezius", "spot@trapezius"


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("1r 2b", Reply({BAND: Said(side="right"), SPOT: Said(side="both")})),
        ("1l~f, 2u", Reply({BAND: Said(side="left", sure="fairly"), SPOT: Said("unknown")})),
        ("1l~, 2u", Reply({BAND: Said(side="left", sure="unsure"), SPOT: Said("unknown")})),
        ("0", Reply()),
        ("0 2x", Reply({SPOT: Said("not_examined")})),
        ("u", Reply({}, "unknown")),
        ("x", Reply({}, "not_examined")),
        ("na", Reply({}, "not_applicable")),
        ("later", Reply({}, "later")),
    ],
)
def test_a_line_means_the_same_reply_as_the_keys(
    read: Read, feel: Prompt, line: str, reply: Reply
) -> None:
    assert read(feel, line) == reply


@pytest.mark.parametrize("line", ["", "   ", "1", "9r", "2x", "0 1r", "yes", "1r;rm", "no"])
def test_a_line_that_is_not_clear_answers_nothing(read: Read, feel: Prompt, line: str) -> None:
    told = read(feel, line)
    assert isinstance(told, Wrong)
    assert told.says


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("b", Command.BACK),
        ("s", Command.LEAVE),
        ("!", Command.NOW),
        ("?", Aside("help", 1)),
        ("? 2", Aside("help", 2)),
        ("w 2", Aside("why", 2)),
        ("n half asleep", Aside("note", 1, "half asleep")),
        ("n 2 guarding", Aside("note", 2, "guarding")),
    ],
)
def test_every_key_has_a_word(read: Read, feel: Prompt, line: str, meant: object) -> None:
    assert read(feel, line) == meant


def test_a_red_flag_counts_sure_or_not(read: Read, right_now: Prompt) -> None:
    assert isinstance(read(right_now, "1~"), Wrong)


def test_places_are_named_with_their_side(read: Read, kb: Any) -> None:
    chart = prompts_of(CHART, kb)[0]
    reply = read(chart, "neck l, temple both, vertex")
    assert list(reply.said.values()) == [Said(side="left"), Said(side="both"), Said()]
    assert isinstance(read(chart, "neck"), Wrong)
    assert isinstance(read(chart, "elbow r"), Wrong)


def test_a_number_may_carry_its_unit(read: Read, kb: Any) -> None:
    age = prompts_of(instance("who", plain("age")), kb)[0]
    assert read(age, "38 years") == Reply({"age": Said(38)})
    assert isinstance(read(age, "-1"), Wrong)
    assert isinstance(read(age, "thirty"), Wrong)


def test_a_value_is_named_by_number_or_word(read: Read, kb: Any) -> None:
    length = prompts_of(instance("tests", sided("length", "trapezius")), kb)[0]
    wanted = Reply({"length@trapezius:right": Said("short")})
    assert read(length, "1") == read(length, "short") == wanted
    assert read(length, "1~").said["length@trapezius:right"].sure == "unsure"
    assert read(length, "1~f").said["length@trapezius:right"].sure == "fairly"
