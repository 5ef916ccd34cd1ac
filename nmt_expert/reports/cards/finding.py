"""A finding's card: what may be answered, how to examine, what makes it matter; a question's."""

from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import Atom, FindingCondition
from nmt_expert.model.words import humanised
from nmt_expert.reports.cards.parts import (
    BASES,
    Fact,
    facts,
    filled,
    listed,
    paragraph,
    review,
    rule_names,
    sources,
)
from nmt_expert.reports.cards.rule import condition_tree
from nmt_expert.reports.cards.uses import MOST, opened_by, rules_with, uses
from nmt_expert.reports.document import Line, Report, Section, Tree


def finding_card(kb: KnowledgeBase, finding: Finding, where: str) -> Report:
    """Everything about one finding, with the questions that ask it and the rules that use it."""

    def mine(atom: Atom) -> bool:
        return isinstance(atom, FindingCondition) and atom.finding == finding.id

    asked = [q.title for q in kb.questions.values() if any(a.finding == finding.id for a in q.ask)]
    rules = rules_with(kb, mine)
    entry = [
        ("Basis", BASES[finding.basis]),
        review(rules),
        rule_names(rules),
        ("Written in", where),
    ]
    return Report(
        Line(f"{finding.label} ({finding.id})"),
        filled(
            facts("What it is", _facts(kb, finding)),
            paragraph("How to examine, what counts", finding.help),
            uses("What makes it matter", kb, rules, mine),
            opened_by(kb, mine),
            listed("Asked in", asked, MOST),
            sources(kb, finding.sources),
            facts("Entry", entry),
        ),
    )


def question_card(kb: KnowledgeBase, question: Question, where: str) -> Report:
    """One screen of the interview."""
    found = [kb.findings[ask.finding] for ask in question.ask]
    keys = dict.fromkeys(key for finding in found for key in finding.sources)
    told = [("Section", humanised(question.section)), ("Asked of", _asked_of(question.who))]
    opens = question.ask_when
    return Report(
        Line(f"{question.title} ({question.id})"),
        filled(
            facts("What it is", told),
            paragraph("Why it is asked", question.why),
            Section("Asked when", (Tree((condition_tree(kb, opens),)),) if opens else ()),
            listed("Asks for", [finding.label for finding in found]),
            sources(kb, keys),
            facts("Entry", [("Written in", where)]),
        ),
    )


def _facts(kb: KnowledgeBase, finding: Finding) -> list[Fact]:
    kinds = " or ".join(finding.site)
    return [
        ("Kind", f"{humanised(finding.kind)}{f', of a {kinds}' if kinds else ''}"),
        ("Found by", _asked_of(finding.asked_of)),
        ("Asked as", finding.question.replace("{site}", " or ".join(finding.site) or "place")),
        ("Values", _values(finding)),
        ("Unremarkable", _unremarkable(finding)),
        ("Side", "" if finding.sided is False else "left, right or both"),
        ("Also called", ", ".join(finding.synonyms)),
        ("Cannot go with", "; ".join(kb.findings[id].label for id in finding.contradicts)),
        ("Use", "" if finding.use == "rules" else "measured only; no rule uses it"),
    ]


def _asked_of(who: str) -> str:
    return (
        "asking the client" if who == "client" else "the therapist, by looking, feeling or testing"
    )


def _unremarkable(finding: Finding) -> str:
    if finding.normal not in finding.values:
        return "nothing is assumed"
    return finding.value_label(finding.normal)


def _values(finding: Finding) -> str:
    if finding.number is None:
        return "; ".join(finding.value_label(value) for value in finding.values)
    number = finding.number
    bands = "; ".join(
        _band(finding.value_label(name), *ends) for name, ends in number.bands.items()
    )
    return f"a number from {number.min:g} to {number.max:g} {number.unit}: {bands}"


def _band(label: str, low: float, high: float) -> str:
    """A band with its ends, unless its label has them."""
    told = any(letter.isdigit() for letter in label)
    return label if told else f"{label} from {low:g} to under {high:g}"
