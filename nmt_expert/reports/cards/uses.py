"""How rules use an entry, in words: what it takes beside the entry, and what follows from it."""

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from nmt_expert.model.base import URGENCIES, URGENT, Strength
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Conclude, Outcome, Refer, Role, Rule, atoms
from nmt_expert.reports.cards.parts import listed
from nmt_expert.reports.cards.phrases import Mine, follows_from, needs_of
from nmt_expert.reports.document import Line, Node, Section, Tone, Tree

GROUPS: dict[Role, str] = {
    "refer": "Refers",
    "caution": "Calls for caution",
    "candidate": "Opens",
    "support": "Speaks for",
    "oppose": "Speaks against",
    "focus": "Leads to treatment",
    "advise": "Leads to advice",
}
"""What rules of a role do, the most urgent first."""
MOST = 12
"""How many lines of a group a card prints; the rest is counted."""
_STRENGTHS = get_args(Strength)


def rules_with(kb: KnowledgeBase, mine: Mine) -> tuple[Rule, ...]:
    """The rules that have such a condition."""
    return tuple(rule for rule in _in_use(kb) if any(map(mine, atoms(rule.when))))


def rules_drawing(kb: KnowledgeBase, mine: Callable[[Outcome], bool]) -> tuple[Rule, ...]:
    """The rules that have such an outcome."""
    return tuple(rule for rule in _in_use(kb) if any(map(mine, rule.then)))


def opened_by(kb: KnowledgeBase, mine: Mine) -> Section:
    """The questions that wait for such a condition."""
    asked = (
        question.title
        for question in kb.questions.values()
        if question.ask_when is not None and any(map(mine, atoms(question.ask_when)))
    )
    return listed("What it opens", asked, MOST)


def uses(
    title: str,
    kb: KnowledgeBase,
    rules: Iterable[Rule],
    mine: Mine | None = None,
    of: str | None = None,
) -> Section:
    """What rules make of an entry, grouped by what they do, the most urgent and strongest first.

    ``mine`` are the conditions on it. ``of`` is a conclusion: then only how strongly each rule
    speaks of it is told.
    """
    lines: dict[Role, dict[Line, None]] = {role: {} for role in GROUPS}
    for rule in sorted(rules, key=_rank):
        lines[rule.role][use(kb, rule, mine, of)] = None
    roots = tuple(Node(Line(GROUPS[role]), _nodes(list(lines[role]))) for role in GROUPS)
    filled = tuple(root for root in roots if root.children)
    return Section(title, (Tree(filled),) if filled else ())


def use(kb: KnowledgeBase, rule: Rule, mine: Mine | None = None, of: str | None = None) -> Line:
    """One rule in a line: ``With a tender spot and familiar pain: Active trigger point (strong)``.

    A rule that needs much is told by its title.
    """
    strength = _strength(rule, of)
    follows = strength or "; ".join(dict.fromkeys(follows_from(kb, each) for each in rule.then))
    needs = needs_of(kb, rule, mine)
    return Line(f"{needs}{': ' if needs != rule.title else ' - '}{follows}", _tone(rule))


def _in_use(kb: KnowledgeBase) -> Iterator[Rule]:
    return (rule for rule in kb.rules.values() if rule.status != "retired")


def _nodes(lines: list[Line]) -> tuple[Node, ...]:
    nodes = tuple(Node(line) for line in lines[:MOST])
    more = len(lines) - MOST
    return (*nodes, Node(Line(f"and {more} more", "quiet"))) if more > 0 else nodes


def _tone(rule: Rule) -> Tone:
    urgent = any(isinstance(o, Refer) and o.urgency in URGENT for o in rule.then)
    return "alarm" if urgent else "normal"


def _rank(rule: Rule) -> int:
    """Its place among rules that do the same: the most urgent and the strongest first."""
    match rule.then[0]:
        case Refer(urgency=urgency):
            return URGENCIES.index(urgency)
        case Conclude(strength=strength):
            return _STRENGTHS.index(strength)
    return 0


def _strength(rule: Rule, of: str | None) -> Strength | None:
    """How strongly a rule speaks of a conclusion."""
    found = (each for each in rule.then if isinstance(each, Conclude) and each.conclude == of)
    return next((each.strength for each in found), None)
