"""The command ``interview``: begin or go on, ask, and end in the report and a saved record."""

from collections.abc import Callable
from datetime import datetime

from nmt_expert.assessment import assess
from nmt_expert.assessment.since import with_since
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Step
from nmt_expert.interview.session import GOES_ON
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Case
from nmt_expert.model.errors import StoreProblem
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.text import clean
from nmt_expert.model.visit import Impression
from nmt_expert.model.words import counted
from nmt_expert.records import InterviewId, Store
from nmt_expert.reports.build import build
from nmt_expert.reports.own_view import own_view_lines
from nmt_expert.settings import Settings
from nmt_expert.terminal.beginning import begun, gone_on, opened_from
from nmt_expert.terminal.changing import THERAPIST
from nmt_expert.terminal.conversation import Conversation, Ending
from nmt_expert.terminal.desk import Desk
from nmt_expert.terminal.own_view import own_view
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.person import INTERRUPTED, asker_of
from nmt_expert.terminal.report_view import line_text, show_report
from nmt_expert.terminal.streams import Streams
from nmt_expert.terminal.treatment import treatment
from nmt_expert.terminal.visits import goes_on

WELCOME = "Nothing here is a diagnosis. Every answer is saved before the next question."
NOT_LOGGED = "No treatment was logged. To log it later: nmt-expert interview --log {id}"


def run(
    *,
    kb: KnowledgeBase,
    engine: Engine,
    store: Store,
    settings: Settings,
    client_code: str | None,
    quick: bool,
    plain: bool,
    resume: str | None,
    streams: Streams,
    now: Callable[[], datetime],
    log: str | None = None,
    handed: Case | None = None,
    by: str = THERAPIST,
) -> int:
    """Hold an interview; the exit code.

    ``resume`` is an interview's id, or empty for the newest; ``log`` likewise one that is finished,
    and then only its treatment is asked. ``handed`` is somebody's case, which is gone on with,
    and ``by`` who answers beside the client.

    Raises:
        NeedsTerminal: there is nobody to ask.
        StoreProblem: the record store cannot be used; what was asked so far is kept as said there.
    """
    streams.need_terminal()
    page = Page(streams.console(plain=plain), streams.ink)
    asker = asker_of(streams, page, plain=plain, full=settings.wording == "full")
    who = clean(by).strip() or THERAPIST
    sitting = Sitting(Desk(kb, engine, store, settings, asker, page, now, who))
    try:
        with streams.session(plain=plain):
            if log is not None:
                return sitting.log(log)
            return sitting.hold(client_code, resume, quick=quick, handed=handed)
    except (KeyboardInterrupt, EOFError):
        sitting.say_how_to_resume()
        return INTERRUPTED


class Sitting:
    """One sitting at the terminal, from the client's code to the report."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._page = desk.page

    def hold(
        self, code: str | None, resume: str | None, *, quick: bool, handed: Case | None
    ) -> int:
        """Begin or go on, ask, and end; 0 when all went well."""
        desk = self._desk
        self._page.line(WELCOME, "quiet")
        if resume is not None:
            interview = gone_on(desk, resume)
        else:
            interview = begun(desk, code, quick=quick, handed=handed)
        if interview.narrowed:
            interview = desk.scored(interview)
        talk = Conversation(
            interview,
            desk.asker,
            self._page,
            desk.keeper(interview),
            desk.clock,
            desk.settings.country,
            desk.by,
        )
        if self._asked(talk) == "leave":
            self.say_how_to_resume()
        else:
            self._finish(talk.interview)
        return 0

    def _asked(self, talk: Conversation) -> Ending:
        """Ask to the end; a delta visit may go on as a full interview."""
        ending = talk.hold()
        while ending == "done" and talk.interview.narrowed and goes_on(self._desk.asker):
            talk.interview = self._desk.kept(talk.interview, Step(GOES_ON, ()))
            ending = talk.hold()
        return ending

    def say_how_to_resume(self) -> None:
        """The last words after an interruption."""
        self._page.gap()
        if self._desk.current is None:
            self._page.line("Nothing was begun, and nothing was saved.")
            return
        self._page.line("Saved; at most the question on the screen is lost. To go on:")
        self._page.line(f"  nmt-expert interview --resume {self._desk.current}")

    def log(self, wanted: str) -> int:
        """Take the treatment log of a finished interview; 0 when all went well."""
        store = self._desk.store
        newest = store.latest()
        if not wanted and newest is None:
            raise StoreProblem(
                "There is no finished interview in the record store. "
                "Hold one first: nmt-expert interview."
            )
        name = InterviewId(wanted or (newest.id if newest else ""))
        self._log(name, store.assessment(name))
        return 0

    def _finish(self, interview: Interview) -> None:
        desk, keeper = self._desk, self._desk.keeper(interview)
        self._page.gap()
        calm = not interview.urgent  # in an emergency nobody is kept with questions of opinion
        interview = desk.scored(interview) if calm else interview
        own = own_view(desk.asker, self._page, desk.kb) if calm else Impression()
        if own:
            keeper.think(own)
        self._page.line("Working out the report.", "quiet")
        assessment = self._assessed(interview)
        report = build(assessment, desk.kb, country=desk.settings.country)
        try:
            keeper.finish(assessment)
        finally:
            show_report(report, self._page)
        self._beside(own, assessment)
        self._page.gap()
        asked = f"To ask how and why: nmt-expert ask {interview.name}"
        self._page.line(f"Saved as interview {interview.name}. {asked}", "quiet")
        self._page.console.print(line_text(report.headline))
        if calm:
            self._log_now(InterviewId(interview.name), assessment)

    def _assessed(self, interview: Interview) -> Assessment:
        """The assessment, beside the one that a delta visit opens from."""
        found = assess(interview.case, self._desk.kb, self._desk.engine, interview.parked)
        before = opened_from(self._desk, interview)
        return with_since(found, before) if before else found

    def _log_now(self, name: InterviewId, assessment: Assessment) -> None:
        """The record is complete by now, so that nothing is lost when nobody answers."""
        try:
            self._log(name, assessment)
        except (KeyboardInterrupt, EOFError):
            self._page.line(NOT_LOGGED.format(id=name))

    def _beside(self, own: Impression, assessment: Assessment) -> None:
        """The person's own view, beside the engine's."""
        lines = own_view_lines(own, assessment, self._desk.kb)
        if lines:
            self._page.gap()
            self._page.line("Your own view, beside this report's", "title")
        for one in lines:
            self._page.line(f"{one.about}: you: {one.own}; report: {one.engine}")

    def _log(self, name: InterviewId, assessment: Assessment) -> None:
        desk = self._desk
        done = treatment(desk.asker, self._page, assessment, desk.kb)
        if done:
            desk.store.treat(name, done, desk.clock())
        words = f"Logged: {counted(len(done), 'place')}." if done else NOT_LOGGED
        self._page.line(words.format(id=name), "quiet")
