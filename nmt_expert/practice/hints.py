"""Hints on demand: where to look, what to ask, why. They come from what is worth most now."""

from dataclasses import dataclass
from typing import Literal

from nmt_expert.assessment.closure import red_flag_findings
from nmt_expert.interview import why
from nmt_expert.model.base import URGENT
from nmt_expert.model.words import answer, flag, within
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import NOTHING, WORTH, Hinted
from nmt_expert.practice.options import Option

Level = Literal[1, 2, 3]
DEEPER: dict[Level, Level] = {1: 2, 2: 3, 3: 3}
LEVELS = ("where to look", "what to ask", "why it matters")
ENOUGH = "Nothing that is still open could change the result. Commit, and conclude."
LOOK_BACK = "Read again what you know: something in it cannot wait."
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


@dataclass(frozen=True)
class Aim:
    """What a hint is about, and what is said of it at each level."""

    about: str
    says: tuple[str, str, str]


def hint(attempt: Attempt) -> tuple[Hinted, str]:
    """The next hint: a level deeper while it is about the same thing, else the first level.

    Once an urgent flag has come up, it is about that; but for less than an emergency the screen
    for everyone is finished first. The third level said again costs nothing.
    """
    best = attempt.best
    aim = _found(attempt, best) or (
        _to_ask(best, attempt) if best and best.worth < NOTHING else None
    )
    if aim is None:
        return Hinted(level=1, about="", minutes=0), ENOUGH
    costs = attempt.kb.practice.hints if attempt.kb.practice else (0.0, 0.0, 0.0)
    last = next((one for one in attempt.events[-1:] if isinstance(one, Hinted)), None)
    again = last if last and last.about == aim.about else None
    level = DEEPER[again.level] if again else 1
    cost = 0.0 if again and again.level == level else costs[level - 1]
    return Hinted(level=level, about=aim.about, minutes=cost), aim.says[level - 1]


def _found(attempt: Attempt, best: Option | None) -> Aim | None:
    """The most urgent flag that the answers raise: where it lies, what it rests on, what it is."""
    found, kb = attempt.found, attempt.kb
    urgent = [one for one in found.referrals if one.urgency in URGENT]
    screening = best is not None and best.prompt.question.section == "safety"
    if not urgent or (screening and urgent[0].urgency != "emergency"):
        return None
    first = urgent[0]
    firings = [one for one in found.firings if one.n in first.firings]
    names = {name for one in firings for met in one.met for name in met.by}
    rests = "; ".join(answer(kb, one) for one in found.inputs if one.id in names)
    title = kb.rules[firings[0].rule].title
    says = f"It may be: {within(flag(kb, first.flag))}. The rule: {title}."
    return Aim(first.flag, (LOOK_BACK, f"It rests on: {rests}.", says))


def _to_ask(best: Option, attempt: Attempt) -> Aim:
    """The question that could change most."""
    where = f"Look at {WHERE[best.prompt.question.section]}."
    what = f"Ask or examine: {within(best.title)}."
    return Aim(best.prompt.id, (where, what, f"It {WORTH[best.worth]}. {_why(best, attempt)}"))


def _why(best: Option, attempt: Attempt) -> str:
    reason = why(best.prompt, attempt.kb)
    red = red_flag_findings(attempt.kb)
    rules = [
        title
        for item in sorted(best.prompt.items, key=lambda item: item.finding not in red)
        for title in reason.rules[item.key]
    ]
    named = "; ".join(dict.fromkeys(rules[:2]))
    return f"{reason.sentence} Rules that wait for it: {named}." if named else reason.sentence
