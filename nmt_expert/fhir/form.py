"""The form as a value: its lines, the section and question each stands in, and when it is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nmt_expert.fhir.clauses import NEVER, Clauses, any_of, known_from
from nmt_expert.fhir.conditions import Conditions
from nmt_expert.fhir.names import DETAILS, worded
from nmt_expert.fhir.slots import Line, Slot, is_whole, lines, words_of
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import CandidateCondition, atoms


class Asked(NamedTuple):
    """Which question asks a slot first, and when any question does, candidates taken as drawn."""

    first: Question
    when: Clauses
    by_rules: bool
    """Whether a candidate is among what opens it."""


@dataclass(frozen=True)
class Entry:
    """One line in its place, and when it is ``shown``: whenever an interview asks it, or oftener.

    What stands further down cannot be looked at from here.
    """

    slot: Slot
    asked: Asked
    shown: Clauses

    @property
    def question(self) -> Question:
        """The question in which it stands."""
        return self.asked.first

    @property
    def is_wider(self) -> bool:
        """Whether it may be shown where an interview would not ask it."""
        return self.asked.by_rules or self.asked.when != self.shown


@dataclass(frozen=True)
class Form:
    """Every line there is, or with ``intake`` those that a client can fill in at home.

    What is asked in private stays out of the intake: others may read along there.
    """

    kb: KnowledgeBase
    intake: bool = False

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Each slot once, where it is first asked, in asking order."""
        return tuple(self._entries())

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """The slots by linkId."""
        return {entry.slot.key: entry.slot for entry in self.entries}

    @cached_property
    def worded(self) -> dict[str, Slot]:
        """The slots of numbers by the linkId that takes a word instead."""
        return {
            worded(key): slot
            for key, slot in self.slots.items()
            if self.kb.findings[slot.finding].number
        }

    def slot_at(self, link: str) -> Slot | None:
        """The slot of a line, or of the line for a word in place of its number."""
        return self.slots.get(link) or self.worded.get(link)

    def type_at(self, link: str) -> str:
        """What a line takes: a choice, an integer or a decimal."""
        slot = self.slots.get(link)
        finding = self.kb.findings[slot.finding] if slot else None
        if finding is None or finding.number is None:
            return "choice"
        return "integer" if is_whole(finding, self.kb) else "decimal"

    def words_at(self, link: str) -> tuple[str, ...]:
        """What a line may be answered in a word; none where it takes a number."""
        slot = self.slot_at(link)
        if slot is None or self.type_at(link) != "choice":
            return ()
        return words_of(self.kb.findings[slot.finding])

    def known_as(self, link: str) -> str | None:
        """The linkId by which a line is known today; None where there is no such line.

        A finding or a place that was renamed keeps its old name as a synonym.
        """
        if link in DETAILS or self.slot_at(link):
            return link
        parts = re.split(r"([@:/])", link)
        renamed = "".join(self.kb.synonyms.get(part, part) for part in parts)
        return renamed if self.slot_at(renamed) else None

    def _entries(self) -> Iterator[Entry]:
        asked = self._asked()
        earlier: set[str] = set()
        for question in self._questions():
            here = [slot for slot, one in asked.items() if one.first.id == question.id]
            for slot in here:
                yield Entry(slot, asked[slot], known_from(asked[slot].when, earlier))
            earlier |= {name for slot in here for name in (slot.key, worded(slot.key))}

    def _asked(self) -> dict[Slot, Asked]:
        """Every slot that some question could ask."""
        found: dict[Slot, list[Line]] = {}
        for question in self._questions():
            for line in lines(question, self.kb):
                found.setdefault(line.slot, []).append(line)
        conditions = Conditions(self.kb, found)
        asked = {}
        for slot, asking in found.items():
            able = [(line, when) for line in asking if (when := conditions.of(line)) != NEVER]
            if able:
                first = able[0][0].question
                by_rules = any(_is_by_rules(line.question) for line, _ in able)
                asked[slot] = Asked(first, any_of(when for _, when in able), by_rules)
        return asked

    def _questions(self) -> Iterator[Question]:
        for question in self.kb.questions.values():
            at_home = question.who == "client" and not question.private and not question.on_demand
            if at_home or not self.intake:
                yield question


def _is_by_rules(question: Question) -> bool:
    opened = question.ask_when
    return opened is not None and any(isinstance(a, CandidateCondition) for a in atoms(opened))


def form_of(kb: KnowledgeBase, *, intake: bool = False) -> Form:
    """The form of a knowledge base, worked out once."""
    made: dict[bool, Form] = kb.derived.setdefault("fhir_forms", {})
    return made.setdefault(intake, Form(kb, intake))
