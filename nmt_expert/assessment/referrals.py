"""Referrals and cautions from the firings of the screen: one line a flag, the most urgent first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from nmt_expert.assessment.trace import Trace
from nmt_expert.model.assessment import Advice, CautionLine, Firing, Referral
from nmt_expert.model.base import URGENCIES
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Advise, Caution, Refer, Rule
from nmt_expert.model.words import within

_SLOT = re.compile(r"(?P<begins>^|[.!?]\s+)?\{(?P<name>\w+)\}")
_SCOPES = ("absolute", "local", "modify")


def referrals(trace: Trace) -> tuple[Referral, ...]:
    """Every flag that was raised, with every firing behind it.

    The most urgent firing gives the urgency, to whom and what to say; what they suppress and hold
    adds up over all of them.
    """
    by_flag: dict[tuple[str, str], list[tuple[Firing, Rule, Refer]]] = defaultdict(list)
    for firing in trace.firings:
        rule = trace.kb.rules[firing.rule]
        for outcome in rule.then:
            if isinstance(outcome, Refer):
                by_flag[(outcome.flag, outcome.kind)].append((firing, rule, outcome))
            elif isinstance(outcome, Advise) and outcome.to:
                by_flag[(outcome.advice, "finding")].append((firing, rule, _as_refer(outcome)))
    return most_urgent_first(_referral(lines) for lines in by_flag.values())


def most_urgent_first(found: Iterable[Referral]) -> tuple[Referral, ...]:
    """Referrals in the order in which a person should read them."""
    kinds = ("red_flag", "finding", "perpetuating_factor", "unexplained")
    return tuple(
        sorted(found, key=lambda r: (URGENCIES.index(r.urgency), kinds.index(r.kind), r.flag))
    )


def _as_refer(advice: Advise) -> Refer:
    """Advice that names a professional is a routine referral of kind finding."""
    return Refer(
        flag=advice.advice, kind="finding", urgency="routine", to=advice.to or "", say=advice.say
    )


def _referral(lines: list[tuple[Firing, Rule, Refer]]) -> Referral:
    ordered = sorted(lines, key=lambda line: (URGENCIES.index(line[2].urgency), line[0].n))
    _, _, first = ordered[0]
    return Referral(
        flag=first.flag,
        kind=first.kind,
        urgency=first.urgency,
        to=first.to,
        why=tuple(dict.fromkeys(rule.because for _, rule, _ in ordered)),
        say=first.say,
        suppress=tuple(sorted({region for _, _, refer in ordered for region in refer.suppress})),
        hold=tuple(dict.fromkeys(refer.hold for _, _, refer in ordered if refer.hold)),
        firings=tuple(sorted({firing.n for firing, _, _ in ordered})),
    )


def cautions(trace: Trace) -> tuple[CautionLine, ...]:
    """Every caution that holds, one line a place, the strictest scope first."""
    by_place: dict[tuple[str, tuple[str, ...]], list[tuple[Firing, Caution]]] = defaultdict(list)
    for firing in trace.firings:
        for outcome in trace.kb.rules[firing.rule].then:
            if isinstance(outcome, Caution):
                by_place[outcome.caution, outcome.site].append((firing, outcome))
    lines = (_caution(found) for found in by_place.values())
    return tuple(
        sorted(lines, key=lambda line: (_SCOPES.index(line.scope), line.caution, line.site))
    )


def _caution(found: list[tuple[Firing, Caution]]) -> CautionLine:
    strictest = min(found, key=lambda pair: (_SCOPES.index(pair[1].scope), pair[0].n))[1]
    return CautionLine(
        caution=strictest.caution,
        scope=strictest.scope,
        site=strictest.site,
        why=strictest.say,
        bans=tuple(sorted({ban for _, caution in found for ban in caution.bans})),
        firings=tuple(sorted({firing.n for firing, _ in found})),
    )


def advice(trace: Trace) -> tuple[Advice, ...]:
    """What to tell or do, each line once."""
    by_text: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for firing in trace.firings:
        for outcome in trace.kb.rules[firing.rule].then:
            if isinstance(outcome, Advise):
                said = filled(outcome.say, firing.bindings, trace.kb)
                by_text[(outcome.advice, said, outcome.to)].append(firing.n)
    return tuple(
        Advice(advice=name, say=say, to=to, firings=tuple(numbers))
        for (name, say, to), numbers in by_text.items()
    )


def filled(text: str, bindings: Mapping[str, str], kb: KnowledgeBase) -> str:
    """``text`` with ``{muscle}`` and its like replaced by labels; an exposure gives its advice.

    A label keeps its capital only where it begins a sentence.
    """
    words: dict[str, str] = {}
    for name, value in bindings.items():
        site = kb.sites.get(value)
        words[name] = site.label if site else value
        if site and site.advice:
            words[f"{name}_advice"] = site.advice

    def fill(slot: re.Match[str]) -> str:
        word = words.get(slot["name"], f"{{{slot['name']}}}")
        return slot["begins"] + word if slot["begins"] is not None else within(word)

    return _SLOT.sub(fill, text)
