"""The real prompts, driven through a pipe instead of a keyboard."""

from collections.abc import Callable
from typing import Any

import pytest

from nmt_expert.interview import Interview, Prompt, Reply, Said
from nmt_expert.interview.prompts import prompts_of
from nmt_expert.terminal.asking import Choice, Command
from nmt_expert.terminal.screens import screen_of
from tests.interview.tiny_knowledge import CHART, instance, plain
from tests.terminal.keys import at_keys

DOWN, CTRL_B, CTRL_C, CTRL_D = "\x1b[B", "\x02", "\x03", "\x04"


@pytest.fixture
def ask(begin: Callable[..., Interview]) -> Callable[[Prompt, str], Any]:
    def asked(prompt: Prompt, keys: str) -> Any:
        with at_keys(keys) as asker:
            return asker.ask(screen_of(prompt, begin()))

    return asked


@pytest.fixture
def right_now(kb: Any) -> Prompt:
    asked = instance("right_now", plain("chest_pressure"), plain("coughing_blood"))
    return prompts_of(asked, kb)[0]


def test_keys_reach_the_board(ask: Any, right_now: Prompt) -> None:
    assert ask(right_now, f"{DOWN} \r") == Reply({"coughing_blood": Said()})


def test_a_bare_enter_does_not_answer(ask: Any, right_now: Prompt) -> None:
    assert ask(right_now, "\r\r\r0") == Reply()


def test_a_pasted_text_answers_nothing(ask: Any, right_now: Prompt) -> None:
    assert ask(right_now, "\x1b[200~0\r 0\r\x1b[201~ \r") == Reply({"chest_pressure": Said()})


def test_help_and_why_are_pages_that_any_key_closes(ask: Any, right_now: Prompt) -> None:
    assert ask(right_now, "?0w00") == Reply()


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("b", Command.BACK),
        (CTRL_B, Command.BACK),
        ("s", Command.LEAVE),
        ("!", Command.NOW),
    ],
)
def test_a_key_leads_elsewhere(ask: Any, right_now: Prompt, key: str, command: Command) -> None:
    assert ask(right_now, key) is command


def test_a_note_goes_on_the_line_in_focus(ask: Any, right_now: Prompt) -> None:
    reply = ask(right_now, f"{DOWN}nonce, \x07years ago\r0")
    assert reply == Reply(notes={"coughing_blood": "once, years ago"})


def test_the_skip_menu_begins_on_a_choice_that_changes_nothing(ask: Any, right_now: Prompt) -> None:
    assert ask(right_now, "k\r0") == Reply()


def test_a_whole_list_can_be_left_for_later(ask: Any, right_now: Prompt) -> None:
    assert ask(right_now, "k5\r") == Reply({}, "later")


def test_where_letters_find_places_tab_opens_the_menu(ask: Any, kb: Any) -> None:
    chart = prompts_of(CHART, kb)[0]
    assert ask(chart, "\t2\r") is Command.BACK
    assert ask(chart, "tem\rr\r") == Reply({"pain@temple": Said(side="right")})


@pytest.mark.parametrize(("key", "error"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)])
def test_ctrl_c_and_ctrl_d_leave_at_once(
    ask: Any, right_now: Prompt, key: str, error: type[BaseException]
) -> None:
    with pytest.raises(error):
        ask(right_now, key)


def test_a_text_is_asked_until_it_fits() -> None:
    with at_keys("no spaces\r\x15C-001\r") as asker:
        assert asker.write("Client code:", pattern=r"[A-Z0-9-]+", wrong="No.") == "C-001"


def test_a_menu_gives_the_chosen_value() -> None:
    with at_keys("2\r") as asker:
        assert asker.choose("What now?", (Choice("a", "One"), Choice("b", "Two"))) == "b"
