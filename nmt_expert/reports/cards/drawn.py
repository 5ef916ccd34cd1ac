"""Cards of what rules draw: conclusions, flags, advice, and the five factors."""

from collections.abc import Iterable, Iterator

from nmt_expert.model.base import URGENT
from nmt_expert.model.knowledge import ConclusionKind, Factor, Flag, KnowledgeBase
from nmt_expert.model.rule import (
    Advise,
    Atom,
    BandCondition,
    Candidate,
    CandidateCondition,
    Caution,
    Conclude,
    Outcome,
    Refer,
    Rule,
)
from nmt_expert.model.words import URGENCY_WORDS, capital, humanised
from nmt_expert.reports.cards.parts import (
    facts,
    filled,
    listed,
    paragraph,
    review,
    rule_names,
    sources,
    sources_of_rules,
    without_slots,
)
from nmt_expert.reports.cards.phrases import scope_of, without
from nmt_expert.reports.cards.rule import condition_tree
from nmt_expert.reports.cards.uses import MOST, opened_by, rules_drawing, rules_with, uses
from nmt_expert.reports.document import Line, Node, Report, Section, Tree
from nmt_expert.reports.view import with_numbers


def factor_card(kb: KnowledgeBase, factor: Factor, where: str) -> Report:
    """One of the five factors."""
    kinds = [f"{k.label}: {k.means}" for k in kb.conclusions.values() if k.factor == factor.id]
    rules = rules_drawing(kb, lambda o: isinstance(o, Conclude) and o.factor == factor.id)
    entry = [review(rules), rule_names(rules), ("Written in", where)]
    return Report(
        Line(f"{factor.label} ({factor.id})"),
        filled(
            paragraph("What it means", factor.means),
            paragraph("Limits", factor.limits),
            listed("What may be concluded", kinds),
            sources(kb, factor.sources),
            facts("Entry", entry),
        ),
    )


def conclusion_card(kb: KnowledgeBase, kind: ConclusionKind, where: str) -> Report:
    """A kind of conclusion or candidate: what draws it, and what it leads to."""

    def asked(atom: Atom) -> bool:
        return (isinstance(atom, BandCondition) and atom.band == kind.id) or (
            isinstance(atom, CandidateCondition) and atom.candidate == kind.id
        )

    rules = rules_drawing(kb, lambda outcome: _name(outcome) == kind.id)
    factor = kb.factors.get(kind.factor or "")
    told = [("Factor", factor.label if factor else None), ("Drawn for", f"a {kind.site}")]
    return Report(
        Line(f"{kind.label} ({kind.id})"),
        filled(
            paragraph("What it means", kind.means),
            facts("What it is", told),
            uses("What draws it", kb, rules, of=kind.id),
            opened_by(kb, asked),
            uses("What it leads to", kb, rules_with(kb, asked)),
            sources_of_rules(kb, rules),
            facts("Entry", [review(rules), rule_names(rules), ("Written in", where)]),
        ),
    )


def flag_card(kb: KnowledgeBase, flag: Flag, where: str) -> Report:
    """A red flag, caution or perpetuating factor: what raises it, what to say and not to do."""
    rules = rules_drawing(kb, lambda outcome: _name(outcome) == flag.id)
    told = [
        ("Whom to call", with_numbers(kb, flag.call) if flag.call else None),
        ("Tell the ambulance", flag.tell_ambulance),
    ]
    return Report(
        Line(f"{flag.label} ({flag.id})"),
        filled(
            facts("What it is", [("Kind", humanised(flag.kind)), ("Means", _MEANS[flag.kind])]),
            _raised(kb, rules),
            listed("Do not", flag.do_not),
            facts("In an emergency", told),
            listed("Limits", [rule.limits for rule in rules], MOST),
            sources_of_rules(kb, rules),
            facts("Entry", [review(rules), rule_names(rules), ("Written in", where)]),
        ),
    )


def advice_card(kb: KnowledgeBase, advice: Advise, where: str) -> Report:
    """Advice that rules give, and when."""
    rules = rules_drawing(kb, lambda outcome: _name(outcome) == advice.advice)
    return Report(
        Line(f"{humanised(advice.advice).capitalize()} ({advice.advice})"),
        filled(
            facts("What it is", [("Kind", "advice")]),
            _raised(kb, rules),
            listed("Limits", [rule.limits for rule in rules], MOST),
            sources_of_rules(kb, rules),
            facts("Entry", [review(rules), rule_names(rules), ("Written in", where)]),
        ),
    )


_MEANS = {
    "red_flag": "something that a doctor must look at; it names no disease",
    "caution": "something that changes what treatment may do",
    "perpetuating_factor": "something that keeps the complaint going; it never forbids treatment",
    "finding": "something worth another professional's look, without hurry",
}


def _raised(kb: KnowledgeBase, rules: tuple[Rule, ...]) -> Section:
    """Each rule that raises it: what it takes, what is said, and why."""
    nodes = tuple(_raising(kb, rule) for rule in rules[:MOST])
    more = len(rules) - MOST
    nodes += (Node(Line(f"and {more} more")),) if more > 0 else ()
    return Section("When it is raised", (Tree(nodes),) if nodes else ())


def _raising(kb: KnowledgeBase, rule: Rule) -> Node:
    urgent = any(isinstance(o, Refer) and o.urgency in URGENT for o in rule.then)
    below = dict.fromkeys(told for outcome in rule.then for told in _told(kb, outcome))
    lines = (*below, f"Because: {rule.because}")
    children = (Node(Line("When"), (condition_tree(kb, rule.when),)), *_nodes(lines))
    return Node(Line(rule.title, "alarm" if urgent else "normal"), children)


def _told(kb: KnowledgeBase, outcome: Outcome) -> Iterator[str]:
    match outcome:
        case Refer():
            yield f"{URGENCY_WORDS[outcome.urgency]}: {outcome.to}"
        case Caution():
            yield capital(f"{scope_of(kb, outcome)}{without(kb, outcome)}")
        case Advise(to=str(to)):
            yield f"ROUTINE: {to}"
    if isinstance(outcome, Refer | Caution | Advise):
        yield f"Say: {without_slots(with_numbers(kb, outcome.say))}"


def _nodes(lines: Iterable[str]) -> tuple[Node, ...]:
    return tuple(Node(Line(text)) for text in lines)


def _name(outcome: Outcome) -> str | None:
    match outcome:
        case Refer(flag=name) | Caution(caution=name) | Advise(advice=name):
            return name
        case Candidate(candidate=name) | Conclude(conclude=name):
            return name
    return None
