"""Scorecards for a person, as tables with bars, and for a spreadsheet, a row a card."""

from collections.abc import Iterable, Iterator, Mapping

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import counted
from nmt_expert.reports.csv_text import csv_text
from nmt_expert.reports.document import Line, Paragraph, Report, Section, Table, Tone
from nmt_expert.review.kappa import ENOUGH, Agreement
from nmt_expert.review.scorecards import PracticeCard, RuleCard, Scorecards

BAR = 20
"""Signs of the longest bar."""
SHORT = 8
"""The same where words need the room."""
LIMITS = (
    f"Kappa is agreement beyond chance: 1 is complete, 0 no more than chance. Below {ENOUGH} pairs "
    "(this program's own limit), and where both always say the same, none is shown. It says how "
    "alike two judge, not who is right."
)
NOT_BLIND = (
    "Who opens what somebody judged before sees those remarks, unless it was opened with --blind."
)
ENDED = (
    "# acceptable   + questionable   ! unsafe. Missed: red flags. Overridden: of the remarks a "
    "supervisor judged. As program: the same factor was let lead."
)
NO_KAPPA = "-"


def stats_report(cards: Scorecards, kb: KnowledgeBase) -> Report:
    """Scorecards for a person; rules that nobody remarked on are only counted."""
    counts = [counted(cards.records, "record")] if cards.records or not cards.attempts else []
    counts += [counted(cards.attempts, "attempt")] if cards.attempts else []
    sections = [*_of_records(cards, kb)] if cards.records else []
    sections += [_reviewers(cards)] if cards.reviewers else []
    sections += [*_of_practice(cards)] if cards.attempts else []
    sections.append(Section("How to read this", (_quiet(LIMITS),)))
    title = f"{', '.join(counts)}{f' of {cards.of}' if cards.of else ''}"
    return Report(Line(title), tuple(sections), "Review scorecards")


def _of_records(cards: Scorecards, kb: KnowledgeBase) -> Iterator[Section]:
    judged = [card for card in cards.rules if card.reviewed]
    rules = Table(
        ("rule", "fired", "agreed", "overridden", "unsure", "", "main reasons"),
        tuple(_rule_row(card, kb) for card in judged),
    )
    silent = counted(len(cards.rules) - len(judged), "rule")
    said = _quiet(f"{silent} fired and were not judged. Ids of rules: --csv or --json.")
    yield Section("Rules", (rules, said) if judged else (said,))
    factors = tuple(
        (Line(kb.factors[one.factor].label), Line(str(one.person)), Line(str(one.engine)),
         *_agreement(one.agreement))
        for one in cards.factors
    )  # fmt: skip
    together = (
        (Line("Which factor leads"), *_agreement(cards.leading)),
        (Line("Whether to refer"), *_agreement(cards.referring)),
    )
    tables = (
        Table(("factor", "person", "program", "agree", "kappa", ""), factors),
        Table(("judgement", "agree", "kappa", ""), together),
    )
    yield Section("Who leads: person and program", tables)


def _reviewers(cards: Scorecards) -> Section:
    """Every two reviewers over what both judged."""
    rows = tuple(
        (Line(one.first), Line(one.second), *_agreement(one.agreement)) for one in cards.reviewers
    )
    table = Table(("reviewer", "and", "agree", "kappa", ""), rows)
    return Section("Reviewers with each other", (table, _quiet(NOT_BLIND)))


def _of_practice(cards: Scorecards) -> Iterator[Section]:
    columns = ("attempts", "ended", "missed", "overridden", "as program")
    for what, found in (("student", cards.students), ("case", cards.cases)):
        table = Table((what, *columns), tuple(_practice_row(card) for card in found))
        legend = (_quiet(ENDED),) if what == "case" else ()
        yield Section(f"Practice, by {what}", (table, *legend))


def _practice_row(card: PracticeCard) -> tuple[Line, ...]:
    both = card.leading
    kappa = "" if both.kappa is None else f", kappa {_kappa(both)}"
    tone: Tone = "alarm" if card.unsafe else "caution" if card.questionable else "good"
    return (
        Line(card.of),
        Line(str(card.attempts)),
        Line(_ended(card), tone),
        Line(str(card.missed_flags), "alarm" if card.missed_flags else "quiet"),
        Line(f"{card.overridden} of {card.remarked}"),
        Line(f"{both.agreed} of {both.pairs}{kappa}"),
    )


