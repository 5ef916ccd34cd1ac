"""Conditions that nothing could ever meet, however the client answers."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.checks.implication import exclude_each_other, never_together
from nmt_expert.kb.conditions import parts_at
from nmt_expert.kb.marks import Path_
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import AtLeast, Atom, Condition, FindingCondition

NEVER = "It could never be met."


class ConditionsAgree(Check):
    """What must hold together can: one place has one value of a finding."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an atom that another excludes."""
        for kind, owner, path, condition in survey.conditions:
            for where, atom, rival in never_together(condition, path, survey):
                says = f"{_worded(atom)} excludes {_worded(rival)}, which must hold with it"
                remedy = "Correct one of them, or put them under 'any'."
                yield survey.fault(kind, owner, where, says, NEVER, remedy)


def _worded(atom: Atom) -> str:
    if not isinstance(atom, FindingCondition):
        return type(atom).__name__
    return f"{atom.finding} {' or '.join(atom.wanted)}"


class CountCanBeReached(Check):
    """``at_least`` counts no more than can be met at once."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a count."""
        for kind, owner, path, condition in survey.conditions:
            for where, counting in _counts(condition, path):
                most = self._most(counting, survey)
                if counting.at_least.count > most:
                    says = f"{counting.at_least.count} are asked for, but at most {most} can hold"
                    where = (*where, "at_least", "count")
                    yield survey.fault(kind, owner, where, says, NEVER, "Lower the count.")

    @staticmethod
    def _most(counting: AtLeast, survey: Survey) -> int:
        """At most one of the alternatives that all exclude each other."""
        exclusive: list[list[Atom]] = []
        others = 0
        for part in counting.at_least.of:
            if not isinstance(part, FindingCondition):
                others += 1
                continue
            for group in exclusive:
                if all(exclude_each_other(part, one, survey) for one in group):
                    group.append(part)
                    break
            else:
                exclusive.append([part])
        return len(exclusive) + others


def _counts(condition: Condition, path: Path_) -> Iterator[tuple[Path_, AtLeast]]:
    if isinstance(condition, AtLeast):
        yield path, condition
    for inner, part in parts_at(condition, path):
        yield from _counts(part, inner)
