"""Earlier visits of a client, ready to be compared with today."""

from collections.abc import Iterable

from nmt_expert.interview.ledger import Ledger
from nmt_expert.model.case import Earlier
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records.views import StoredInterview


def earlier_visits(past: Iterable[StoredInterview], kb: KnowledgeBase) -> tuple[Earlier, ...]:
    """What was scored and treated, one entry a day, oldest first; a later interview's word counts.

    Visits that an interview was told of, as from another therapist's case file, are among them.
    """
    days: dict[str, Earlier] = {}
    for stored in past:
        for one in (*stored.earlier, _of_that_day(stored, kb)):
            before = days.get(one.date)
            days[one.date] = one if before is None or before == one else _joined(before, one)
    return tuple(days[date] for date in sorted(days))


def _of_that_day(stored: StoredInterview, kb: KnowledgeBase) -> Earlier:
    scores = {measure.score for measure in kb.measures.values()}
    return Earlier(
        date=stored.visit.date or stored.started[:10],
        answers=tuple(a for a in Ledger(stored.answers).answers if a.finding in scores),
        activities=stored.activities,
        treated=stored.treated,
    )


def _joined(first: Earlier, then: Earlier) -> Earlier:
    return Earlier(
        date=then.date,
        answers=Ledger((*first.answers, *then.answers)).answers,
        activities=then.activities or first.activities,
        treated=tuple(dict.fromkeys((*first.treated, *then.treated))),
    )
