"""Answers to "what if", "what would flip it" and "what differs" as documents."""

from collections.abc import Sequence

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.difference import FlagChange
from nmt_expert.model.difference_words import told
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.what_if import (
    AnswerChange,
    Change,
    Compared,
    Flip,
    FlipKind,
    Flips,
    OwnView,
    ReasonChange,
    WhatIf,
)
from nmt_expert.model.words import URGENCY_WORDS, counted, drawn, flag, lacking
from nmt_expert.reports.document import (
    Bullets,
    Line,
    Node,
    Paragraph,
    Report,
    Section,
    Table,
    Tree,
)
from nmt_expert.reports.view import Depth

MOST = {"sentence": 4, "tree": 12, "full": 1000}
"""How many lines of a list are shown at each depth; JSON has all of them."""
NOT_SAID = "not said"
NOT_RECORDED = "Nothing was recorded."
KINDS: dict[FlipKind, str] = {
    "open": "still open",
    "uncertain": "was in doubt",
    "given": "was answered",
}


def what_if_report(what_if: WhatIf, kb: KnowledgeBase) -> Report:
    """What other answers would change, a line each."""
    head = "; ".join(_change(change, kb) for change in what_if.changes)
    lines = tuple(Line(line) for line in told(what_if.difference, kb))
    quiet = Paragraph(Line(NOT_RECORDED, "quiet"))
    return Report(Line(f"What if: {head}"), (Section("Then", (Bullets(lines), quiet)),))


def flips_report(flips: Flips, kb: KnowledgeBase, depth: Depth = "tree") -> Report:
    """The smallest changes that would turn the result: the factor first, then the referrals."""
    leads = [one for one in flips.flips if one.leads is not None]
    refers = sorted((one for one in flips.flips if one.leads is None), key=_urgency)
    head = f"{_factor(flips.leading, kb)} now. {_found(len(flips.flips))}"
    sections = (
        _flips("Another factor would lead", leads, kb, depth),
        _flips("Another referral", refers, kb, depth),
        Section("How far it was searched", (Paragraph(Line(_searched(flips), "quiet")),)),
    )
    return Report(Line(head), tuple(section for section in sections if section.blocks))


def compared_report(compared: Compared, kb: KnowledgeBase, depth: Depth = "tree") -> Report:
    """From one result to another: what differs, the answers, the reasons, the rules."""
    head = Line(f"From {compared.first} to {compared.second}")
    lines = tuple(Line(line) for line in told(compared.difference, kb))
    sections = [Section("What is different", (Bullets(lines[: MOST[depth]]),))]
    if depth != "sentence":
        sections += [
            _answers(compared.answers, kb, depth),
            _reasons(compared.reasons, kb, depth),
            _listed("Rules with another text", [*map(str, compared.rewritten)], depth),
        ]
    if not compared.same_knowledge:
        sections.append(_listed("Knowledge base", ["They rest on different versions."], depth))
    return Report(head, tuple(section for section in sections if section.blocks))


def own_view_report(view: OwnView) -> Report:
    """The person's own view beside the engine's; neither corrects the other."""
    head = Line("Your own view, told before the report, beside the engine's")
    rows = tuple((Line(one.about), Line(one.own), Line(one.engine)) for one in view.lines)
    return Report(head, (Section("Side by side", (Table(("About", "You", "Engine"), rows),)),))


def _change(change: Change, kb: KnowledgeBase) -> str:
    was = _said(change.answer, change.was, kb)
    return f"{_spelled(change.answer, kb)} (now: {was})"


def _spelled(answer: str, kb: KnowledgeBase) -> str:
    """An answer with its value, also where it is only present."""
    value = answer.rpartition("=")[2]
    told = lacking(kb, answer)
    return told if " = " in told or value != "present" else f"{told} = present"


def _said(answer: str, value: str | None, kb: KnowledgeBase) -> str:
    if value is None:
        return NOT_SAID
    finding = kb.findings.get(answer.partition("=")[0].partition("@")[0].partition(":")[0])
    return finding.value_label(value) if finding else value


