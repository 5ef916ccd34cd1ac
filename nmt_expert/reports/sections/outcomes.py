"""What has changed since an earlier visit, beside the published thresholds."""

from collections.abc import Iterator

from nmt_expert.model.assessment import Outcome, ThresholdStanding
from nmt_expert.model.labels import threshold_labels
from nmt_expert.model.words import spoken_day
from nmt_expert.reports.document import Course, Line, Node, Paragraph, Section, Tone, Tree
from nmt_expert.reports.view import View

_STANDING = "Limits and sources"
_ENOUGH = 2
"""Fewer scores have no course."""
_VERDICTS: dict[str, tuple[str, Tone]] = {
    "better": ("better", "good"),
    "not_yet": ("no real change yet", "normal"),
    "worse": ("worse", "caution"),
    "cannot_tell": ("cannot be told", "quiet"),
}


def outcomes(view: View) -> Section:
    """Each score then and now, its verdict, and what they say together."""
    lines = view.assessment.outcomes
    if not lines:
        return Section("", ())
    found = Tree(tuple(_outcome(view, line) for line in lines))
    courses = tuple(course for line in lines for course in _course(view, line))
    return Section(_title(lines), (Paragraph(_together(view)), found, *courses))


def _course(view: View, line: Outcome) -> Iterator[Course]:
    """The scores over the visits, once there are two."""
    measure = view.kb.measures.get(line.measure)
    scored = view.kb.findings[measure.score].number if measure else None
    if measure is None or scored is None or len(line.course) < _ENOUGH:
        return
    today = view.assessment.case.visit.date
    scores = tuple((_day(one.date or today), one.score) for one in line.course)
    yield Course(line.label, scores, scored.min, scored.max, measure.better)


def _day(date: str | None) -> str:
    return spoken_day(date) if date else "today"


def _title(lines: tuple[Outcome, ...]) -> str:
    since = {line.since for line in lines if line.since}
    return (
        f"Change since {spoken_day(since.pop())}"
        if len(since) == 1
        else "Change since earlier visits"
    )


def _together(view: View) -> Line:
    """What the scores say together, as the rules took it."""
    given = next((one for one in view.assessment.inputs if one.computed_from), None)
    if given is None:
        return Line(
            f"Together: cannot be told. Needed from both days: {'; '.join(_lacking(view))}."
        )
    label = view.kb.findings[given.finding].value_label(given.value)
    return Line(f"Together: {label}.", "caution" if given.value == "worse" else "normal")


def _lacking(view: View) -> list[str]:
    """The core measures that could not be compared."""
    core = {one.id for one in view.kb.measures.values() if one.counts == "core"}
    lines = view.assessment.outcomes
    return [one.label for one in lines if one.verdict == "cannot_tell" and one.measure in core]


def _outcome(view: View, line: Outcome) -> Node:
    word, tone = _VERDICTS[line.verdict]
    if line.verdict == "cannot_tell":
        return Node(Line(f"{line.label}: {word}. {line.why}", tone))
    share = f", {line.per_cent:+.0f} per cent" if line.per_cent is not None else ""
    text = (
        f"{line.label}: {line.before:g} on {spoken_day(line.since or '')}, {line.now:g} now "
        f"({line.difference:+g}{share}): {word}"
    )
    over = (Node(Line(f"Over: {'; '.join(line.activities)}")),) if line.activities else ()
    return Node(Line(text, tone), (*over, *_last(line), *_thresholds(view, line)))


def _last(line: Outcome) -> tuple[Node, ...]:
    """How it went since the last visit, which may differ from how it went since the first."""
    if line.last is None:
        return ()
    word, tone = _VERDICTS[line.last.verdict]
    text = f"Since {spoken_day(line.last.since)}: {line.last.difference:+g}, {word}"
    return (Node(Line(text, tone)),)


def _thresholds(view: View, line: Outcome) -> tuple[Node, ...]:
    """The thresholds that decide; at the greater depths every other one too."""
    shown = [one for one in line.thresholds if one.decides or view.depth != "sentence"]
    return tuple(_threshold(view, line, one) for one in shown)


def _threshold(view: View, line: Outcome, one: ThresholdStanding) -> Node:
    reached = "reached" if one.reached else "not reached"
    told = "" if one.decides else "; does not decide"
    text = f"{one.amount}, {one.means}: {reached}{told} ({', '.join(one.sources)})"
    measure = view.kb.measures.get(line.measure)
    labels = threshold_labels(one.grade, one.basis, measure is None or measure.status == "draft")
    if view.depth == "sentence":
        return Node(Line(text, "quiet", labels))
    cited = [view.kb.sources[key].citation for key in one.sources if key in view.kb.sources]
    below = [f"Limits: {one.limits}", *(f"Source: {citation}" for citation in cited)]
    return Node(
        Line(text, "quiet", labels),
        tuple(Node(Line(text, "quiet"), folded=_STANDING) for text in below),
    )
