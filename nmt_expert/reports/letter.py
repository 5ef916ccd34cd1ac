"""A referral letter: to whom, why, what was found, and what was not examined."""

from nmt_expert.model.assessment import Referral
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.words import URGENCY_WORDS, answer, counted, flag, spoken_day
from nmt_expert.reports.document import Block, Bullets, Line, Node, Paragraph, Report, Section, Tree
from nmt_expert.reports.headline import TONES, headline, urgent_not_cleared
from nmt_expert.reports.private import answers_behind
from nmt_expert.reports.sections.case import case
from nmt_expert.reports.sections.knowledge import knowledge
from nmt_expert.reports.sections.open_questions import not_examined
from nmt_expert.reports.sections.safety import FEW, not_cleared
from nmt_expert.reports.sections.withholding import causes
from nmt_expert.reports.soap import remarkable
from nmt_expert.reports.view import View

_BLANK = "_" * 30
_TO_SIGN = (f"Name, qualification, telephone: {_BLANK}", f"Date and signature: {_BLANK}")
"""To be filled in by hand."""


def letter(view: View) -> Report:
    """The letter on one assessment; it says so when nobody is to be written to."""
    told = view.assessment.case
    found = sorted(view.assessment.referrals, key=lambda r: URGENCIES.index(r.urgency))
    to_write = [r for r in found if r.kind != "perpetuating_factor"]
    day = f", {spoken_day(told.visit.date)}" if told.visit.date else ""
    sections = (
        _to(view, to_write),
        Section("About", case(view).blocks),
        _why(view, to_write),
        _found(view, to_write),
        Section("What was not examined", (*not_examined(view).blocks, *_open(view))),
        _done(view),
        knowledge(view),
        Section("From", tuple(Paragraph(Line(line)) for line in _TO_SIGN)),
    )
    shown = tuple(section for section in sections if section.blocks)
    return Report(headline(view.assessment, view.kb), shown, f"Referral letter{day}")


def _to(view: View, referrals: list[Referral]) -> Section:
    """Each addressee once, the most urgent first."""
    if not referrals:
        return Section("To", (Paragraph(Line("No referral came up, so there is no addressee.")),))
    lines = dict.fromkeys(
        f"{view.told(one.to)} ({URGENCY_WORDS[one.urgency].lower()})" for one in referrals
    )
    return Section("To", (Bullets(tuple(map(Line, lines))),))


def _why(view: View, referrals: list[Referral]) -> Section:
    """Each point with its reasons and the answers it rests on."""
    return Section("Why", (Tree(tuple(_point(view, one) for one in referrals)),))


def _point(view: View, referral: Referral) -> Node:
    text = f"{URGENCY_WORDS[referral.urgency]}: {flag(view.kb, referral.flag)}"
    line = Line(text, TONES[referral.urgency], view.labels(referral.firings))
    answers = [answer(view.kb, given) for given in answers_behind(view, referral.firings)]
    below = [f"Because: {why}" for why in referral.why]
    below += [f"Rests on: {'; '.join(answers)}"] if answers else []
    return Node(line, tuple(Node(Line(text)) for text in below))


def _found(view: View, referrals: list[Referral]) -> Section:
    """What is remarkable beyond what the points above already rest on."""
    firings = tuple(n for one in referrals for n in one.firings)
    told = {given.id for given in answers_behind(view, firings)}
    lines = tuple(Line(text) for id, text in remarkable(view) if id not in told)
    none = Paragraph(Line("Nothing further that is remarkable."))
    return Section("What else was found", (Bullets(lines),) if lines else (none,))


def _open(view: View) -> tuple[Block, ...]:
    """The red flags that are not cleared: named while they are few, else counted."""
    if len(view.assessment.not_cleared) <= FEW:
        return not_cleared(view).blocks
    many = counted(len(view.assessment.not_cleared), "red flag")
    urgent = f"{urgent_not_cleared(view.assessment)} of them emergency or same day"
    told = f"{many} not cleared, {urgent}: not everything was asked. The report names them."
    return (Paragraph(Line(told, "caution")),)


def _done(view: View) -> Section:
    """Whether treatment waits."""
    stopped = causes(view)
    if not stopped:
        spared = any(referral.suppress for referral in view.assessment.referrals)
        goes_on = "Muscle treatment goes on" + (" outside the regions above." if spared else ".")
        return Section("Treatment", (Paragraph(Line(goes_on)),))
    told = Paragraph(Line("No muscle treatment until this is settled:"))
    blocks: tuple[Block, ...] = (told, Bullets(stopped))
    return Section("Treatment", blocks)
