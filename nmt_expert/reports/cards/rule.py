"""A rule's card: when it fires, what it draws, why, when it is wrong, who says so."""

from collections.abc import Sequence

from nmt_expert.model.base import URGENT
from nmt_expert.model.condition_words import condition, term
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.rule import (
    Advise,
    All,
    Any_,
    AtLeast,
    Atom,
    Candidate,
    CandidateCondition,
    Caution,
    Conclude,
    Condition,
    Example,
    ExampleAnswer,
    Outcome,
    Refer,
    Role,
    Rule,
    Treat,
    parts_of,
)
from nmt_expert.model.words import URGENCY_WORDS, flag, lacking, place, places, techniques
from nmt_expert.reports.cards.parts import (
    Fact,
    citation_line,
    facts,
    filled,
    listed,
    paragraph,
    standing,
    without_slots,
)
from nmt_expert.reports.cards.phrases import SCOPES, technique_list
from nmt_expert.reports.cards.uses import opened_by
from nmt_expert.reports.document import Line, Node, Report, Section, Tree

ROLES: dict[Role, str] = {
    "refer": "refers to another professional",
    "caution": "changes what treatment may do",
    "candidate": "says what is worth examining next",
    "support": "evidence for a conclusion",
    "oppose": "evidence against a conclusion",
    "focus": "a line of the treatment plan",
    "advise": "advice to the client or therapist",
}
_ANY_SIDE = {"$side": "on the same side", "$other": "on the other side"}


def rule_card(kb: KnowledgeBase, rule: Rule, where: str) -> Report:
    """Everything one rule says, from its own text."""
    drawn = {each.candidate for each in rule.then if isinstance(each, Candidate)}

    def waiting(atom: Atom) -> bool:
        return isinstance(atom, CandidateCondition) and atom.candidate in drawn

    return Report(
        Line(rule.title, labels=rule_labels(rule)),
        filled(
            Section("Fires when", (Tree((condition_tree(kb, rule.when),)),)),
            Section("Then", (Tree(tuple(_outcome(kb, rule, each) for each in rule.then)),)),
            paragraph("Because", rule.because),
            paragraph("Limits", rule.limits),
            opened_by(kb, waiting),
            Section("Examples", (Tree(_examples(kb, rule)),)),
            listed("Sources", [citation_line(kb, citation) for citation in rule.sources]),
            facts("Entry", _entry(kb, rule, where)),
        ),
    )


def condition_tree(kb: KnowledgeBase, when: Condition) -> Node:
    """A condition in words, down to its parts."""
    parts = tuple(condition_tree(kb, part) for part in parts_of(when))
    match when:
        case All():
            return Node(Line("all of"), parts)
        case Any_():
            return Node(Line("any of"), parts)
        case AtLeast(at_least=counted):
            return Node(Line(f"at least {counted.count} of"), parts)
    return Node(Line(condition(when, {}, kb)))


def _entry(kb: KnowledgeBase, rule: Rule, where: str) -> list[Fact]:
    return [
        ("Rule", rule.id),
        ("Role", ROLES[rule.role]),
        *standing(rule.grade, rule.basis),
        ("Review", _review(kb, rule)),
        ("Version", rule.version),
        ("Written in", where or rule.place),
    ]


def _review(kb: KnowledgeBase, rule: Rule) -> str:
    """Who signed this version of the rule, with what qualification and when."""
    if rule.status == "draft":
        return "draft, not signed by anyone"
    signed = kb.reviews[rule.id].of_version(rule.version) if rule.id in kb.reviews else ()
    told = (f"{one.name}, {one.qualification}, on {one.date}" for one in signed)
    return f"signed by {'; '.join(told)}" if rule.status == "reviewed" else rule.status


