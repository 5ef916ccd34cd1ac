"""What ``kb test`` and ``kb check`` print, and which case files are tried."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nmt_expert.cli.setup import Setup
from nmt_expert.model.errors import Fault, NmtError

if TYPE_CHECKING:
    from nmt_expert.assessment.trials import Trials

MOST_ALIKE = 5
"""How many warnings of one sentence are printed unless all are asked for."""
_ENDINGS = (".yml", ".yaml", ".json")


def default_folders(setup: Setup) -> list[Path]:
    """The cases that lie beside the knowledge base in a checkout, and those of the overlay."""
    from nmt_expert.kb import knowledge_folder, overlay_folder

    base = knowledge_folder(setup.settings.knowledge_base)
    overlay = overlay_folder(setup.settings.overlay)
    folders = [base / "tests" / "cases", base / "examples"]
    folders += [overlay / "cases"] if overlay else []
    return [folder for folder in folders if folder.is_dir()]


def case_files(places: Iterable[Path]) -> list[Path]:
    """The case files that are named, and those below the folders that are named."""
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            found += sorted(path for path in place.rglob("*") if path.suffix in _ENDINGS)
        elif place.exists():
            found.append(place)
        else:
            fault = Fault(str(place), "there is no such file or folder", "Nothing was tried.")
            raise NmtError(str(fault))
    return list(dict.fromkeys(found))


def print_trials(trials: "Trials") -> None:
    """Failures and gaps on standard error; the counts as the result."""
    for failure in trials.failures + trials.gaps:
        print(failure, file=sys.stderr)
    print(
        f"{trials.examples} examples and {trials.cases} cases tried "
        f"({trials.without_expectation} cases expect nothing): {len(trials.failures)} failures."
    )
    lines = trials.coverage
    fired = sum(one.fired_in_examples + one.fired_in_cases > 0 for one in lines)
    near = sum(one.near_in_examples + one.near_in_cases > 0 for one in lines)
    in_cases = sum(one.fired_in_cases > 0 for one in lines)
    near_in_cases = sum(one.near_in_cases > 0 for one in lines)
    print(f"Fired: {fired} of {len(lines)} rules, {in_cases} of them in a whole case.")
    print(f"One condition away: {near} of {len(lines)} rules, {near_in_cases} in a case.")


def shortened(warnings: Sequence[Fault]) -> Iterator[str]:
    """Warnings with no more than a few of one kind, and how many more there are."""
    seen: Counter[str] = Counter()
    for warning in warnings:
        seen[warning.consequence] += 1
        if seen[warning.consequence] <= MOST_ALIKE:
            yield str(warning)
    for consequence, number in seen.items():
        if number > MOST_ALIKE:
            yield f"{number - MOST_ALIKE} more of the kind: {consequence} See all with --all."
