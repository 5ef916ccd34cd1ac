"""Muscles as lines, findings as columns: what is touched is said, the rest is not examined."""

from typing import Any

import pytest

from nmt_expert.interview import Reply, Said
from nmt_expert.interview.prompts import Prompt
from nmt_expert.kb import load
from nmt_expert.model.base import Side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance, Item, Place
from nmt_expert.terminal.asking import Row, Screen, Why, Wrong
from nmt_expert.terminal.board.grid import GridBoard
from nmt_expert.terminal.grid import grid_of
from nmt_expert.terminal.plain_grid import grid_lines, read_grid

MUSCLES: tuple[tuple[str, Side], ...] = (
    ("upper_trapezius", "right"),
    ("upper_trapezius", "left"),
    ("levator_scapulae", "right"),
)
SIGNS = ("taut_band", "hypersensitive_spot", "muscle_length")


@pytest.fixture(scope="module")
def whole() -> KnowledgeBase:
    return load()


@pytest.fixture
def screen(whole: KnowledgeBase) -> Screen:
    items = tuple(
        Item(finding=sign, places=(Place(site=site, side=side),))
        for site, side in MUSCLES
        for sign in SIGNS
    )
    instance = Instance(id="palpate", question="palpate", bindings={}, items=items)
    prompt = Prompt("palpate#grid", "grid", instance, whole.questions["palpate"], items)
    rows = tuple(Row(item.key, item.key, f"question of {item.key}") for item in items)
    return Screen(
        prompt, "Feel", "Palpation", "for the therapist", rows, Why("why", {}),
        grid=grid_of(prompt, whole),
    )  # fmt: skip


def typed(board: GridBoard, *keys: str) -> Any:
    answer = None
    for key in keys:
        answer = board.press(key)
    return answer


TAUT_R = "taut_band@upper_trapezius:right"
TAUT_L = "taut_band@upper_trapezius:left"
LENGTH_R = "muscle_length@upper_trapezius:right"
LEVATOR = "taut_band@levator_scapulae:right"


def test_what_is_not_touched_stays_not_examined(screen: Screen) -> None:
    assert typed(GridBoard(screen), "space", "enter") == Reply({TAUT_R: Said()}, "not_examined")


def test_enter_alone_says_nothing_about_any_muscle(screen: Screen) -> None:
    board = GridBoard(screen)
    assert typed(board, "enter") is None
    assert "Nothing is marked" in board.message


def test_zero_says_that_all_the_rest_was_examined_and_is_normal(screen: Screen) -> None:
    assert typed(GridBoard(screen), "space", "0") == Reply({TAUT_R: Said()}, "normal")


def test_left_and_right_are_cells_of_their_own(screen: Screen) -> None:
    reply = typed(GridBoard(screen), "right", "space", "enter")
    assert reply.said == {TAUT_L: Said()}


def test_a_side_that_is_no_candidate_cannot_be_marked(screen: Screen) -> None:
    board = GridBoard(screen)
    assert typed(board, "down", "right", "space", "enter") is None
    assert board.detail == "Levator scapulae, left: not asked on this side."


def test_a_digit_marks_that_finding_on_the_line(screen: Screen) -> None:
    short = typed(GridBoard(screen), "3", "enter").said
    assert short == {LENGTH_R: Said("short")}


def test_space_goes_through_the_values_to_normal_and_back_to_untouched(screen: Screen) -> None:
    board = GridBoard(screen)
    seen = []
    for _ in range(4):
        board.press("3")
        said = board.said.get(LENGTH_R)
        seen.append(said.value if said else None)
    assert seen[0] == "short"
    assert seen[-2:] == ["normal", None]


def test_the_rest_of_a_line_can_be_said_to_be_normal(screen: Screen) -> None:
    reply = typed(GridBoard(screen), "down", "space", "r", "enter")
    assert reply.said[LEVATOR] == Said()
    assert reply.said["hypersensitive_spot@levator_scapulae:right"] == Said("absent")
    assert TAUT_R not in reply.said


def test_the_cell_at_the_cursor_says_what_it_asks(screen: Screen) -> None:
    board = GridBoard(screen)
    board.press("space")
    assert board.detail.startswith("Taut band, Upper trapezius, right. [present]")
    assert board.focus.key == TAUT_R


def test_the_grid_fits_eighty_columns(screen: Screen) -> None:
    board = GridBoard(screen)
    assert max(len(line) for line in [*board.head, *(one.text for one in board.lines())]) < 78


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("1a", Reply({TAUT_R: Said()}, "not_examined")),
        ("1a 3a 0", Reply({TAUT_R: Said(), LEVATOR: Said()}, "normal")),
        ("1c", Reply({LENGTH_R: Said("short")}, "not_examined")),
        ("0", Reply({}, "normal")),
    ],
)
def test_a_typed_line_marks_lines_by_number_and_findings_by_letter(
    screen: Screen, line: str, reply: Reply
) -> None:
    assert read_grid(line, screen) == reply


@pytest.mark.parametrize("line", ["", "9a", "1z", "1", "a1", "1aaaa", "1a;2b"])
def test_a_line_that_does_not_fit_answers_nothing(screen: Screen, line: str) -> None:
    assert isinstance(read_grid(line, screen), Wrong)


def test_a_dash_says_that_the_rest_of_the_line_is_normal(screen: Screen) -> None:
    reply = read_grid("3a-", screen)
    assert isinstance(reply, Reply)
    assert reply.said["hypersensitive_spot@levator_scapulae:right"] == Said("absent")


def test_the_plain_grid_names_findings_and_lines(screen: Screen) -> None:
    assert screen.grid is not None
    printed = grid_lines(screen.grid)
    assert printed[0] == " a. Taut band"
    assert " 2. Upper trapezius, left" in printed
