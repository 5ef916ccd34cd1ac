"""A visit of a known client begins: what was, which visit it is to be, what still holds."""

from collections.abc import Mapping, Sequence

from nmt_expert.interview.words import told_and_denied
from nmt_expert.model.case import Answer, Earlier, Treated
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import place, spoken_day, technique, within
from nmt_expert.records import StoredInterview
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Page

Answers = tuple[Answer, ...]
VISITS = (
    Choice("delta", "Delta visit: scores, safety, and what the last report rested on"),
    Choice("full", "Full interview from the start"),
)
REST = (
    Choice("", "The report"),
    Choice("full", "Go on with the full interview: everything else that applies"),
)
MOST_VISITS, MOST_PLACES = 3, 4
"""How many earlier treatments are shown, and how many places of each."""
RESPONSES = {"eased": "eased", "same": "the same", "worse": "worse", "not_asked": "not asked"}
RETESTS = {"better": "better", "same": "the same", "worse": "worse", "not_tested": "not tested"}


def is_delta(asker: Asker, page: Page, last: StoredInterview) -> bool:
    """Whether the visit opens from the last one, which is named."""
    day = spoken_day(last.visit.date or last.started[:10])
    page.line(f"{last.client.code} was here on {day}: visit {last.visit.number}, finished.")
    return asker.choose("Which visit is this to be?", VISITS) == "delta"


def goes_on(asker: Asker) -> bool:
    """Whether a delta visit, when all of it is asked, goes on as a full interview."""
    return asker.choose("The delta visit is asked. What next?", REST) == "full"


def treatment_lines(earlier: Sequence[Earlier], kb: KnowledgeBase) -> tuple[str, ...]:
    """What was done at the last visits, a line each, the newest first."""
    newest = sorted(earlier, key=lambda visit: visit.date, reverse=True)[:MOST_VISITS]
    return tuple(f"{spoken_day(visit.date)}: {_done(visit.treated, kb)}" for visit in newest)


def _done(treated: tuple[Treated, ...], kb: KnowledgeBase) -> str:
    if not treated:
        return "no treatment was logged."
    told = [
        f"{place(kb, one.site, one.side)} - {within(technique(kb, one.technique))}: "
        f"{RESPONSES[one.response]}"
        for one in treated[:MOST_PLACES]
    ]
    more = len(treated) - MOST_PLACES
    told += [f"and {more} more"] if more > 0 else []
    notes = [one.note for one in treated if one.note]
    return "; ".join(told) + ". " + " ".join([f"Re-test: {RETESTS[treated[0].retest]}.", *notes])


def confirmed(
    asker: Asker, page: Page, lists: Mapping[str, Answers], kb: KnowledgeBase, day: str
) -> dict[str, Answers]:
    """What of an earlier visit holds today: all is shown, and what is not so any more is left out.

    What is left out is asked; nothing is taken as true, or as absent, that was not confirmed.
    """
    held = dict(lists)
    page.gap()
    page.line(f"Carried over from {spoken_day(day)}, if it still holds today:", "title")
    for name in held:
        page.line(f"- {told_and_denied(held[name], kb)}")
    while held:
        chosen = asker.choose("Does it still hold today?", _choices(held, kb))
        if chosen == "all":
            return held
        if chosen == "":
            return {}
        del held[chosen]
    return {}


def _choices(held: Mapping[str, Answers], kb: KnowledgeBase) -> tuple[Choice, ...]:
    return (
        Choice("", "Ask all of it again"),
        Choice("all", "Yes, all of this holds, what is there and what is not"),
        *(Choice(n, f"Not this, ask it: {told_and_denied(a, kb, 60)}") for n, a in held.items()),
    )
