"""How many slips in the rules are noticed: ``python -m tests.proof.rule_mutants``.

Every rule is changed in every way that a slip could change it, one thing at a time. A mutant is
noticed by the rule's own examples, by its ways (``tests/ways``), by a whole case that ends
otherwise than expected, by what the replay has kept of a case, or by a check of the knowledge base;
they are tried in this order. What nothing notices is a survivor: accepted with a reason in
``equivalent_mutants.yml``, or open.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Literal

import yaml

from nmt_expert.assessment.spread import spread
from nmt_expert.engine import Engine
from nmt_expert.kb import load
from tests.proof.checked import Checked
from tests.proof.mutants import mutants_of, role_of
from tests.proof.own_clients import OwnClients
from tests.proof.ways import Ways, read_ways
from tests.proof.whole_cases import WholeCases

ACCEPTED = Path(__file__).with_name("equivalent_mutants.yml")
By = Literal["example", "way", "case", "replay", "check", "nobody"]
COLUMNS: tuple[By, ...] = ("example", "way", "case", "replay", "check", "nobody")
SAFETY = ("red_flag", "caution")
"""Roles of which nothing may survive."""
LEAST = 95
"""Per cent of all that must be noticed."""


@dataclass(frozen=True)
class Fate:
    """What became of one mutant."""

    name: str
    role: str
    operator: str
    by: By


Work = tuple[str, frozenset[str] | None]
"""A rule, and which of its mutants; None is all of them."""


class Trial:
    """Everything that may notice a mutant, made ready once a process."""

    def __init__(self, ways: Mapping[str, Ways]) -> None:
        self.kb = load()
        engine = Engine(self.kb)
        self._own = OwnClients(self.kb, engine, ways)
        self._cases = WholeCases(self.kb, engine)
        self._checked = Checked()

    def __call__(self, work: Work) -> list[Fate]:
        """The fate of each mutant of one rule."""
        rule = self.kb.rules[work[0]]
        mutants = [m for m in mutants_of(rule, self.kb) if work[1] is None or m.name in work[1]]
        own = map(_seen_by, self._own.noticing(rule, mutants))
        fates = dict(zip((m.name for m in mutants), own, strict=True))
        left = [one for one in mutants if fates[one.name] == "nobody"]
        later = list(self._cases.noticing(rule, left)) if left else []
        for mutant, noticed in zip(left, later, strict=True):
            fates[mutant.name] = noticed or ("check" if self._checked(mutant) else "nobody")
        return [Fate(m.name, role_of(rule), m.operator, fates[m.name]) for m in mutants]


def _seen_by(numbers: frozenset[int]) -> By:
    """The rule's own two examples come first."""
    if numbers & {0, 1}:
        return "example"
    return "way" if numbers else "nobody"


def trial(with_ways: bool) -> Trial:
    """What a process is made ready with."""
    return Trial(read_ways() if with_ways else {})


def chosen(role: str | None, sample: int | None, seed: int) -> list[Work]:
    """The mutants to try, by rule."""
    kb = load()
    rules = [rule for rule in kb.rules.values() if role in (None, role_of(rule))]
    if sample is None:
        return [(rule.id, None) for rule in rules]
    every = [mutant for rule in rules for mutant in mutants_of(rule, kb)]
    some = Random(seed).sample(every, min(sample, len(every)))
    by_rule: dict[str, set[str]] = {}
    for mutant in some:
        by_rule.setdefault(mutant.rule.id, set()).add(mutant.name)
    return [(name, frozenset(names)) for name, names in by_rule.items()]


def accepted() -> dict[str, str]:
    """The survivors that are accepted, with the reason."""
    told = yaml.safe_load(ACCEPTED.read_text(encoding="utf-8")) or {}
    return {name: reason for reason, names in told.items() for name in names}


def faults(fates: Iterable[Fate], reasons: Mapping[str, str]) -> Iterator[str]:
    """What keeps the proof from standing, in words."""
    by_name = {fate.name: fate for fate in fates}
    alive = {name for name, fate in by_name.items() if fate.by == "nobody"}
    for name in sorted(reasons.keys() & by_name.keys() - alive):
        yield f"accepted, but {by_name[name].by} notices it: {name}"
    for name in sorted(alive - reasons.keys()):
        if by_name[name].role in SAFETY:
            yield f"a safety rule may be changed unnoticed: {name}"
    if 100 * len(alive) > (100 - LEAST) * len(by_name):
        yield f"fewer than {LEAST} % are noticed"


def table(fates: Iterable[Fate], key: Callable[[Fate], str]) -> Iterator[str]:
    """A line a group: how many, who noticed them first, and the scores without and with replay."""
    fates = list(fates)
    groups = [*sorted({key(fate) for fate in fates}), "all"]
    heads = "".join(f"{head:>9}" for head in ("mutants", *COLUMNS))
    yield f"{'':20}{heads}{'score':>9}{'+replay':>9}"
    for group in groups:
        counts = Counter(fate.by for fate in fates if group in (key(fate), "all"))
        whole = counts.total()
        told = sum(counts[by] for by in ("example", "way", "case"))
        shown = "".join(f"{counts[by]:9}" for by in COLUMNS)
        scores = f"{100 * told / whole:8.1f}%{100 * (told + counts['replay']) / whole:8.1f}%"
        yield f"{group:20}{whole:9}{shown}{scores}"


def main() -> int:
    """Print the score and the survivors; 1 when something survives that must not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--role", help="red_flag, caution, support, ... ; left out: all")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--without-ways", action="store_true", help="what the rest would notice")
    asked = parser.parse_args()
    work = chosen(asked.role, asked.sample, asked.seed)
    fates: list[Fate] = []
    for done, some in enumerate(
        spread(partial(trial, not asked.without_ways), work, asked.jobs), 1
    ):
        fates += some
        if sys.stderr.isatty():
            print(f"\r{done} of {len(work)} rules", end="", file=sys.stderr)
    return _told(fates, accepted())


def _told(fates: list[Fate], reasons: Mapping[str, str]) -> int:
    for key in (attrgetter("role"), attrgetter("operator")):
        print("\n".join(table(fates, key)), end="\n\n")
    alive = [fate.name for fate in fates if fate.by == "nobody"]
    print(f"{len(alive)} survive:")
    for name in alive:
        print(f"  {name}\n    {reasons.get(name, 'open')}")
    wrong = list(faults(fates, reasons))
    print("\n".join(wrong) if wrong else "Nothing survives that must not.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
