"""The command ``demo``: a recorded interview played without a keyboard; nothing is stored."""

import time
from datetime import UTC, datetime

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.interview import Interview
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.moments import stamp
from nmt_expert.reports.build import build
from nmt_expert.terminal.conversation import Conversation
from nmt_expert.terminal.keeper import NoKeeper
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.recorded import Recorded
from nmt_expert.terminal.report_view import show_report
from nmt_expert.terminal.streams import Streams


def run(
    *,
    kb: KnowledgeBase,
    engine: Engine,
    case: Case,
    streams: Streams,
    country: str | None = None,
    pace: float = 0.0,
) -> int:
    """Play ``case`` through the interview; the exit code.

    ``pace`` is seconds a prompt, for people who watch; it counts only in a terminal.
    """
    page = Page(streams.console(), streams.ink)
    watched = pace if streams.is_terminal else 0.0
    page.line(f"A recorded interview: {case.title or case.id}. Nothing is stored.", "quiet")
    interview = Interview.begin(
        kb,
        engine,
        client=case.client.model_copy(update={"age": None}),
        visit=case.visit,
        name=case.id,
    )
    recorded = Recorded(case, kb, page, lambda: time.sleep(watched))
    talk = Conversation(interview, recorded, page, NoKeeper(), _clock, country)
    talk.hold()
    assessment = assess(talk.interview.case, kb, engine, talk.interview.parked)
    show_report(build(assessment, kb, country=country), page)
    return 0


def _clock() -> str:
    return stamp(datetime.now(UTC))
