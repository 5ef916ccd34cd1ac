"""What a student ranked, would treat and refer, beside what program and author do; in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import Key
from nmt_expert.model.words import BAND_WORDS, URGENCY_WORDS, flag, place, technique, within
from nmt_expert.practice.events import Committed, Planned
from nmt_expert.reports.practice import SURE
from nmt_expert.review.attempts import AttemptReview

NOTHING, NOBODY = "nothing", "nobody"


@dataclass(frozen=True)
class Side:
    """What is done, and by whom; the author's is the key of the case."""

    about: str
    student: str
    program: str
    author: str


def sides(attempt: AttemptReview, kb: KnowledgeBase) -> tuple[Side, ...]:
    """The ranking, what is treated, who is told; the program knows what the student asked."""
    last, plan = attempt.committed[-1], attempt.planned
    result, key = attempt.assessment, attempt.case.key
    raised = [(one.urgency, one.flag) for one in result.referrals]
    wanted = [(one.urgency, one.flag) for one in key.referrals]
    return (
        Side("ranks", ranked(last, kb), stood(last, kb), _expected(key, kb)),
        Side("treats", treated(plan, kb), _planned(result, kb), _places(key, kb)),
        Side("refers", referred(plan), _flags(raised, kb), _flags(wanted, kb)),
    )


def ranked(one: Committed, kb: KnowledgeBase) -> str:
    """A student's ranking, and how sure they were of it."""
    named = ", ".join(_factor(name, kb) for name in one.ranking)
    return f"{named or 'none of the five'} ({SURE[one.sure]})"


def stood(one: Committed, kb: KnowledgeBase) -> str:
    """How the program saw the factors when the student committed."""
    stands = (stand for stand in one.engine if stand.band != "not_supported")
    told = ", ".join(f"{_factor(each.factor, kb)} ({BAND_WORDS[each.band]})" for each in stands)
    return told or "none of the five"


def treated(plan: Planned, kb: KnowledgeBase) -> str:
    """Where the student would work, and with what."""
    told = (
        f"{place(kb, one.site, one.side)}: {within(technique(kb, one.technique))}"
        for one in plan.focus
    )
    return "; ".join(told) or NOTHING


def referred(plan: Planned) -> str:
    """How urgently the student would refer."""
    return ", ".join(URGENCY_WORDS[one.urgency] for one in plan.referrals) or NOBODY


def _factor(name: str, kb: KnowledgeBase) -> str:
    return kb.factors[name].label if name in kb.factors else name


def _expected(key: Key, kb: KnowledgeBase) -> str:
    """The author's ranking; factors that may change places stand with an equals sign."""
    told = (" = ".join(_factor(one, kb) for one in tied) for tied in key.factors)
    return ", ".join(told) or "none of the five"


def _planned(result: Assessment, kb: KnowledgeBase) -> str:
    told = (
        f"{place(kb, one.site, one.side)}: {within(technique(kb, one.technique[0]))}"
        for one in result.focus
        if one.site and one.technique
    )
    return "; ".join(dict.fromkeys(told)) or NOTHING


def _places(key: Key, kb: KnowledgeBase) -> str:
    return "; ".join(place(kb, one.site, one.side) for one in key.focus) or NOTHING


def _flags(raised: Iterable[tuple[str, str]], kb: KnowledgeBase) -> str:
    told = (f"{URGENCY_WORDS[how]}: {flag(kb, name)}" for how, name in raised)
    return "; ".join(told) or NOBODY
