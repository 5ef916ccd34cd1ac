"""The rule set tried on its own examples and on whole cases: what failed, and what was tried."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.assess import assess
from nmt_expert.assessment.examples import bands_in, known_in, run_of
from nmt_expert.assessment.expected import differences
from nmt_expert.assessment.near import NearMisses
from nmt_expert.assessment.reasoning import reason
from nmt_expert.assessment.trace import drawn
from nmt_expert.engine import Engine, Known, RawFiring
from nmt_expert.engine.compile import DRAWN
from nmt_expert.kb import read_case
from nmt_expert.model.base import SIDES, Record
from nmt_expert.model.case import Case
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Candidate, Example


class Failure(Record):
    """Something that did not end as it should: where it stands, and what is wrong."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}."


class RuleCoverage(Record):
    """In how many examples and cases a rule fired, or was one condition away from firing."""

    rule: str
    fired_in_examples: int
    fired_in_cases: int
    near_in_examples: int
    near_in_cases: int


class Trials(Record):
    """Everything that was tried; the rules in file order."""

    examples: int
    cases: int
    without_expectation: int
    failures: tuple[Failure, ...]
    coverage: tuple[RuleCoverage, ...]


class _Tally:
    """Counts while the trials go on."""

    def __init__(self, kb: KnowledgeBase, engine: Engine) -> None:
        self.kb = kb
        self.engine = engine
        self.misses = NearMisses(kb)
        self.fired: dict[str, Counter[str]] = {"examples": Counter(), "cases": Counter()}
        self.near: dict[str, Counter[str]] = {"examples": Counter(), "cases": Counter()}
        self.failures: list[Failure] = []

    def count(
        self,
        where: str,
        known: Collection[Known],
        bands: Iterable[Known],
        firings: Iterable[RawFiring],
    ) -> set[str]:
        """Count one run; gives the rules that fired."""
        fired = {raw.rule for raw in firings}
        everything = [*known, *_candidates(firings, self.kb)]
        self.fired[where].update(fired)
        self.near[where].update(self.misses.of(everything, bands, fired))
        return fired

    def coverage(self) -> Iterator[RuleCoverage]:
        """One line a rule that is in use."""
        for rule in self.kb.rules.values():
            if rule.status != "retired":
                yield RuleCoverage(
                    rule=rule.id,
                    fired_in_examples=self.fired["examples"][rule.id],
                    fired_in_cases=self.fired["cases"][rule.id],
                    near_in_examples=self.near["examples"][rule.id],
                    near_in_cases=self.near["cases"][rule.id],
                )


def try_all(kb: KnowledgeBase, engine: Engine, cases: Collection[Path]) -> Trials:
    """Try every inline example and these case files."""
    tally = _Tally(kb, engine)
    examples = _try_examples(tally)
    without = sum(_try_case(path, tally) for path in cases)
    return Trials(
        examples=examples,
        cases=len(cases),
        without_expectation=without,
        failures=tuple(tally.failures),
        coverage=tuple(tally.coverage()),
    )


def _try_examples(tally: _Tally) -> int:
    """Both examples of every rule in use; gives their number."""
    tried = 0
    for rule in tally.kb.rules.values():
        if rule.status == "retired":
            continue
        tried += 2
        if rule.id not in _fired_in(rule.examples.fires, tally):
            says = f"{rule.id} does not fire in its own example"
            tally.failures.append(Failure(place=rule.place, says=says))
        if rule.id in _fired_in(rule.examples.silent, tally):
            says = f"{rule.id} fires in its near miss"
            tally.failures.append(Failure(place=rule.place, says=says))
    return tried


def _fired_in(example: Example, tally: _Tally) -> set[str]:
    result = run_of(example, tally.kb, tally.engine)
    known = known_in(example, tally.kb)
    return tally.count("examples", known, bands_in(example), result.firings)


def _try_case(path: Path, tally: _Tally) -> bool:
    """One case file; whether it expects nothing."""
    try:
        case = read_case(path, tally.kb)
    except InputInvalid as error:
        tally.failures += [_told(fault) for fault in error.faults]
        return False
    _count_case(case, tally)
    if case.expect is None:
        return True
    place = f"{path}:{_line_of_expectation(path)}"
    wrong = differences(assess(case, tally.kb, tally.engine), case.expect)
    tally.failures += [Failure(place=place, says=says) for says in wrong]
    return False


def _told(fault: Fault) -> Failure:
    return Failure(place=fault.place, says=f"{fault.says}. {fault.remedy}".rstrip(". "))


def _count_case(case: Case, tally: _Tally) -> None:
    found = reason(case, tally.kb, tally.engine)
    bands = drawing.bands(found.weighed)
    tally.count("cases", found.evidence.known, bands, found.result.firings)


def _line_of_expectation(path: Path) -> int:
    """The line on which the expectation begins, as far as it stands on one of its own."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    starts = (n for n, line in enumerate(lines, 1) if line.strip().startswith(_EXPECT))
    return next(starts, 1)


_EXPECT = ("expect:", '"expect":')


def _candidates(firings: Iterable[RawFiring], kb: KnowledgeBase) -> Iterator[Known]:
    """Every candidate that was drawn, as a fact."""
    for raw in firings:
        for item in drawn(kb.rules[raw.rule], dict(raw.bindings), kb):
            if isinstance(item.outcome, Candidate):
                sides = tuple(side for side in SIDES if side == item.side) or (None,)
                yield Known("candidate", item.name, item.site, sides[0], DRAWN)
