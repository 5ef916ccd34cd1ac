"""Takes a student's ranking: the order, how sure, what speaks for and against, what would change
it."""

import re
from collections.abc import Iterator
from typing import cast

from nmt_expert.interview.words import in_a_list
from nmt_expert.model.case import Sure
from nmt_expert.model.words import within
from nmt_expert.practice.attempt import Attempt, key_of
from nmt_expert.practice.events import Asked
from nmt_expert.practice.options import Option, find
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Page

BACK, NO_MORE = "", "none"
SURE = (
    Choice("unsure", "Unsure"),
    Choice("fairly", "Fairly sure"),
    Choice("sure", "Sure"),
)
NUMBERS = r"(\d{1,3}([ ,]+\d{1,3})*)?[ ,]*"
NUMBERS_WRONG = "Type the numbers, with spaces between them, or press enter alone."
MOST_MINDS = 2


class Committing:
    """One commitment; ``hold`` gives the attempt after it, or None when the student goes back."""

    def __init__(self, attempt: Attempt, asker: Asker, page: Page) -> None:
        self._attempt = attempt
        self._asker = asker
        self._page = page

    def hold(self, must: bool) -> Attempt | None:
        """Ask for a ranking and its reasons; with ``must`` to go back is to leave."""
        ranking = self._ranking(must)
        if ranking is None:
            return None
        factors = self._attempt.kb.factors
        leader = within(factors[ranking[0]].label) if ranking else "none of the five"
        sure = cast(Sure, self._asker.choose(f"How sure are you that it is {leader}?", SURE))
        pro: tuple[str, ...] = ()
        contra: tuple[str, ...] = ()
        asked = bool(self._attempt.of(Asked))
        if asked and self._attempt.noted:
            for line in noted_lines(self._attempt):
                self._page.line(line)
            pro = self._reasons(f"Which speak for {leader}? Numbers, as 1 3:")
            contra = self._reasons("Which speak against it? Numbers (enter alone: none):")
        minds = self._minds() if asked else ()
        return self._attempt.commit(ranking, sure, pro, contra, minds)

    def _ranking(self, must: bool) -> tuple[str, ...] | None:
        """The factors in order; None when the student goes back."""
        factors = self._attempt.kb.factors
        ranking: list[str] = []
        words = "Not now: leave, and go on another time" if must else "Back, without a ranking"
        question = "Which factor leads?"
        first = Choice(BACK, words)
        last: tuple[Choice, ...] = (Choice(NO_MORE, "None of the five explains it"),)
        while len(ranking) < len(factors):
            left = tuple(
                Choice(one.id, one.label) for one in factors.values() if one.id not in ranking
            )
            chosen = self._asker.choose(question, (first, *left, *last))
            if chosen == BACK:
                return None
            if chosen == NO_MORE:
                break
            ranking.append(chosen)
            question = "Which comes next?"
            first, last = Choice(NO_MORE, "No other plays a part"), ()
        return tuple(ranking)

    def _reasons(self, question: str) -> tuple[str, ...]:
        return asked_reasons(self._asker, self._page, self._attempt, question)

    def _minds(self) -> tuple[Option, ...]:
        """Open questions whose answer would change the ranking, found by a name."""
        found: list[Option] = []
        while len(found) < MOST_MINDS:
            text = self._asker.write(
                "What would change your mind? Name a question (enter alone: nothing):"
            )
            if not text:
                break
            one = self._mind(text)
            found += [one] if one else []
        return tuple(found)

    def _mind(self, text: str) -> Option | None:
        options = find(text, self._attempt.options)
        if not options:
            self._page.line("Nothing that is still open is called so.", "caution")
            return None
        listed = tuple(Choice(str(n), option.title) for n, option in enumerate(options))
        chosen = self._asker.choose("Which?", (Choice(BACK, "None of these"), *listed))
        return options[int(chosen)] if chosen else None


def asked_reasons(asker: Asker, page: Page, attempt: Attempt, question: str) -> tuple[str, ...]:
    """The keys of what was found, by the numbers that ``noted_lines`` gives it."""
    keys = [key_of(answer) for answer in attempt.noted]
    while True:
        text = asker.write(question, pattern=NUMBERS, wrong=NUMBERS_WRONG)
        numbers = [int(word) for word in re.findall(r"\d+", text)]
        if all(1 <= number <= len(keys) for number in numbers):
            return tuple(dict.fromkeys(keys[number - 1] for number in numbers))
        page.line(f"There are the numbers 1 to {len(keys)}.", "caution")


def noted_lines(attempt: Attempt) -> Iterator[str]:
    """What was found, numbered as reasons are given by; nothing that is normal."""
    for n, answer in enumerate(attempt.noted, start=1):
        yield f"{n:2}. {in_a_list(answer, attempt.kb)}"
