"""A shell for questions to one assessment: typed lines in, answers out; nothing is recorded.

What is typed is about a client, so that no history of it is ever written to the disk.
"""

import json
import shlex
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import get_args

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory

from nmt_expert.assessment.flip import LIMIT
from nmt_expert.assessment.how import names
from nmt_expert.assessment.subject import Opened, Subject
from nmt_expert.model.errors import NmtError
from nmt_expert.model.json_text import as_json_line
from nmt_expert.model.text import clean
from nmt_expert.reports import as_plain
from nmt_expert.reports.asked import ASKS, Ask, Told, answer
from nmt_expert.reports.completing import suggestions
from nmt_expert.reports.view import Depth
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.report_view import show_report
from nmt_expert.terminal.streams import Streams

DEPTHS: tuple[Depth, ...] = get_args(Depth)
OTHERS = ("names", "depth", "help", "quit")
LEAVING = ("quit", "exit", "q")
LONGEST = 2000
"""Characters of a question."""
HELP = (
    "how X               why X was concluded: a conclusion, flag, factor, place, technique",
    "why-not X           why X was not, and what it lacks; a rule may be named, too",
    "what-if F@S:D=V ... what other answers would change; nothing is recorded",
    f"flip [RUNS]         the smallest changes that would turn it (within {LIMIT} runs)",
    "compare X           what differs from another case, interview, or own-view",
    "names               what how can be asked about",
    "depth D             sentence, tree or full: how deep the answers go",
    "help, quit          this list; Ctrl-D leaves, too",
)
STOPPED = "Stopped. Ctrl-D or quit leaves."


@dataclass
class Shell:
    """Questions to one subject until the person leaves; ``json`` prints a line a question.

    ``noted`` tells a person who waits long that something is going on.
    """

    subject: Subject
    opened: Opened
    streams: Streams
    plain: bool = False
    json: bool = False
    depth: Depth = "tree"
    noted: Callable[[], AbstractContextManager[None]] = nullcontext
    failed: bool = False

    def run(self) -> bool:
        """Answer line after line; whether every one of them was understood."""
        if self.streams.is_terminal and not self.json:
            self._page.line(f"{self.subject.case.id}. Ask: how, why-not, what-if, flip; help.")
        with self.streams.session(plain=self._by_lines):
            for line in self._lines():
                if line in LEAVING:
                    break
                self._answer(line)
        return not self.failed

    @property
    def _by_lines(self) -> bool:
        """Whether whole lines are read, without keys and completion."""
        return self.plain or not self.streams.is_terminal or not self.streams.can_redraw

    @property
    def _page(self) -> Page:
        return Page(self.streams.console(plain=self.plain), self.streams.ink)

    def _lines(self) -> Iterator[str]:
        """What was typed, cleaned; empty lines and what stands behind # are passed over."""
        read = self._reader()
        while True:
            try:
                line = clean(read()[:LONGEST]).strip()
            except KeyboardInterrupt:
                self._say(STOPPED)
                continue
            except EOFError:
                return
            if line and not line.startswith("#"):
                yield line

    def _reader(self) -> Callable[[], str]:
        if self._by_lines:
            return self._typed if self.streams.is_terminal else self._piped
        session: PromptSession[str] = PromptSession(
            "ask> ",
            history=InMemoryHistory(),
            completer=_Completer(self.subject),
            complete_while_typing=False,
            color_depth=self.streams.depth,
        )
        return session.prompt

    def _typed(self) -> str:
        self.streams.stdout.write("ask> ")
        self.streams.stdout.flush()
        return self._piped()

    def _piped(self) -> str:
        line = self.streams.stdin.readline()
        if not line:
            raise EOFError
        return line

    def _answer(self, line: str) -> None:
        try:
            self._do(*_split(line))
        except KeyboardInterrupt:
            self._say(STOPPED)
        except NmtError as error:
            self._wrong(str(error))

    def _do(self, command: str, words: list[str]) -> None:
        if command in ("help", "?"):
            for text in HELP:
                self._say(text)
        elif command == "names":
            self._say(", ".join(names(self.subject.assessment)))
        elif command == "depth":
            self._deepen(words)
        elif command in ASKS:
            self._ask(command, words)
        else:
            self._wrong(f"{command} is no question. Ask: {', '.join((*ASKS, *OTHERS))}.")

    def _ask(self, ask: Ask, words: list[str]) -> None:
        runs = int(words[0]) if ask == "flip" and words and words[0].isdigit() else LIMIT
        with self.noted():
            told = answer(ask, words, self.subject, self.opened, self.depth, max(1, runs))
        self._print(told)

    def _deepen(self, words: list[str]) -> None:
        wanted = words[0] if words else ""
        if wanted not in DEPTHS:
            self._wrong(f"Depths: {', '.join(DEPTHS)}.")
        else:
            self.depth = wanted

    def _print(self, told: Told) -> None:
        if self.json:
            self.streams.stdout.write(as_json_line(told.value))
        elif self.plain or not self.streams.is_terminal:
            self.streams.stdout.write(as_plain(told.report, min(96, self.streams.columns)) + "\n")
        else:
            show_report(told.report, self._page)
            self._page.gap()
        self.streams.stdout.flush()

    def _wrong(self, text: str) -> None:
        self.failed = True
        if self.json:
            self.streams.stdout.write(json.dumps({"error": clean(text)}, ensure_ascii=False) + "\n")
        else:
            self._page.line(text, "caution")

    def _say(self, text: str) -> None:
        if not self.json:
            self._page.line(text)


def _split(line: str) -> tuple[str, list[str]]:
    """A command and its words; ``why not`` and ``what if`` may be written apart."""
    try:
        command, *words = shlex.split(line)
    except ValueError:  # a quote without its end
        command, *words = line.split()
    command = command.lower().replace("_", "-")
    if words and f"{command}-{words[0].lower()}" in ASKS:
        command, words = f"{command}-{words[0].lower()}", words[1:]
    return command, words


class _Completer(Completer):
    """Offers ids by what was typed of their names."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """The ways to go on with the line before the cursor."""
        line = document.text_before_cursor
        for one in suggestions(line, self._subject, (*ASKS, *OTHERS)):
            yield Completion(one.text, -one.replaces, display_meta=one.label)
