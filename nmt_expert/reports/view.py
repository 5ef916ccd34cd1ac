"""Why a line stands there: in a sentence, as a tree down to the answers, or as the full trace."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from nmt_expert.model.assessment import Assessment, Conclusion, Firing, Input, Met
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import Labels, together
from nmt_expert.model.rule import Citation
from nmt_expert.model.words import answer, conclusion, humanised, place, relation
from nmt_expert.model.written import WrittenRule, WrittenSource
from nmt_expert.reports.document import Line, Node
from nmt_expert.reports.of_that_day import in_its_words, text_of

Depth = Literal["sentence", "tree", "full"]
REASONS = "Reasons"
"""What reasons are folded under, where a page can fold."""
NO_NUMBER = "your local emergency number"
NO_CRISIS_LINE = (
    "your local crisis line (the emergency number, a doctor or the health service can name it)"
)
HOW_TO_FIND_IT = (
    "No emergency number is stored for your country. Find it before it is needed: ask an ambulance "
    "station or look at the health service's website, and write it beside the telephone."
)
NO_COUNTRY = (
    "No country is set, so no emergency number is shown: nmt-expert settings set country XX. "
    "If yours is not known here, ask an ambulance station or look at the health service's website, "
    "and write the number beside the telephone."
)


@dataclass(frozen=True)
class View:
    """An assessment beside the knowledge as it stands ``now``, read at one depth."""

    assessment: Assessment
    now: KnowledgeBase
    depth: Depth = "sentence"
    country: str | None = None

    @cached_property
    def kb(self) -> KnowledgeBase:
        """The knowledge in the words that the assessment took with it."""
        return in_its_words(self.now, self.assessment)

    def told(self, text: str) -> str:
        """A text of the knowledge base with the country's telephone numbers filled in."""
        return with_numbers(self.kb, text, self.country)

    @cached_property
    def firings(self) -> dict[str, Firing]:
        """Firings by the name the trace gives them (``f3``)."""
        return {f"f{firing.n}": firing for firing in self.assessment.firings}

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Answers by the name the trace gives them (``a1``)."""
        return {given.id: given for given in self.assessment.inputs}

    @cached_property
    def conclusions(self) -> dict[str, Conclusion]:
        """Conclusions by their id, as bands are met by them."""
        return {drawn.id: drawn for drawn in self.assessment.conclusions}

    def rule(self, name: str) -> WrittenRule | None:
        """A rule in the words of that day; None for one that nobody kept or knows."""
        return text_of(name, self.assessment, self.kb)

    def title(self, rule: str) -> str:
        """The title of a rule, or its id."""
        known = self.assessment.rules.get(rule) or self.kb.rules.get(rule)
        return known.title if known else rule

    def rules(self, firings: tuple[int, ...]) -> tuple[WrittenRule, ...]:
        """The rules behind firings, each once, in order of firing."""
        names = dict.fromkeys(
            self.firings[f"f{n}"].rule for n in firings if f"f{n}" in self.firings
        )
        return tuple(rule for rule in map(self.rule, names) if rule)

    def labels(self, firings: tuple[int, ...]) -> Labels:
        """The labels that belong on a line which rests on these firings."""
        return together(rule.labels for rule in self.rules(firings))

    def shared(self, firings: tuple[int, ...]) -> frozenset[str]:
        """The labels that every rule behind these firings carries."""
        carried = [frozenset(rule.labels) for rule in self.rules(firings)]
        return frozenset.intersection(*carried) if carried else frozenset()

    def reasons(self, firings: tuple[int, ...]) -> tuple[Node, ...]:
        """The reasons for a line, at the depth of this view.

        A sentence carries no label that all of them share: the line they stand under has it.
        """
        if self.depth == "sentence":
            rules = self.rules(firings)
            shared = self.shared(firings)
            return tuple(replace(because(rule, shared), folded=REASONS) for rule in rules)
        return tuple(replace(self.reason(n), folded=REASONS) for n in sorted(set(firings)))

    def reason(self, number: int) -> Node:
        """One firing told as a reason, with what met it below."""
        node = self.firing(f"f{number}")
        rule = self.rule(self.firings[f"f{number}"].rule)
        mark = f"f{number} " if self.depth == "full" else ""
        said = f"Because: {rule.because}" if rule else node.line.text
        return Node(Line(mark + said, labels=node.line.labels), node.children)

    def firing(self, name: str, above: frozenset[str] = frozenset()) -> Node:
        """One firing with what met its conditions, down to the answers.

        In the full depth its number leads to the trace, which tells the rest.
        """
        fired = self.firings[name]
        rule, title = self.rule(fired.rule), self.title(fired.rule)
        line = Line(
            f"{name} {title}" if self.depth == "full" else title,
            labels=rule.labels if rule else (),
        )
        sources = (Node(Line(f"Sources: {_keys(rule)}", "quiet")),) if rule else ()
        met = tuple(node for met in fired.met for node in self._met(met, above | {name}))
        return Node(line, (*met, *sources))

    def _met(self, met: Met, above: frozenset[str]) -> tuple[Node, ...]:
        """What met one condition; answers and relations speak for themselves."""
        nodes = tuple(self._met_by(ref, above) for ref in met.by)
        if any(ref in self.firings for ref in met.by):
            return (Node(Line(met.condition), nodes),)
        return nodes or (Node(Line(met.condition)),)

    def _met_by(self, ref: str, above: frozenset[str]) -> Node:
        if ref in self.firings and ref not in above:
            return self.firing(ref, above)
        if ref in self.inputs:
            return self.answered(self.inputs[ref])
        if ref in self.conclusions:
            return Node(Line(f"{self.named(ref)}: see Factors"))
        return Node(Line(self.named(ref), "quiet"))

    def answered(self, given: Input) -> Node:
        """One answer, with its note or what it was computed from below it."""
        told = [f"Note: {given.note}"] if given.note else []
        told += [f"Computed from {line}" for line in given.computed_from]
        return Node(Line(answer(self.kb, given)), tuple(Node(Line(t, "quiet")) for t in told))

    def named(self, ref: str) -> str:
        """What met a condition, in words: an answer, a firing, a conclusion or a relation."""
        if ref in self.inputs:
            return answer(self.kb, self.inputs[ref])
        fired = self.firings.get(ref)
        if fired:
            return f"{ref} {self.title(fired.rule)}"
        drawn = self.conclusions.get(ref)
        return conclusion(self.kb, drawn) if drawn else relation(self.kb, ref)

    def particulars(self, fired: Firing) -> tuple[Node, ...]:
        """What the full trace tells of a firing beyond what met it."""
        rule = self.rule(fired.rule)
        bound = sorted(fired.bindings.items())
        bindings = ", ".join(f"{name.lstrip('$')} = {self._bound(value)}" for name, value in bound)
        lines = [f"Rule {fired.rule}, version {fired.rule_version}"]
        lines += [f"For: {bindings}"] if bindings else []
        if rule:
            lines += [f"Because: {rule.because}", f"Limits: {rule.limits}"]
            lines += [f"Standing: {rule.status}, grade {rule.grade}, basis {rule.basis}"]
            lines += [f"Source: {_cited(source.citation, source)}" for source in rule.sources]
        return tuple(Node(Line(line, "quiet")) for line in lines)

    def _bound(self, value: str) -> str:
        return place(self.kb, value, None) if value in self.kb.sites else humanised(value)


def with_numbers(kb: KnowledgeBase, text: str, country: str | None = None) -> str:
    """A text of the knowledge base with a country's telephone numbers, or what stands for them."""
    numbers = kb.numbers.get((country or "").lower())
    emergency = numbers.emergency if numbers else NO_NUMBER
    crisis = (numbers.crisis if numbers else None) or NO_CRISIS_LINE
    return text.replace("{emergency_number}", emergency).replace("{crisis_number}", crisis)


