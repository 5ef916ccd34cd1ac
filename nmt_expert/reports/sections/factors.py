"""The five factors in rank order; each conclusion with what is for it, against it, and missing."""

from nmt_expert.model.assessment import Conclusion, FactorStanding, Reason
from nmt_expert.model.base import BANDS, Band
from nmt_expert.model.rule import Conclude
from nmt_expert.model.words import BAND_WORDS, conclusion, humanised, places, some
from nmt_expert.reports.document import Line, Node, Section, Tone, Tree
from nmt_expert.reports.view import View

_MISSING_SHOWN = 2
_WEIGHED = "For and against"
LACKING = "What is missing"
"""What a conclusion lacks is folded under this."""


def factors(view: View) -> Section:
    """Always five, also those that nothing supports."""
    ranked = sorted(view.assessment.factors, key=lambda standing: standing.rank)
    return Section("Factors", (Tree(tuple(_factor(view, f) for f in ranked), ordered=True),))


def _factor(view: View, standing: FactorStanding) -> Node:
    known = view.kb.factors.get(standing.factor)
    label = known.label if known else humanised(standing.factor)
    explains = places(view.kb, standing.explains)
    text = f"{label}: {BAND_WORDS[standing.band]}"
    if explains:
        text += f"; explains {explains}"
    elif standing.band != "not_supported" and view.assessment.case.complaint.sites:
        text += "; explains no place of the complaint"
    drawn = {c.id: c for c in view.assessment.conclusions}
    own = [drawn[name] for name in standing.conclusions if name in drawn]
    children = tuple(_conclusion(view, c) for c in own) or (_nothing(view, standing.factor),)
    return Node(Line(text, _tone(standing.band)), children, level=_level(standing.band))


def _level(band: Band) -> int:
    """How many of the supported bands are reached: none to all three."""
    return 0 if band == "not_supported" else len(BANDS) - BANDS.index(band)


def _nothing(view: View, factor: str) -> Node:
    """A factor without a conclusion: nothing speaks for it, or nothing does so far."""
    lacks = [item.lacks for item in view.assessment.undecided if _supports(view, item.rule, factor)]
    if not lacks:
        return Node(Line("Nothing speaks for it.", "quiet"))
    nearest = tuple(dict.fromkeys(key for keys in lacks[:_MISSING_SHOWN] for key in keys))
    text = f"Nothing speaks for it so far. Missing: {some(view.kb, nearest)}"
    return Node(Line(text, "quiet"))


def _supports(view: View, name: str, factor: str) -> bool:
    rule = view.kb.rules.get(name)
    if rule is None or rule.role != "support":
        return False
    return any(isinstance(drawn, Conclude) and drawn.factor == factor for drawn in rule.then)


def _conclusion(view: View, drawn: Conclusion) -> Node:
    line = Line(
        conclusion(view.kb, drawn),
        _tone(drawn.band),
        view.labels(tuple(reason.firing for reason in drawn.for_)),
    )
    both = tuple(reason.firing for reason in (*drawn.for_, *drawn.against))
    above = view.shared(both) if view.depth == "sentence" else frozenset()
    return Node(
        line,
        (
            *_sides(view, "For", drawn.for_, above),
            *_sides(view, "Against", drawn.against, above),
            *_missing(view, drawn),
        ),
    )


def _sides(
    view: View, word: str, reasons: tuple[Reason, ...], above: frozenset[str]
) -> tuple[Node, ...]:
    """The reasons on one side; at the depth of a sentence only those that count, each rule once.

    Labels that stand ``above``, on the conclusion, are not repeated.
    """
    if view.depth == "sentence":
        reasons = tuple({reason.rule: reason for reason in reasons if reason.counts}.values())
    return tuple(_reason(view, word, reason, above) for reason in reasons)


def _reason(view: View, word: str, reason: Reason, above: frozenset[str]) -> Node:
    rule = view.rule(reason.rule)
    said = rule.because if rule else reason.rule
    capped = f", at most {reason.ceiling}" if reason.ceiling else ""
    idle = "" if reason.counts else ", does not add: a stronger reason of its group counts"
    mark = f", f{reason.firing}" if view.depth == "full" else ""
    line = Line(
        f"{word} ({reason.strength}{capped}{idle}{mark}): {said}",
        labels=tuple(x for x in (rule.labels if rule else ()) if x not in above),
    )
    below = () if view.depth == "sentence" else view.reason(reason.firing).children
    return Node(line, below, _WEIGHED)


def _missing(view: View, drawn: Conclusion) -> tuple[Node, ...]:
    """What was not found out; an unsupported conclusion lists it as much as a supported one."""
    shown = drawn.missing[:_MISSING_SHOWN] if view.depth == "sentence" else drawn.missing
    lines = [f"Missing: {some(view.kb, one.lacks)} ({view.title(one.rule)})" for one in shown]
    if len(shown) < len(drawn.missing):
        lines.append(f"Missing: {len(drawn.missing) - len(shown)} more, less near")
    return tuple(Node(Line(text, "quiet"), folded=LACKING) for text in lines)


def _tone(band: str) -> Tone:
    return "quiet" if band == "not_supported" else "normal"