def _factor(factor: str, kb: KnowledgeBase) -> str:
    return f"{kb.factors[factor].label} leads" if factor in kb.factors else "No factor leads"


def _found(number: int) -> str:
    if not number:
        return "Nothing that was tried would turn it."
    return f"{counted(number, 'smallest change')} would turn it or a referral."


def _urgency(one: Flip) -> tuple[int, int, int]:
    """The smallest changes first, what is open before what was answered, then the most urgent."""
    urgent = (URGENCIES.index(change.after) for change in one.flags if change.after)
    return len(one.changes), [*KINDS].index(one.kind), min(urgent, default=len(URGENCIES))


def _flips(title: str, flips: Sequence[Flip], kb: KnowledgeBase, depth: Depth) -> Section:
    nodes = tuple(_flip(one, kb) for one in flips[: MOST[depth]])
    more = len(flips) - len(nodes)
    rest = (Node(Line(f"and {more} more (--depth full)", "quiet")),) if more > 0 else ()
    return Section(title, (Tree(nodes + rest),) if nodes else ())


def _flip(one: Flip, kb: KnowledgeBase) -> Node:
    changes = " and ".join(_change(change, kb) for change in one.changes)
    effects = [_flag(change, kb) for change in one.flags]
    if one.leads is not None:
        effects.insert(0, f"{_factor(one.leads, kb)}.")
    head = Line(f"{changes}; it {KINDS[one.kind]}" if one.kind != "open" else changes)
    return Node(head, tuple(Node(Line(effect)) for effect in effects))


def _flag(change: FlagChange, kb: KnowledgeBase) -> str:
    label = flag(kb, change.flag)
    if change.after is None:
        return f"No longer: {label}."
    return f"{URGENCY_WORDS[change.after]}: {label}."


def _searched(flips: Flips) -> str:
    runs = f"{counted(flips.runs, 'run')} of at most {flips.limit}"
    if flips.left:
        left = counted(flips.left, "change")
        return f"Stopped early: {runs}; {left} not tried. A longer search: --runs."
    return f"Searched to the end, one answer and likely pairs: {runs}."


def _listed(title: str, lines: Sequence[str], depth: Depth) -> Section:
    shown = [Line(line) for line in lines[: MOST[depth]]]
    more = len(lines) - len(shown)
    shown += [Line(f"and {more} more (--depth full)", "quiet")] if more > 0 else []
    return Section(title, (Bullets(tuple(shown)),) if shown else ())


def _answers(changes: Sequence[AnswerChange], kb: KnowledgeBase, depth: Depth) -> Section:
    """Those on which something rests; all of them only in full."""
    shown = [one for one in changes if one.counts or depth == "full"]
    section = _listed("Answers", [_answer(one, kb) for one in shown], depth)
    if not (others := len(changes) - len(shown)):
        return section
    told = f"{counted(others, 'other answer')} on which nothing rests (--depth full)"
    return Section("Answers", (*section.blocks, Paragraph(Line(told, "quiet"))))


def _answer(change: AnswerChange, kb: KnowledgeBase) -> str:
    was, now = (_said(change.about, value, kb) for value in (change.before, change.after))
    return f"{lacking(kb, change.about)}: {was}, then {now}"


def _reasons(reasons: Sequence[ReasonChange], kb: KnowledgeBase, depth: Depth) -> Section:
    nodes = tuple(_reason(one, kb) for one in reasons[: MOST[depth]])
    return Section("Reasons", (Tree(nodes),) if nodes else ())


def _reason(change: ReasonChange, kb: KnowledgeBase) -> Node:
    came = (Node(Line(f"Only the second: {title}")) for title in change.came)
    went = (Node(Line(f"Only the first: {title}")) for title in change.went)
    return Node(Line(drawn(kb, change.conclusion)), (*came, *went))
