"""The shell: questions typed, answers printed, nothing kept."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmt_expert.assessment.subject import Subject
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.completing import suggestions
from nmt_expert.terminal.ask import Shell
from nmt_expert.terminal.streams import Streams
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client

CASE = client(*ACTIVE_TRAPEZIUS, sites=({"site": "temple", "side": "right"},))
CTRL_C, CTRL_D, TAB = "\x03", "\x04", "\t"


@pytest.fixture(scope="module")
def whole() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="module")
def subject(whole: KnowledgeBase) -> Subject:
    engine = Engine(whole)
    return Subject(CASE, whole, lambda: engine)


@pytest.fixture
def shell(subject: Subject) -> Callable[..., tuple[str, bool]]:
    def held(lines: str, **more: Any) -> tuple[str, bool]:
        screen = io.StringIO()
        streams = Streams(io.StringIO(lines), screen, environ={}, width=80, interactive=False)
        understood = Shell(subject, lambda name: subject, streams, **more).run()
        return screen.getvalue(), understood

    return held


def test_questions_are_read_line_by_line_from_a_pipe(shell: Any) -> None:
    printed, understood = shell(
        "# a remark\n\nhow upper trapezius right\nwhy not cauda_equina\n"
        "what if befast_sign=present\nflip 6\ncompare it\n"
    )
    assert understood
    for words in (
        "Active trigger point, Upper trapezius, right: moderate.",
        "Cheapest next step",
        "Raises EMERGENCY",
        "Stopped early: 6 runs of at most 6",
        "From test to test",
    ):
        assert words in printed


def test_a_line_that_is_not_understood_says_so_and_the_next_is_answered(shell: Any) -> None:
    printed, understood = shell("bogus\nhow nothing_like_it\nhow trigger_points\n")
    assert not understood
    assert "bogus is no question" in printed
    assert "nothing of this name was concluded" in printed
    assert "Trigger points: moderate" in printed


def test_quit_leaves_what_follows_unread(shell: Any) -> None:
    printed, understood = shell("quit\nbogus\n")
    assert (printed, understood) == ("", True)


def test_as_json_each_question_gives_one_line(shell: Any) -> None:
    printed, understood = shell("how trigger_points\nbogus\nflip 2\n", json=True)
    first, second, third = map(json.loads, printed.splitlines())
    assert not understood
    assert first["of"] == "trigger_points"
    assert "no question" in second["error"]
    assert third["limit"] == 2


def test_the_depth_can_be_changed(shell: Any) -> None:
    short, _ = shell("depth sentence\nhow trigger_points\n")
    full, _ = shell("depth full\nhow trigger_points\n")
    assert "Limits:" not in short
    assert "Limits:" in full


def test_escape_codes_in_a_question_do_not_reach_the_screen(shell: Any) -> None:
    printed, _ = shell("how \x1b[2J\x1b]0;x\x07boo\n")
    assert "\x1b" not in printed
    assert "\x07" not in printed


def at_keys(subject: Subject, keys: str) -> str:
    """What the shell prints to somebody at a keyboard."""
    screen = io.StringIO()
    with create_pipe_input() as pipe:
        streams = Streams(
            stdout=screen, environ={"TERM": "xterm"}, interactive=True, width=80, keys=pipe,
            panel=DummyOutput(),
        )  # fmt: skip
        pipe.send_text(keys)
        Shell(subject, lambda name: subject, streams).run()
    return screen.getvalue()


def test_ctrl_d_leaves_and_ctrl_c_only_drops_the_line(subject: Subject) -> None:
    printed = at_keys(subject, f"how trig{CTRL_C}how trigger_points\r{CTRL_D}")
    assert "Stopped." in printed
    assert "Trigger points: moderate" in printed


def test_tab_completes_an_id_by_the_words_of_its_label(subject: Subject) -> None:
    assert "Upper trapezius" in at_keys(subject, f"how upper_trap{TAB}\r{CTRL_D}")


def test_nothing_that_was_typed_is_written_anywhere(
    subject: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    at_keys(subject, f"how trigger_points\r{CTRL_D}")
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("wh", "why-not"),
        ("how activ", "active_trigger_point:upper_trapezius:right"),
        ("why-not caud", "cauda_equina"),
        ("why-not active_trigger_point:upper tr", "upper_trapezius"),
        ("why-not active_trigger_point:upper_trapezius:l", "left"),
        ("what-if taut", "taut_band"),
        ("what-if befast_sign=present taut_band@upper", "upper_trapezius"),
        ("what-if taut_band@upper_trapezius:r", "right"),
        ("what-if taut_band@upper_trapezius:right=ab", "absent"),
    ],
)
def test_a_half_typed_question_is_completed(line: str, offered: str, subject: Subject) -> None:
    commands = ("how", "why-not", "what-if")
    assert offered in [one.text for one in suggestions(line, subject, commands)]
