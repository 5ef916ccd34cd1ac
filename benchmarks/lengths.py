"""How long the interview is on the example and test cases: prompts, items, minutes.

python benchmarks/lengths.py           # the table of docs/interview.md; some minutes
python benchmarks/lengths.py --write   # and put it there
"""

import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmt_expert.interview.length import Length

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "interview.md"
BEGINS, ENDS = "<!-- lengths -->\n", "<!-- end of lengths -->\n"
HEAD = (
    "| | prompts, full | items | minutes | prompts, quick | items | minutes |\n"
    "|---|---|---|---|---|---|---|\n"
)
Both = tuple["Length", "Length"]


def main() -> None:
    table = HEAD
    print(HEAD, end="", flush=True)
    for line in rows():
        print(line, end="", flush=True)
        table += line
    if "--write" in sys.argv[1:]:
        text = PAGE.read_text("utf-8")
        before, after = text.split(BEGINS)[0], text.split(ENDS)[1]
        PAGE.write_text(before + BEGINS + table + ENDS + after, "utf-8")


def rows() -> Iterator[str]:
    """A row for each example, then the least, middle and most of each folder of cases."""
    measure = measurer()
    for path in sorted((ROOT / "examples").glob("*.yml")):
        yield row(path.stem, measure(path))
    for folder in sorted(path for path in (ROOT / "tests" / "cases").iterdir() if path.is_dir()):
        found = [measure(path) for path in sorted(folder.glob("*.yml"))]
        if found:
            yield _summary(f"{folder.name}, {len(found)} cases: least / middle / most", found)


def row(name: str, both: Both) -> str:
    """A line of the table."""
    told = [f"{one.prompts} | {one.items} | {one.minutes:.1f}" for one in both]
    return f"| {name} | {' | '.join(told)} |\n"


def _summary(name: str, found: list[Both]) -> str:
    cells = []
    for kind in (0, 1):
        for part, digits in ((0, 0), (1, 0), (2, 1)):
            values = [float(both[kind][part]) for both in found]
            three = (min(values), statistics.median_high(values), max(values))
            cells.append(" / ".join(f"{value:.{digits}f}" for value in three))
    return f"| {name} | {' | '.join(cells)} |\n"


def measurer() -> Callable[[Path], Both]:
    """What measures a case, full and quick, with one engine for all."""
    from nmt_expert.cli.setup import Setup
    from nmt_expert.interview.length import length_of
    from nmt_expert.kb import read_case

    setup = Setup({"knowledge_base": str(ROOT)})
    kb, engine = setup.kb, setup.engine()

    def measure(path: Path) -> Both:
        case = read_case(path, kb)
        full, quick = (length_of(case, kb, engine, quick=quick) for quick in (False, True))
        return full, quick

    return measure


if __name__ == "__main__":
    main()
