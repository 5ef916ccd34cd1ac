"""The screen that interrupts: how urgent, whom to call, what to say, what not to do."""

import re
from collections.abc import Iterator, Sequence

from nmt_expert.interview import Interrupt
from nmt_expert.model.assessment import Referral
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.view import with_numbers
from nmt_expert.terminal.page import Look

Line = tuple[str, Look]
HOW_TO_SEE_THE_NUMBER = (
    "No number is stored here: look it up in advance, or run nmt-expert settings set country XX."
)


def alarm_lines(interrupt: Interrupt, kb: KnowledgeBase, country: str | None) -> tuple[Line, ...]:
    """All that the screen says, short enough to be one screen: whom to call comes first."""
    known = (country or "").lower() in kb.numbers
    lines = _lines(interrupt.referrals, kb, "" if known else HOW_TO_SEE_THE_NUMBER)
    return tuple((with_numbers(kb, text, country), look) for text, look in lines)


def _lines(referrals: tuple[Referral, ...], kb: KnowledgeBase, number: str) -> Iterator[Line]:
    urgency = kb.urgencies[referrals[0].urgency]
    flags = [kb.flags[r.flag] for r in referrals if r.flag in kb.flags]
    for referral in referrals:
        yield f" {kb.urgencies[referral.urgency].label.upper()}: {named(referral, kb)} ", "alarm"
        yield f"To: {referral.to}", "title"
    yield " ".join([urgency.call, *(flag.call for flag in flags if flag.call)]), "title"
    yield _said((*(referral.say for referral in referrals), urgency.say)), "answer"
    yield _joined("Do", urgency.do), "normal"
    if urgency.id == "emergency":
        told = (urgency.tell_ambulance, *(flag.tell_ambulance for flag in flags))
        yield _joined("Tell the ambulance", [text for text in told if text]), "normal"
    holds = [hold for referral in referrals for hold in referral.hold]
    forbidden = (*urgency.do_not, *(text for flag in flags for text in flag.do_not))
    yield _joined("Do NOT", [_bare(text) for text in (*forbidden, *holds)]), "caution"
    yield " ".join(filter(None, ["Saved.", withheld(referrals), number])), "quiet"


def withheld(referrals: Sequence[Referral]) -> str:
    """What these referrals keep back."""
    kept_back = {site for referral in referrals for site in referral.suppress}
    if "all" in kept_back:
        return "Treatment output is withheld while this stands."
    return "Treatment output there is withheld while this stands." if kept_back else ""


def named(referral: Referral, kb: KnowledgeBase) -> str:
    """The words for what was flagged."""
    flag = kb.flags.get(referral.flag)
    return flag.label if flag else referral.flag.replace("_", " ").capitalize()


def _joined(what: str, texts: Sequence[str]) -> str:
    """Each text once, in one paragraph."""
    return f"{what}: {'; '.join(dict.fromkeys(text.rstrip('.') for text in texts))}."


def _said(texts: Sequence[str]) -> str:
    return f"Say: {' '.join(dict.fromkeys(texts))}"


def _bare(text: str) -> str:
    """An instruction without the negation that the paragraph begins with."""
    return re.sub(r"^(do not|no) ", "", text, flags=re.IGNORECASE)
