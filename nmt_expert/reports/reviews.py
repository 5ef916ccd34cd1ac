"""Reviews as documents: the queue, the remarks, the scorecards as tables with bars, and as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import URGENCY_WORDS, counted
from nmt_expert.reports.csv_text import csv_text
from nmt_expert.reports.document import Bullets, Line, Node, Paragraph, Report, Section, Table, Tree
from nmt_expert.reports.headline import headline
from nmt_expert.reports.trace_book import ABOUT, Spot, TraceBook
from nmt_expert.review.kappa import ENOUGH, Agreement
from nmt_expert.review.queue import Review
from nmt_expert.review.rule_queue import WaitingRule
from nmt_expert.review.scorecards import RuleCard, Scorecards

BAR = 20
"""Signs of the longest bar."""
LIMITS = (
    f"Kappa is agreement beyond chance: 1 is complete, 0 no more than chance. Below {ENOUGH} pairs "
    "it is not shown; the limit is this program's own. It says how alike person and program judge, "
    "not who is right."
)


def queue_report(reviews: Sequence[Review], kb: KnowledgeBase, today: str) -> Report:
    """One line a record, the longest waiting first."""
    rows = tuple(
        tuple(Line(cell) for cell in (one.id, _who(one), _age(one, today), one.state, _most(one)))
        for one in reviews
    )
    head = Line(counted(len(rows), "record"))
    if not rows:
        return Report(Line("Nothing waits here."), ())
    table = Table(("record", "client", "age", "review", "most urgent"), rows)
    hint = Paragraph(Line("To read one: nmt-expert review open RECORD", "quiet"))
    return Report(head, (Section("Queue", (table, hint)),), "Review queue")


def book_report(book: TraceBook) -> Report:
    """Every page of a record, in the order of reading."""
    one = book.review
    sections = tuple(
        Section(page.title, (Tree(_nodes(page.spots)),))
        for page in book.pages()
        if not page.id.startswith(ABOUT)  # the tree says all of it
    )
    return Report(headline(one.assessment, book.kb), sections, f"Review: {one.id}")


def _nodes(spots: Sequence[Spot]) -> tuple[Node, ...]:
    """Lines with those set in below them."""
    heads = [n for n, spot in enumerate(spots) if n == 0 or spot.indent == 0]
    return tuple(
        Node(Line(spots[at].text), tuple(Node(Line(spot.text)) for spot in spots[at + 1 : end]))
        for at, end in zip(heads, [*heads[1:], len(spots)], strict=True)
    )


def stats_report(cards: Scorecards, kb: KnowledgeBase, of: str = "") -> Report:
    """Scorecards for a person; rules that nobody remarked on are only counted."""
    title = f"{counted(cards.records, 'record')}{f' of {of}' if of else ''}"
    judged = [card for card in cards.rules if card.reviewed]
    silent = len(cards.rules) - len(judged)
    rules = Table(
        ("rule", "fired", "agreed", "overridden", "unsure", "", "main reasons"),
        tuple(_rule_row(card, kb) for card in judged),
    )
    factors = Table(
        ("factor", "person", "program", "agree", "kappa", ""),
        tuple(
            (Line(kb.factors[one.factor].label), Line(str(one.person)), Line(str(one.engine)),
             *_agreement(one.agreement))
            for one in cards.factors
        ),
    )  # fmt: skip
    together = Table(
        ("judgement", "agree", "kappa", ""),
        (
            (Line("Which factor leads"), *_agreement(cards.leading)),
            (Line("Whether to refer"), *_agreement(cards.referring)),
        ),
    )
    said = Paragraph(Line(f"{counted(silent, 'rule')} fired and were not remarked on.", "quiet"))
    return Report(
        Line(title),
        (
            Section("Rules", (rules, said) if judged else (said,)),
            Section("Who leads: person and program", (factors, together)),
            Section("How to read this", (Paragraph(Line(LIMITS, "quiet")),)),
        ),
        "Review scorecards",
    )


def stats_csv(groups: Mapping[str, Scorecards], kb: KnowledgeBase) -> str:
    """Every card as a row; ``of`` is the student or client it is about, empty for all."""
    columns = ("of", "kind", "id", "fired", "agreed", "overridden", "unsure", "reasons",
               "person", "program", "pairs", "agree", "kappa", "no_kappa_because")  # fmt: skip
    return csv_text(columns, (row for of, cards in groups.items() for row in _rows(of, cards)))


def _rows(of: str, cards: Scorecards) -> Iterator[tuple[str, ...]]:
    for card in cards.rules:
        numbers = map(str, (card.fired, card.agreed, card.overridden, card.unsure))
        reasons = "; ".join(f"{code} {number}" for code, number in card.reasons)
        yield (of, "rule", card.rule, *numbers, reasons, *[""] * 6)
    for one in cards.factors:
        told = (str(one.person), str(one.engine), *_numbers(one.agreement))
        yield (of, "factor", one.factor, *[""] * 5, *told)
    for name, both in (("leading", cards.leading), ("referring", cards.referring)):
        yield (of, "agreement", name, *[""] * 7, *_numbers(both))


def _numbers(both: Agreement) -> tuple[str, str, str, str]:
    kappa = "" if both.kappa is None else f"{both.kappa:.3f}"
    return str(both.pairs), str(both.agreed), kappa, both.why_none


def _rule_row(card: RuleCard, kb: KnowledgeBase) -> tuple[Line, ...]:
    reasons = "; ".join(
        f"{kb.review_reasons[code].label if code in kb.review_reasons else code} ({number})"
        for code, number in card.reasons[:2]
    )
    numbers = (card.fired, card.agreed, card.overridden, card.unsure)
    return (
        Line(card.rule),
        *(Line(str(number)) for number in numbers),
        Line(bar(card.overridden, card.reviewed), "caution" if card.overridden else "good"),
        Line(reasons),
    )


def _agreement(both: Agreement) -> tuple[Line, Line, Line]:
    kappa = both.why_none if both.kappa is None else f"{both.kappa:.2f}"
    share = f"{both.agreed} of {both.pairs}"
    return Line(share), Line(kappa), Line(bar(both.agreed, both.pairs))


def bar(part: int, whole: int) -> str:
    """A share as signs: ``#####...............``; empty where there is nothing to share."""
    full = round(BAR * part / whole) if whole else 0
    return "#" * full + "." * (BAR - full) if whole else ""


