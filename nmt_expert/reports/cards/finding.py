"""A finding's card: what may be answered, how to examine, what uses it; and a question's."""

from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import FindingCondition, atoms
from nmt_expert.reports.cards.parts import Fact, facts, filled, listed, source_lines
from nmt_expert.reports.document import Line, Report
from nmt_expert.reports.words import humanised


def finding_card(kb: KnowledgeBase, finding: Finding, where: str) -> Report:
    """Everything about one finding, with the questions that ask it and the rules that use it."""
    asked = [q.title for q in kb.questions.values() if any(a.finding == finding.id for a in q.ask)]
    return Report(
        Line(f"{finding.label} ({finding.id})"),
        filled(
            facts("Finding", _facts(finding)),
            facts("How to examine, what counts", [("Help", finding.help)]),
            listed("Asked by", asked),
            listed("Used by", _used_by(kb, finding)),
            listed("Sources", source_lines(kb, finding.sources)),
            facts("Entry", [("Basis", finding.basis), ("Written in", where)]),
        ),
    )


def question_card(kb: KnowledgeBase, question: Question, where: str) -> Report:
    """One screen of the interview."""
    items = [f"{kb.findings[a.finding].label} ({a.finding})" for a in question.ask]
    return Report(
        Line(f"{question.title} ({question.id})"),
        filled(
            facts("Question", [("Section", question.section), ("Asked of", question.who)]),
            listed("Why", [question.why]),
            listed("Asks", items),
            facts("Entry", [("Written in", where)]),
        ),
    )


def _facts(finding: Finding) -> list[Fact]:
    return [
        ("Kind", humanised(finding.kind)),
        ("Where", ", ".join(finding.site) or "no site"),
        ("Side", _side(finding)),
        ("Asked of", finding.asked_of),
        ("Question", finding.question),
        ("Values", _values(finding)),
        ("No answer", ", ".join(NON_ANSWERS)),
        ("Unremarkable", humanised(finding.normal)),
        ("Also called", ", ".join(finding.synonyms)),
        ("Cannot go with", ", ".join(finding.contradicts)),
    ]


def _side(finding: Finding) -> str:
    if finding.sided == "site":
        return "left, right or both where the place has sides"
    return "left, right or both" if finding.sided else "none"


def _values(finding: Finding) -> str:
    if finding.number is None:
        labels = {value: finding.value_label(value) for value in finding.values}
        return "; ".join(v if v == said else f"{v} ({said})" for v, said in labels.items())
    number = finding.number
    bands = ", ".join(
        f"{name} from {low:g} to under {high:g}" for name, (low, high) in number.bands.items()
    )
    span = f"a number from {number.min:g} to {number.max:g} {number.unit}"
    return f"{span}; bands: {bands} ({number.source}, {number.date})"


def _used_by(kb: KnowledgeBase, finding: Finding) -> list[str]:
    return [
        f"{rule.id}: {rule.title}"
        for rule in kb.rules.values()
        if any(
            isinstance(a, FindingCondition) and a.finding == finding.id for a in atoms(rule.when)
        )
    ]
