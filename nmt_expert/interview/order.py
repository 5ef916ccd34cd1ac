"""Which of the open prompts comes next."""

from collections.abc import Sequence

from nmt_expert.interview.prompts import Prompt

SAFETY_FIRST = ("safety", "region_safety")
HANDS_ON = ("palpation", "nerve", "joint", "visit")
"""What is done with the hands, after all that the therapist only sees or taps."""


def next_of(waiting: Sequence[Prompt], last: Prompt | None) -> Prompt | None:
    """The prompt to put next, out of those waiting in asking order.

    First what the last answers opened directly, then safety, then what the client can say of the
    muscle that the hand is on, then the order in which the questions are written, hands-on work
    last: all muscles are felt before any is stretched or tested, so that the client turns over
    seldom.
    """
    return min(waiting, key=lambda prompt: _rank(prompt, last), default=None)


def _rank(prompt: Prompt, last: Prompt | None) -> int:
    """Smaller is sooner; equal ranks keep the asking order (``min`` takes the first)."""
    if prompt.question.follow_up:
        return 1
    if prompt.question.section in SAFETY_FIRST:
        return 2
    if last is not None and prompt.instance.id == last.instance.id:
        return 3
    if last is not None and prompt.question.who == "client" and _goes_on(prompt, last):
        return 4
    return 6 if prompt.question.section in HANDS_ON else 5


def _goes_on(prompt: Prompt, last: Prompt) -> bool:
    """Whether it is about the same muscle or nerve, in the same section."""
    return bool(prompt.topic[1]) and prompt.topic == last.topic
