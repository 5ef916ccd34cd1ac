"""The rule set tried on its own examples and on whole cases: what failed, and what was tried."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from nmt_expert.assessment.bench import Bench, Failure, Trial, Tried
from nmt_expert.assessment.spread import spread
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.base import Record
from nmt_expert.model.rule import Rule

Place = Path | str | None
"""A folder as it was named; without a name the usual one."""

CASES_A_PROCESS = 10
"""A process is started for so many cases: to make it ready takes about as long as they do."""


class RuleCoverage(Record):
    """In how many examples and cases a rule fired, or was one condition away from firing."""

    rule: str
    fired_in_examples: int
    fired_in_cases: int
    near_in_examples: int
    near_in_cases: int


class Trials(Record):
    """Everything that was tried; the rules in file order.

    ``gaps`` are the rules that no example and no case fires, or brings within one condition of it.
    """

    examples: int
    cases: int
    without_expectation: int
    failures: tuple[Failure, ...]
    coverage: tuple[RuleCoverage, ...]
    gaps: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed and every rule was tried on both sides of its threshold."""
        return not (self.failures or self.gaps)


def try_all(
    base: Place,
    overlay: Place,
    cases: Collection[Path],
    jobs: int = 1,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Trials:
    """Try every inline example of a knowledge base, and these case files.

    The trials are spread over at most ``jobs`` processes; what comes out is the same for any
    number. ``told`` is told after every trial how many are done, and of how many.
    """
    kb = load(base, overlay)
    rules = [rule for rule in kb.rules.values() if rule.status != "retired"]
    trials: list[Trial] = [*rules, *cases]
    tried: list[Tried] = []
    worth_it = min(jobs, len(cases) // CASES_A_PROCESS)
    for one in spread(partial(_bench, base, overlay), trials, worth_it):
        tried.append(one)
        told(len(tried), len(trials))
    return _summed(rules, tried)


def _bench(base: Place, overlay: Place) -> Bench:
    kb = load(base, overlay)
    return Bench(kb, Engine(kb))


def _summed(rules: list[Rule], tried: list[Tried]) -> Trials:
    coverage = tuple(_coverage(rules, tried))
    return Trials(
        examples=2 * len(rules),
        cases=sum(one.whole_case for one in tried),
        without_expectation=sum(not one.expects for one in tried),
        failures=tuple(failure for one in tried for failure in one.failures),
        coverage=coverage,
        gaps=tuple(_gaps(rules, coverage)),
    )


def _coverage(rules: Iterable[Rule], tried: Iterable[Tried]) -> Iterator[RuleCoverage]:
    """One line a rule."""
    counts: Counter[tuple[str, bool, str]] = Counter()
    for one in tried:
        for run in one.runs:
            counts.update(("fired", one.whole_case, rule) for rule in run.fired)
            counts.update(("near", one.whole_case, rule) for rule in run.near)
    for rule in rules:
        yield RuleCoverage(
            rule=rule.id,
            fired_in_examples=counts["fired", False, rule.id],
            fired_in_cases=counts["fired", True, rule.id],
            near_in_examples=counts["near", False, rule.id],
            near_in_cases=counts["near", True, rule.id],
        )


def _gaps(rules: Iterable[Rule], coverage: Iterable[RuleCoverage]) -> Iterator[Failure]:
    for rule, line in zip(rules, coverage, strict=True):
        if not line.fired_in_examples + line.fired_in_cases:
            yield Failure(place=rule.place, says=f"no example and no case fires {rule.id}")
        if not line.near_in_examples + line.near_in_cases:
            says = f"no example and no case is one condition away from firing {rule.id}"
            yield Failure(place=rule.place, says=says)
