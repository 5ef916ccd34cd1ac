"""Picking places on the real chart: by keys through a pipe, by typed lines, and what is drawn."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from prompt_toolkit.formatted_text import fragment_list_to_text

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Reply, Said
from nmt_expert.kb import load
from nmt_expert.kb.referral_map import ReferralMap
from nmt_expert.terminal.asking import Aside, Screen, Wrong
from nmt_expert.terminal.board.chart import Chart
from nmt_expert.terminal.helptext import help_page
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.panel import draw
from nmt_expert.terminal.places import felt_lines
from nmt_expert.terminal.plain import Plain
from nmt_expert.terminal.plain_line import read_line
from nmt_expert.terminal.screens import screen_of
from nmt_expert.terminal.streams import Streams
from tests.terminal.keys import at_keys

RIGHT, ENTER, BACKSPACE = "\x1b[C", "\r", "\x7f"
PASTE = "\x1b[200~{}\x1b[201~"


@pytest.fixture(scope="module")
def screen() -> Screen:
    whole = load()
    interview = Interview.begin(whole, Engine(whole))
    prompt = next(one for one in interview.open if one.question.id == "pain_chart")
    return screen_of(prompt, interview)


@pytest.fixture
def keys(screen: Screen) -> Callable[[str], Any]:
    def pressed(text: str) -> Any:
        with at_keys(text) as keyboard:
            return keyboard.ask(screen)

    return pressed


def board(screen: Screen, *presses: str) -> Chart:
    made = Chart(screen)
    for key in presses:
        made.press("space" if key == " " else key)
    return made


def shown(made: Chart, ink: Any = "ascii") -> list[str]:
    """The screen of a terminal of 80 by 24."""
    drawn = draw(made, None, 80, 23, lambda at, count, room: max(0, at - room + 1), ink)
    return fragment_list_to_text(drawn).split("\n")


def test_several_places_are_picked_each_with_its_side_and_strength(keys: Any) -> None:
    reply = keys(f"temple{ENTER}r6low back{ENTER}b10breastb{ENTER}3{ENTER}{ENTER}")
    assert reply == Reply(
        {
            "pain@temple": Said(side="right"),
            "pain@low_back_zone": Said(side="both"),
            "pain@sternum": Said(),
        },
        notes={
            "pain@temple": "6 of 10",
            "pain@low_back_zone": "10 of 10",
            "pain@sternum": "3 of 10",
        },
    )


def test_how_strong_it_is_may_be_left_out(keys: Any) -> None:
    assert keys(f"temple{ENTER}r{ENTER}") == Reply({"pain@temple": Said(side="right")})


def test_enter_behind_a_number_ends_the_number_and_not_the_list(keys: Any) -> None:
    reply = keys(f"temple{ENTER}r6{ENTER}calf{ENTER}l{ENTER}")
    assert list(reply.said) == ["pain@temple", "pain@calf"]


def test_taking_a_place_away_takes_its_strength_away(keys: Any) -> None:
    reply = keys(f"temple{ENTER}r6{ENTER} calf{ENTER}l{ENTER}")
    assert reply == Reply({"pain@calf": Said(side="left")})


def test_a_bare_enter_marks_nothing_and_nothing_here_is_said_outright(keys: Any) -> None:
    assert keys(f"{ENTER}{ENTER}0") == Reply()


def test_zero_is_no_answer_while_letters_are_typed(screen: Screen) -> None:
    made = board(screen, *"tem")
    assert made.press("0") is None
    assert "backspace" in made.message


@pytest.mark.parametrize(
    "pasted",
    [
        "\x1b]0;title\x07 0\r",
        "0\r0\r",
        "temple\rr\r" * 1000,
        "\u202e\u200f0\r",
        "\U0001f600\n0\n",
        "a" * 10_000,
    ],
)
def test_a_paste_answers_nothing(keys: Any, pasted: str) -> None:
    reply = keys(PASTE.format(pasted) + f"temple{ENTER}r{ENTER}")
    assert reply == Reply({"pain@temple": Said(side="right")})


@pytest.mark.parametrize("typed", ["\u202e", "\u200f", "\x00", "\x9b", "\U0001f600", "[b]", "%s"])
def test_hostile_characters_are_no_letters_of_a_place(screen: Screen, typed: str) -> None:
    made = board(screen, *typed, *"x" * 10_000)
    assert made.said == {}
    assert len(made.sought) <= 40
    assert set(made.sought) <= {"b", "s", "x"}
    assert all(len(line) <= 80 for line in shown(made))


def test_a_muscle_finds_the_zones_where_it_is_felt(screen: Screen) -> None:
    made = board(screen, *"upper trap")
    assert "pain@temple" in [row.key for row in made.shown]
    assert "Upper trapezius may be felt there (essential)" in made.detail


def test_a_zone_tells_the_muscles_that_are_felt_in_it_essential_first(screen: Screen) -> None:
    made = board(screen, *"temple")
    told = " ".join(help_page(screen, made.focus))
    essential = told.index("Muscles that may be felt here (essential): Temporalis")
    assert essential < told.index("(spillover)")
    assert "Upper trapezius" in told


def test_a_muscle_tells_the_zones_where_it_is_felt() -> None:
    whole = load()
    told = felt_lines(whole.sites["upper_trapezius"], ReferralMap(whole))
    assert told[0].startswith("May be felt in (essential): ")
    assert "Temple" in told[0]


def test_the_chart_and_the_list_fit_a_small_terminal(screen: Screen) -> None:
    made = board(screen, *"temple", "enter", "r", "6", "enter")
    lines = shown(made)
    assert len(lines) <= 23
    assert all(len(line) <= 80 for line in lines)
    row = next(line for line in lines if "[R  ] 6 Temple" in line)
    title = next(line for line in lines if "Front" in line)
    assert title.index("R ") < title.index("Front") < title.index("L ")
    assert any("6" in line[title.index("R ") :] for line in lines[lines.index(row) :])


def test_the_place_under_the_cursor_is_shown_before_it_is_marked(screen: Screen) -> None:
    made = board(screen, *"calf")
    assert [(mark.zone, mark.sign) for mark in made.marks] == [("calf", "o")]
    assert any("o cursor" in line for line in shown(made))


def test_right_and_left_arrows_look_closer(screen: Screen) -> None:
    assert any("Head, right side" in line for line in shown(board(screen, "right")))
    assert any("Hand: palm | back" in line for line in shown(board(screen, "right", "right")))
    assert any("Foot: sole | top" in line for line in shown(board(screen, "left")))
    assert any("Front" in line for line in shown(board(screen, "left", "right")))


def test_in_a_narrow_terminal_the_list_is_there_without_the_drawing(screen: Screen) -> None:
    drawn = draw(board(screen), None, 60, 23, lambda at, count, room: 0, "ascii")
    text = fragment_list_to_text(drawn)
    assert "Front" not in text
    assert "Band around the side of the head" in text


def test_a_note_keeps_its_place_behind_the_strength(screen: Screen) -> None:
    made = board(screen, *"temple", "enter", "r", "6", "enter")
    made.note("throbs")
    made.press("8")
    assert made.notes == {"pain@temple": "8 of 10; throbs"}


def test_dots_are_only_drawn_where_the_terminal_has_them() -> None:
    class Utf8(io.StringIO):
        encoding = "utf-8"

    class CodePage(io.StringIO):
        encoding = "cp437"

    assert Streams(stdout=Utf8(), environ={"TERM": "xterm"}).ink == "dots"
    assert Streams(stdout=Utf8(), environ={"TERM": "linux"}).ink == "ascii"
    assert Streams(stdout=CodePage(), environ={"TERM": "xterm"}).ink == "ascii"


# Typed lines


def test_a_line_names_places_with_side_and_strength(screen: Screen) -> None:
    assert read_line("temple r 6, low back both 10, sternum", screen) == Reply(
        {
            "pain@temple": Said(side="right"),
            "pain@low_back_zone": Said(side="both"),
            "pain@sternum": Said(),
        },
        notes={"pain@temple": "6 of 10", "pain@low_back_zone": "10 of 10"},
    )


def test_a_few_letters_list_what_they_find_with_numbers_that_can_be_typed(screen: Screen) -> None:
    aside = read_line("shoulder", screen)
    assert isinstance(aside, Aside)
    number = aside.rows[0]
    reply = read_line(f"{number}l 4", screen)
    assert isinstance(reply, Reply)
    assert reply.said == {screen.rows[number - 1].key: Said(side="left")}


@pytest.mark.parametrize(
    "line", ["", "temple", "temple r 11", "temple 0", "999", "0 temple", "no such", "9" * 10_000]
)
def test_a_line_that_is_not_clear_marks_nothing(screen: Screen, line: str) -> None:
    assert not isinstance(read_line(line, screen), Reply)


@pytest.mark.parametrize(
    "line", ["\x1b[2J", "\u202etemple r", "a" * 10_000, "temple\x00 r", "neck " * 3000, "," * 5000]
)
def test_hostile_lines_do_not_break_the_reader(screen: Screen, line: str) -> None:
    read = read_line(line, screen)
    if isinstance(read, Wrong):
        assert "\x1b" not in read.says


@pytest.fixture
def typed(screen: Screen) -> Callable[[str], tuple[Any, str]]:
    def lines(text: str) -> tuple[Any, str]:
        printed = io.StringIO()
        streams = Streams(io.StringIO(text), printed, environ={}, interactive=True, width=80)
        reply = Plain(streams, Page(streams.console(plain=True))).ask(screen)
        return reply, printed.getvalue()

    return lines


def test_in_plain_mode_the_chart_is_told_in_sentences(typed: Any) -> None:
    reply, printed = typed("temple r 6, calf l\n")
    assert reply.notes == {"pain@temple": "6 of 10"}
    assert "Temple, right (head, side view), 6 of 10." in printed
    assert "Calf, left (back)." in printed
    assert "Front" not in printed.replace("Front of", "")


def test_in_plain_mode_letters_and_a_muscle_narrow_the_list(typed: Any) -> None:
    reply, printed = typed("upper trap\ntemple r\n")
    assert "upper trap could be:" in printed
    assert "Temple (Upper trapezius, essential)" in printed
    assert reply.said == {"pain@temple": Said(side="right")}
