"""Which of the open prompts comes next."""

from collections.abc import Sequence

from nmt_expert.interview.prompts import Prompt

SAFETY_FIRST = ("safety", "region_safety")


def next_of(waiting: Sequence[Prompt], last: Prompt | None) -> Prompt | None:
    """The prompt to put next, out of those waiting in asking order.

    First what the last answers opened directly, then safety, then the rest of the topic that is
    being asked about, then the order in which the questions are written.
    """
    return min(waiting, key=lambda prompt: _rank(prompt, last), default=None)


def _rank(prompt: Prompt, last: Prompt | None) -> int:
    """Smaller is sooner; equal ranks keep the asking order (``min`` takes the first)."""
    if prompt.question.section == "client":
        return 0
    if prompt.question.follow_up:
        return 1
    if prompt.question.section in SAFETY_FIRST:
        return 2
    if last is not None and prompt.instance.id == last.instance.id:
        return 3
    if last is not None and prompt.topic[1] and prompt.topic == last.topic:
        return 4
    return 5
