"""The ways in which what is still open may be answered, and what may then be different."""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction

from nmt_expert.assessment.closure import intervals, red_flag_findings
from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.possible import Possible, open_items
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.interview.ledger import single_sided
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.finding import Finding
from nmt_expert.model.prompt import Place

Nets = Mapping[Key, Fraction]
MODERATE = Fraction("0.4")


def completions(could: Possible, *, asked: bool, tries: int, seed: str) -> Iterator[Case]:
    """The open questions answered: all as bad as can be, all normal, then by chance.

    With ``asked`` also what was asked and is not known.
    """
    chance = random.Random(seed)
    held = could.evidence.answered
    left = [
        (item.finding, place)
        for _, item, place in could.open
        if asked
        or (told := held(item.finding, place.site, place.side)) is None
        or told.value == "later"
    ]
    for turn in range(tries):
        yield answered(
            could.actual.case,
            [(f, at, _value(could.kb.findings[f], turn, chance)) for f, at in left],
        )


def _value(known: Finding, turn: int, chance: random.Random) -> str:
    worst = [value for value in known.values if value != known.normal] or list(known.values)
    match turn:
        case 0:
            return worst[0]
        case 1:
            return known.normal if known.normal in known.values else known.values[0]
        case _ if turn % 2:
            return chance.choice(known.values)
    return chance.choice(worst)


def answered(case: Case, told: list[tuple[str, Place, str]]) -> Case:
    """The case with these answers in place of what was not known there."""
    new = {(f, at.site, at.side): value for f, at, value in told}
    kept = [
        one
        for answer in case.answers
        for one in single_sided(answer)
        if (one.finding, one.site, one.side) not in new
    ]
    added = [Answer(finding=f, site=s, side=side, value=v) for (f, s, side), v in new.items()]
    return case.model_copy(update={"answers": (*kept, *added)})


def flags(found: Reasoning) -> frozenset[tuple[str, str]]:
    """The red flags that are raised, with how urgent each is."""
    return frozenset((r.flag, r.urgency) for r in found.referrals if r.kind == "red_flag")


def unasked_red_flags(found: Reasoning) -> set[str]:
    """Red-flag questions that apply, and that nobody was asked."""
    needed = red_flag_findings(found.kb)
    return {
        item.finding
        for _, item, place in open_items(found, found.instances)
        if item.finding in needed
        and found.evidence.answered(item.finding, place.site, place.side) is None
    }


def nets(found: Reasoning) -> Nets:
    return {key: result.net for key, result in found.weighed.items()}


def leaders_of(found: Reasoning, relevant: set[Key], most: int) -> list[Key]:
    strong = [k for k in relevant if k in found.weighed and found.weighed[k].net >= MODERATE]
    return sorted(strong, key=lambda key: (-found.weighed[key].net, key))[:most]


def spoken_about(could: Possible) -> set[Key]:
    """The conclusions that closure speaks of: at opened places, and about the chief complaint."""
    chief = could.actual.chief
    return {
        key for key in intervals(could) if not chief or could.actual.explainer.explains(key, chief)
    }


def upset(now: Nets, leaders: list[Key], then: Nets, moderate: Fraction) -> bool:
    """Whether a leader fell, or another came level with one or above it."""
    least = min((then[key] for key in leaders), default=moderate)
    if least < moderate:
        return True
    others = [key for key in then if key not in leaders and then[key] >= moderate]
    return any(_overtakes(key, one, now, then) for key in others for one in leaders or [key])


def _overtakes(key: Key, leader: Key, now: Nets, then: Nets) -> bool:
    as_today = now.get(key) == then[key] and now.get(leader) == then[leader]
    return key == leader or then[key] > then[leader] or (then[key] == then[leader] and not as_today)
