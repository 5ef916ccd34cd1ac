"""What was done in a session, in words."""

from collections.abc import Iterable, Iterator

from nmt_expert.model.case import Treated
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import humanised, place, technique


def done_lines(treated: Iterable[Treated], kb: KnowledgeBase) -> Iterator[str]:
    """Each place that was treated: with what, how it responded, what the re-test showed."""
    for one in treated:
        where, how = place(kb, one.site, one.side), technique(kb, one.technique)
        note = f"; {one.note}" if one.note else ""
        yield f"{where} - {how}: {humanised(one.response)}; re-test {humanised(one.retest)}{note}"
