"""Practice as documents: both rankings side by side, the score, progress; text and CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import (
    BAND_WORDS,
    URGENCY_WORDS,
    capital,
    counted,
    flag,
    place,
    technique,
    within,
)
from nmt_expert.practice.events import WORTH, Asked, Committed, Planned
from nmt_expert.practice.library import Listed
from nmt_expert.practice.memory import Standing
from nmt_expert.practice.remarks import HEADINGS, Heading, Remark, Score, Verdict, worst
from nmt_expert.reports.csv_text import csv_text
from nmt_expert.reports.document import (
    Bullets,
    Line,
    Node,
    Paragraph,
    Report,
    Section,
    Table,
    Tone,
    Tree,
)

TONES: dict[Verdict, Tone] = {"acceptable": "good", "questionable": "caution", "unsafe": "alarm"}
VERDICT_WORDS: dict[Verdict, str] = {
    "acceptable": "Acceptable.",
    "questionable": "Questionable: see what is marked below.",
    "unsafe": "Unsafe: a client could have come to harm.",
}
TITLES: dict[Heading, str] = {
    "content": "Content: is the result right?",
    "procedure": "Procedure: was it looked for in the right way?",
    "reasoning": "Reasoning: did the ranking follow the evidence?",
}
NOT_IN_IT = "-"
MOST_RULES = 3
"""Rules under a remark; under one that is acceptable, the first alone."""
WIDEST_BAR = 20
"""Characters of the longest bar of the progress chart."""


def side_by_side(committed: Committed, kb: KnowledgeBase) -> Section:
    """The student's ranking beside the engine's, of the same answers."""
    stands = [one for one in committed.engine if one.band != "not_supported"]
    rows = []
    for n in range(max(len(stands), len(committed.ranking))):
        mine = committed.ranking[n] if n < len(committed.ranking) else ""
        engine = stands[n].factor if n < len(stands) else ""
        rows.append(
            (
                Line(str(n + 1)),
                Line(_factor(mine, kb), "good" if mine == engine else "normal"),
                Line(_factor(engine, kb)),
                Line(BAND_WORDS[stands[n].band] if engine else "", "quiet"),
            )
        )
    table = Table(("", "You", "Engine, from the same answers", "Stands at"), tuple(rows))
    told = Bullets(tuple(Line(one, "quiet") for one in _said(committed, kb)))
    return Section("Side by side", (table, told) if rows else (told,))


def _said(committed: Committed, kb: KnowledgeBase) -> Iterator[str]:
    """What no row of the table holds: how sure the student was, and what nothing supports."""
    rest = [one.factor for one in committed.engine if one.band == "not_supported"]
    none = "" if committed.ranking else "none of the five, "
    yield f"You said: {none}{SURE[committed.sure]}."
    if len(rest) == len(committed.engine):
        yield "Engine: nothing asked so far supports any of the five."
    elif rest:
        named = ", ".join(within(kb.factors[one].label) for one in rest)
        yield f"Not supported by what was asked so far: {named}."


def _factor(name: str, kb: KnowledgeBase) -> str:
    return kb.factors[name].label if name else NOT_IN_IT


SURE = {"sure": "sure", "fairly": "fairly sure", "unsure": "unsure"}


def plans_side_by_side(planned: Planned, result: Assessment, kb: KnowledgeBase) -> Section:
    """The student's plan beside the engine's, of the same answers."""
    mine = [
        f"{place(kb, one.site, one.side)}: {within(technique(kb, one.technique))}"
        for one in planned.focus
    ]
    own = [URGENCY_WORDS[one.urgency] for one in planned.referrals]
    engine = [
        f"{place(kb, one.site, one.side)}: {within(technique(kb, one.technique[0]))}"
        for one in result.focus
        if one.site and one.technique
    ]
    theirs = [f"{URGENCY_WORDS[one.urgency]}: {flag(kb, one.flag)}" for one in result.referrals]
    rows = [*_rows("Refer", own, theirs), *_rows("Treat", mine, engine)]
    return Section("Side by side", (Table(("", "You", "Engine"), tuple(rows)),))


def _rows(what: str, mine: list[str], theirs: list[str]) -> Iterator[tuple[Line, ...]]:
    for n in range(max(len(mine), len(theirs), 1)):
        own, engine = (column[n] if n < len(column) else NOT_IN_IT for column in (mine, theirs))
        yield Line(what if n == 0 else ""), Line(own), Line(engine)


def score_report(score: Score, asked: Sequence[Asked], kb: KnowledgeBase, title: str) -> Report:
    """The score in words, under the headings that supervisors know; then the lesser questions."""
    tone = TONES[score.verdict]
    headline = Line(f"{title}: {VERDICT_WORDS[score.verdict]}", tone)
    sections = [_heading(heading, score.under(heading), kb) for heading in HEADINGS]
    spent = Paragraph(Line(f"Questions and hints count as {score.minutes:g} minutes.", "quiet"))
    rules = Paragraph(Line("A rule's card: nmt-expert kb show RULE", "quiet"))
    sections += [_lesser(asked), Section("Time", (spent, rules))]
    shown = tuple(section for section in sections if section.blocks)
    return Report(headline, shown, title="Practice")


def _lesser(asked: Sequence[Asked]) -> Section:
    """The questions that were not the best of their moment, below one that was."""
    better: dict[tuple[str, int], list[Asked]] = {}
    for one in asked:
        if one.better:
            better.setdefault((one.better, one.best), []).append(one)
    roots = tuple(
        Node(
            Line(f"{title} {WORTH[worth]}. Before it you asked:"),
            tuple(Node(Line(f"{one.title}: {WORTH[one.worth]}", "quiet")) for one in before),
        )
        for (title, worth), before in better.items()
    )
    title = "Questions that were not the best of their moment"
    return Section(title, (Tree(roots),) if roots else ())


def _heading(heading: Heading, remarks: tuple[Remark, ...], kb: KnowledgeBase) -> Section:
    if not remarks:
        nothing = Bullets((Line("Nothing to say: the rest could rightly wait.", "quiet"),))
        return Section(TITLES[heading], (nothing,))
    title = f"{TITLES[heading]} {capital(worst(remarks))}"
    return Section(title, (Tree(tuple(_node(one, kb) for one in remarks)),))


def _node(one: Remark, kb: KnowledgeBase) -> Node:
    """A remark with its verdict, and the rules it rests on."""
    line = Line(f"{capital(one.verdict)}: {one.says}", TONES[one.verdict])
    children = tuple(
        Node(Line(f"Rule {rule}: {kb.rules[rule].title}", "quiet"))
        for rule in one.rules[: 1 if one.verdict == "acceptable" else MOST_RULES]
        if rule in kb.rules
    )
    return Node(line, children)


def teaching(points: Iterable[tuple[str, str]]) -> Section:
    """What to take home: each point with its sources."""
    return Section(
        "To take home", (Bullets(tuple(Line(says, labels=(by,)) for says, by in points)),)
    )


def list_report(cases: Sequence[Listed], kb: KnowledgeBase) -> Report:
    """The cases there are, as a student may see them."""
    rows = tuple(
        (
            Line(case.id),
            Line(case.title),
            Line(str(case.level)),
            Line(kb.label(case.region), "quiet"),
        )
        for case in cases
    )
    headline = Line(
        f"{counted(len(cases), 'case')}; level 1 is plain, 3 has competing explanations."
    )
    table = Table(("Case", "Title", "Level", "Region"), rows)
    play = Paragraph(Line("To play one: nmt-expert practice play CASE", "quiet"))
    return Report(headline, (Section("Cases", (table, play)),) if cases else (), title="Practice")


# Progress


def progress_report(
    found: Sequence[Standing], kb: KnowledgeBase, student: str, now: datetime
) -> Report:
    """What a student has met, as bars; what is due again."""
    topics = [one for one in found if one.of.startswith("topic:")]
    rules = [one for one in found if one.of.startswith("rule:")]
    due = [one for one in found if one.is_due(now)]
    if not found:
        line = Line(f"{student}: nothing practised yet. Begin with: nmt-expert practice")
        return Report(line, (), title="Progress")
    headline = Line(f"{student}: {counted(len(due), 'thing')} due again of {len(found)} met.")
    sections = (
        Section("Topics", (_chart(topics, kb, now),) if topics else ()),
        Section("Rules", (_chart(rules, kb, now),) if rules else ()),
        Section("How to read it", (Paragraph(Line(LEGEND, "quiet")),)),
    )
    shown = tuple(section for section in sections if section.blocks)
    return Report(headline, shown, title="Progress")


LEGEND = "# used as a reason   + came up   . missed; the longer the bar, the more often it was met."


def _chart(found: Sequence[Standing], kb: KnowledgeBase, now: datetime) -> Table:
    most = max(one.met for one in found)
    rows = tuple(
        (
            Line(item_words(one.of, kb)),
            Line(met_bar(one.used, one.seen, one.missed, most)),
            Line("due now" if one.is_due(now) else f"{one.due:%Y-%m-%d}",
                 "caution" if one.is_due(now) else "quiet"),
        )
        for one in found
    )  # fmt: skip
    return Table(("", "Met", "Due"), rows)


def met_bar(used: int, seen: int, missed: int, most: int) -> str:
    """The three counts, drawn to the scale of the longest."""
    scale = min(1.0, WIDEST_BAR / most)
    counts = ((used, "#"), (seen, "+"), (missed, "."))
    return "".join(sign * max(1, round(count * scale)) for count, sign in counts if count)


def item_words(of: str, kb: KnowledgeBase) -> str:
    """A topic or rule in words."""
    kind, _, name = of.partition(":")
    if kind == "topic" and kb.practice:
        labels = {topic.id: topic.label for topic in kb.practice.topics}
        return labels.get(name, name.replace("_", " "))
    return kb.rules[name].title if name in kb.rules else name


COLUMNS = ("student", "kind", "id", "words", "used", "seen", "missed", "last", "due", "recall")


def progress_csv(found: Iterable[Standing], kb: KnowledgeBase, student: str) -> str:
    """The same for a spreadsheet: a line each, dates in ISO, recall from 0 to 1."""
    return csv_text(COLUMNS, (cells(one, kb, student) for one in found))


def cells(one: Standing, kb: KnowledgeBase, student: str) -> tuple[str, ...]:
    """One row of it."""
    kind, _, name = one.of.partition(":")
    counts = map(str, (one.used, one.seen, one.missed, one.last))
    due = one.due.isoformat(timespec="seconds")
    return (student, kind, name, item_words(one.of, kb), *counts, due, f"{one.recall:.3f}")
