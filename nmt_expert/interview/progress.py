"""How far the interview is and what it is considering, in words."""

from dataclasses import dataclass

from nmt_expert.interview.session import Interview
from nmt_expert.model.base import BANDS
from nmt_expert.model.words import within


@dataclass(frozen=True)
class Progress:
    """``remaining`` is a least number: answers may open more questions."""

    answered: int
    remaining: int
    considering: tuple[str, ...]
    may_stop: bool = False


def progress_of(interview: Interview, at_most: int = 2) -> Progress:
    """Prompts replied to, prompts open now, and the leading factors with their bands."""
    factors = [f for f in interview.reasoning.factors if f.band in BANDS][:at_most]
    words = (f"{within(interview.kb.factors[f.factor].label)} ({f.band})" for f in factors)
    answered, remaining = len(interview.steps), len(interview.open)
    return Progress(answered, remaining, tuple(words), interview.may_stop)
