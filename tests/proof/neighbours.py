"""The next name that would fit in the same place: what a slip of the pen would write."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition

T = TypeVar("T")


def after(item: T, among: Iterable[T]) -> T | None:
    """What follows ``item``, the first again after the last; None where it stands alone."""
    listed = list(among)
    if item not in listed or len(listed) < 2:
        return None
    return listed[(listed.index(item) + 1) % len(listed)]


def beside(item: T, ladder: Sequence[T]) -> list[T]:
    """One step down and one step up, as far as there are such."""
    at = ladder.index(item)
    return [ladder[n] for n in (at - 1, at + 1) if 0 <= n < len(ladder)]


def next_finding(atom: FindingCondition, kb: KnowledgeBase, taken: frozenset[str]) -> str | None:
    """A finding of the same shape that has the values wanted and is not in the rule yet."""
    here = kb.findings[atom.finding]
    fitting = [
        one.id
        for one in kb.findings.values()
        if one.id == here.id or (_alike(one, here, atom) and one.id not in taken)
    ]
    return after(here.id, fitting)


def _alike(one: Finding, other: Finding, atom: FindingCondition) -> bool:
    return (
        one.site == other.site
        and one.sided == other.sided
        and one.use == other.use
        and {*atom.wanted} <= {*one.values}
        and (atom.site is None or not atom.site.startswith("$") or one.kind == other.kind)
    )


def next_site(site: str, kb: KnowledgeBase) -> str | None:
    """A site of the same kind, of the same region where there is one."""
    here = kb.sites[site]
    alike = [one for one in kb.of_kind(here.kind) if one.sided == here.sided]
    near = [one for one in alike if {*one.part_of} & {*here.part_of}]
    return after(site, [one.id for one in (near if len(near) > 1 else alike)])
