"""Whatever arrives at a prompt, nothing breaks, steers the terminal, or is taken for an answer."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nmt_expert.interview import Reply
from nmt_expert.model.text import clean
from nmt_expert.terminal.asking import Aside, Choice, Command, Screen, Wrong
from nmt_expert.terminal.board import Board, board_of
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.paged import Paged
from nmt_expert.terminal.panel import draw
from nmt_expert.terminal.plain import Plain
from nmt_expert.terminal.plain_line import read_line
from nmt_expert.terminal.streams import Streams
from tests.terminal.hostile import CODES, KINDS, STEERING, TEXT, interview, safety, screens
from tests.terminal.keys import at_keys

KEYS = (
    "up", "down", "left", "right", "enter", "space", "backspace", "pageup", "pagedown", "home",
    "end", *"0123456789", *"abklrux-*~=.,'", "²", "٣", "①", "é", "ש", "\x00", "", "\x1b[Z", "12",
)  # fmt: skip
FAR = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(params=KINDS)
def screen(request: pytest.FixtureRequest) -> Screen:
    return screens()[request.param]


@pytest.fixture(params=[kind for kind in KINDS if kind != "form"])
def lines_at(request: pytest.FixtureRequest) -> Screen:
    """A screen at which one line is typed; of a form each question is one."""
    return screens()[request.param]


def drawn(board: Board, width: int, height: int) -> str:
    shown = draw(board, None, width, height, lambda at, count, room: 0, "ascii")
    return "".join(part[1] for part in shown)


def steering(text: str) -> set[str]:
    """What of a text would do something to a terminal instead of standing there."""
    return STEERING & set(text)


@FAR
@given(keys=st.lists(st.sampled_from(KEYS), max_size=25), note=TEXT)
def test_no_keys_break_a_board_and_what_they_answer_can_be_kept(
    screen: Screen, keys: list[str], note: str
) -> None:
    board = board_of(screen)
    board.note(clean(note))
    for key in keys:
        reply = board.press(key)
        assert not steering(drawn(board, 80, 23))
        if reply is not None:
            kept(screen, reply)


def kept(screen: Screen, reply: Reply) -> None:
    """The reply becomes answers of this prompt, and nothing in them steers."""
    held = interview()
    answers = held.answers(screen.prompt, reply)
    assert {a.finding for a in answers} <= {item.finding for item in screen.prompt.items}
    assert not steering(" ".join(a.note or "" for a in answers))


@pytest.mark.parametrize("keys", [("enter",) * 5, ("escape", "enter"), ("\x00", "", "enter")])
def test_enter_alone_answers_no_prompt(screen: Screen, keys: tuple[str, ...]) -> None:
    board = board_of(screen)
    assert [board.press(key) for key in keys] == [None] * len(keys)
    assert board.message


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (10, 2), (80, 24), (300, 100)], ids=str)
def test_a_screen_of_any_size_is_drawn_with_its_list(screen: Screen, size: tuple[int, int]) -> None:
    width, height = size
    text = drawn(board_of(screen), width, height - 1)
    if size == (20, 5):
        assert text.count("\n") < 5
        assert board_of(screen).lines()[0].text[:6] in text
    page = draw(board_of(screen), Paged(["words " * 50]), width, height, lambda *_: 0, "ascii")
    assert page


@FAR
@given(line=TEXT)
def test_no_typed_line_breaks_a_prompt_and_what_is_said_back_is_clean(
    lines_at: Screen, line: str
) -> None:
    read = read_line(line, lines_at)
    if isinstance(read, Reply):
        kept(lines_at, read)
    elif isinstance(read, Wrong):
        assert not steering(read.says)
        assert len(read.says) < 300
    else:
        assert isinstance(read, Aside | Command)


@pytest.mark.parametrize(
    "line", ["", "\n", "\r\n", "   ", "\x00", "\u200b", "\x1b", "²", *CODES[-2:]]
)
def test_a_line_that_says_nothing_answers_nothing(lines_at: Screen, line: str) -> None:
    assert isinstance(read_line(line, lines_at), Wrong)


def plain(typed: str) -> tuple[Plain, io.StringIO]:
    printed = io.StringIO()
    streams = Streams(io.StringIO(typed), printed, environ={}, interactive=True, width=80)
    return Plain(streams, Page(streams.console(plain=True))), printed


def test_piped_newlines_answer_no_prompt_and_then_there_is_nobody(screen: Screen) -> None:
    asker, _ = plain("\n" * 20)
    with pytest.raises(EOFError):
        asker.ask(screen)


@FAR
@given(lines=st.lists(TEXT, max_size=6))
def test_plain_prompts_print_nothing_that_steers(screen: Screen, lines: list[str]) -> None:
    asker, printed = plain("\n".join(["? 1", f"n {''.join(lines)}", *lines]) + "\n")
    try:
        outcome = asker.ask(screen)
    except EOFError:
        outcome = None
    assert not steering(printed.getvalue())
    if isinstance(outcome, Reply):
        kept(screen, outcome)


MENU = (Choice("stay", "Go on"), Choice("leave", "Leave"))


@FAR
@given(lines=st.lists(TEXT, max_size=6))
def test_a_menu_takes_only_one_of_its_numbers(lines: list[str]) -> None:
    asker, printed = plain("\n".join([*lines, "\x1b2", "2"]) + "\n")
    numbers = [line.strip() for line in "\n".join(lines).splitlines()]
    expected = next((n for n in numbers if n in ("1", "2")), "2")
    assert asker.choose("What now?", MENU) == MENU[int(expected) - 1].value
    assert not steering(printed.getvalue())


@FAR
@given(line=TEXT)
def test_what_is_written_is_clean_and_never_longer_than_can_be_kept(line: str) -> None:
    asker, printed = plain(f"{line}\nfine\n")
    try:
        text = asker.write("Why is it withdrawn?")
    except EOFError:
        return
    assert not steering(text)
    assert len(text) <= 1000
    assert not steering(printed.getvalue())


CTRL_C, CTRL_D = "\x03", "\x04"
UNKNOWN_CODES = ("\x1b[99;2X0\r", "\x1b]11;rgb:0000/2222\x1b\\\r", "\x1bOz22\r")


@pytest.mark.parametrize("code", UNKNOWN_CODES)
def test_a_code_that_no_key_sends_answers_nothing(code: str) -> None:
    with at_keys(code + CTRL_D) as keyboard, pytest.raises(EOFError):
        keyboard.ask(screens()["checklist"])
    with at_keys(code + CTRL_D) as keyboard, pytest.raises(EOFError):
        keyboard.choose("What now?", MENU)


@pytest.mark.parametrize("many", [2, 12])
@pytest.mark.parametrize(("key", "error"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)])
def test_ctrl_d_leaves_a_menu_as_ctrl_c_does(
    many: int, key: str, error: type[BaseException]
) -> None:
    choices = tuple(Choice(str(n), f"Choice {n}") for n in range(many))
    for before in ("", *(code for code in CODES if "\r" not in code and "\n" not in code)):
        with at_keys(before[:100] + key) as keyboard, pytest.raises(error):
            keyboard.choose("What now?", choices)


def test_a_pasted_page_is_no_note_until_it_is_shortened() -> None:
    with at_keys(f"\x1b[200~{'x' * 10_000}\x1b[201~\r" + "\x7f" * 9000 + "\r") as keyboard:
        assert keyboard.write("A note:") == "x" * 1000


def test_no_safety_question_is_answered_by_enter_or_by_an_empty_line() -> None:
    assert len(safety()) > 10
    for screen in safety():
        board = board_of(screen)
        assert [board.press("enter") for _ in range(3)] == [None] * 3
        assert all(isinstance(read_line("\n", one), Wrong) for one in screen.parts or [screen])
        asker, _ = plain("\n" * 9)
        with pytest.raises(EOFError):
            asker.ask(screen)
