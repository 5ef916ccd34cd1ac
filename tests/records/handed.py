"""An attempt that was handed in, for tests that only keep it: a made-up case without a result."""

from nmt_expert.model.case import Case
from nmt_expert.model.practice import Key, PracticeCase, Teaching
from nmt_expert.practice.handed_in import HandedIn
from nmt_expert.practice.remarks import Lesson, Remark, Score, Verdict
from tests.records.conftest import assessed

MISSED = Lesson(of="topic:red_flags", outcome="missed")


def handed(verdict: Verdict, *lessons: Lesson) -> HandedIn:
    """An attempt that ended so, with one remark, and what it showed."""
    point = Teaching(says="Ask first.", sources=("nmt-overview-1",))
    case = PracticeCase(
        schema="nmt.practice/1",
        id="stiff-back",
        presentation="A gardener of 50 with a stiff back.",
        level=1,
        region="low_back",
        topic="red_flags",
        key=Key(),
        teaching=(point,) * 3,
    )
    said = Remark(heading="content", verdict=verdict, matter="referral", says="As it was.")
    score = Score(case="stiff-back", minutes=4, remarks=(said,), lessons=lessons)
    return HandedIn(case=case, score=score, seen=assessed(Case(id=case.id)), rules={})
