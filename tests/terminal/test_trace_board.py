"""A record leafed through with keys, on a screen of 80 by 24."""

import pytest

from nmt_expert.assessment import assess
from nmt_expert.kb import read_case
from nmt_expert.reports.trace_book import TraceBook
from nmt_expert.review.queue import Review
from nmt_expert.terminal.trace_board import HELP, KEYS, Act, Kind, TraceBoard
from tests.review.conftest import DESK_WORKER

WIDTH, HEIGHT = 79, 24
POINT = "conclusion:active_trigger_point:upper_trapezius:right"


@pytest.fixture(scope="module")
def book() -> TraceBook:
    from nmt_expert.engine import Engine
    from nmt_expert.kb import load

    kb = load()
    case = read_case(DESK_WORKER, kb)
    review = Review(id="2026-11-20-1", client=case.client, date="2026-11-20",
                    finished="2026-11-20T10:00:00Z",
                    assessment=assess(case, kb, Engine(kb)))  # fmt: skip
    return TraceBook(review, kb)


@pytest.fixture
def board(book: TraceBook) -> TraceBoard:
    return TraceBoard(book)


def shown(board: TraceBoard, width: int = WIDTH, height: int = HEIGHT) -> list[str]:
    return ["".join(words for _, words in line) for line in board.lines(width, height)]


def press(board: TraceBoard, *keys: str) -> Act | None:
    acts = [board.press(key) for key in keys]
    return acts[-1]


def to(board: TraceBoard, words: str) -> None:
    """The cursor onto the line that holds these words."""
    press(board, "home")
    while words not in board.spot.text:
        at = board.spot
        press(board, "down")
        assert board.spot is not at, words


def test_every_page_fits_the_screen_with_its_keys(book: TraceBook):
    for page in book.pages():
        lines = shown(TraceBoard(book, page.id))
        assert len(lines) == HEIGHT
        assert all(len(line) <= WIDTH for line in lines)
        assert lines[-2:] == list(KEYS)


def test_the_reasons_of_a_result_in_a_sentence_each_fit_one_screen(book: TraceBook):
    for subject in book.results:
        lines = shown(TraceBoard(book, f"about:{subject.key}"))
        assert not any(line.endswith((" v", " ^")) for line in lines), subject.key


def test_t_leads_down_to_the_answers_and_back(board: TraceBoard):
    to(board, "Hours in one position")
    press(board, "enter")
    assert not any("over 4 hours" in line for line in shown(board))
    press(board, "t")
    assert any("over 4 hours" in line for line in shown(board))
    press(board, "t")
    assert board.leaf.id == "about:flag:habit_holding_still"


def test_from_a_result_to_an_answer_and_back_the_same_way(board: TraceBoard):
    to(board, "Active trigger point: Upper trapezius, right")
    press(board, "enter")
    assert board.leaf.id == f"about:{POINT}"
    press(board, "t")
    to(board, "Taut band")
    press(board, "enter")
    assert board.leaf.title.endswith("everything it caused")
    press(board, "b")
    assert board.leaf.id == f"tree:{POINT}"
    assert "Taut band" in board.spot.text
    press(board, "b", "b", "b")
    assert board.leaf.id == "start"


def test_firings_are_stepped_through_in_order(board: TraceBoard):
    press(board, "f")
    assert board.leaf.id == "f1"
    press(board, "right", "right")
    assert board.leaf.id == "f3"
    press(board, "left", "left", "left")
    assert board.leaf.id == "f1"
    assert board.message == "There is no page before it."
    press(board, "b")
    assert board.leaf.id == "start"


def test_the_answers_lead_to_all_that_each_caused(board: TraceBoard):
    press(board, "i")
    to(board, "Taut band: Upper trapezius, right")
    press(board, "enter")
    assert any(line.strip().startswith("Led to: Active trigger point") for line in shown(board))


def test_a_line_that_leads_nowhere_says_so(board: TraceBoard):
    press(board, "enter")
    assert board.message == "This line leads nowhere."
    press(board, "down")
    assert board.message == ""


@pytest.mark.parametrize(("key", "kind"), [("a", "agree"), ("o", "override"), ("u", "unsure")])
def test_a_verdict_is_about_the_line_or_the_page(board: TraceBoard, key: str, kind: Kind):
    assert press(board, key) is None
    assert board.message.startswith("Put the cursor on a flag")
    to(board, "Hours in one position")
    assert press(board, key) == Act(kind, "flag:habit_holding_still")
    press(board, "enter")
    assert press(board, key) == Act(kind, "flag:habit_holding_still")


def test_what_is_signed_or_left_is_the_whole_record(board: TraceBoard):
    assert press(board, "s") == Act("sign")
    assert press(board, "q") == Act("leave")


def test_the_cursor_stays_in_sight(board: TraceBoard):
    press(board, "i")
    for _ in range(60):
        press(board, "down")
        lines = board.lines(WIDTH, HEIGHT)
        assert any(look == "class:current" for line in lines for look, _ in line)


def test_the_end_of_a_long_page_can_be_reached(board: TraceBoard):
    press(board, "i", "end")
    assert shown(board)[-5].strip() or shown(board)[-4].strip()
    assert not any(line.endswith(" v") for line in shown(board))


def test_the_page_stays_when_something_was_said(board: TraceBoard, book: TraceBook):
    press(board, "f", "right")
    board.turn_to(book)
    assert board.leaf.id == "f2"


def test_a_narrow_screen_loses_no_words(board: TraceBoard):
    lines = shown(board, 40, 60)
    assert all(len(line) <= 40 for line in lines)
    assert "Hours in one position" in "\n".join(lines)


def test_help_names_every_key():
    assert all(f" {key} " in f" {' '.join(HELP)} ".replace(",", " ") for key in "bhoaist")
