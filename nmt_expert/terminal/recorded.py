"""Answers prompts from a case: what a recorded client said, everything else being normal."""

from collections.abc import Callable

from nmt_expert.interview.replay import Recording
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.terminal.asking import Choice, Outcome, Screen
from nmt_expert.terminal.page import Page


class Recorded:
    """A client and a therapist who say what a case says; ``pause`` is called after each prompt."""

    def __init__(
        self, case: Case, kb: KnowledgeBase, page: Page, pause: Callable[[], None] = lambda: None
    ) -> None:
        self._recording = Recording(case, kb)
        self._page = page
        self._pause = pause

    def ask(self, screen: Screen) -> Outcome:
        """Print the prompt and give the recorded reply."""
        self._page.gap()
        self._page.line(screen.header, "quiet")
        self._page.line(screen.asked, "title")
        if len(screen.rows) == 1:
            self._page.line(screen.rows[0].question)
        self._pause()
        return self._recording.reply(screen.prompt)

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        """The first choice, which goes on."""
        self._page.line(f"{question} {choices[0].words}", "answer")
        return choices[0].value

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        """Nothing is written."""
        return ""
