"""Answers prompts from a case: what a recorded client said, everything else being normal."""

from collections.abc import Callable

from nmt_expert.interview import Prompt, Reply, Said
from nmt_expert.interview.ledger import Ledger
from nmt_expert.model.case import Answer, AnswerSide, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Item
from nmt_expert.terminal.asking import Choice, Outcome, Screen
from nmt_expert.terminal.page import Page


class Recorded:
    """A client and a therapist who say what a case says; ``pause`` is called after each prompt."""

    def __init__(
        self, case: Case, kb: KnowledgeBase, page: Page, pause: Callable[[], None] = lambda: None
    ) -> None:
        self._ledger = Ledger([*_told(case, kb), *case.answers])
        self._chief = [site.site for site in case.complaint.sites]
        self._kb = kb
        self._page = page
        self._pause = pause

    def ask(self, screen: Screen) -> Outcome:
        """Print the prompt and give the recorded reply."""
        self._page.gap()
        self._page.line(screen.header, "quiet")
        self._page.line(screen.asked, "title")
        if len(screen.rows) == 1:
            self._page.line(screen.rows[0].question)
        self._pause()
        said = self._survey(screen.prompt) if screen.prompt.members else self._list(screen.prompt)
        if not said and screen.prompt.kind in ("choice", "number"):
            return self._normal(screen)
        return Reply(said)

    def choose(self, question: str, choices: tuple[Choice, ...]) -> str:
        """The first choice, which goes on."""
        self._page.line(f"{question} {choices[0].words}", "answer")
        return choices[0].value

    def write(self, question: str, *, pattern: str = "", wrong: str = "") -> str:
        """Nothing is written."""
        return ""

    def _list(self, prompt: Prompt) -> dict[str, Said]:
        items = sorted(prompt.items, key=self._rank)
        return {item.key: said for item in items if (said := self._said(item))}

    def _survey(self, prompt: Prompt) -> dict[str, Said]:
        rows = zip(prompt.items, prompt.members, strict=True)
        return {row.key: Said() for row, m in rows if any(self._said(item) for item in m.items)}

    def _normal(self, screen: Screen) -> Outcome:
        normal = self._kb.findings[screen.prompt.items[0].finding].normal
        return Reply() if normal != "none_assumed" else Reply({}, "unknown")

    def _rank(self, item: Item) -> int:
        """Places of the complaint come in its order, the chief one first."""
        site = item.places[0].site or ""
        return self._chief.index(site) if site in self._chief else len(self._chief)

    def _said(self, item: Item) -> Said | None:
        found = [a for place in item.places if (a := self._ledger.at(item.finding, place))]
        normal = self._kb.findings[item.finding].normal
        told = [answer for answer in found if answer.value != normal]
        if not told:
            return None
        return Said(told[0].value, _side(told) if item.pick_side else None, told[0].sure)


def _told(case: Case, kb: KnowledgeBase) -> list[Answer]:
    """What the head of a case says, as answers."""
    pain, age = kb.plan.complaint_finding, kb.plan.age_finding
    told = [Answer(finding=pain, site=s.site, side=s.side) for s in case.complaint.sites]
    if case.client.age is not None:
        told.append(Answer(finding=age, value=case.client.age))
    return told


def _side(told: list[Answer]) -> AnswerSide | None:
    sides = {answer.side for answer in told}
    return "both" if len(sides) == 2 else next(iter(sides))
