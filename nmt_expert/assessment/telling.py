"""The tree of reasons below one result, read off the trace and nothing else."""

from collections.abc import Iterable

from nmt_expert.model.assessment import Assessment, Conclusion, Firing, Met, Reason
from nmt_expert.model.base import BANDS
from nmt_expert.model.explanation import Reasoned
from nmt_expert.model.words import SIDE_WORDS, humanised
from nmt_expert.model.written import WrittenSource

DEEPEST = 6
"""Candidates rest on findings within a few steps; this only stops a circle."""
NOT_KEPT = "The text of this rule was not kept with the result."
ABOVE = "as told above"


class Teller:
    """Tells the reasons of one assessment; each conclusion is told in full once a tree."""

    def __init__(self, assessment: Assessment) -> None:
        self._result = assessment
        self._inputs = {item.id: item for item in assessment.inputs}
        self._conclusions = {line.id: line for line in assessment.conclusions}
        self._told: set[str] = set()

    def label(self, id: str) -> str:
        """The words for an id, as they were that day."""
        return self._result.words.get(id) or humanised(id)

    def place(self, site: str | None, side: str | None) -> str:
        """``Upper trapezius, right``; the whole session where there is neither."""
        words = [self.label(site)] if site else []
        words += [SIDE_WORDS[side]] if side in SIDE_WORDS else []
        return ", ".join(words) or "the whole session"

    def told(
        self, text: str, ref: str, firings: Iterable[int], more: tuple[Reasoned, ...] = ()
    ) -> Reasoned:
        """A result with the firings behind it."""
        children = tuple(self.firing(self._result.firings[n - 1]) for n in firings)
        return Reasoned(kind="result", text=text, ref=ref, children=children + more)

    def conclusion(self, line: Conclusion, depth: int = 0) -> Reasoned:
        """A conclusion with what counts for and against it."""
        self._told.add(line.id)
        where = self.place(line.site, line.side)
        return Reasoned(
            kind="result",
            text=f"{self.label(line.conclude)}, {where}: {line.band.replace('_', ' ')}.",
            ref=line.id,
            details=(self._certainty(line),),
            children=(
                *(self._weighed("for", reason, depth) for reason in line.for_),
                *(self._weighed("against", reason, depth) for reason in line.against),
            ),
        )

    def _certainty(self, line: Conclusion) -> str:
        least = self._result.bands
        bands = ", ".join(f"{band} from {least[band]}" for band in BANDS if band in least)
        return f"Certainty {line.certainty}{f' ({bands})' if bands else ''}"

    def _weighed(self, side: str, reason: Reason, depth: int) -> Reasoned:
        told = self.firing(self._result.firings[reason.firing - 1], depth)
        weight = reason.strength if reason.counts else f"{reason.strength}, not counted twice"
        ceiling = f"; {reason.ceiling} at most from such signs alone" if reason.ceiling else ""
        details = (f"Counts within the group {humanised(reason.group)}{ceiling}", *told.details)
        return told.model_copy(
            update={"text": f"{side} ({weight}): {told.text}", "details": details}
        )

    def firing(self, firing: Firing, depth: int = 0) -> Reasoned:
        """One rule that fired, and what met each of its conditions."""
        met = tuple(self._met(met, depth) for met in firing.met)
        rule = self._result.rules.get(firing.rule)
        version = f"Rule {firing.rule}, version {firing.rule_version}, firing f{firing.n}"
        if rule is None:
            return Reasoned(
                kind="rule", text=NOT_KEPT, ref=firing.rule, details=(version,), children=met
            )
        standing = f"Standing: {rule.status}, grade {rule.grade}, basis {rule.basis}"
        return Reasoned(
            kind="rule",
            text=rule.because,
            title=rule.title,
            ref=firing.rule,
            labels=rule.labels,
            details=(version, standing),
            when=rule.when,
            limits=rule.limits,
            sources=tuple(map(cited, rule.sources)),
            children=met,
        )

    def _met(self, met: Met, depth: int) -> Reasoned:
        told = tuple(self._reference(ref, depth) for ref in met.by)
        return Reasoned(kind="condition", text=met.condition, children=told)

    def _reference(self, ref: str, depth: int) -> Reasoned:
        """An answer, a firing before this one, a conclusion, or a relation of the anatomy."""
        if ref in self._inputs:
            item = self._inputs[ref]
            text = item.says or f"{self.label(item.finding)}: {humanised(item.value)}"
            return Reasoned(kind="answer", text=text, ref=ref)
        if ref[0] == "f" and ref[1:].isdigit() and depth < DEEPEST:
            return self.firing(self._result.firings[int(ref[1:]) - 1], depth + 1)
        if ref in self._conclusions and ref not in self._told and depth < DEEPEST:
            return self.conclusion(self._conclusions[ref], depth + 1)
        again = f" ({ABOVE})" if ref in self._told else ""
        return Reasoned(kind="answer", text=self._named(ref) + again, ref=ref)

    def _named(self, ref: str) -> str:
        """``upper_trapezius refers_to temple`` or ``conclude:site:side`` in words."""
        match ref.split(" "):
            case [start, relation, end]:
                return f"{self.label(start)} {humanised(relation)} {self.label(end)}"
        name, _, where = ref.partition(":")
        site, _, side = where.partition(":")
        return f"{self.label(name)}: {self.place(site, side)}" if where else self.label(name)


def cited(source: WrittenSource) -> str:
    """A source in full: the citation, the place in it, what it says, how much of it was read."""
    says = f" Says: {source.says.rstrip('.')}." if source.says else ""
    recalled = ", recalled" if source.recalled else ""
    read = f"read: {source.read}{recalled}"
    return f"{source.citation.rstrip('.')}. Locator: {source.locator} ({read}).{says}"
