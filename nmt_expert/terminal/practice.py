"""The command ``practice``: choose a case, or go on with one; play it; the score at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nmt_expert.engine import Engine
from nmt_expert.model.case import CODE
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.moments import stamp
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.attempt import Attempt, Done
from nmt_expert.practice.events import Asked
from nmt_expert.practice.handed_in import handed_in
from nmt_expert.practice.library import by_name, proposed
from nmt_expert.practice.memory import standings
from nmt_expert.records import Store
from nmt_expert.records.practised import PracticeBook, Practised
from nmt_expert.reports.practice import score_report, teaching
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.person import INTERRUPTED, asker_of
from nmt_expert.terminal.practice_play import Play
from nmt_expert.terminal.practice_score import show_score
from nmt_expert.terminal.streams import Streams

WHAT = "Practice"
NO_TERMINAL = "To see which cases there are: nmt-expert practice list."
WHO = "A code for yourself, to keep your work apart (such as S-01):"
CODE_WRONG = "Letters, digits, dot, dash or underscore: S-01."
WELCOME = (
    "Practice: you reason first, then you see the difference.",
    "You read a case, say what you think, ask and examine as you would, and say again what you"
    " think. Each time you commit, the engine shows its own ranking from the same answers. At the"
    " end you say where you would treat and whom you would refer to, and get a score in words.",
    "These are made-up cases: nothing here touches client records. Every step is saved; Ctrl-C"
    " stops, and you can go on later.",
)
MOST_CASES = 8
"""Cases in the first menu; the others are behind one more choice."""
LEAVE, OTHERS, PICK = "", "others", "pick"


@dataclass
class Classroom:
    """What a sitting at practice works with."""

    kb: KnowledgeBase
    engine: Engine
    store: Store
    cases: tuple[PracticeCase, ...]
    now: Callable[[], datetime]

    def clock(self) -> str:
        """The time now, ISO 8601 in UTC."""
        return stamp(self.now())


def run(
    room: Classroom,
    streams: Streams,
    *,
    student: str | None,
    plain: bool,
    case: str | None = None,
    resume: bool = False,
) -> int:
    """Practise; the exit code. ``case`` names one; ``resume`` goes on with the newest unfinished.

    Raises:
        NeedsTerminal: there is nobody to ask.
        InputInvalid: there is no such case.
        StoreProblem: the record store cannot be used.
    """
    streams.need_terminal(WHAT, NO_TERMINAL)
    page = Page(streams.console(plain=plain), streams.ink)
    asker = asker_of(streams, page, plain=plain)
    lesson = Lesson(room, asker, page, student)
    try:
        with streams.session(plain=plain):
            return lesson.hold(case, resume)
    except (KeyboardInterrupt, EOFError):
        page.gap()
        page.line(f"Stopped. Every step was saved. To go on: {lesson.resumes}")
        return INTERRUPTED


class Lesson:
    """One sitting of one student."""

    def __init__(self, room: Classroom, asker: Asker, page: Page, student: str | None) -> None:
        self._room = room
        self._asker = asker
        self._page = page
        self._student = student

    @property
    def resumes(self) -> str:
        """The command that goes on with this student's newest unfinished case."""
        mine = f" --student {self._student}" if self._student else ""
        return f"nmt-expert practice resume{mine}"

    def hold(self, case: str | None, resume: bool) -> int:
        """Choose, play, score."""
        for line in WELCOME if not resume else ():
            self._page.line(line)
        student = self._student or self._asker.write(WHO, pattern=CODE, wrong=CODE_WRONG)
        self._student = student
        book = PracticeBook(self._room.store.database, student)
        open_ones = book.attempts(unfinished=True)
        if resume:
            return self._go_on(book, open_ones)
        if case is not None:
            return self._begin(book, by_name(case, self._room.cases))
        return self._choose(book, open_ones)

    def _choose(self, book: PracticeBook, open_ones: tuple[Practised, ...]) -> int:
        """The case that is due, another one, or the one that was left unfinished."""
        played = [one.practised for one in book.attempts() if one.finished]
        known = standings(book.remembered(), self._room.now())
        cases = proposed(self._room.cases, known, played, self._room.kb, self._room.now())
        listed = [Choice(one.case.id, _line(one.case, one.why)) for one in cases]
        first = [Choice(PICK, f"Go on with: {self._title(open_ones[0])}")] if open_ones else []
        rest = listed[MOST_CASES:]
        more = [Choice(OTHERS, f"{len(rest)} more cases")] if rest else []
        leave = Choice(LEAVE, "Stop here")
        chosen = self._asker.choose(
            "Which case? The first one is proposed.",
            (*first, *listed[:MOST_CASES], *more, leave),
        )
        if chosen == OTHERS:
            chosen = self._asker.choose("Which case?", (leave, *rest))
        if chosen == LEAVE:
            return 0
        if chosen == PICK:
            return self._go_on(book, open_ones)
        return self._begin(book, by_name(chosen, self._room.cases))

    def _title(self, one: Practised) -> str:
        found = [case.title or case.id for case in self._room.cases if case.id == one.practised]
        return found[0] if found else one.practised

    def _begin(self, book: PracticeBook, case: PracticeCase) -> int:
        number = book.begin(case.id, self._room.kb.sha256, self._room.clock())
        return self._play(book, number, self._fresh(case))

    def _go_on(self, book: PracticeBook, open_ones: tuple[Practised, ...]) -> int:
        if not open_ones:
            self._page.line("There is no unfinished case. Begin with: nmt-expert practice")
            return 0
        newest = open_ones[0]
        case = by_name(newest.practised, self._room.cases)
        attempt = self._fresh(case).resumed(book.events(newest.id))
        self._page.line(f"You go on where you stopped: {self._title(newest)}.", "quiet")
        if newest.kb_sha256 != self._room.kb.sha256:
            self._page.line("The knowledge base is not the one you began with.", "caution")
        return self._play(book, newest.id, attempt)

    def _fresh(self, case: PracticeCase) -> Attempt:
        return Attempt.begin(case, self._room.kb, self._room.engine)

    def _play(self, book: PracticeBook, number: int, attempt: Attempt) -> int:
        def keep(event: Done, n: int) -> None:
            book.keep(number, n, event, self._room.clock())

        done = Play(attempt, self._asker, self._page, self._room.engine, keep).hold()
        if done.planned is None:
            self._page.line(f"Saved. To go on: {self.resumes}")
            return 0
        self._score(book, number, done)
        return 0

    def _score(self, book: PracticeBook, number: int, done: Attempt) -> None:
        kb, case = self._room.kb, done.case
        handed = handed_in(done, self._room.engine)
        book.finish(number, handed, self._room.clock())
        report = score_report(handed.score, done.of(Asked), kb, case.title or case.id)
        points = ((one.says, ", ".join(one.sources)) for one in case.teaching)
        show_score(report, teaching(points), self._asker, self._page)
        if case.differs:
            self._page.gap()
            self._page.line(f"Where the engine and the key part: {case.differs}")
        self._page.gap()
        mine = f"--student {self._student}"
        self._page.line(f"Your progress: nmt-expert practice progress {mine}", "quiet")
        self._page.line(f"The next case: nmt-expert practice {mine}", "quiet")


def _line(case: PracticeCase, why: str) -> str:
    """A case in a menu: nothing of the key."""
    return f"{case.title or case.id} (level {case.level}, {why})"
