"""A delta visit, planned from the last assessment: what is asked again, what is carried over.

Nothing of the last visit counts today unless it is answered or confirmed today.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nmt_expert.assessment.behind import drivers
from nmt_expert.assessment.closure import red_flag_findings
from nmt_expert.assessment.possible import SAFETY_SECTIONS
from nmt_expert.interview.agenda import (
    NOT_CLEARED,
    REASONS,
    SAFETY,
    SCORES,
    WHERE,
    Agenda,
)
from nmt_expert.interview.ledger import Key, Ledger, places_asked, single_sided
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Earlier, sides_of
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance
from nmt_expert.model.question import Question
from nmt_expert.model.rule import FindingCondition, atoms
from nmt_expert.model.words import spoken_day

STABLE = ("history", "lifestyle")
"""Kinds of findings that seldom change from visit to visit."""
DAYS_IN = {"years": 365.25, "days": 1.0}
"""Units in which a number grows by itself, such as an age."""


def agenda(
    last: Assessment,
    earlier: Sequence[Earlier],
    kb: KnowledgeBase,
    instances: Iterable[Instance] = (),
) -> Agenda:
    """What a visit after ``last`` asks again: scores, safety, reasons, what was not cleared.

    What is stable is asked with the safety questions, unless it is carried over. ``instances`` are
    the questions that applied then: what was examined and was a reason is examined again.
    """
    places: dict[Key, int] = {}
    for flag in last.not_cleared:
        places |= {_key(lacking): NOT_CLEARED for lacking in flag.lacks}
    for given in drivers(last):
        places |= {(given.finding, given.site, side): REASONS for side in sides_of(given.side)}
    reasons = {key for key, stage in places.items() if stage == REASONS}
    examined = (
        one
        for one in instances
        if kb.questions[one.question].who == "therapist" and reasons & places_asked(one.items)
    )
    for answer in _stable(last, kb):
        places |= {(one.finding, one.site, one.side): SAFETY for one in single_sided(answer)}
    whole = dict.fromkeys(_safety(kb), SAFETY) | dict.fromkeys(_scored(last, earlier, kb), SCORES)
    whole[kb.plan.complaint_finding] = WHERE
    if kb.plan.sessions:
        whole[kb.plan.sessions.finding] = SCORES
    then = Ledger(last.case.answers)
    return Agenda(last.case.visit.date or "", then, whole, places, tuple(examined))


def carried(last: Assessment, kb: KnowledgeBase, number: int, today: str) -> tuple[Answer, ...]:
    """The stable history of ``last``, to be confirmed as a whole; ages and spans have grown.

    Safety questions are never among it: they are asked again. ``number`` is the visit in the
    record, which says which session it is. Dates are ISO.
    """
    then = last.case.visit.date or today
    days = (date.fromisoformat(today) - date.fromisoformat(then)).days
    note = f"carried over from the visit of {spoken_day(then)}"
    told = (_grown(answer, kb, max(0, days)) for answer in _stable(last, kb))
    return (*(_from_then(answer, then, note) for answer in told), *_session(last, kb, number))


def _stable(last: Assessment, kb: KnowledgeBase) -> Iterator[Answer]:
    """Answers of history and habits, ages and spans; none that a safety question asks for."""
    safety = _safety(kb)
    for answer in last.case.answers:
        finding = kb.findings.get(answer.finding)
        if finding is None or answer.value in NON_ANSWERS:
            continue
        if _unit(finding) in DAYS_IN or (finding.kind in STABLE and finding.id not in safety):
            yield answer


def _key(lacking: str) -> Key:
    """``finding@site:side`` in its parts."""
    name, _, side = lacking.partition(":")
    finding, _, site = name.partition("@")
    return finding, site or None, side or None


def _safety(kb: KnowledgeBase) -> frozenset[str]:
    """What is asked in the safety lists, what follows up an answer, and what flags rest on."""
    listed = (q for q in kb.questions.values() if q.section in SAFETY_SECTIONS or q.follow_up)
    asked = {ask.finding for question in listed for ask in question.ask}
    growing = {finding.id for finding in kb.findings.values() if _unit(finding) in DAYS_IN}
    return frozenset(asked | red_flag_findings(kb)) - growing


def _scored(last: Assessment, earlier: Sequence[Earlier], kb: KnowledgeBase) -> Iterator[str]:
    """Every score that is compared, and what is asked from the second visit on."""
    days = (*(visit.answers for visit in earlier), last.case.answers)
    taken = {answer.finding for day in days for answer in day}
    for measure in kb.measures.values():
        if not measure.activities and (measure.counts == "core" or measure.score in taken):
            yield measure.score
            yield from _opened_by(kb.questions[kb.asked_by[measure.score]])
    sessions = kb.plan.sessions
    for question in kb.questions.values():
        if sessions and sessions.finding in _opened_by(question):
            yield from (ask.finding for ask in question.ask)


def _opened_by(question: Question) -> set[str]:
    """The findings without a place that open a question."""
    conditions = atoms(question.ask_when) if question.ask_when else ()
    return {c.finding for c in conditions if isinstance(c, FindingCondition) and c.site is None}


def _unit(finding: Finding) -> str | None:
    return finding.number.unit if finding.number else None


def _grown(answer: Answer, kb: KnowledgeBase, days: int) -> Answer:
    """A number of years or days as it is after so many days, in whole units."""
    number = kb.findings[answer.finding].number
    if number is None or isinstance(answer.value, str) or number.unit not in DAYS_IN:
        return answer
    now = min(number.max, answer.value + int(days / DAYS_IN[number.unit]))
    return answer.model_copy(update={"value": now})


def _from_then(answer: Answer, then: str, note: str) -> Answer:
    """The answer with where it comes from; what was noted on it stays."""
    noted = "; ".join(part for part in (answer.note, note) if part)[-1000:]
    by = answer.by if answer.by and " on " in answer.by else f"{answer.by or 'record'} on {then}"
    return answer.model_copy(update={"note": noted, "by": by})


def _session(last: Assessment, kb: KnowledgeBase, number: int) -> Iterator[Answer]:
    """Which session it is, counted on from what was said last time."""
    sessions = kb.plan.sessions
    if sessions is None:
        return
    said = Ledger(last.case.answers).newest(Answer(finding=sessions.finding))
    least = sessions.least.get(str(said.value), 1) if said else 1
    session = max(number, least + number - last.case.visit.number)
    note = f"visit {number} in the record"
    yield Answer(finding=sessions.finding, value=sessions.value_of(session), by="record", note=note)
