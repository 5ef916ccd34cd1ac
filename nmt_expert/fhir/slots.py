"""Every line of the form: a finding at one place on one side, and the question that asks it."""

from collections.abc import Iterator
from typing import NamedTuple

from nmt_expert.assessment.possible import item_key
from nmt_expert.kb.answers import has_sides
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Ask, Question
from nmt_expert.model.site import VARIABLE_KINDS, Site

Bindings = dict[str, str]


class Slot(NamedTuple):
    """Where one answer goes. Its ``key`` is its linkId: ``finding@site:side``."""

    finding: str
    site: str | None = None
    side: Side | None = None

    @property
    def key(self) -> str:
        """The same name as results use for what is lacking."""
        return item_key(self.finding, self.site, self.side)


class Line(NamedTuple):
    """A slot as one question asks it, with the variables of the question that it binds."""

    slot: Slot
    question: Question
    bindings: Bindings


def lines(question: Question, kb: KnowledgeBase) -> Iterator[Line]:
    """Every slot that a question could ever ask, in asking order."""
    for ask in question.ask:
        finding = kb.findings[ask.finding]
        for site in _sites(ask, finding, kb):
            where = site.id if site else None
            for side in _sides(ask, finding, site):
                bound = {ask.site: where} if ask.site and ask.site.startswith("$") else {}
                if ask.side == "$side" and side:
                    bound["$side"] = side
                slot = Slot(ask.finding, where, side)
                yield Line(slot, question, {k: v for k, v in bound.items() if v})


def _sites(ask: Ask, finding: Finding, kb: KnowledgeBase) -> list[Site] | list[None]:
    if ask.each:
        return [site for site in kb.of_kind(ask.each) if site.kind in finding.site]
    if ask.site is None:
        return [None]
    if not ask.site.startswith("$"):
        return [kb.sites[ask.site]]
    kinds = [kind for kind in VARIABLE_KINDS[ask.site] if kind in finding.site]
    return [site for kind in kinds for site in kb.of_kind(kind)]


def _sides(ask: Ask, finding: Finding, site: Site | None) -> tuple[Side | None, ...]:
    if not has_sides(finding, site):
        return (None,)
    return (ask.side,) if ask.side in ("left", "right") else SIDES


def words_of(finding: Finding) -> tuple[str, ...]:
    """What may be answered in a word: its values, and that it is not known or does not apply."""
    offered = [word for word in NON_ANSWERS if word != "later"]
    if finding.asked_of == "client":
        offered.remove("not_examined")
    return (*finding.values, *offered)


def is_whole(finding: Finding, kb: KnowledgeBase) -> bool:
    """Whether a number can only be a whole one: years of age. A score may be a mean of several."""
    return finding.id == kb.plan.age_finding
