"""Which of the open prompts comes next."""

from collections.abc import Callable, Sequence

from nmt_expert.interview.prompts import Prompt

SAFETY_FIRST = ("safety", "region_safety")
FIRST = (*SAFETY_FIRST, "client", "complaint")
"""Before these are asked nothing can be said to matter no more."""
HANDS_ON = ("palpation", "nerve", "joint", "visit")
"""What is done with the hands, after all that the therapist only sees or taps."""


def next_of(
    waiting: Sequence[Prompt],
    last: Prompt | None,
    weight: Callable[[Prompt], int] = lambda prompt: 0,
) -> Prompt | None:
    """The prompt to put next, out of those waiting in asking order.

    First what the last answers opened directly, then safety, then what the client can say of the
    muscle that the hand is on, then the sections in the order in which they are written, hands-on
    work last: all muscles are felt before any is stretched or tested, so that the client turns over
    seldom. Inside a section smaller ``weight`` comes first: what can change a referral, then the
    leading focus areas, then the ranking.
    """
    sections = list(dict.fromkeys(prompt.question.section for prompt in waiting))

    def order(prompt: Prompt) -> tuple[int, int, int]:
        rank, section = _rank(prompt, last), prompt.question.section
        weighed = rank >= IN_ORDER and section != "palpation"
        return rank, sections.index(section), weight(prompt) if weighed else 0

    return min(waiting, key=order, default=None)


IN_ORDER = 5


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
    return IN_ORDER + 1 if prompt.question.section in HANDS_ON else IN_ORDER


def _goes_on(prompt: Prompt, last: Prompt) -> bool:
    """Whether it is about the same muscle or nerve, in the same section."""
    return bool(prompt.topic[1]) and prompt.topic == last.topic
