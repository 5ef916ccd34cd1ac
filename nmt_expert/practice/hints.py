"""Hints on demand: where to look, what to ask, why. They come from what is worth most now."""

from typing import Literal

from nmt_expert.assessment.closure import red_flag_findings
from nmt_expert.interview import why
from nmt_expert.model.words import within
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import NOTHING, WORTH, Hinted

Level = Literal[1, 2, 3]
DEEPER: dict[Level, Level] = {1: 2, 2: 3, 3: 3}
LEVELS = ("where to look", "what to ask", "why it matters")
ENOUGH = "Nothing that is still open could change the result. Commit, and conclude."
WHERE = {
    "safety": "the safety questions that everyone is asked",
    "region_safety": "the safety questions of the region that hurts",
    "client": "what is true of the client as a whole",
    "complaint": "the complaint itself: where it is and how it behaves",
    "history": "the history",
    "lifestyle": "work and habits",
    "posture": "the posture",
    "movement": "movement",
    "palpation": "what your hands can feel",
    "nerve": "the nerve tests",
    "joint": "the joints and tendons",
    "seen": "what you can see",
    "visit": "this visit",
}


def hint(attempt: Attempt) -> tuple[Hinted, str]:
    """The next hint: a level deeper while it is about the same question, else the first level."""
    best = attempt.best
    costs = attempt.kb.practice.hints if attempt.kb.practice else (0.0, 0.0, 0.0)
    if best is None or best.worth == NOTHING:
        return Hinted(level=1, about="", minutes=0), ENOUGH
    last = attempt.events[-1] if attempt.events else None
    again = isinstance(last, Hinted) and last.about == best.prompt.id
    level = DEEPER[last.level] if again and isinstance(last, Hinted) else 1
    if level == 1:
        says = f"Look at {WHERE[best.prompt.question.section]}."
    elif level == 2:
        says = f"Ask or examine: {within(best.title)}."
    else:
        says = f"It {WORTH[best.worth]}. {_why(attempt)}"
    cost = costs[level - 1]
    return Hinted(level=level, about=best.prompt.id, minutes=cost), says


def _why(attempt: Attempt) -> str:
    best = attempt.best
    assert best is not None
    reason = why(best.prompt, attempt.kb)
    red = red_flag_findings(attempt.kb)
    rules = [
        title
        for item in sorted(best.prompt.items, key=lambda item: item.finding not in red)
        for title in reason.rules[item.key]
    ]
    named = "; ".join(dict.fromkeys(rules[:2]))
    return f"{reason.sentence} Rules that wait for it: {named}." if named else reason.sentence
