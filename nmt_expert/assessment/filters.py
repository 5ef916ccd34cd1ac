"""What may take a focus away after the plan rules; whatever does is listed with its reason.

In this order: referrals that suppress, cautions (absolute, local, modifying), clearance of the
chest-wall and belly muscles, the licence for assisted stretching, and muscles that must not be
lengthened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nmt_expert.assessment.explains import ComplaintZone
from nmt_expert.assessment.plan import regions_of
from nmt_expert.model.assessment import CautionLine, Focus, Referral, Withheld
from nmt_expert.model.knowledge import KnowledgeBase

EVERYTHING = "all"
COMPLAINT = "complaint"


@dataclass(frozen=True)
class Surroundings:
    """What the filters look at."""

    kb: KnowledgeBase
    referrals: tuple[Referral, ...]
    cautions: tuple[CautionLine, ...]
    complaints: tuple[ComplaintZone, ...]
    cleared: frozenset[tuple[str, str]]
    """Muscle and side (``any`` for either) for which the clearing candidate was drawn."""
    licence: str | None
    """The answered licence for stretching; None when it was not asked."""
    bans: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Cut:
    """What a filter takes from a line: some techniques, or with None the whole line; why; who."""

    techniques: tuple[str, ...] | None
    reason: str
    by: str


Filter = Callable[[Focus, Surroundings], list[Cut]]


def filtered(
    lines: tuple[Focus, ...], around: Surroundings
) -> tuple[tuple[Focus, ...], tuple[Withheld, ...]]:
    """The lines that stand, renumbered in treatment order, and all that was taken away."""
    kept: list[Focus] = []
    withheld: list[Withheld] = []
    for line in lines:
        cuts = [cut for one in FILTERS for cut in one(line, around) if cut.techniques != ()]
        left = _left(line, cuts)
        withheld += [_withheld(line, cut) for cut in cuts]
        if left is not None:
            kept.append(
                line.model_copy(update={"technique": left, "cautions": _said(line, around)})
            )
    numbered = [line.model_copy(update={"order": n}) for n, line in enumerate(kept, start=1)]
    return tuple(numbered), tuple(dict.fromkeys(withheld))


def takes_away(one: Withheld, technique: str) -> bool:
    """Whether what was withheld is, or holds, this technique."""
    return technique in (one.techniques or one.focus.technique)


def _left(line: Focus, cuts: list[Cut]) -> tuple[str, ...] | None:
    """The techniques that stand, or None when the line falls: whole, or its last technique."""
    if any(cut.techniques is None for cut in cuts):
        return None
    gone = {name for cut in cuts for name in cut.techniques or ()}
    left = tuple(name for name in line.technique if name not in gone)
    return None if line.technique and not left else left


def _withheld(line: Focus, cut: Cut) -> Withheld:
    """``techniques`` is empty when the whole line is withheld."""
    some = cut.techniques or ()
    whole = set(some) >= set(line.technique)
    return Withheld(focus=line, techniques=() if whole else some, reason=cut.reason, by=cut.by)


def _said(line: Focus, around: Surroundings) -> tuple[str, ...]:
    """The cautions that change how this line is done."""
    return tuple(
        caution.why
        for caution in around.cautions
        if caution.scope != "absolute" and _concerns(caution, line, around.kb)
    )


def _concerns(caution: CautionLine, line: Focus, kb: KnowledgeBase) -> bool:
    around = kb.ancestors.get(line.site, frozenset()) if line.site else frozenset()
    return not caution.site or bool(set(caution.site) & {line.site, *line.region, *around})


def suppressed(line: Focus, around: Surroundings) -> list[Cut]:
    """A referral that suppresses everything, the line's region, or the region of the complaint."""
    hurting = {r for zone in around.complaints for r in regions_of(zone.site, around.kb)}
    cuts = []
    for referral in around.referrals:
        held = set(referral.suppress)
        if COMPLAINT in held:
            held |= hurting
        wider = {g for region in line.region for g in around.kb.ancestors.get(region, ())}
        if EVERYTHING in held or held & ({line.site, *line.region} | wider):
            label = around.kb.flags[referral.flag].label
            cuts.append(Cut(None, f"Referred first: {label}.", referral.flag))
    return cuts


def cautioned(line: Focus, around: Surroundings) -> list[Cut]:
    """Absolute: nothing today. Local: not at this site. Modifying: not with these techniques."""
    cuts = []
    for caution in around.cautions:
        banned = set(caution.bans)
        everything = EVERYTHING in banned or (not banned and caution.scope != "modify")
        if caution.scope == "absolute":
            cuts.append(Cut(None, caution.why, caution.caution))
        elif caution.scope == "local" and not caution.site:
            continue  # it concerns a spot that only the therapist sees; it is printed on the line
        elif _concerns(caution, line, around.kb):
            names = None if everything else _of(line, banned)
            cuts.append(Cut(names, caution.why, caution.caution))
    return cuts


def uncleared(line: Focus, around: Surroundings) -> list[Cut]:
    """Chest-wall and belly muscles copy heart and organ pain: hands on only once it is answered."""
    plan = around.kb.plan
    if line.site is None or plan.clearance_group not in around.kb.ancestors.get(line.site, ()):
        return []
    sides = ("left", "right") if line.side == "both" else (line.side or "any",)
    if all((line.site, side) in around.cleared for side in sides):
        return []
    reason = (
        f"{around.kb.label(line.site)} is not cleared to touch yet: chest and belly muscles copy "
        "heart and organ pain, so the clearing question comes first."
    )
    return [Cut(None, reason, plan.cleared_by)]


def unlicensed(line: Focus, around: Surroundings) -> list[Cut]:
    """Assisted stretching needs a licence in some places; not answered is not allowed."""
    plan = around.kb.plan
    order = plan.licence_order
    held = order.index(around.licence if around.licence in order else plan.licence_unanswered)
    names = [
        name
        for name in line.technique
        if (needs := around.kb.techniques[name].needs) != "none" and order.index(needs) > held
    ]
    reason = "Needs a licence for assisted stretching: give a self-stretch, or refer."
    return [Cut(tuple(names), reason, plan.licence_finding)]


def already_long(line: Focus, around: Surroundings) -> list[Cut]:
    """A muscle that a posture holds long is not lengthened further."""
    banned = set(around.bans.get(line.site, ())) if line.site else set()
    return [Cut(_of(line, banned), "Already long: do not lengthen it further.", "already_long")]


def too_much(line: Focus, around: Surroundings) -> list[Cut]:
    """An irritable, fresh or widespread complaint takes the strong techniques away everywhere."""
    banned = set(around.bans.get("", ()))
    return [Cut(_of(line, banned), "Less in the whole session.", "whole_session")]


def _of(line: Focus, banned: set[str]) -> tuple[str, ...]:
    return tuple(name for name in line.technique if name in banned)


FILTERS: tuple[Filter, ...] = (
    suppressed, cautioned, uncleared, unlicensed, already_long, too_much
)  # fmt: skip