def how_to_find_a_number(kb: KnowledgeBase, country: str | None) -> str | None:
    """A sentence for whoever reads "your local emergency number"."""
    if not country:
        return NO_COUNTRY
    return None if country.lower() in kb.numbers else HOW_TO_FIND_IT


def cited(kb: KnowledgeBase, citation: Citation) -> str:
    """A citation with its locator, and what the source says where that is recorded."""
    source = kb.sources.get(citation.source)
    return _cited(source.citation if source else citation.source, citation)


def _cited(text: str, found: Citation | WrittenSource) -> str:
    where = "" if found.locator == "not recorded" else f", {found.locator}"
    says = f": {found.says}" if found.says else ""
    recalled = " [recalled]" if found.recalled else ""
    locator = " (locator not recorded)" if not where else ""
    return f"{text.rstrip('.')}{where}{locator}{recalled}{says}"


def _keys(rule: WrittenRule) -> str:
    """Source keys with their locators, short enough for a tree: ``del18 (abstract)``."""
    return "; ".join(
        citation.source + ("" if citation.locator == "not recorded" else f" ({citation.locator})")
        for citation in rule.sources
    )


def because(rule: WrittenRule, without: frozenset[str] = frozenset()) -> Node:
    """A rule's reason in one sentence, without labels that stand above it."""
    labels = tuple(label for label in rule.labels if label not in without)
    return Node(Line(f"Because: {rule.because}", labels=labels))
