"""The whole trace as steps that name each other: answers, firings, conclusions, what came of them.

It says nothing that the assessment does not hold; it only turns every "because of" into a pair of
links, so that a page can be walked in both directions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nmt_expert.model.assessment import Firing, Focus, Met, Reason
from nmt_expert.model.words import (
    URGENCY_WORDS,
    answer,
    conclusion,
    drawn,
    flag,
    place,
    place_of_key,
    relation,
)
from nmt_expert.reports.document import Line
from nmt_expert.reports.view import View


@dataclass(frozen=True, slots=True)
class Link:
    """Something named; ``step`` is where it stands, empty for what has no step of its own."""

    text: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a step rests on: a condition or a side of the scales, and what met it."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was told, fired or drawn, with what it rests on and what it led to."""

    id: str
    line: Line
    rests_on: tuple[Ground, ...] = ()
    leads_to: tuple[Link, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """The steps of one kind, in the order of the run; ``idle`` ones led to nothing."""

    title: str
    steps: tuple[Step, ...]
    idle: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceGraph:
    """The stages from the answers to the plan."""

    title: str
    stages: tuple[Stage, ...]


def trace_graph(view: View) -> TraceGraph:
    """Every step of a run; ``View.depth`` makes no difference to it."""
    stages = [
        Stage("Answers", tuple(_answers(view))),
        Stage("Rules that fired", tuple(_firings(view))),
        Stage("Conclusions", tuple(_conclusions(view))),
        Stage("What came of it", tuple(_results(view))),
    ]
    return TraceGraph("Trace", tuple(_linked(stages)))


def _linked(stages: list[Stage]) -> Iterator[Stage]:
    """The stages with the way back: what each step led to, in order."""
    led: dict[str, dict[Link, None]] = {}
    for stage in stages:
        for step in stage.steps:
            for ground in step.rests_on:
                for link in ground.links:
                    led.setdefault(link.step, {})[Link(step.line.text, step.id)] = None
    for stage in stages:
        steps = [replace(step, leads_to=tuple(led.get(step.id, ()))) for step in stage.steps]
        busy = tuple(step for step in steps if step.rests_on or step.leads_to)
        yield Stage(stage.title, busy, tuple(step for step in steps if step not in busy))


def _answers(view: View) -> Iterator[Step]:
    for given in view.assessment.inputs:
        notes = [f"Note: {given.note}"] if given.note else []
        notes += [f"Computed from {line}" for line in given.computed_from]
        notes += ["Kept, not used: its question no longer applies."] if given.parked else []
        yield Step(given.id, Line(answer(view.kb, given)), details=tuple(notes))


def _firings(view: View) -> Iterator[Step]:
    for fired in view.assessment.firings:
        line = Line(_title(view, fired), labels=view.labels((fired.n,)))
        drew = tuple(f"Drew: {drawn(view.kb, what)}" for what in fired.produced)
        details = drew + tuple(node.line.text for node in view.particulars(fired))
        grounds = tuple(Ground(met.condition, _met_by(view, met)) for met in fired.met)
        yield Step(f"f{fired.n}", line, grounds, details=details)


def _title(view: View, fired: Firing) -> str:
    """The rule's title with the place it spoke of, as one rule fires at many."""
    title = view.title(fired.rule)
    keys = (what.partition(":")[2] for what in fired.produced)
    where = "; ".join(dict.fromkeys(place_of_key(view.kb, key) for key in keys if key))
    return f"{title}: {where}" if where else title


def _met_by(view: View, met: Met) -> tuple[Link, ...]:
    return tuple(_link(view, ref) for ref in met.by)


def _link(view: View, ref: str) -> Link:
    """An answer, a firing or a conclusion by its name in the trace, else a relation in words."""
    if ref in view.inputs:
        return Link(answer(view.kb, view.inputs[ref]), ref)
    if ref in view.firings:
        return Link(_title(view, view.firings[ref]), ref)
    if ref in view.conclusions:
        return Link(conclusion(view.kb, view.conclusions[ref]), _numbered(view)[ref])
    return Link(relation(view.kb, ref))


def _conclusions(view: View) -> Iterator[Step]:
    numbers = _numbered(view)
    for one in view.assessment.conclusions:
        grounds = (*_sides(view, "For", one.for_), *_sides(view, "Against", one.against))
        yield Step(numbers[one.id], Line(conclusion(view.kb, one)), grounds)


def _sides(view: View, word: str, reasons: Iterable[Reason]) -> Iterator[Ground]:
    for reason in reasons:
        idle = "" if reason.counts else ", does not add"
        yield Ground(f"{word} ({reason.strength}{idle})", (_link(view, f"f{reason.firing}"),))


def _results(view: View) -> Iterator[Step]:
    """Referrals, cautions, the plan, what was withheld from it, and advice."""
    found = view.assessment
    told: list[tuple[str, tuple[int, ...]]] = []
    for referral in found.referrals:
        urgency = URGENCY_WORDS[referral.urgency].lower()
        told.append((f"Referral, {urgency}: {flag(view.kb, referral.flag)}", referral.firings))
    told += [(f"Caution: {flag(view.kb, one.caution)}", one.firings) for one in found.cautions]
    told += [(f"Focus: {_treated(view, one)}", one.firings) for one in found.focus]
    told += [(f"Withheld: {_treated(view, w.focus)}", w.focus.firings) for w in found.withheld]
    told += [(f"Advice: {one.say}", one.firings) for one in found.advice]
    for number, (text, firings) in enumerate(told, start=1):
        links = tuple(_link(view, f"f{n}") for n in firings)
        yield Step(f"r{number}", Line(text), (Ground("Because of", links),) if links else ())


def _treated(view: View, focus: Focus) -> str:
    where = f"{place(view.kb, focus.site, focus.side)}: " if focus.site else ""
    return where + focus.treat


def _numbered(view: View) -> dict[str, str]:
    """A short name for each conclusion: ``c1``, ``c2``."""
    return {one.id: f"c{n}" for n, one in enumerate(view.assessment.conclusions, start=1)}
