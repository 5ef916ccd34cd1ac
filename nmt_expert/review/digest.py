"""What a replay compares: a result in short, and which entries of the knowledge each part used."""

from collections.abc import Iterable

from nmt_expert.assessment.behind import names_behind
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import URGENT, Band, Record, Urgency
from nmt_expert.review.subjects import place_key, subjects


class Digest(Record):
    """One result in short.

    ``factors`` stand in rank order with their bands, ``focus`` in treatment order. ``behind`` names
    the rules and findings (``rule:ID``, ``finding:ID``) that each flag, focus and conclusion rests
    on, down to the answers.
    """

    flags: dict[str, Urgency]
    not_cleared: tuple[str, ...]
    factors: tuple[str, ...]
    conclusions: dict[str, Band]
    focus: tuple[str, ...]
    withheld: tuple[str, ...]
    cautions: tuple[str, ...]
    behind: dict[str, tuple[str, ...]]


def digest(assessment: Assessment) -> Digest:
    """The digest of one result."""
    return Digest(
        flags={line.flag: line.urgency for line in assessment.referrals},
        not_cleared=_once(x.flag for x in assessment.not_cleared if x.urgency in URGENT),
        factors=tuple(f"{line.factor} {line.band}" for line in assessment.factors),
        conclusions={line.id: line.band for line in assessment.conclusions},
        focus=_once(place_key(line) for line in assessment.focus),
        withheld=_once(place_key(line.focus) for line in assessment.withheld),
        cautions=_once(line.caution for line in assessment.cautions),
        behind=_behind(assessment),
    )


def _behind(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    firings = {subject.key: subject.firings for subject in subjects(assessment)}
    for line in assessment.conclusions:
        against = tuple(reason.firing for reason in line.against)
        firings[f"conclusion:{line.id}"] += against
    for line_ in assessment.cautions:
        firings.setdefault(f"caution:{line_.caution}", line_.firings)
    return {key: _entries(assessment, those) for key, those in firings.items()}


def _entries(assessment: Assessment, firings: tuple[int, ...]) -> tuple[str, ...]:
    seen = names_behind(assessment, firings)
    rules = {f"rule:{f.rule}" for f in assessment.firings if f"f{f.n}" in seen}
    findings = {f"finding:{one.finding}" for one in assessment.inputs if one.id in seen}
    return tuple(sorted(rules | findings))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