def _ended(card: PracticeCard) -> str:
    """How the attempts ended, a sign each, or to scale when they are many."""
    scale = min(1.0, BAR / card.attempts)
    counts = ((card.acceptable, "#"), (card.questionable, "+"), (card.unsafe, "!"))
    return "".join(sign * max(1, round(number * scale)) for number, sign in counts if number)


def stats_csv(cards: Iterable[Scorecards]) -> str:
    """Every card as a row; ``of`` is the client, student or case it is about, empty for all."""
    rows = (row for one in cards for row in _rows(one))
    return csv_text(COLUMNS, (tuple(row.get(name, "") for name in COLUMNS) for row in rows))


COLUMNS = (
    *("of", "kind", "id", "fired", "agreed", "overridden", "unsure", "reasons"),
    *("person", "program", "pairs", "agree", "kappa", "no_kappa_because"),
    *("attempts", "acceptable", "questionable", "unsafe", "missed_flags", "remarked"),
)


def _rows(cards: Scorecards) -> Iterator[dict[str, str]]:
    for card in cards.rules:
        reasons = "; ".join(f"{code} {number}" for code, number in card.reasons)
        told = card.model_dump(include={"fired", "agreed", "overridden", "unsure"})
        yield _row(cards, "rule", card.rule, told | {"reasons": reasons})
    for one in cards.factors if cards.records else ():
        told = {"person": one.person, "program": one.engine, **_numbers(one.agreement)}
        yield _row(cards, "factor", one.factor, told)
    for name, both in (("leading", cards.leading), ("referring", cards.referring)):
        if cards.records:
            yield _row(cards, "agreement", name, _numbers(both))
    for two in cards.reviewers:
        yield _row(cards, "reviewers", f"{two.first}; {two.second}", _numbers(two.agreement))
    for kind, found in (("student", cards.students), ("case", cards.cases)):
        for each in found:
            told = each.model_dump(exclude={"of", "leading"})
            yield _row(cards, kind, each.of, told | _numbers(each.leading))


def _row(cards: Scorecards, kind: str, id: str, told: Mapping[str, object]) -> dict[str, str]:
    numbers = {name: str(one) for name, one in told.items()}
    return {"of": cards.of, "kind": kind, "id": id} | numbers


def _numbers(both: Agreement) -> dict[str, object]:
    kappa = "" if both.kappa is None else f"{both.kappa:.3f}"
    told = {"pairs": both.pairs, "agree": both.agreed}
    return told | {"kappa": kappa, "no_kappa_because": both.why_none}


def _rule_row(card: RuleCard, kb: KnowledgeBase) -> tuple[Line, ...]:
    reasons = "; ".join(
        f"{kb.review_reasons[code].label if code in kb.review_reasons else code} ({number})"
        for code, number in card.reasons[:2]
    )
    numbers = (card.fired, card.agreed, card.overridden, card.unsure)
    title = kb.rules[card.rule].title if card.rule in kb.rules else card.rule
    return (
        Line(title),
        *(Line(str(number)) for number in numbers),
        Line(bar(card.overridden, card.reviewed, SHORT), "caution" if card.overridden else "good"),
        Line(reasons),
    )


def _agreement(both: Agreement) -> tuple[Line, Line, Line]:
    share = f"{both.agreed} of {both.pairs}"
    return Line(share), Line(_kappa(both)), Line(bar(both.agreed, both.pairs))


def _kappa(both: Agreement) -> str:
    return NO_KAPPA if both.kappa is None else f"{both.kappa:.2f}"


def bar(part: int, whole: int, longest: int = BAR) -> str:
    """A share as signs: ``#####...............``; empty where there is nothing to share."""
    full = round(longest * part / whole) if whole else 0
    return "#" * full + "." * (longest - full) if whole else ""


def _quiet(words: str) -> Paragraph:
    return Paragraph(Line(words, "quiet"))
