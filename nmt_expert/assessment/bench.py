"""Where one rule's examples or one whole case is tried, and what came of it."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.assess import assessment
from nmt_expert.assessment.examples import bands_in, known_in, run_of
from nmt_expert.assessment.expected import differences, looks_ahead
from nmt_expert.assessment.near import NearMisses
from nmt_expert.assessment.possible import nothing_open, possible
from nmt_expert.assessment.reasoning import reason
from nmt_expert.assessment.trace import drawn
from nmt_expert.engine import Known, RawFiring, Reasoner
from nmt_expert.engine.compile import DRAWN
from nmt_expert.kb import read_case
from nmt_expert.model.base import SIDES, Record
from nmt_expert.model.case import Case
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Candidate, Example, Rule


class Failure(Record):
    """Something that did not end as it should: where it stands, and what is wrong."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}."


class Run(Record):
    """The rules that fired over one client, and those one condition away from it, by id."""

    fired: frozenset[str]
    near: frozenset[str]


class Tried(Record):
    """What came of one rule's examples (a run each) or of one case (one run, if it can be read)."""

    whole_case: bool
    runs: tuple[Run, ...] = ()
    failures: tuple[Failure, ...] = ()
    expects: bool = True


Trial = Rule | Path
"""What is tried in one go: a rule's examples, or a case file."""


class Bench:
    """A knowledge base made ready for trials; it serves one trial at a time."""

    def __init__(self, kb: KnowledgeBase, engine: Reasoner) -> None:
        self._kb = kb
        self._engine = engine
        self._misses = NearMisses(kb)

    def __call__(self, trial: Trial) -> Tried:
        """Try whichever it is."""
        return self.rule(trial) if isinstance(trial, Rule) else self.case(trial)

    def rule(self, rule: Rule) -> Tried:
        """Try both examples: the first must fire the rule, the second must not."""
        fires, silent = self._example(rule.examples.fires), self._example(rule.examples.silent)
        wrong = []
        if rule.id not in fires.fired:
            wrong.append(f"{rule.id} does not fire in its own example")
        if rule.id in silent.fired:
            wrong.append(f"{rule.id} fires in its near miss")
        return Tried(
            whole_case=False,
            runs=(fires, silent),
            failures=tuple(Failure(place=rule.place, says=says) for says in wrong),
        )

    def case(self, path: Path) -> Tried:
        """Try a case file; one that cannot be read is a failure."""
        try:
            case = read_case(path, self._kb)
        except InputInvalid as error:
            return Tried(whole_case=True, failures=tuple(map(_told, error.faults)))
        return self._tried(case, path)

    def _tried(self, case: Case, path: Path) -> Tried:
        found = reason(case, self._kb, self._engine)
        run = self._run(found.evidence.known, drawing.bands(found.weighed), found.result.firings)
        if case.expect is None:
            return Tried(whole_case=True, runs=(run,), expects=False)
        ahead = looks_ahead(case.expect, self._kb)
        could = possible(found, self._engine) if ahead else nothing_open(found)
        place = f"{path}:{_line_of_expectation(path)}"
        wrong = differences(assessment(case, found, could), case.expect)
        failures = tuple(Failure(place=place, says=says) for says in wrong)
        return Tried(whole_case=True, runs=(run,), failures=failures)

    def _example(self, example: Example) -> Run:
        result = run_of(example, self._kb, self._engine)
        return self._run(known_in(example, self._kb), bands_in(example), result.firings)

    def _run(
        self, known: Collection[Known], bands: Iterable[Known], firings: Iterable[RawFiring]
    ) -> Run:
        fired = frozenset(raw.rule for raw in firings)
        everything = [*known, *candidates_drawn(firings, self._kb)]
        return Run(fired=fired, near=self._misses.of(everything, bands, fired))


def _told(fault: Fault) -> Failure:
    return Failure(place=fault.place, says=f"{fault.says}. {fault.remedy}".rstrip(". "))


def _line_of_expectation(path: Path) -> int:
    """The line on which the expectation begins, as far as it stands on one of its own."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    starts = (n for n, line in enumerate(lines, 1) if line.strip().startswith(_EXPECT))
    return next(starts, 1)


_EXPECT = ("expect:", '"expect":')


def candidates_drawn(firings: Iterable[RawFiring], kb: KnowledgeBase) -> Iterator[Known]:
    """Every candidate that was drawn, as a fact."""
    for raw in firings:
        for item in drawn(kb.rules[raw.rule], dict(raw.bindings), kb):
            if isinstance(item.outcome, Candidate):
                sides = tuple(side for side in SIDES if side == item.side) or (None,)
                yield Known("candidate", item.name, item.site, sides[0], DRAWN)
