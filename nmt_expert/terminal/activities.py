"""The client's own activities: scored again one by one, and up to five named in their own words."""

from collections.abc import Iterator

from nmt_expert.model.case import Activities, Activity
from nmt_expert.model.words import spoken_day
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Page

MOST = 5
LONGEST = 200
SCALE = "0 cannot do, 10 as well as before"
NAME = "Something that is hard because of this, in the client's own words (enter alone: no more):"
WHETHER = "What the client finds hard, scored to be compared at the next visit?"
NOW = Choice("now", "Name up to five activities, and score each")
CHOICES = (Choice("", "Not today"), NOW)
SCORE = r"(10|\d)([.,]\d)?"
WRONG = f"A number from 0 to 10: {SCALE}."
TOO_LONG = f"At most {LONGEST} characters, please."
TWICE = "That one is scored already."


def score_activities(asker: Asker, page: Page, known: Activities, day: str = "") -> Activities:
    """Today's scores: first of the ``known`` ones of ``day`` (ISO), then of what else is named.

    One that is not scored today is left out; unknown is never "no change".
    """
    if not known and asker.choose(WHETHER, CHOICES) != NOW.value:
        return ()
    page.line(f"The client's own activities, each from 0 to 10: {SCALE}.", "title")
    scored = list(_again(asker, known, day))
    while len(scored) < MOST:
        named = _named(asker, page, scored)
        if not named:
            break
        scored.append(Activity(activity=named, score=_number(asker, f"{named}: now?")))
    return tuple(scored)


def _again(asker: Asker, known: Activities, day: str) -> Iterator[Activity]:
    for one in known:
        when = f" on {spoken_day(day)}" if day else ""
        then = f"{one.activity}: {one.score:g}{when}. Now (enter alone: not scored)?"
        told = asker.write(then, pattern=f"({SCORE})?", wrong=WRONG)
        score = _score(told)
        if score is not None:
            yield Activity(activity=one.activity, score=score)


def _named(asker: Asker, page: Page, scored: list[Activity]) -> str:
    """Another activity in one line of text; empty when there is none."""
    while True:
        name = " ".join(asker.write(NAME).split())
        known = {one.known_as for one in scored}
        if len(name) > LONGEST:
            page.line(TOO_LONG, "caution")
        elif name and Activity(activity=name, score=0).known_as in known:
            page.line(TWICE, "caution")
        else:
            return name


def _number(asker: Asker, question: str) -> float:
    while True:
        score = _score(asker.write(question, pattern=SCORE, wrong=WRONG))
        if score is not None:
            return score


def _score(told: str) -> float | None:
    """The number that was typed; None for nothing, and for one beyond the scale."""
    number = float(told.replace(",", ".")) if told else None
    return number if number is not None and number <= 10 else None
