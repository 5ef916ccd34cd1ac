"""Reviews as documents: the queue, a record or attempt whole, the rules that wait."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import URGENCY_WORDS, counted
from nmt_expert.reports.document import Bullets, Line, Node, Paragraph, Report, Section, Table, Tree
from nmt_expert.reports.trace_book import Spot, TraceBook
from nmt_expert.review.queue import Waiting
from nmt_expert.review.rule_queue import WaitingRule
from nmt_expert.review.scorecards import RuleCard


def queue_report(waiting: Sequence[Waiting], today: str) -> Report:
    """One line a record or attempt, in the order given."""
    if not waiting:
        return Report(Line("Nothing waits here."), ())
    rows = tuple(
        tuple(map(Line, (one.id, one.whose, _age(one, today), one.state, _leads(one))))
        for one in waiting
    )
    kinds = Counter(one.kind for one in waiting)
    counts = ", ".join(counted(kinds[kind], kind) for kind in ("record", "attempt") if kinds[kind])
    table = Table(("name", "of", "age", "review", "most urgent, or how it ended"), rows)
    hint = Paragraph(Line("To read one: nmt-expert review open NAME", "quiet"))
    return Report(Line(counts), (Section("Queue", (table, hint)),), "Review queue")


def _age(one: Waiting, today: str) -> str:
    """Since when it waits, in days."""
    days = (date.fromisoformat(today) - date.fromisoformat(one.finished[:10])).days
    return counted(max(0, days), "day")


def _leads(one: Waiting) -> str:
    """What leads, and a sign where a reviewer does not agree."""
    return f"{one.leads} !" if one.disputed else one.leads


def book_report(book: TraceBook) -> Report:
    """Every page of a record or attempt, in the order of reading."""
    one = book.review
    sections = tuple(Section(page.title, (Tree(_nodes(page.spots)),)) for page in book.printed())
    return Report(book.headline, sections, f"Review: {one.id}")


def _nodes(spots: Sequence[Spot]) -> tuple[Node, ...]:
    """Lines with those set in below them."""
    heads = [n for n, spot in enumerate(spots) if n == 0 or spot.indent == 0]
    return tuple(
        Node(Line(spots[at].text), tuple(Node(Line(spot.text)) for spot in spots[at + 1 : end]))
        for at, end in zip(heads, [*heads[1:], len(spots)], strict=True)
    )


def rules_report(waiting: Sequence[WaitingRule], kb: KnowledgeBase, most: int | None) -> Report:
    """The drafts that wait, those that refer most urgently first."""
    head = f"{counted(len(waiting), 'rule waits', 'rules wait')} for a signature"
    listed = waiting[:most]
    if not listed:
        return Report(Line(head), ())
    left = len(waiting) - len(listed)
    more = f"{left} more: --all. " if left else ""
    hint = Paragraph(Line(f"{more}To read one: nmt-expert review rules RULE", "quiet"))
    drafts = Tree(tuple(_draft(one, kb) for one in listed))
    return Report(Line(head), (Section("Drafts", (drafts, hint)),), "Rules to review")


def _draft(one: WaitingRule, kb: KnowledgeBase) -> Node:
    """A rule that waits: its id whole, to be copied; below it what it says and how it fared."""
    urgency = f" {URGENCY_WORDS[one.urgency]}" if one.urgency else ""
    edited = ("edited since it was signed",) * one.edited
    fared = f"fired {one.fired}, overridden {one.overridden}"
    return Node(
        Line(f"{one.rule}{urgency}", labels=edited),
        (Node(Line(f"{kb.rules[one.rule].title}: {fared}", "quiet")),),
    )


def with_use(card: Report, used: RuleCard | None, kb: KnowledgeBase) -> Report:
    """A rule's card, with how often it fired in the stored records and what was said of it."""
    told = used or RuleCard(rule="", fired=0)
    lines = [f"Fired in {counted(told.fired, 'stored record')}."]
    lines.append(f"Agreed {told.agreed}, overridden {told.overridden}, unsure {told.unsure} times.")
    for code, number in told.reasons:
        label = kb.review_reasons[code].label if code in kb.review_reasons else code
        lines.append(f"{label}: {number}.")
    use = Section("Use", (Bullets(tuple(map(Line, lines))),))
    return Report(card.headline, (*card.sections, use), card.title)
