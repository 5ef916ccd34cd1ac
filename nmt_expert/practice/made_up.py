"""A generated client put into words: who it is, what is read first, the key and what it teaches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from nmt_expert.assessment import Reasoning
from nmt_expert.model.base import URGENT
from nmt_expert.model.case import Answer, Client, ComplaintSite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import Generated, PracticeCase
from nmt_expert.model.rule import Rule
from nmt_expert.model.words import place, within

NOUNS = {"female": "woman", "male": "man", None: "client"}
LEAST_TAUGHT, MOST_TAUGHT = 3, 5
MOST_TREATED = 4
BANDS_OF_THE_KEY = ("strong", "moderate")


@dataclass(frozen=True)
class Made:
    """A client before the engine has looked; ``rules`` are what it is about."""

    seed: int
    topic: str
    answers: tuple[Answer, ...]
    rules: tuple[Rule, ...]


def person(
    answers: tuple[Answer, ...], wanted: Generated, kb: KnowledgeBase, chance: Random
) -> Client | None:
    """Somebody of whom the answers can be true; None when there is nobody."""
    told = {one.finding: one.value for one in answers if one.value != "absent"}
    limits = [one for one in wanted.plausible if not told.keys().isdisjoint(one.findings)]
    sexes = {one.sex for one in limits if one.sex}
    age = told.get(kb.plan.age_finding)
    ages = [one.ages for one in limits] or [wanted.ages]
    if isinstance(age, int):
        ages = [(age, age), *(one.ages for one in limits)]
    low, high = max(first for first, _ in ages), min(last for _, last in ages)
    if len(sexes) > 1 or low > high:
        return None
    return Client(age=chance.randint(low, high), sex=next(iter(sexes), None))


def draft(made: Made, who: Client, kb: KnowledgeBase) -> PracticeCase | None:
    """The case before anybody knows its key; None when there is too little to teach."""
    teaching = tuple(islice(_teaching(made.rules), MOST_TAUGHT))
    if len(teaching) < LEAST_TAUGHT:
        return None
    pain, age = kb.plan.complaint_finding, kb.plan.age_finding
    sites = [
        ComplaintSite.model_validate({"site": one.site, "side": one.side})
        for one in made.answers
        if one.finding == pain and one.value == "present"
    ]
    return PracticeCase.model_validate(
        {
            "schema": "nmt.practice/1",
            "id": f"generated-{made.seed}",
            "title": f"Generated client {made.seed}",
            "client": who.model_copy(update={"code": f"G-{made.seed}"}),
            "complaint": {"sites": sites},
            "answers": [one for one in made.answers if one.finding not in (pain, age)],
            "presentation": _presentation(who, sites, kb),
            "level": 1,
            "region": _region(sites[0].site, kb),
            "topic": made.topic,
            "key": {},
            "teaching": teaching,
        }
    )


def finished(case: PracticeCase, found: Reasoning) -> PracticeCase | None:
    """The case with the engine's conclusions as its key; what nobody can ask about is left out.

    It teaches by the rules that carry the key; None when they say too little.
    """
    teaching = tuple(islice(_teaching(_carrying(found)), MOST_TAUGHT))
    if len(teaching) < LEAST_TAUGHT:
        return None
    reached = [one for one in case.answers if _answered(one, found)]
    leading = _ranked(found)
    key: dict[str, Any] = {
        "factors": leading,
        "conclusions": _conclusions(found),
        "focus": list(islice(_treated(found), MOST_TREATED)),
        "referrals": [
            {"flag": one.flag, "urgency": one.urgency}
            for one in found.referrals
            if one.kind != "unexplained"
        ],
    }
    if any(one.urgency in URGENT for one in found.referrals):
        key |= {"factors": [], "conclusions": [], "focus": []}
    told = case.model_dump(by_alias=True) | {
        "answers": reached,
        "level": max(1, min(3, len(leading))),
        "key": key,
        "teaching": teaching,
    }
    return PracticeCase.model_validate(told)


def _carrying(found: Reasoning) -> Iterator[Rule]:
    """The rules behind red flags, then those that count for the leading factor."""
    flags = {n for one in found.referrals if one.kind == "red_flag" for n in one.firings}
    yield from (found.kb.rules[one.rule] for one in found.firings if one.n in flags)
    leading = found.factors[0].factor
    for key, weighed in found.weighed.items():
        if found.kb.conclusions[key.conclude].factor == leading:
            fired = [one.cause for one in found.sides[key].supports]
            yield from (found.kb.rules[one[0]] for one in fired if one in weighed.counted)


def _teaching(rules: Iterable[Rule]) -> Iterator[dict[str, Any]]:
    """What each rule says, then where each is weak, in the rule's own words and sources."""
    chosen = list(dict.fromkeys(rules))
    told = [(rule, rule.because) for rule in chosen] + [(rule, rule.limits) for rule in chosen]
    for rule, text in told:
        if text != "not recorded":
            sources = tuple(dict.fromkeys(one.source for one in rule.sources))
            yield {"says": f"{rule.title}. {text}", "sources": sources}


def _answered(one: Answer, found: Reasoning) -> bool:
    side = None if one.side == "both" else one.side
    return found.evidence.answered(one.finding, one.site, side) is not None


def _ranked(found: Reasoning) -> list[list[str]]:
    """The ranking down to the last factor that stands well; what is between stays between."""
    supported = [one for one in found.factors if one.band != "not_supported"]
    well = [n for n, one in enumerate(supported, start=1) if one.band in BANDS_OF_THE_KEY]
    return [[one.factor] for one in supported[: max(well, default=0)]]


def _conclusions(found: Reasoning) -> list[dict[str, Any]]:
    """What the leading factor rests on."""
    return [
        {"conclude": key.conclude, "site": key.site, "side": key.side or None}
        for key, weighed in found.weighed.items()
        if weighed.band in BANDS_OF_THE_KEY
        and found.kb.conclusions[key.conclude].factor == found.factors[0].factor
    ]


def _treated(found: Reasoning) -> Iterator[dict[str, Any]]:
    """Each place once, with every technique that the plan has for it."""
    lines = [line for line in found.focus if line.site]
    for site, side in dict.fromkeys((line.site, line.side) for line in lines):
        used = [technique for line in lines if line.site == site for technique in line.technique]
        yield {"site": site, "side": side, "technique": list(dict.fromkeys(used))}


def _presentation(who: Client, sites: list[ComplaintSite], kb: KnowledgeBase) -> str:
    named = "; ".join(within(place(kb, one.site, one.side)) for one in sites)
    return f"A {NOUNS[who.sex]} of {who.age} comes for pain: {named}."


def _region(zone: str, kb: KnowledgeBase) -> str:
    """The region that holds the zone; the first in file order when there are several."""
    return next(s.id for s in kb.of_kind("region") if s.id in kb.ancestors[zone])
