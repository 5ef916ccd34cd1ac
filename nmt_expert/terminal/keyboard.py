"""Asks with keys and redrawn screens: boards for prompts, questionary for menus and text."""

import re
from typing import cast

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from questionary import Question, Style

from nmt_expert.interview import NonAnswer
from nmt_expert.model.text import clean
from nmt_expert.terminal.asking import SKIPS, Choice, Command, Outcome, Screen
from nmt_expert.terminal.board import Board, board_of
from nmt_expert.terminal.helptext import help_page, why_page
from nmt_expert.terminal.panel import Panel, Wish, drop_code
from nmt_expert.terminal.streams import Streams
from nmt_expert.terminal.typed import MOST_TYPED, TOO_LONG

LOOK = Style([("pointer", "bold"), ("highlighted", "bold"), ("question", "bold")])
MENU = {
    Wish.BACK: "Back one question",
    Wish.CHANGE: "Change an earlier answer",
    Wish.SKIP: "Skip: not known, not examined, does not apply, later",
    Wish.WHY: "Why is this asked?",
    Wish.NOTE: "Write a note",
    Wish.LEAVE: "Save and leave, or finish now",
    Wish.NOW: "Something is happening now",
}
COMMANDS = {
    Wish.BACK: Command.BACK,
    Wish.CHANGE: Command.CHANGE,
    Wish.LEAVE: Command.LEAVE,
    Wish.NOW: Command.NOW,
}
MOST_SHORTCUTS = 9
"""A longer menu is searched by typing instead of by a digit a line."""


class Keyboard:
    """A person at a terminal that can redraw."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def ask(self, screen: Screen) -> Outcome:
        """Show the board until there is a reply or a wish to be elsewhere."""
        board = board_of(screen)
        pages = {"?": help_page, "w": why_page}
        panel = Panel(board, self._streams.depth, pages, self._streams.ink)
        while True:
            outcome = panel.run()
            if not isinstance(outcome, Wish):
                return outcome
            done = self._wished(outcome, board, panel)
            if done is not None:
                return done

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        """A menu; the pointer begins on the first choice, which changes nothing."""
        many = len(choices) > MOST_SHORTCUTS
        listed = [
            questionary.Choice(f"{n}. {choice.words}" if many and n else choice.words, choice.value)
            for n, choice in enumerate(choices)
        ]
        asked = questionary.select(
            question,
            choices=listed,
            style=LOOK,
            use_shortcuts=not many,
            use_search_filter=many,
            use_jk_keys=not many,
            instruction=self._hint(question, many),
            erase_when_done=True,
            color_depth=self._streams.depth,
        )
        return str(_guarded(asked).unsafe_ask())

    def _hint(self, question: str, many: bool) -> str:
        """How to choose, where it fits behind the question; else a blank, which says nothing."""
        hint = f"(arrows or {'type' if many else 'number'}, then enter)"
        return hint if len(f"? {question} {hint} ") <= self._streams.columns else " "

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        """A line of text."""

        def judged(text: str) -> bool | str:
            told = clean(text).strip()
            if len(told) > MOST_TYPED:
                return TOO_LONG
            return not pattern or bool(re.fullmatch(pattern, told)) or wrong

        asked = questionary.text(
            question, validate=judged, style=LOOK, color_depth=self._streams.depth
        )
        return clean(str(asked.unsafe_ask())).strip()

    def _wished(self, wish: Wish, board: Board, panel: Panel) -> Outcome | None:
        """Do what is asked for; None goes on with the board as it stands."""
        if wish is Wish.MENU:
            wish = self._menu()
        if wish in COMMANDS:
            return COMMANDS[wish]
        match wish:
            case Wish.SKIP:
                return self._skip(board)
            case Wish.WHY:
                panel.open("w")
            case Wish.NOTE:
                text = self.write(f"Note on {board.focus.name} (enter alone: none):")
                if text:
                    board.note(text)
        return None

    def _menu(self) -> Wish:
        stay = Choice(Wish.MENU.value, "Go on with this question")
        listed = (Choice(wish.value, words) for wish, words in MENU.items())
        return Wish(self.choose("What now?", (stay, *listed)))

    def _skip(self, board: Board) -> Outcome | None:
        """Leave the rest of a prompt, or the one item in focus, without an answer."""
        many = len(board.screen.rows) > 1
        whole = "Everything not ticked" if many else "This question"
        choices = [Choice("", "Go on with this question")]
        choices += [Choice(f"all {value}", f"{whole}: {words}") for value, words in SKIPS.items()]
        if many:
            one = f"Only {board.focus.name}"
            choices += [Choice(f"one {value}", f"{one}: {words}") for value, words in SKIPS.items()]
        scope, _, value = self.choose("Skip?", tuple(choices)).partition(" ")
        if scope == "all":
            return board.skip(cast(NonAnswer, value))
        return board.skip_focus(cast(NonAnswer, value)) if scope == "one" else None


def _guarded(menu: Question) -> Question:
    """A menu that Ctrl-D leaves, as Ctrl-C does, and in which no pasted code chooses.

    The library has no key for the one, and takes the digits of the other.
    """
    bindings = KeyBindings()
    bindings.add("c-d")(lambda event: event.app.exit(exception=EOFError()))
    bindings.add("escape")(drop_code)
    known = menu.application.key_bindings
    menu.application.key_bindings = merge_key_bindings([*([known] if known else []), bindings])
    return menu
