"""A rule's card: when it fires, what it draws, why, when it is wrong, who says so."""

from nmt_expert.assessment.words import condition
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.rule import (
    All,
    Any_,
    AtLeast,
    Condition,
    Example,
    ExampleAnswer,
    Outcome,
    Rule,
    parts_of,
)
from nmt_expert.reports.cards.parts import facts, filled, listed, standing
from nmt_expert.reports.document import Bullets, Line, Node, Report, Section, Tree
from nmt_expert.reports.view import cited
from nmt_expert.reports.words import humanised, lacking, place


def rule_card(kb: KnowledgeBase, rule: Rule, where: str) -> Report:
    """Everything one rule says, from its own text."""
    return Report(
        Line(rule.title, labels=rule_labels(rule)),
        filled(
            Section("Fires when", (Tree((_condition(kb, rule.when),)),)),
            Section("Draws", (Bullets(tuple(Line(_outcome(kb, o)) for o in rule.then)),)),
            listed("Because", [rule.because]),
            listed("Limits", [rule.limits]),
            listed("Sources", [cited(kb, citation) for citation in rule.sources]),
            Section("Examples", (Tree(_examples(kb, rule)),)),
            facts("Entry", _entry(rule, where)),
        ),
    )


def _entry(rule: Rule, where: str) -> list[tuple[str, object]]:
    return [
        ("Rule", rule.id),
        ("Role", f"{rule.role} (stratum {rule.stratum})"),
        ("Standing", f"{rule.status}, {standing(rule.grade, rule.basis)}"),
        ("Version", rule.version),
        ("Written in", where or rule.place),
    ]


def _condition(kb: KnowledgeBase, when: Condition) -> Node:
    parts = tuple(_condition(kb, part) for part in parts_of(when))
    match when:
        case All():
            return Node(Line("all of"), parts)
        case Any_():
            return Node(Line("any of"), parts)
        case AtLeast(at_least=counted):
            return Node(Line(f"at least {counted.count} of"), parts)
    return Node(Line(condition(when, {}, kb)))


def _outcome(kb: KnowledgeBase, outcome: Outcome) -> str:
    """An outcome as its own fields, in written order; ids of places become labels."""
    told = outcome.model_dump(exclude_defaults=True)
    return "; ".join(f"{humanised(name)}: {_value(kb, value)}" for name, value in told.items())


def _value(kb: KnowledgeBase, value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(kb, item) for item in value)
    return place(kb, value, None) if isinstance(value, str) and value in kb.sites else str(value)


def _examples(kb: KnowledgeBase, rule: Rule) -> tuple[Node, ...]:
    both = (("Fires", rule.examples.fires), ("Stays silent", rule.examples.silent))
    return tuple(Node(Line(title), _example(kb, example)) for title, example in both)


def _example(kb: KnowledgeBase, example: Example) -> tuple[Node, ...]:
    given = [
        f"given {g.candidate or g.band} at {place(kb, g.site, g.side)}"
        + (f", {g.at_least} or better" if g.at_least else "")
        for g in example.given
    ]
    told = given + [lacking(kb, _item(answer)) for answer in example.answers]
    return tuple(Node(Line(text)) for text in told or ["no answers"])


def _item(answer: ExampleAnswer) -> str:
    site = f"@{answer.site}" if answer.site else ""
    side = f":{answer.side}" if answer.side else ""
    return f"{answer.finding}{site}{side}={answer.value}"
