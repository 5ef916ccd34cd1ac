"""What a reviewer says of one result; nothing of it changes the result."""

from collections.abc import Iterable

from nmt_expert.model.base import URGENCIES, Record
from nmt_expert.model.case import Note
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.review import Kind, Verdict
from nmt_expert.model.text import cleaned_record
from nmt_expert.practice.remarks import VERDICTS
from nmt_expert.review.subjects import Subject, is_place, kind_of

VERDICT_WORDS: dict[Verdict, str] = {
    "agree": "agreed",
    "override": "overridden",
    "unsure": "unsure",
}
NOT_REMARKED = "Nothing was remarked."
REMEDIES: dict[Kind, str] = {
    "flag": f"Name an urgency: {', '.join(URGENCIES)}.",
    "focus": "Name a place as SITE:SIDE.",
    "conclusion": "Name a conclusion as NAME:SITE:SIDE.",
    "remark": f"Name a verdict: {', '.join(VERDICTS)}.",
}
Objection = tuple[str, str, str]
"""What is wrong with a remark, what it costs, and the remedy."""


class Remark(Record):
    """One verdict on one subject, with a coded reason and words.

    ``instead`` is what holds in the reviewer's view: an urgency for a flag, ``SITE:SIDE`` for a
    place of the plan, ``NAME:SITE:SIDE`` for a conclusion, a verdict for a remark of the score.
    """

    about: str
    verdict: Verdict
    reason: str | None = None
    words: Note | None = None
    instead: str | None = None

    @property
    def kind(self) -> Kind:
        """What kind of result it is about."""
        return kind_of(self.about)


def standing(remarks: Iterable[Remark]) -> dict[str, Remark]:
    """The newest remark on each subject, in the order of their first one."""
    return {remark.about: remark for remark in remarks}


def checked(remark: Remark, subject: Subject, kb: KnowledgeBase) -> Remark:
    """The remark, cleaned, when it may be made.

    Raises:
        InputInvalid: a reason is missing or unknown, words are missing, or ``instead`` is none.
    """
    remark = cleaned_record(remark)
    objections = [*_reason(remark, subject, kb), *_instead(remark, kb)]
    objections += _not_drawn(remark, subject, kb)
    if objections:
        raise InputInvalid([Fault(remark.about, *one) for one in objections])
    return remark


def reasons_for(kind: Kind, kb: KnowledgeBase) -> tuple[str, ...]:
    """The coded reasons that may be given about a kind of result."""
    return tuple(one.id for one in kb.review_reasons.values() if kind in one.about)


def _reason(remark: Remark, subject: Subject, kb: KnowledgeBase) -> list[Objection]:
    """Overriding demands a reason; of what is grave, and for some reasons, it takes words too."""
    known = reasons_for(remark.kind, kb)
    choose = f"Choose one: {', '.join(known)}."
    if remark.reason is not None and remark.reason not in known:
        says = f"{remark.reason[:60]!r} is no reason that can be given for a {remark.kind}"
        return [(says, NOT_REMARKED, choose)]
    if remark.verdict == "override" and remark.reason is None:
        return [("overriding needs a coded reason", NOT_REMARKED, choose)]
    told = kb.review_reasons[remark.reason].needs_words if remark.reason else False
    overrides = remark.verdict == "override" and subject.is_grave
    if (told or overrides) and not (remark.words or "").strip():
        return [("this needs words beside the reason", NOT_REMARKED, "Say why in a sentence.")]
    return []


def _asks(remark: Remark, kb: KnowledgeBase) -> str:
    """What the reason expects of the rules."""
    reason = kb.review_reasons.get(remark.reason or "")
    return reason.expects if reason else "absent"


def _instead(remark: Remark, kb: KnowledgeBase) -> list[Objection]:
    if remark.instead is None:
        needed = remark.verdict == "override" and _asks(remark, kb) == "instead"
        says = "this reason needs what should hold instead"
        return [(says, NOT_REMARKED, REMEDIES[remark.kind])] if needed else []
    name, _, where = remark.instead.partition(":")
    fits = {
        "flag": remark.instead in URGENCIES,
        "focus": is_place(remark.instead, kb),
        "conclusion": name in kb.conclusions and is_place(where, kb),
        "remark": remark.instead in VERDICTS,
    }
    if remark.verdict != "override":
        return [("only an override says what holds instead", NOT_REMARKED, "Leave it out.")]
    if fits[remark.kind]:
        return []
    says = f"{remark.instead[:60]!r} cannot stand in its place"
    return [(says, NOT_REMARKED, REMEDIES[remark.kind])]


def _not_drawn(remark: Remark, subject: Subject, kb: KnowledgeBase) -> list[Objection]:
    """What was not drawn can only be missed."""
    if subject.drawn:
        return []
    if remark.verdict != "override":
        return [("it was not drawn, so it can only be overridden", NOT_REMARKED, "")]
    if remark.kind == "flag":
        says = "this flag was not raised, so say how urgent it should be"
        return [] if remark.instead else [(says, NOT_REMARKED, REMEDIES["flag"])]
    missed = [one.id for one in kb.review_reasons.values() if one.expects == "present"]
    if remark.reason in missed:
        return []
    says = "it was not drawn, so the reason must say that it should have been"
    return [(says, NOT_REMARKED, f"Choose one: {', '.join(missed)}.")]
