"""What is different from the last visit, and which reason changed."""

from nmt_expert.model import words
from nmt_expert.model.difference import CameAndWent
from nmt_expert.model.difference_words import NOT_DRAWN, told
from nmt_expert.model.since import AnswerSince, ConclusionSince, ReasonSince
from nmt_expert.reports.document import Bullets, Line, Node, Paragraph, Section, Tree
from nmt_expert.reports.view import View

NOT_SAID = "not known"
SAYS = {True: "New reason", False: "No longer a reason"}
UNCHANGED = "No conclusion rests on other reasons than then."


def since(view: View) -> Section:
    """Flags, plan and factors that are others, then each conclusion with its changed reasons."""
    found = view.assessment.since
    if found is None:
        return Section("", ())
    title = f"Compared with the visit of {words.spoken_day(found.date or found.case)}"
    rest = found.difference.model_copy(
        update={"conclusions": (), "rules": CameAndWent(), "questions": CameAndWent()}
    )
    overall = Bullets(tuple(Line(line) for line in told(rest, view.kb))) if rest else None
    if not found.conclusions:
        reasons: Paragraph | Tree = Paragraph(Line(UNCHANGED))
    else:
        reasons = Tree(tuple(_conclusion(view, one) for one in found.conclusions))
    return Section(title, (overall, reasons) if overall else (reasons,))


def _conclusion(view: View, one: ConclusionSince) -> Node:
    was, now = (words.BAND_WORDS[b] if b else NOT_DRAWN for b in (one.before, one.after))
    bands = f"{was} to {now}" if was != now else f"still {now}, other reasons"
    line = Line(f"{words.drawn(view.kb, one.conclusion)}: {bands}")
    if view.depth != "sentence":
        return Node(line, tuple(_reason(view, reason) for reason in one.reasons))
    answers = dict.fromkeys(a for reason in one.reasons for a in reason.answers)
    lines = [Line(_answer(view, answer), "quiet") for answer in answers]
    lines += [_titles(view, one.reasons, came) for came in (True, False)]
    return Node(line, tuple(Node(line) for line in lines if line.text))


def _titles(view: View, reasons: tuple[ReasonSince, ...], came: bool) -> Line:
    """The rules that are new, or no longer speak, in one line; empty when there are none."""
    titles = [view.title(reason.rule) for reason in reasons if reason.came == came]
    return Line(f"{SAYS[came]}: {'; '.join(titles)}" if titles else "")


def _reason(view: View, reason: ReasonSince) -> Node:
    answers = tuple(Node(Line(_answer(view, one), "quiet")) for one in reason.answers)
    return Node(Line(f"{SAYS[reason.came]}: {view.title(reason.rule)}"), answers)


def _answer(view: View, one: AnswerSince) -> str:
    finding = view.kb.findings.get(one.finding)
    label = finding.label if finding else words.humanised(one.finding)
    where = words.place(view.kb, one.site, one.side)
    values = [
        NOT_SAID if value is None else finding.value_label(value) if finding else value
        for value in (one.before, one.after)
    ]
    return f"{label}{f' ({where})' if where else ''}: {values[0]} then, {values[1]} now"