def _who(one: Review) -> str:
    return f"student {one.student}" if one.student else one.client.code or ""


def _age(one: Review, today: str) -> str:
    """Since when it waits, in days."""
    days = (date.fromisoformat(today) - date.fromisoformat(one.finished[:10])).days
    return counted(max(0, days), "day")


def _most(one: Review) -> str:
    """The urgency that leads, and a sign where the reviewer does not agree."""
    first = one.assessment.referrals[:1]
    said = URGENCY_WORDS[first[0].urgency] if first else "none"
    return f"{said} !" if any(r.verdict != "agree" for r in one.remarks.values()) else said


def rules_report(waiting: Sequence[WaitingRule], kb: KnowledgeBase, most: int | None) -> Report:
    """The drafts that wait, those that refer most urgently first."""
    rows = tuple(
        (
            Line(one.rule),
            Line(kb.rules[one.rule].title, labels=("edited since it was signed",) * one.edited),
            Line(URGENCY_WORDS[one.urgency] if one.urgency else ""),
            Line(str(one.fired)),
            Line(str(one.overridden)),
        )
        for one in waiting[:most]
    )
    head = f"{counted(len(waiting), 'rule waits', 'rules wait')} for a signature"
    if not rows:
        return Report(Line(head), ())
    table = Table(("rule", "title", "refers", "fired", "overridden"), rows)
    left = len(waiting) - len(rows)
    more = f"{left} more: --all. " if left else ""
    hint = Paragraph(Line(f"{more}To read one: nmt-expert review rules RULE", "quiet"))
    return Report(Line(head), (Section("Drafts", (table, hint)),), "Rules to review")


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
