"""The difference between two runs, or two assessments: which results came, went or moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nmt_expert.assessment.possible import item_key
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.model.assessment import (
    Assessment,
    CautionLine,
    FactorStanding,
    Firing,
    Focus,
    Referral,
    Withheld,
)
from nmt_expert.model.base import Band
from nmt_expert.model.difference import (
    BandChange,
    CameAndWent,
    Difference,
    FactorChange,
    FlagChange,
)


@dataclass(frozen=True)
class Results:
    """The parts of a result that are compared, however it was made."""

    factors: tuple[FactorStanding, ...]
    bands: Mapping[str, Band]
    focus: tuple[Focus, ...]
    withheld: tuple[Withheld, ...]
    referrals: tuple[Referral, ...]
    cautions: tuple[CautionLine, ...]
    firings: tuple[Firing, ...]
    questions: tuple[str, ...] = ()
    uncleared: tuple[str, ...] = ()


def results_of(found: Reasoning) -> Results:
    """What one run says."""
    return Results(
        factors=found.factors,
        bands={found.ids[key]: weighed.band for key, weighed in found.weighed.items()},
        focus=found.focus,
        withheld=found.withheld,
        referrals=found.referrals,
        cautions=found.cautions,
        firings=found.firings,
        questions=tuple(instance.id for instance in found.instances),
    )


def results_in(assessment: Assessment) -> Results:
    """What an assessment says; which questions it opened is not kept in it."""
    return Results(
        factors=assessment.factors,
        bands={c.id: c.band for c in assessment.conclusions},
        focus=assessment.focus,
        withheld=assessment.withheld,
        referrals=assessment.referrals,
        cautions=assessment.cautions,
        firings=assessment.firings,
        uncleared=tuple(line.flag for line in assessment.not_cleared),
    )


def compared(before: Results, after: Results) -> Difference:
    """What is different in ``after``."""
    focus_before, focus_after = _treated(before.focus), _treated(after.focus)
    return Difference(
        flags=flag_changes(before.referrals, after.referrals),
        uncleared=_uncleared(before, after),
        cautions=_came_and_went(_cautions(before), _cautions(after)),
        factors=_factors(before, after),
        conclusions=_conclusions(before, after),
        focus=_came_and_went(focus_before, focus_after),
        moved=_moved(focus_before, focus_after),
        withheld=_came_and_went(
            _treated(line.focus for line in before.withheld),
            _treated(line.focus for line in after.withheld),
        ),
        rules=_came_and_went(_rules(before), _rules(after)),
        questions=_came_and_went(before.questions, after.questions),
    )


def flag_changes(before: Iterable[Referral], after: Iterable[Referral]) -> tuple[FlagChange, ...]:
    """Referrals that came, went, or changed their urgency."""
    was = {referral.flag: referral.urgency for referral in before}
    now = {referral.flag: referral.urgency for referral in after}
    return tuple(
        FlagChange(flag=flag, before=was.get(flag), after=now.get(flag))
        for flag in _either(now, was)
        if was.get(flag) != now.get(flag)
    )


def _uncleared(before: Results, after: Results) -> CameAndWent:
    """A flag that is raised is not cleared by that, and one that was raised was not cleared."""
    change = _came_and_went(before.uncleared, after.uncleared)
    was, now = ({one.flag for one in side.referrals} for side in (before, after))
    return CameAndWent(
        came=tuple(flag for flag in change.came if flag not in was),
        went=tuple(flag for flag in change.went if flag not in now),
    )


def _factors(before: Results, after: Results) -> tuple[FactorChange, ...]:
    was = {standing.factor: standing for standing in before.factors}
    return tuple(
        FactorChange(
            factor=now.factor,
            rank_before=was[now.factor].rank,
            rank_after=now.rank,
            band_before=was[now.factor].band,
            band_after=now.band,
        )
        for now in after.factors
        if (now.rank, now.band) != (was[now.factor].rank, was[now.factor].band)
    )


def _conclusions(before: Results, after: Results) -> tuple[BandChange, ...]:
    return tuple(
        BandChange(conclusion=name, before=before.bands.get(name), after=after.bands.get(name))
        for name in _either(after.bands, before.bands)
        if before.bands.get(name) != after.bands.get(name)
    )


def _moved(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Places in both plans that stand elsewhere among those that both have."""
    stayed = [place for place in after if place in before]
    once = [place for place in before if place in after]
    return tuple(now for now, was in zip(stayed, once, strict=True) if now != was)


def _treated(focus: Iterable[Focus]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item_key(f.site or f.treat, None, f.side) for f in focus))


def _cautions(results: Results) -> tuple[str, ...]:
    return tuple(
        item_key(line.caution, site, None)
        for line in results.cautions
        for site in (line.site or (None,))
    )


def _rules(results: Results) -> tuple[str, ...]:
    return tuple(dict.fromkeys(firing.rule for firing in results.firings))


def _came_and_went(before: Iterable[str], after: Iterable[str]) -> CameAndWent:
    was, now = dict.fromkeys(before), dict.fromkeys(after)
    return CameAndWent(
        came=tuple(name for name in now if name not in was),
        went=tuple(name for name in was if name not in now),
    )


def _either(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))
