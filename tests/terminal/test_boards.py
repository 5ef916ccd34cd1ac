from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nmt_expert.interview import Interview, Prompt, Reply, Said
from nmt_expert.interview.grid import gridded
from nmt_expert.interview.prompts import prompts_of
from nmt_expert.terminal.board import Board, board_of
from nmt_expert.terminal.screens import screen_of
from tests.interview.tiny_knowledge import CHART, instance, plain, sided

Begin = Callable[..., Interview]
NAMED = {"down", "up", "enter", "space", "backspace", "tab"}


def typed(board: Board, *keys: str) -> Reply | None:
    """Press keys one by one; a word that names no key is typed letter by letter."""
    reply = None
    for key in _each(keys):
        assert reply is None, f"{key} after the reply"
        reply = board.press(key)
    return reply


def _each(keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        yield from [key] if key in NAMED else key


@pytest.fixture
def show(begin: Begin, kb: Any) -> Callable[..., Board]:
    def shown(prompt: Prompt) -> Board:
        return board_of(screen_of(prompt, begin()))

    return shown


@pytest.fixture
def right_now(kb: Any) -> Prompt:
    asked = instance("right_now", plain("chest_pressure"), plain("coughing_blood"))
    return prompts_of(asked, kb)[0]


@pytest.fixture
def feel(kb: Any) -> Prompt:
    asked = instance("feel", sided("taut_band", "trapezius"), sided("spot", "trapezius"))
    return prompts_of(asked, kb)[0]


def test_a_bare_enter_answers_nothing(show: Any, right_now: Prompt) -> None:
    board = show(right_now)
    assert typed(board, "enter") is None
    assert "none of these" in board.message


def test_none_of_these_is_said_outright(show: Any, right_now: Prompt) -> None:
    assert typed(show(right_now), "0") == Reply()


def test_none_of_these_is_refused_while_something_is_ticked(show: Any, right_now: Prompt) -> None:
    board = show(right_now)
    assert typed(board, "space", "0") is None
    assert "ticked" in board.message
    assert typed(board, "enter") == Reply({"chest_pressure": Said()})


def test_space_goes_round_the_sides(show: Any, feel: Prompt) -> None:
    sides = []
    for times in range(1, 4):
        reply = typed(show(feel), *["space"] * times, "enter")
        assert reply is not None
        sides.append(reply.said["taut_band@trapezius"].side)
    assert sides == ["right", "left", "both"]
    assert typed(show(feel), *["space"] * 4, "0") == Reply()


def test_a_side_has_its_own_key(show: Any, feel: Prompt) -> None:
    assert typed(show(feel), "down", "l", "enter") == Reply({"spot@trapezius": Said(side="left")})


def test_one_line_can_be_unknown_while_the_others_are_none(show: Any, right_now: Prompt) -> None:
    reply = typed(show(right_now), "down", "u", "0")
    assert reply == Reply({"coughing_blood": Said("unknown")})


def test_a_tick_can_be_unsure_but_a_red_flag_counts_all_the_same(
    show: Any, feel: Prompt, right_now: Prompt
) -> None:
    reply = typed(show(feel), "r", "u", "enter")
    assert reply == Reply({"taut_band@trapezius": Said(side="right", sure="unsure")})
    flagged = show(right_now)
    assert typed(flagged, "space", "u", "enter") == Reply({"chest_pressure": Said()})


def test_skipping_keeps_what_was_ticked(show: Any, right_now: Prompt) -> None:
    board = show(right_now)
    typed(board, "space")
    assert board.skip("later") == Reply({"chest_pressure": Said()}, "later")


def test_a_choice_has_no_default(show: Any, kb: Any) -> None:
    prompt = prompts_of(instance("tests", sided("length", "trapezius")), kb)[0]
    board = show(prompt)
    assert typed(board, "enter") is None
    assert typed(board, "1") == Reply({"length@trapezius:right": Said("short")})


def test_a_number_is_held_to_its_range(show: Any, kb: Any) -> None:
    prompt = prompts_of(instance("who", plain("age")), kb)[0]
    board = show(prompt)
    assert typed(board, "150", "enter") is None
    assert "0 to 120 years" in board.message
    assert typed(board, "backspace", "backspace", "backspace", "enter") is None
    assert typed(board, "38", "enter") == Reply({"age": Said(38)})


def test_places_are_found_by_their_letters_and_the_first_marked_leads(show: Any, kb: Any) -> None:
    board = show(prompts_of(CHART, kb)[0])
    reply = typed(board, "nec", "enter", "l", "tem", "enter", "b", "enter")
    assert reply is not None
    assert list(reply.said.items()) == [
        ("pain@neck", Said(side="left")),
        ("pain@temple", Said(side="both")),
    ]


def test_a_star_makes_a_place_the_chief_one(show: Any, kb: Any) -> None:
    board = show(prompts_of(CHART, kb)[0])
    reply = typed(board, "ver", "enter", "nec", "enter", "r", "down", "*", "enter")
    assert reply is not None
    assert list(reply.said) == ["pain@neck", "pain@vertex"]


def test_a_place_that_nobody_knows_is_said_so(show: Any, kb: Any) -> None:
    board = show(prompts_of(CHART, kb)[0])
    assert typed(board, "zz", "enter") is None
    assert board.said == {}


def test_many_muscles_are_one_grid_the_most_suspected_first(kb: Any) -> None:
    muscles = [
        instance("feel", sided("taut_band", name), sided("spot", name), muscle=name)
        for name in ("trapezius", "scalenes", "masseter")
    ]
    prompts = [prompt for muscle in muscles for prompt in prompts_of(muscle, kb)]
    (grid,) = gridded(prompts, kb, lambda muscle: muscle == muscles[1])
    assert grid.kind == "grid"
    sites = dict.fromkeys(item.places[0].site for item in grid.items)
    assert list(sites) == ["scalenes", "trapezius", "masseter"]
    assert len(grid.items) == 12  # three muscles, two findings, two sides
    assert gridded(prompts[:1], kb, lambda muscle: 0) == tuple(prompts[:1])
