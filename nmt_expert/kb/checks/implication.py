"""When one condition makes another certain, and when two can never hold together.

Both err on the quiet side: what they say is so, but they do not see everything.
"""

from collections.abc import Iterator, Mapping

from nmt_expert.kb.checks.base import Survey
from nmt_expert.kb.conditions import parts_at
from nmt_expert.kb.marks import Path_
from nmt_expert.model.base import BANDS
from nmt_expert.model.finding import Finding
from nmt_expert.model.rule import (
    All,
    Any_,
    AtLeast,
    Atom,
    BandCondition,
    CandidateCondition,
    Condition,
    Connective,
    Counted,
    FindingCondition,
    RelationCondition,
    parts_of,
)

Bound = Mapping[str, str]
"""Terms by the variables that they stand for."""


def implies(a: Condition, b: Condition, survey: Survey) -> bool:
    """Whether ``b`` surely holds, for the same variables, wherever ``a`` does."""
    if isinstance(a, Any_):
        return all(implies(part, b, survey) for part in a.any)
    match b:
        case All(all=parts):
            return all(implies(a, part, survey) for part in parts)
        case Any_(any=parts):
            return any(implies(a, part, survey) for part in parts) or _some_part(a, b, survey)
        case AtLeast(at_least=counted):
            met = sum(implies(a, part, survey) for part in counted.of)
            return met >= counted.count or _more_of_them(a, counted, survey)
    return _some_part(a, b, survey)


def _some_part(a: Condition, b: Condition, survey: Survey) -> bool:
    if isinstance(a, All):
        return any(implies(part, b, survey) for part in a.all)
    if isinstance(a, Connective) or isinstance(b, Connective):
        return False
    return _atom_implies(a, b, survey)


def _more_of_them(a: Condition, b: Counted, survey: Survey) -> bool:
    """Whether ``a`` counts at least as many, all of them among those that ``b`` counts."""
    if isinstance(a, All):
        return any(_more_of_them(part, b, survey) for part in a.all)
    if not isinstance(a, AtLeast) or a.at_least.count < b.count:
        return False
    left = list(b.of)
    for part in a.at_least.of:
        same = next((one for one in left if implies(part, one, survey)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _atom_implies(a: Atom, b: Atom, survey: Survey) -> bool:
    match a, b:
        case FindingCondition(), FindingCondition():
            same = a.finding == b.finding and set(a.wanted) <= set(b.wanted)
            return same and _within(a, b, survey) and b.side in ("any", a.side)
        case RelationCondition(), RelationCondition():
            ends = (a.relation, a.from_, a.to, a.side) == (b.relation, b.from_, b.to, b.side)
            return ends and b.kind in (None, a.kind)
        case CandidateCondition(), CandidateCondition():
            return (a.candidate, a.site) == (b.candidate, b.site) and b.side in ("any", a.side)
        case BandCondition(), BandCondition():
            same = (a.band, a.site) == (b.band, b.site) and b.side in ("any", a.side)
            return same and BANDS.index(a.at_least) <= BANDS.index(b.at_least)
    return False


def _within(a: FindingCondition, b: FindingCondition, survey: Survey) -> bool:
    """A finding at a place is also at the regions around it, unless it is an absence."""
    if a.site == b.site:
        return True
    return "absent" not in a.wanted and b.site in survey.above.get(a.site or "", ())


def substituted(condition: Condition, bound: Bound) -> Condition:
    """The condition with variables replaced by what they stand for."""
    match condition:
        case All(all=parts):
            return All(all=tuple(substituted(part, bound) for part in parts))
        case Any_(any=parts):
            return Any_(any=tuple(substituted(part, bound) for part in parts))
        case AtLeast(at_least=counted):
            parts = tuple(substituted(part, bound) for part in counted.of)
            return AtLeast(at_least=Counted(count=counted.count, of=parts))
        case RelationCondition():
            ends = {"from_": condition.from_, "to": condition.to}
            return condition.model_copy(update={k: bound.get(v, v) for k, v in ends.items()})
    site = condition.site
    return condition.model_copy(update={"site": bound.get(site, site)} if site else {})


def exclude_each_other(a: Atom, b: Atom, survey: Survey) -> bool:
    """Whether two conditions ask for values that one place cannot have at once."""
    if not isinstance(a, FindingCondition) or not isinstance(b, FindingCondition):
        return False
    finding, other = survey.findings.get(a.finding), survey.findings.get(b.finding)
    if finding is None or other is None or not _same_place(a, b, finding, survey):
        return False
    if finding is other:
        return not set(a.wanted) & set(b.wanted)
    opposed = b.finding in finding.contradicts or a.finding in other.contradicts
    return opposed and set(a.wanted) == set(b.wanted) == {"present"}


def _same_place(a: FindingCondition, b: FindingCondition, finding: Finding, survey: Survey) -> bool:
    """One site and one side; a region is many places, and so is a sided site without its side."""
    holds_others = survey.kinds_of(a.site or "") & {"region", "group"}
    if a.site != b.site or holds_others:
        return False
    return (a.side == b.side and a.side != "any") or not _sided(a, finding, survey)


def _sided(atom: FindingCondition, finding: Finding, survey: Survey) -> bool:
    if finding.sided != "site":
        return finding.sided
    site = survey.sites.get(atom.site or "")
    return site is None or site.sided


def always_needed(condition: Condition) -> frozenset[Atom]:
    """The atoms that hold whichever way the condition is met."""
    if not isinstance(condition, Connective):
        return frozenset({condition})
    each = [always_needed(part) for part in parts_of(condition)]
    if isinstance(condition, All) or _counts_all(condition):
        return frozenset().union(*each)
    return frozenset.intersection(*each)


def _counts_all(condition: Condition) -> bool:
    return isinstance(condition, AtLeast) and condition.at_least.count >= len(condition.at_least.of)


def never_together(
    condition: Condition, path: Path_, survey: Survey, around: tuple[Atom, ...] = ()
) -> Iterator[tuple[Path_, Atom, Atom]]:
    """Every atom that excludes one that must hold with it: its path, itself, the other."""
    parts = list(parts_at(condition, path))
    together = isinstance(condition, All)
    for inner, part in parts or [(path, condition)]:
        if isinstance(part, Connective):
            continue
        rival = next((one for one in around if exclude_each_other(part, one, survey)), None)
        if rival:
            yield inner, part, rival
        elif together:
            around = (*around, part)
    for inner, part in parts:
        if parts_of(part):
            yield from never_together(part, inner, survey, around)
