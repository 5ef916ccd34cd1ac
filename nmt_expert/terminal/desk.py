"""What one sitting at the terminal works with, and what it keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Step
from nmt_expert.interview.session import ACTIVITIES, GOES_ON
from nmt_expert.model.case import Complaint
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.moments import stamp
from nmt_expert.records import InterviewId, Store
from nmt_expert.settings import Settings
from nmt_expert.terminal.activities import score_activities
from nmt_expert.terminal.alarm import alarm_lines
from nmt_expert.terminal.asking import Asker
from nmt_expert.terminal.keeper import StoreKeeper
from nmt_expert.terminal.page import Page


@dataclass
class Desk:
    """Knowledge, store, settings, and the person; ``by`` is who answers beside the client.

    ``current`` is the interview that is held, as soon as there is one.
    """

    kb: KnowledgeBase
    engine: Engine
    store: Store
    settings: Settings
    asker: Asker
    page: Page
    now: Callable[[], datetime]
    by: str
    current: InterviewId | None = None

    def clock(self) -> str:
        """The time now, ISO 8601 in UTC."""
        return stamp(self.now())

    @property
    def today(self) -> str:
        """The local day (ISO)."""
        return self.now().astimezone().date().isoformat()

    def keeper(self, interview: Interview) -> StoreKeeper:
        """Keeps what is answered in an interview, which goes by its name in the store."""
        return StoreKeeper(self.store, InterviewId(interview.name), self.clock)

    def kept(self, interview: Interview, *steps: Step) -> Interview:
        """The interview with steps that reply to no prompt, safe before it goes on.

        What is urgent in them is shown at once.
        """
        told = [step for step in steps if step.answers or step.prompt in (ACTIVITIES, GOES_ON)]
        after = interview.taking(*told)
        complaint = after.case.complaint
        keeper = self.keeper(interview)
        for step in told:
            keeper.keep(step, complaint if complaint != Complaint() else None)
        keeper.park(interview, after)
        interrupt = after.interrupt(interview)
        if interrupt:
            self.page.lines(*alarm_lines(interrupt, self.kb, self.settings.country))
        return after

    def scored(self, interview: Interview) -> Interview:
        """The interview with the client's own activities scored, once."""
        if any(step.prompt == ACTIVITIES for step in interview.steps):
            return interview
        known = next((visit for visit in reversed(interview.earlier) if visit.activities), None)
        scores = known.activities if known else ()
        scored = score_activities(self.asker, self.page, scores, known.date if known else "")
        return self.kept(interview, Step(ACTIVITIES, (), activities=scored))
