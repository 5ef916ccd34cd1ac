"""What a client takes home: in plain words, with nothing that diagnoses and without the trace.

What was asked in private is left out, and so is that it was: others may read this page.
"""

from dataclasses import replace

from nmt_expert.model.assessment import Advice, Referral
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.words import capital, place, spoken_day
from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.reports.document import (
    Block,
    Bullets,
    Drawing,
    Line,
    Node,
    Paragraph,
    Report,
    Section,
    Tone,
    Tree,
)
from nmt_expert.reports.headline import TONES, urgent_not_cleared
from nmt_expert.reports.private import is_private
from nmt_expert.reports.sections.body_chart import body_chart
from nmt_expert.reports.sections.withholding import causes, withholding_cautions
from nmt_expert.reports.view import View

_NOT_A_DIAGNOSIS = (
    "This page is about your visit for muscle treatment. It names no disease and takes the place "
    "of no doctor. If something in it is not clear, ask your therapist."
)
_CALM = (
    "A sign like this does not tell what is behind it. It tells that somebody should look, and how "
    "soon."
)


def client_copy(view: View) -> Report:
    """The client's own page on one assessment."""
    sections = (
        _about_the_visit(view),
        _to_see(view),
        _treatment(view),
        _chart(view),
        _at_home(view),
        _keeps_going(view),
        _watch(view),
        _small_print(view),
    )
    told = tuple(section for section in sections if section.blocks)
    return Report(_headline(view), told, "Your copy")


def left_out(view: View) -> tuple[str, ...]:
    """The flags that rest on private answers, and so do not stand on the client's copy."""
    found = view.assessment
    private = [r.flag for r in found.referrals if is_private(view, r.firings)]
    private += [c.caution for c in found.cautions if is_private(view, c.firings)]
    return tuple(dict.fromkeys(private))


def _headline(view: View) -> Line:
    """The most urgent thing to do; neutral when what matters most is private."""
    seen = _referrals(view)
    if seen and seen[0].urgency != "routine":
        return Line(_to_do(view, seen[0]), TONES[seen[0].urgency])
    if left_out(view) or causes(view):
        return Line("Your visit in short.")
    asked = " Not everything was asked." if urgent_not_cleared(view.assessment) else ""
    return Line(f"Nothing that you told us has to be seen by a doctor first.{asked}")


def _referrals(view: View) -> list[Referral]:
    """What is to be seen by somebody else and may be told here, most urgent first."""
    found = (r for r in view.assessment.referrals if r.kind != "perpetuating_factor")
    told = [referral for referral in found if not is_private(view, referral.firings)]
    return sorted(told, key=lambda referral: URGENCIES.index(referral.urgency))


def _to_do(view: View, referral: Referral) -> str:
    text = view.kb.urgencies[referral.urgency]
    return view.told(text.to_client or text.say)


def _about_the_visit(view: View) -> Section:
    case = view.assessment.case
    lines = [
        f"Client {case.client.code}." if case.client.code else "",
        f"Visit of {spoken_day(case.visit.date)}." if case.visit.date else "",
        f"You came because of: {case.complaint.text}" if case.complaint.text else "",
    ]
    return Section("Your visit", tuple(Paragraph(Line(line)) for line in lines if line))


def _to_see(view: View) -> Section:
    """Whom to see, how soon and why, in the words that are said to the client."""
    found = _referrals(view)
    if not found:
        return Section("Please see", ())
    nodes = tuple(_to_visit(view, referral) for referral in found)
    calm = (Paragraph(Line(_CALM)),) if found[0].urgency != "routine" else ()
    return Section("Please see", (*calm, Tree(nodes)))


def _to_visit(view: View, referral: Referral) -> Node:
    tone: Tone = TONES[referral.urgency]
    below = (
        Node(Line(_to_do(view, referral))),
        Node(Line(f"Where to go: {view.told(referral.to)}")),
    )
    return Node(Line(view.told(referral.say), tone), below)


def _treatment(view: View) -> Section:
    """Where the treatment works, or that it waits."""
    title = "Your treatment"
    if causes(view):
        waits = any(referral.suppress for referral in _referrals(view))
        until = " until this has been looked at" if waits else " for now"
        told = Paragraph(Line(f"No muscle treatment{until}."))
        return Section(title, (told, *_not_today(view)))
    sites = dict.fromkeys(
        place(view.kb, focus.site, focus.side) for focus in view.assessment.focus if focus.site
    )
    if not sites:
        return Section(title, ())
    return Section(title, (Paragraph(Line("We work here:")), Bullets(tuple(map(Line, sites)))))


def _not_today(view: View) -> tuple[Block, ...]:
    """What else speaks against a treatment today, in the words said to the client."""
    found = withholding_cautions(view.assessment)
    lines = tuple(Line(one.why) for one in found if not is_private(view, one.firings))
    return (Bullets(lines),) if lines else ()


def _chart(view: View) -> Section:
    """Where it hurts and where we work; without the lines of referral."""
    if BodyChart.of(view.kb) is None or causes(view):
        return Section("Body chart", ())
    section = body_chart(view)
    blocks = tuple(replace(b, referred=()) for b in section.blocks if isinstance(b, Drawing))
    return replace(section, blocks=blocks)


def _at_home(view: View) -> Section:
    """Advice that is said to the client; none while the treatment is withheld."""
    handout = view.kb.plan.handout
    if handout is None or causes(view):
        return Section("What you can do", ())
    said: list[Advice] = [
        one
        for one in view.assessment.advice
        if one.advice in handout.home and not is_private(view, one.firings)
    ]
    lines = tuple(Line(capital(text)) for text in dict.fromkeys(one.say for one in said))
    return Section("What you can do", (Bullets(lines),) if lines else ())


def _keeps_going(view: View) -> Section:
    """What may keep the complaint going, with who can help."""
    found = [r for r in view.assessment.referrals if r.kind == "perpetuating_factor"]
    nodes = tuple(
        Node(Line(view.told(one.say)), (Node(Line(f"Who can help: {one.to}")),))
        for one in found
        if not is_private(view, one.firings)
    )
    return Section("What may keep it going", (Tree(nodes),) if nodes else ())


def _watch(view: View) -> Section:
    """Signs to get help for at once, in the words of the questions about them."""
    handout = view.kb.plan.handout
    if handout is None:
        return Section("Get help at once", ())
    call = view.told("Call {emergency_number} if one of these is new:")
    signs = [view.kb.findings[name].question for name in handout.watch if name in view.kb.findings]
    lines = tuple(Line(sign.rstrip("?")) for sign in signs)
    return Section("Get help at once", (Paragraph(Line(call, "caution")), Bullets(lines)))


def _small_print(view: View) -> Section:
    rules = view.rules(tuple(firing.n for firing in view.assessment.firings))
    lines = [Line(_NOT_A_DIAGNOSIS)]
    if any(rule.status == "draft" for rule in rules):
        unread = "The rules behind this page have not been checked yet by a named expert."
        lines.append(Line(unread, "quiet"))
    return Section("About this page", tuple(map(Paragraph, lines)))
