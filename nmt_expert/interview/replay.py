"""Replies from a case: what a recorded client would say to each prompt, all else being normal."""

from collections.abc import Iterator

from nmt_expert.assessment.inputs import answers_of
from nmt_expert.interview.ledger import Ledger
from nmt_expert.interview.prompts import Prompt
from nmt_expert.interview.replies import Reply, Said
from nmt_expert.interview.session import Interview
from nmt_expert.model.case import Answer, AnswerSide, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Item


class Recording:
    """A client and a therapist who say what a case says, and to all else "none of these"."""

    def __init__(self, case: Case, kb: KnowledgeBase) -> None:
        self._ledger = Ledger(answers_of(case, kb))
        self._chief = [site.site for site in case.complaint.sites]
        self._kb = kb

    def reply(self, prompt: Prompt) -> Reply:
        """What is said to a prompt; *unknown* where no normal value may be assumed."""
        said = self._list(prompt)
        alone = prompt.kind in ("choice", "number")
        if not said and alone and self._normal(prompt.items[0]) == "none_assumed":
            return Reply({}, "unknown")
        return Reply(said)

    def _list(self, prompt: Prompt) -> dict[str, Said]:
        items = sorted(prompt.items, key=self._rank)
        return {item.key: said for item in items if (said := self._said(item))}

    def _rank(self, item: Item) -> int:
        """Places of the complaint come in its order, the chief one first."""
        site = item.places[0].site or ""
        return self._chief.index(site) if site in self._chief else len(self._chief)

    def _said(self, item: Item) -> Said | None:
        found = [a for place in item.places if (a := self._ledger.at(item.finding, place))]
        told = [answer for answer in found if answer.value != self._normal(item)]
        if not told:
            return None
        return Said(told[0].value, _side(told) if item.pick_side else None, told[0].sure)

    def _normal(self, item: Item) -> str:
        return self._kb.findings[item.finding].normal


def played(interview: Interview, recording: Recording) -> Iterator[tuple[Interview, Prompt, Reply]]:
    """The interview at each of its prompts to the last, the prompt, and what is replied to it."""
    while (prompt := interview.next_prompt) is not None:
        reply = recording.reply(prompt)
        yield interview, prompt, reply
        interview = interview.replied(prompt, interview.answers(prompt, reply))


def _side(told: list[Answer]) -> AnswerSide | None:
    sides = {answer.side for answer in told}
    return "both" if len(sides) == 2 else next(iter(sides))
