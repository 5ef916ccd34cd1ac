"""Many cases run anew on a version of the knowledge, each into its digest."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from nmt_expert.assessment import assess
from nmt_expert.assessment.spread import spread
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case_text
from nmt_expert.kb.document import Unreadable, file_text
from nmt_expert.model.base import Record
from nmt_expert.model.case import Case
from nmt_expert.model.errors import InputInvalid
from nmt_expert.review.digest import Digest, digest

CASES_A_PROCESS = 10
"""A process is started for so many cases: to make it ready takes about as long as they do."""


class Version(Record):
    """A version of the knowledge: a folder, and what lies over it; None is what is in force."""

    folder: Path | None = None
    overlay: Path | None = None


class Rerun(Record):
    """What a case came to; ``wrong`` says why it could not be read there."""

    case: str
    digest: Digest | None = None
    wrong: str = ""


Work = Path | Case


def rerun(
    version: Version,
    work: Sequence[Work],
    jobs: int = 1,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Rerun]:
    """Run each case, in order; what comes out is the same for any number of processes."""
    enough = min(jobs, len(work) // CASES_A_PROCESS)
    for done, one in enumerate(spread(partial(_runner, version), work, enough), start=1):
        told(done, len(work))
        yield one


def _runner(version: Version) -> "Runner":
    return Runner(version)


class Runner:
    """One version of the knowledge made ready to run cases."""

    def __init__(self, version: Version) -> None:
        self._kb = load(version.folder, version.overlay)
        self._engine = Engine(self._kb)

    def __call__(self, work: Work) -> Rerun:
        """The digest of one case, read with this version's own words."""
        name = work.id if isinstance(work, Case) else str(work)
        try:
            text = work.model_dump_json(by_alias=True) if isinstance(work, Case) else _text(work)
            case = read_case_text(text, name, self._kb)
        except InputInvalid as error:
            return Rerun(case=name, wrong=str(error.faults[0]))
        return Rerun(case=name, digest=digest(assess(case, self._kb, self._engine)))


def _text(path: Path) -> str:
    try:
        return file_text(path, str(path))
    except Unreadable as stop:
        raise InputInvalid(list(stop.faults)) from None
