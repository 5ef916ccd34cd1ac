"""Random but valid answers, drawn from the vocabulary itself."""

from hypothesis import strategies as st

from nmt_expert.model.case import Answer, Case, Client
from nmt_expert.model.knowledge import KnowledgeBase

Address = tuple[str, str | None, str | None]


def addresses(kb: KnowledgeBase) -> list[Address]:
    """Every finding at every place and side where it may be answered."""
    found: list[Address] = []
    for finding in kb.findings.values():
        sites = [s for s in kb.sites.values() if s.kind in finding.site] if finding.site else [None]
        for site in sites:
            sided = site.sided if site and finding.sided == "site" else finding.sided is True
            for side in ("left", "right") if sided else (None,):
                found.append((finding.id, site.id if site else None, side))
    return found


def answer_sets(kb: KnowledgeBase, most: int = 25) -> st.SearchStrategy[tuple[Answer, ...]]:
    """Sets of answers, each place answered at most once."""
    pool = addresses(kb)

    def answered(chosen: list[int], values: list[int]) -> tuple[Answer, ...]:
        return tuple(
            Answer(finding=pool[n][0], site=pool[n][1], side=pool[n][2],
                   value=_value(kb, pool[n][0], value))
            for n, value in zip(chosen, values, strict=True)
        )  # fmt: skip

    indexes = st.lists(st.integers(0, len(pool) - 1), max_size=most, unique=True)
    return indexes.flatmap(
        lambda chosen: st.lists(st.integers(0, 99), min_size=len(chosen), max_size=len(chosen)).map(
            lambda values: answered(chosen, values)
        )
    )


def _value(kb: KnowledgeBase, finding: str, n: int) -> str:
    """Mostly the first value (present), so that rules fire."""
    values = kb.findings[finding].values
    return values[0] if n < 60 else values[n % len(values)]


def case_of(answers: tuple[Answer, ...]) -> Case:
    """A case with nothing but these answers."""
    return Case(id="random", client=Client(), answers=answers)
