"""Why something was concluded: the tree from a result down to the answers, read off the trace."""

from nmt_expert.assessment.filters import EVERYTHING, takes_away
from nmt_expert.assessment.plan import techniques_of
from nmt_expert.kb.lookup import technique_id
from nmt_expert.model.assessment import Assessment, Conclusion, Firing, Focus, Input, Met, Reason
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.explanation import How, Reasoned
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.rule import Citation
from nmt_expert.model.words import drawn, place, relation

DEEPEST = 6
"""Candidates rest on findings within a few steps; this only stops a circle."""


def how(assessment: Assessment, id: str, kb: KnowledgeBase) -> How:
    """Explain a conclusion (its id), focus (its site or number), flag, caution, advice or factor.

    Of a technique: which places it is for, which cautions ban it, and where it was withheld.

    Raises:
        InputInvalid: nothing of that name was concluded.
    """
    teller = _Teller(assessment, kb)
    found = teller.results(technique_id(kb, id) or id)
    if not found:
        known = ", ".join(sorted(teller.names())[:12])
        raise InputInvalid(
            [
                Fault(
                    place=id,
                    says="nothing of this name was concluded",
                    consequence="There is no reason to show.",
                    remedy=f"Names of this result: {known}. For what was not concluded: why-not.",
                )
            ]
        )
    return How(of=id, sentence=" ".join(item.text for item in found), tree=tuple(found))


def cited(citation: Citation, kb: KnowledgeBase) -> str:
    """A source in full, with the place that was read in it."""
    source = kb.sources[citation.source]
    says = f" Says: {citation.says}" if citation.says else ""
    recalled = " (recalled)" if citation.recalled else ""
    return f"{source.citation}. Locator: {citation.locator}{recalled}.{says}"


class _Teller:
    """Looks up results of one assessment and tells their reasons."""

    def __init__(self, assessment: Assessment, kb: KnowledgeBase) -> None:
        self.assessment = assessment
        self.kb = kb
        self.inputs = {item.id: item for item in assessment.inputs}

    def names(self) -> set[str]:
        """Everything that can be asked about."""
        result = self.assessment
        names = {line.id for line in result.conclusions} | {line.flag for line in result.referrals}
        names |= {line.caution for line in result.cautions} | {x.advice for x in result.advice}
        names |= {line.factor for line in result.factors}
        names |= {name for line in result.focus for name in line.technique}
        return names | {line.site for line in result.focus if line.site}

    def results(self, id: str) -> list[Reasoned]:
        """Every result that ``id`` names, each with its tree."""
        result = self.assessment
        found = [self._conclusion(c) for c in result.conclusions if id in (c.id, c.site)]
        found += [self._told(r.say, r.flag, r.firings) for r in result.referrals if r.flag == id]
        found += [self._told(c.why, id, c.firings) for c in result.cautions if c.caution == id]
        found += [self._told(a.say, id, a.firings) for a in result.advice if a.advice == id]
        for line in result.focus:
            if id in (line.site, str(line.order)):
                where = place(self.kb, line.site, line.side)
                found.append(self._told(f"{line.treat} ({where})", id, line.firings))
        for standing in result.factors:
            if standing.factor == id:
                inside = [c for c in result.conclusions if c.id in standing.conclusions]
                found += [self._conclusion(conclusion) for conclusion in inside]
        return found + (self._technique(id) if id in self.kb.techniques else [])

    def _technique(self, name: str) -> list[Reasoned]:
        """Where the plan uses a technique, what bans it, and where a filter took it away."""
        result = self.assessment
        bans = [line for line in result.cautions if {name, EVERYTHING} & set(line.bans)]
        return [
            *(self._told(f"Used at {self._at(line)}.", name, self._proposing(line, name))
              for line in result.focus if name in line.technique),
            *(self._told(f"Banned: {line.why}", name, line.firings) for line in bans),
            *(self._told(f"Withheld at {self._at(one.focus)}. {one.reason}", name,
                         self._proposing(one.focus, name))
              for one in result.withheld if takes_away(one, name)),
        ]  # fmt: skip

    def _proposing(self, line: Focus, technique: str) -> tuple[int, ...]:
        """The firings behind a line of the plan that name this technique."""
        rules = ((n, self.kb.rules[self.assessment.firings[n - 1].rule]) for n in line.firings)
        return tuple(n for n, rule in rules if technique in techniques_of(rule))

    def _at(self, line: Focus) -> str:
        return place(self.kb, line.site, line.side) or "the whole session"

    def _told(self, text: str, ref: str, firings: tuple[int, ...]) -> Reasoned:
        children = tuple(self._firing(self.assessment.firings[n - 1]) for n in firings)
        return Reasoned(kind="result", text=text, ref=ref, children=children)

    def _conclusion(self, conclusion: Conclusion) -> Reasoned:
        kind = self.kb.conclusions[conclusion.conclude]
        where = place(self.kb, conclusion.site, conclusion.side)
        band = conclusion.band.replace("_", " ")
        return Reasoned(
            kind="result",
            text=f"{kind.label}, {where}: {band}.",
            ref=conclusion.id,
            children=(
                *(self._weighed("for", reason) for reason in conclusion.for_),
                *(self._weighed("against", reason) for reason in conclusion.against),
            ),
        )

    def _weighed(self, side: str, reason: Reason) -> Reasoned:
        told = self._firing(self.assessment.firings[reason.firing - 1])
        weight = reason.strength if reason.counts else f"{reason.strength}, not counted twice"
        return told.model_copy(update={"text": f"{side} ({weight}): {told.text}"})

    def _firing(self, firing: Firing, depth: int = 0) -> Reasoned:
        rule = self.kb.rules[firing.rule]
        return Reasoned(
            kind="rule",
            text=rule.because,
            ref=rule.id,
            labels=rule_labels(rule),
            limits=rule.limits,
            sources=tuple(cited(citation, self.kb) for citation in rule.sources),
            place=rule.place,
            children=tuple(self._met(met, depth) for met in firing.met),
        )

    def _met(self, met: Met, depth: int) -> Reasoned:
        return Reasoned(
            kind="condition",
            text=met.condition,
            children=tuple(self._reference(ref, depth) for ref in met.by),
        )

    def _reference(self, ref: str, depth: int) -> Reasoned:
        if ref in self.inputs:
            return self._answer(self.inputs[ref])
        if ref[0] == "f" and ref[1:].isdigit() and depth < DEEPEST:
            return self._firing(self.assessment.firings[int(ref[1:]) - 1], depth + 1)
        text = relation(self.kb, ref) if " " in ref else drawn(self.kb, ref)
        return Reasoned(kind="answer", text=text, ref=ref)

    def _answer(self, item: Input) -> Reasoned:
        finding = self.kb.findings[item.finding]
        where = place(self.kb, item.site, item.side)
        value = f"{item.number:g}" if item.number is not None else finding.value_label(item.value)
        unsure = "" if item.sure == "sure" else f" ({item.sure})"
        text = f"{finding.label}{f' ({where})' if where else ''}: {value}{unsure}"
        return Reasoned(kind="answer", text=text, ref=item.id)
