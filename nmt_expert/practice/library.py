"""The cases there are to practise on, and which of them comes next for a student."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nmt_expert.kb import knowledge_folder, overlay_folder
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.kb.practice_file import case_files, read_practice_case
from nmt_expert.kb.reading import CASES
from nmt_expert.model.base import Record
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.memory import Standing


def library(
    kb: KnowledgeBase,
    base: Path | str | None = None,
    overlay: Path | str | None = None,
    own: Path | None = None,
) -> tuple[PracticeCase, ...]:
    """Every case: those of the knowledge base, of its overlay, and of an instructor's ``own``
    folder, plain ones first. A file in a later place takes the place of one of the same name.

    Raises:
        InputInvalid: with every fault of every file.
    """
    laid = overlay_folder(overlay)
    folders = [knowledge_folder(base) / CASES, *([laid / CASES] if laid else [])]
    if own is not None:
        if not own.is_dir():
            remedy = "Name a folder that holds case files."
            raise InputInvalid([Fault(str(own), "it is not a folder", "No case was read.", remedy)])
        folders.append(own)
    found, faults = [], []
    for path in case_files(*folders):
        try:
            found.append(read_practice_case(path, kb))
        except InputInvalid as error:
            faults += error.faults
    if faults:
        raise InputInvalid(faults)
    return tuple(sorted(found, key=lambda case: (case.level, case.id)))


class Listed(Record):
    """What a student may know of a case before playing it: nothing of the key, nor its topic."""

    id: str
    title: str
    level: int
    region: str


def listed(cases: Iterable[PracticeCase]) -> tuple[Listed, ...]:
    """The cases as a student may see them."""
    return tuple(
        Listed(id=one.id, title=one.title or one.id, level=one.level, region=one.region)
        for one in cases
    )


def by_name(name: str, cases: Sequence[PracticeCase]) -> PracticeCase:
    """The case of an id.

    Raises:
        InputInvalid: there is none.
    """
    for case in cases:
        if case.id == name:
            return case
    near = did_you_mean(name, [case.id for case in cases])
    remedy = f"{near} The cases there are: nmt-expert practice list.".strip()
    raise InputInvalid([Fault(name, "no practice case has this name", "", remedy)])


@dataclass(frozen=True)
class Proposed:
    """A case that is proposed, and why."""

    case: PracticeCase
    why: str


def proposed(
    cases: Sequence[PracticeCase],
    standings: Iterable[Standing],
    played: Iterable[str],
    kb: KnowledgeBase,
    now: datetime,
) -> tuple[Proposed, ...]:
    """Every case, what to practise next first.

    What is due counts most, a case not yet played more than one that was; then the plain ones.
    """
    due = {one.of for one in standings if one.is_due(now)}
    done = set(played)

    def order(case: PracticeCase) -> tuple[int, bool, int]:
        return -len(due & touched(case, kb)), case.id in done, case.level

    return tuple(
        Proposed(case, _why(len(due & touched(case, kb)), case.id in done))
        for case in sorted(cases, key=order)
    )


def touched(case: PracticeCase, kb: KnowledgeBase) -> frozenset[str]:
    """The topic of a case, and the rules that could draw what its key names."""
    names = {one.conclude for one in case.key.conclusions} | {o.flag for o in case.key.referrals}
    rules = {
        f"rule:{rule.id}"
        for rule in kb.rules.values()
        for outcome in rule.then
        if {getattr(outcome, "conclude", None), getattr(outcome, "flag", None)} & names
    }
    return frozenset({f"topic:{case.topic}", *rules})


def _why(due: int, played: bool) -> str:
    """Said of a case in a list; it tells nothing of the key."""
    if due:
        return "due again"
    return "played before" if played else "new"
