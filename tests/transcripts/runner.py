"""Types a transcript into the plain interview: looks at what was printed, answers by its title."""

import io
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nmt_expert.engine import Engine
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import InterviewId, StoredInterview, open_store
from nmt_expert.settings import load_settings
from nmt_expert.terminal.interview import run
from nmt_expert.terminal.streams import Streams

HERE = Path(__file__).parent
FIRST_DAY = datetime(2026, 11, 20, 10, tzinfo=UTC)
TITLE = re.compile(r"^(.+) \((?:ask the client|for the therapist).*\)$")
MENU = re.compile(
    r"What now\?|Why is it (?:withdrawn|changed)\?|Which answer\?|Change it\?"
    r"|Before the report|Where would you work first\?|Would you refer\?"
    r"|Which visit is this to be\?|Does it still hold today\?|The delta visit is asked"
    r"|What the client finds hard|Something that is hard"
    r"|.+(?=: [\d.]+(?: on .+)?\. Now )|.+(?=: now\?)"
    r"|After the treatment|Other places treated\?|The movement or test|A note on it|.+(?= - .+:$)"
)
"""What is asked outside the prompts; where no transcript speaks of it, the first is chosen."""
LINE = re.compile(r"^ ?(\d+)\. (.+)$")
NONE_OF_THESE = "0"
NOT_KNOWN = "u"
FIRST = "1"


@dataclass(frozen=True)
class Played:
    """What was printed, how it ended, and what the store holds."""

    printed: str
    code: int
    stored: StoredInterview | None
    unused: tuple[str, ...]


class Typist(io.StringIO):
    """Standard input that types the transcript's reply to whatever was asked last."""

    def __init__(self, script: str, screen: io.StringIO) -> None:
        super().__init__()
        self._replies: dict[str, deque[str]] = defaultdict(deque)
        for line in script.splitlines():
            title, arrow, reply = line.partition(" -> ")
            if arrow and not line.startswith("#"):
                self._replies[title].append(reply)
        self._screen = screen
        self._read = 0
        self._lines: dict[str, str] = {}
        self._title = ""
        self._tries = 0
        self._in_menu = False

    @property
    def unused(self) -> tuple[str, ...]:
        """Prompts of the transcript that were never asked."""
        return tuple(title for title, replies in self._replies.items() if replies)

    def readline(self, size: int | None = -1, /) -> str:
        self._look()
        self._tries += 1
        if self._tries > 3:
            raise AssertionError(f"no reply fits: {self._title}")
        if self._tries == 1 and self._replies[self._title]:
            return self._numbers(self._replies[self._title].popleft()) + "\n"
        if self._in_menu:
            return FIRST + "\n"
        return (NONE_OF_THESE if self._tries == 1 else NOT_KNOWN) + "\n"

    def _look(self) -> None:
        """Read what was printed since: the title and the numbered lines."""
        text = self._screen.getvalue()
        new, self._read = text[self._read :], len(text)
        for line in new.splitlines():
            title = TITLE.match(line)
            menu = None if title else MENU.match(line)
            if title or menu:
                self._title, self._tries, self._lines = (title[1] if title else menu[0]), 0, {}
                self._in_menu = menu is not None
            elif numbered := LINE.match(line):
                self._lines[numbered[2]] = numbered[1]

    def _numbers(self, reply: str) -> str:
        """A reply that names lines by their words, as their numbers; ``line = ab`` in a grid."""
        parts = [part.strip().partition(" = ") for part in reply.split(";")]
        return " ".join(self._lines.get(line, line) + cells for line, _, cells in parts)


def play(
    name: str,
    kb: KnowledgeBase,
    engine: Engine,
    folder: Path,
    now: datetime = FIRST_DAY,
    handed: Case | None = None,
) -> Played:
    """Hold a whole interview by a transcript, stored in ``folder``, at a time."""
    screen = io.StringIO()
    typist = Typist((HERE / f"{name}.txt").read_text(encoding="utf-8"), screen)
    streams = Streams(typist, screen, environ={}, interactive=True, width=100)
    settings = load_settings({}, {}, folder / "none.toml")
    with open_store(folder / "data") as store:
        code = run(
            kb=kb,
            engine=engine,
            store=store,
            settings=settings,
            client_code="C-001",
            quick=False,
            plain=True,
            resume=None,
            streams=streams,
            now=lambda: now,
            handed=handed,
        )
        kept = store.interviews("C-001")
        stored = store.state(InterviewId(kept[0].id)) if kept else None
    return Played(screen.getvalue(), code, stored, typist.unused)


def section(printed: str, title: str) -> str:
    """One section of the report at the end."""
    _, _, rest = printed.partition(f"\n{title}\n")
    return re.split(r"\n\n[A-Z][A-Z ,]+\n", rest)[0]
