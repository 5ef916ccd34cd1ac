"""The command ``interview``: begin or go on, ask, and end in the report and a saved record."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.interview import SETTINGS, Interview, Step
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Client
from nmt_expert.model.errors import StoreProblem
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression
from nmt_expert.model.words import counted
from nmt_expert.records import InterviewId, Store, Summary
from nmt_expert.reports.build import build
from nmt_expert.reports.own_view import own_view_lines
from nmt_expert.settings import Settings
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.conversation import Conversation
from nmt_expert.terminal.keeper import Keeper, StoreKeeper
from nmt_expert.terminal.keyboard import Keyboard
from nmt_expert.terminal.own_view import own_view
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.plain import Plain
from nmt_expert.terminal.report_view import line_text, show_report
from nmt_expert.terminal.streams import Streams
from nmt_expert.terminal.treatment import treatment

CODE = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}"
CODE_WRONG = "Letters, digits, dot, dash or underscore, no name is needed: C-001."
WELCOME = "Nothing here is a diagnosis. Every answer is saved before the next question."
INTERRUPTED = 130
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
) -> int:
    """Hold an interview; the exit code.

    ``resume`` is an interview's id, or empty for the newest; ``log`` likewise one that is finished,
    and then only its treatment is asked.

    Raises:
        NeedsTerminal: there is nobody to ask.
        StoreProblem: the record store cannot be used; what was asked so far is kept as said there.
    """
    streams.need_terminal()
    plain = plain or not streams.can_redraw
    page = Page(streams.console(plain=plain), streams.ink)
    full = settings.wording == "full"
    asker: Asker = Plain(streams, page, full=full) if plain else Keyboard(streams)
    sitting = Sitting(kb, engine, store, settings, asker, page, now, quick)
    try:
        with streams.session(plain=plain):
            return sitting.log(log) if log is not None else sitting.hold(client_code, resume)
    except (KeyboardInterrupt, EOFError):
        sitting.say_how_to_resume()
        return INTERRUPTED


class Sitting:
    """One sitting at the terminal, from the client's code to the report."""

    def __init__(
        self,
        kb: KnowledgeBase,
        engine: Engine,
        store: Store,
        settings: Settings,
        asker: Asker,
        page: Page,
        now: Callable[[], datetime],
        quick: bool,
    ) -> None:
        self._kb = kb
        self._engine = engine
        self._store = store
        self._settings = settings
        self._asker = asker
        self._page = page
        self._now = now
        self._quick = quick
        self._id: InterviewId | None = None

    def hold(self, code: str | None, resume: str | None) -> int:
        """Begin or go on, ask, and end; 0 when all went well."""
        self._page.line(WELCOME, "quiet")
        interview = self._go_on(resume) if resume is not None else self._begin(code)
        assert self._id is not None
        keeper = StoreKeeper(self._store, self._id, self._clock)
        talk = Conversation(
            interview, self._asker, self._page, keeper, self._clock, self._settings.country
        )
        if talk.hold() == "leave":
            self.say_how_to_resume()
            return 0
        self._finish(talk.interview, keeper)
        return 0

    def say_how_to_resume(self) -> None:
        """The last words after an interruption."""
        self._page.gap()
        if self._id is None:
            self._page.line("Nothing was begun, and nothing was saved.")
            return
        self._page.line("Saved; at most the question on the screen is lost. To go on:")
        self._page.line(f"  nmt-expert interview --resume {self._id}")

    def _begin(self, code: str | None) -> Interview:
        if code and not re.fullmatch(CODE, code):
            self._page.line(f"That is no client code. {CODE_WRONG}")
            code = None
        code = code or self._asker.write("Client code:", pattern=CODE, wrong=CODE_WRONG)
        unfinished = self._store.unfinished(code)
        if unfinished:
            chosen = self._asker.choose(_unfinished(code), _as_choices(unfinished))
            if chosen:
                return self._go_on(chosen)
        today = self._now().astimezone().date().isoformat()
        self._id = self._store.start(
            Client(code=code),
            quick=self._quick,
            kb_version=self._kb.version,
            kb_sha256=self._kb.sha256,
            at=self._clock(),
            date=today,
        )
        begun = self._interview(quick=self._quick).with_settings(self._licence())
        for step in begun.steps:
            self._keeper().keep(step)
        return begun

    def _go_on(self, resume: str) -> Interview:
        wanted = InterviewId(resume) if resume else self._newest()
        self._store.hold(wanted, self._clock())
        self._id = wanted
        state = self._store.state(wanted)
        if state.kb_sha256 != self._kb.sha256:
            self._page.line("The knowledge base has changed since this was begun.", "caution")
        steps = tuple(Step(p.prompt, p.standing.answers) for p in state.prompts)
        first = tuple(step for step in steps if step.prompt == SETTINGS)
        rest = tuple(step for step in steps if step.prompt != SETTINGS)
        self._page.line(f"Going on with {wanted}: {len(rest)} answered.")
        return self._interview(quick=state.quick, steps=first + rest)

    def _newest(self) -> InterviewId:
        unfinished = self._store.unfinished()
        if not unfinished:
            raise StoreProblem(
                "There is no unfinished interview in the record store. "
                "Begin one: nmt-expert interview."
            )
        return InterviewId(unfinished[0].id)

    def _interview(self, *, quick: bool, steps: tuple[Step, ...] = ()) -> Interview:
        assert self._id is not None
        state = self._store.state(self._id)
        return Interview.begin(
            self._kb,
            self._engine,
            client=state.client,
            visit=state.visit,
            name=state.id,
            quick=quick,
            private=self._settings.private_checklist,
            steps=steps,
        )

    def _licence(self) -> tuple[Answer, ...]:
        """The licence as an answer, so that the question need not be asked."""
        licence = self._settings.stretching_licence
        if licence is None:
            return ()
        finding = self._kb.plan.licence_finding
        return (Answer(finding=finding, value=licence, by="settings", at=self._clock()),)

    def log(self, wanted: str) -> int:
        """Take the treatment log of a finished interview; 0 when all went well."""
        newest = self._store.latest()
        if not wanted and newest is None:
            raise StoreProblem(
                "There is no finished interview in the record store. "
                "Hold one first: nmt-expert interview."
            )
        self._id = InterviewId(wanted or (newest.id if newest else ""))
        self._log(self._store.assessment(self._id))
        return 0

    def _finish(self, interview: Interview, keeper: Keeper) -> None:
        self._page.gap()
        calm = not interview.urgent  # in an emergency nobody is kept with questions of opinion
        own = own_view(self._asker, self._page, self._kb) if calm else Impression()
        if own:
            keeper.think(own)
        self._page.line("Working out the report.", "quiet")
        assessment = assess(interview.case, self._kb, self._engine, interview.parked)
        report = build(assessment, self._kb, country=self._settings.country)
        try:
            keeper.finish(assessment)
        finally:
            show_report(report, self._page)
        self._beside(own, assessment)
        self._page.gap()
        self._page.line(f"Saved as interview {self._id}.", "quiet")
        self._page.console.print(line_text(report.headline))
        if calm:
            self._log_now(assessment)

    def _log_now(self, assessment: Assessment) -> None:
        """The record is complete by now, so that nothing is lost when nobody answers."""
        try:
            self._log(assessment)
        except (KeyboardInterrupt, EOFError):
            self._page.line(NOT_LOGGED.format(id=self._id))

    def _beside(self, own: Impression, assessment: Assessment) -> None:
        """The person's own view, beside the engine's."""
        lines = own_view_lines(own, assessment, self._kb)
        if lines:
            self._page.gap()
            self._page.line("Your own view, beside this report's", "title")
        for about, mine, engines in lines:
            self._page.line(f"{about}: you: {mine}; report: {engines}")

    def _log(self, assessment: Assessment) -> None:
        assert self._id is not None
        done = treatment(self._asker, self._page, assessment, self._kb)
        if done:
            self._store.treat(self._id, done, self._clock())
        words = f"Logged: {counted(len(done), 'place')}." if done else NOT_LOGGED
        self._page.line(words.format(id=self._id), "quiet")

    def _keeper(self) -> StoreKeeper:
        assert self._id is not None
        return StoreKeeper(self._store, self._id, self._clock)

    def _clock(self) -> str:
        return self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unfinished(code: str) -> str:
    return f"{code} has an unfinished interview."


def _as_choices(unfinished: tuple[Summary, ...]) -> tuple[Choice, ...]:
    going_on = (
        Choice(
            one.id, f"Go on with {one.id} (last answer {one.last_at[:16].replace('T', ' ')} UTC)"
        )
        for one in unfinished[:5]
    )
    return (*going_on, Choice("", "Begin a new one"))
