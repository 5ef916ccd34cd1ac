"""Whom to refer to, how urgently, what to say meanwhile; and what may keep the complaint going."""

from nmt_expert.model.assessment import Referral
from nmt_expert.model.base import URGENT, Urgency
from nmt_expert.model.words import URGENCY_WORDS, flag, place
from nmt_expert.reports.document import Block, Line, Node, Paragraph, Section, Tree
from nmt_expert.reports.headline import TONES
from nmt_expert.reports.view import View, how_to_find_a_number


def referrals(view: View) -> Section:
    """Every referral but the perpetuating factors, most urgent first."""
    found = [r for r in view.assessment.referrals if r.kind != "perpetuating_factor"]
    if not found:
        none = Paragraph(Line("None from what was answered.", "good"))
        return Section("Referrals", (none,))
    blocks: list[Block] = []
    if found[0].urgency in URGENT:
        blocks.append(Tree((_to_do(view, found[0].urgency),)))
    blocks.append(Tree(tuple(_referral(view, referral) for referral in found)))
    return Section("Referrals", tuple(blocks))


def perpetuating(view: View) -> Section:
    """What may keep the complaint going, with the professional to see; it never stops treatment."""
    found = [r for r in view.assessment.referrals if r.kind == "perpetuating_factor"]
    nodes = tuple(_perpetuating(view, referral) for referral in found)
    return Section("What may keep it going", (Tree(nodes),) if nodes else ())


def _to_do(view: View, urgency: Urgency) -> Node:
    """What the most urgent referral asks of the therapist now, whatever it is about."""
    text = view.kb.urgencies[urgency]
    ambulance = text.tell_ambulance if urgency == "emergency" else None
    unknown = how_to_find_a_number(view.kb, view.country)
    lines = [
        Line(f"Say: {text.say}"),
        *(Line(view.told(step)) for step in text.do),
        *(Line(view.told(step), "caution") for step in text.do_not),
        *([Line(f"Tell the ambulance: {ambulance}")] if ambulance else []),
        *([Line(unknown)] if unknown else []),
    ]
    return Node(Line(f"{text.label}. {view.told(text.call)}", "alarm"), tuple(map(Node, lines)))


def _referral(view: View, referral: Referral) -> Node:
    text = f"{URGENCY_WORDS[referral.urgency]}: {flag(view.kb, referral.flag)}"
    line = Line(text, TONES[referral.urgency], view.labels(referral.firings))
    told = (Line(f"Refer to: {view.told(referral.to)}"), Line(f"Say: {view.told(referral.say)}"))
    details = (*told, *_about_the_flag(view, referral), *_holds(view, referral))
    return Node(line, (*map(Node, details), *_why(view, referral)))


def _perpetuating(view: View, referral: Referral) -> Node:
    urgency = URGENCY_WORDS[referral.urgency].lower()
    text = f"{flag(view.kb, referral.flag)}: {referral.to} ({urgency})"
    line = Line(text, TONES[referral.urgency], view.labels(referral.firings))
    return Node(line, (Node(Line(f"Say: {referral.say}")), *_why(view, referral)))


def _about_the_flag(view: View, referral: Referral) -> tuple[Line, ...]:
    """What not to do, and in an emergency what to tell the ambulance, of this flag."""
    known = view.kb.flags.get(referral.flag)
    if known is None:
        return ()
    ambulance = known.tell_ambulance if referral.urgency == "emergency" else None
    return (
        *([Line(view.told(known.call), "alarm")] if known.call else []),
        *([Line(f"Do not: {'; '.join(known.do_not)}", "caution")] if known.do_not else []),
        *([Line(f"Tell the ambulance: {view.told(ambulance)}")] if ambulance else []),
    )


def _holds(view: View, referral: Referral) -> tuple[Line, ...]:
    lines = [Line(f"Hold: {hold}", "caution") for hold in referral.hold]
    if "all" in referral.suppress:
        lines.append(Line("Treatment is withheld until this is settled.", "caution"))
    elif referral.suppress:
        regions = "; ".join(_region(view, region) for region in referral.suppress)
        lines.append(Line(f"Treatment is withheld for: {regions}", "caution"))
    return tuple(lines)


def _region(view: View, region: str) -> str:
    return "the regions of the complaint" if region == "complaint" else place(view.kb, region, None)


def _why(view: View, referral: Referral) -> tuple[Node, ...]:
    told = view.reasons(referral.firings)
    return told or tuple(Node(Line(f"Because: {why}")) for why in referral.why)