def _outcome(kb: KnowledgeBase, rule: Rule, outcome: Outcome) -> Node:
    match outcome:
        case Conclude():
            return _concluded(kb, rule, outcome)
        case Candidate():
            label = kb.conclusions[outcome.candidate].label
            return Node(Line(f"{label}: {_where(kb, outcome.site, outcome.side)}"))
        case Refer():
            return _referred(kb, outcome)
        case Caution():
            return _cautioned(kb, outcome)
        case Treat():
            return _treated(kb, outcome)
        case Advise():
            return _told(without_slots(outcome.say), [("To", outcome.to)])


def _concluded(kb: KnowledgeBase, rule: Rule, outcome: Conclude) -> Node:
    label = kb.conclusions[outcome.conclude].label
    way = "against" if rule.role == "oppose" else "for"
    where = _where(kb, outcome.site, outcome.side)
    ceiling = f"{outcome.ceiling} at most, from such signs alone" if outcome.ceiling else None
    factor = kb.factors[outcome.factor].label
    return _told(
        f"{label}: {outcome.strength} evidence {way} it",
        [("Where", where), ("Factor", factor), ("Reaches", ceiling)],
    )


def _referred(kb: KnowledgeBase, outcome: Refer) -> Node:
    urgent = outcome.urgency in URGENT
    told = [
        ("To", outcome.to),
        ("Say", outcome.say),
        ("Withholds treatment", _suppressed(kb, outcome.suppress)),
        ("Until then", outcome.hold),
    ]
    head = _told(f"{URGENCY_WORDS[outcome.urgency]}: {flag(kb, outcome.flag)}", told)
    return Node(Line(head.line.text, "alarm"), head.children) if urgent else head


def _suppressed(kb: KnowledgeBase, names: tuple[str, ...]) -> str:
    whole = {"all": "everywhere", "complaint": "where it hurts"}
    return "; ".join(whole.get(name) or place(kb, name, None) for name in names)


def _cautioned(kb: KnowledgeBase, outcome: Caution) -> Node:
    told = [
        ("Where", places(kb, outcome.site)),
        ("Say", outcome.say),
        ("Not with", technique_list(kb, outcome.bans)),
    ]
    return _told(f"{flag(kb, outcome.caution)}: {SCOPES[outcome.scope]}", told)


def _treated(kb: KnowledgeBase, outcome: Treat) -> Node:
    where = _where(kb, outcome.site, outcome.side) if outcome.site else "the whole session"
    told = [
        ("Where", where),
        ("Technique", techniques(kb, outcome.technique)),
        ("Dose", outcome.dose),
        ("Not with", technique_list(kb, outcome.bans)),
        ("Step of the plan", outcome.order),
    ]
    return _told(without_slots(outcome.treat), told)


def _told(head: str, pairs: Sequence[Fact]) -> Node:
    lines = tuple(
        Node(Line(f"{name}: {value}")) for name, value in pairs if value not in (None, "")
    )
    return Node(Line(head), lines)


def _where(kb: KnowledgeBase, site: str | None, side: str | None) -> str:
    words = [term(site or "", {}, kb), _ANY_SIDE.get(side or "", side or "")]
    return ", ".join(word for word in words if word)


def _examples(kb: KnowledgeBase, rule: Rule) -> tuple[Node, ...]:
    both = (("Fires", rule.examples.fires), ("Stays silent", rule.examples.silent))
    return tuple(Node(Line(title), _example(kb, example)) for title, example in both)


def _example(kb: KnowledgeBase, example: Example) -> tuple[Node, ...]:
    given = [
        f"given {kb.conclusions[g.candidate or g.band or ''].label}: {place(kb, g.site, g.side)}"
        + (f", {g.at_least} or better" if g.at_least else "")
        for g in example.given
    ]
    told = given + [lacking(kb, _item(answer)) for answer in example.answers]
    return tuple(Node(Line(text)) for text in told or ["no answers"])


def _item(answer: ExampleAnswer) -> str:
    site = f"@{answer.site}" if answer.site else ""
    side = f":{answer.side}" if answer.side else ""
    return f"{answer.finding}{site}{side}={answer.value}"
