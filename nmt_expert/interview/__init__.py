"""Which prompt comes next, and what a reply asserts; knows no terminal."""

from nmt_expert.interview.prompts import Prompt
from nmt_expert.interview.replies import NonAnswer, Reply, Said, answers_of
from nmt_expert.interview.session import SETTINGS, Interrupt, Interview, Step
from nmt_expert.interview.why import Why, why
from nmt_expert.interview.words import Words

__all__ = [
    "SETTINGS",
    "Interrupt",
    "Interview",
    "NonAnswer",
    "Prompt",
    "Reply",
    "Said",
    "Step",
    "Why",
    "Words",
    "answers_of",
    "why",
]
