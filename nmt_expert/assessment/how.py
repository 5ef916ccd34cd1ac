"""Why something was concluded: the tree from a result down to the answers.

It is read off the assessment alone, with the rule texts that were kept in it, so that an old
explanation stays true whatever the rules say today.
"""

from collections.abc import Iterator

from nmt_expert.assessment.filters import EVERYTHING, takes_away
from nmt_expert.assessment.telling import Teller
from nmt_expert.model.assessment import Assessment, FactorStanding, Focus, Withheld
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.explanation import How, Reasoned
from nmt_expert.model.words import counted

WITHHELD = "withheld"
"""Asks about everything that a filter took from the plan."""
PLANNED = "It was planned because"
MOST_RESULTS = 3
"""How many results a sentence tells before it only counts."""
MOST_REASONS = 2
"""How many reasons a sentence gives for each of them."""


def how(assessment: Assessment, id: str) -> How:
    """Explain a conclusion (its id), focus (its site or number), flag, caution, advice or factor.

    A site tells everything concluded, planned and withheld there; ``withheld`` all that was taken
    from the plan. Of a technique: which places it is for, which cautions ban it, and where it was
    withheld.

    Raises:
        InputInvalid: nothing of that name was concluded.
    """
    found = tuple(_Results(assessment).of(id))
    if not found:
        raise InputInvalid([_nothing(assessment, id)])
    return How(of=id, sentence=_sentence(found), tree=found)


def names(assessment: Assessment) -> tuple[str, ...]:
    """Everything that can be asked about, what matters most first."""
    result = assessment
    found = [line.flag for line in result.referrals]
    found += [line.factor for line in result.factors]
    found += [line.site for line in result.focus if line.site]
    found += [line.id for line in result.conclusions]
    found += [line.caution for line in result.cautions]
    found += [name for line in result.focus for name in line.technique]
    found += [line.advice for line in result.advice]
    found += [WITHHELD] if result.withheld else []
    return tuple(dict.fromkeys(found))


class _Results:
    """Finds the results of one assessment that an id names."""

    def __init__(self, assessment: Assessment) -> None:
        self._result = assessment
        self._teller = Teller(assessment)

    def of(self, id: str) -> Iterator[Reasoned]:
        """Every result that ``id`` names, each with its tree."""
        result, teller = self._result, self._teller
        for line in result.referrals:
            if line.flag == id:
                yield teller.told(f"{teller.label(id)}. {line.say}", id, line.firings)
        for standing in result.factors:
            if standing.factor == id:
                yield self._factor(standing)
        for drawn in result.conclusions:
            if id in _names_of(drawn.site, drawn.side, drawn.id):
                yield teller.conclusion(drawn)
        for focus in result.focus:
            if id in _names_of(focus.site, focus.side, str(focus.order)):
                yield teller.told(f"{focus.treat} ({self._at(focus)})", id, focus.firings)
        for one in result.withheld:
            if id in _names_of(one.focus.site, one.focus.side, WITHHELD):
                yield self._withheld(one)
        for caution in result.cautions:
            if caution.caution == id:
                yield teller.told(caution.why, id, caution.firings)
        for advice in result.advice:
            if advice.advice == id:
                yield teller.told(advice.say, id, advice.firings)
        yield from self._technique(id)

    def _factor(self, standing: FactorStanding) -> Reasoned:
        inside = [c for c in self._result.conclusions if c.id in standing.conclusions]
        explains = "; ".join(self._zone(zone) for zone in standing.explains)
        label, band = self._teller.label(standing.factor), standing.band.replace("_", " ")
        return Reasoned(
            kind="result",
            text=f"{label}: {band}, rank {standing.rank} of {len(self._result.factors)}; "
            + (f"explains {explains}." if explains else "explains no complaint."),
            ref=standing.factor,
            details=(f"Certainty {standing.certainty}",),
            children=tuple(self._teller.conclusion(each) for each in inside),
        )

    def _zone(self, zone: str) -> str:
        site, _, side = zone.partition(":")
        return self._teller.place(site, side)

    def _withheld(self, one: Withheld) -> Reasoned:
        """What a filter took away: by what, and the reasons that there were for it."""
        what = ", ".join(map(self._teller.label, one.techniques)) or "the whole treatment"
        by = [n for line in self._result.referrals if line.flag == one.by for n in line.firings]
        by += [n for line in self._result.cautions if line.caution == one.by for n in line.firings]
        text = f"Withheld at {self._at(one.focus)}: {what}. {one.reason}"
        taken = self._teller.told(text, one.by, by)
        planned = self._teller.told(PLANNED, one.by, one.focus.firings)
        wanted = planned.model_copy(update={"kind": "condition"})
        return taken.model_copy(update={"children": (*taken.children, wanted)})

    def _technique(self, name: str) -> Iterator[Reasoned]:
        """Where the plan uses a technique, what bans it, and where a filter took it away."""
        result, teller = self._result, self._teller
        for line in result.focus:
            if name in line.technique:
                yield teller.told(f"Used at {self._at(line)}.", name, self._proposing(line, name))
        for caution in result.cautions:
            if name in caution.bans or (EVERYTHING in caution.bans and name in result.words):
                yield teller.told(f"Banned: {caution.why}", name, caution.firings)
        for one in result.withheld:
            if takes_away(one, name):
                said = f"Withheld at {self._at(one.focus)}. {one.reason}"
                yield teller.told(said, name, self._proposing(one.focus, name))

    def _proposing(self, line: Focus, technique: str) -> tuple[int, ...]:
        """The firings behind a line of the plan that name this technique."""
        named = ((n, self._result.firings[n - 1].rule) for n in line.firings)
        texts = self._result.rules
        return tuple(
            n for n, rule in named if rule in texts and technique in texts[rule].techniques
        )

    def _at(self, line: Focus) -> str:
        return self._teller.place(line.site, line.side)


def _names_of(site: str | None, side: str | None, own: str) -> set[str]:
    """What a line at a place may be asked by: its own name, the site, the site with its side."""
    both = {f"{site}:left", f"{site}:right"} if side == "both" else set()
    return {own} | ({site, f"{site}:{side}"} | both if site else set())


def _sentence(found: tuple[Reasoned, ...]) -> str:
    """The first results, each with its first reasons."""
    more = len(found) - MOST_RESULTS
    said = " ".join(_with_reasons(item) for item in found[:MOST_RESULTS])
    return f"{said} And {counted(more, 'more result')}." if more > 0 else said


def _with_reasons(item: Reasoned) -> str:
    """``Active trigger point …: strong. Because: …`` with what decides and how many more there are.

    Evidence that its group counts only once says nothing more.
    """
    children = (child for child in item.children if child.kind != "condition")
    told = (child for child in children if "not counted twice" not in child.text)
    reasons = list(dict.fromkeys(_short(child) for child in told))
    if not reasons:
        return item.text
    more = len(reasons) - MOST_REASONS
    rest = f"; and {more} more" if more > 0 else ""
    return f"{item.text} Because: {'; '.join(reasons[:MOST_REASONS])}{rest}."


def _short(child: Reasoned) -> str:
    against = "against it: " if child.text.startswith("against") else ""
    return against + (child.title or child.text).rstrip(".")


def _nothing(assessment: Assessment, id: str) -> Fault:
    known = ", ".join(names(assessment)[:12])
    return Fault(
        place=id,
        says="nothing of this name was concluded",
        consequence="There is no reason to show.",
        remedy=f"Names of this result: {known}. For what was not concluded: why-not.",
    )
