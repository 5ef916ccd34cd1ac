"""Whether an assessment ends as its case expects."""

from nmt_expert.model.assessment import Assessment, Conclusion, Focus
from nmt_expert.model.base import URGENCIES, URGENT
from nmt_expert.model.case import Expectation
from nmt_expert.model.knowledge import KnowledgeBase


def looks_ahead(expected: Expectation, kb: KnowledgeBase) -> bool:
    """Whether it turns on what is still open, so that the answers alone cannot settle it."""
    unexplained = kb.plan.unexplained.flag
    flags = {wanted.flag for wanted in expected.referrals} | {*expected.not_raised}
    asks_what_is_open = expected.not_cleared is not None or expected.uncleared != ()
    return asks_what_is_open or unexplained in flags


def differences(result: Assessment, expected: Expectation) -> list[str]:
    """What is not as expected, in words; nothing when all is."""
    advice = {line.advice for line in result.advice}
    return [
        *_conclusions(result, expected),
        *_plan(result, expected),
        *_referrals(result, expected),
        *[f"advice {name} is missing" for name in expected.advice if name not in advice],
        *[f"advice {name} is given" for name in expected.not_advised if name in advice],
        *_change(result, expected),
    ]


def _change(result: Assessment, expected: Expectation) -> list[str]:
    """What the scores of two visits say together."""
    found = next((one.value for one in result.inputs if one.computed_from), "cannot_tell")
    return [] if expected.change in (None, found) else [f"the change is {found}"]


def _conclusions(result: Assessment, expected: Expectation) -> list[str]:
    wrong = []
    first = result.conclusions[0] if result.conclusions else None
    wanted = expected.leads
    if wanted and (
        first is None or (first.conclude, first.site) != (wanted.conclude, wanted.site)
        or wanted.side not in (None, first.side)
    ):  # fmt: skip
        wrong.append(f"{first.id if first else 'nothing'} leads")
    ranked = [line.factor for line in result.factors]
    if expected.factors is not None and ranked[: len(expected.factors)] != [*expected.factors]:
        wrong.append(f"the factors are {', '.join(ranked)}")
    supported = [line for line in result.conclusions if line.band != "not_supported"]
    if expected.no_conclusions and supported:
        wrong.append(f"{supported[0].id} is concluded")
    names = {name for line in supported for name in _ids(line)}
    return wrong + [f"{name} is concluded" for name in expected.not_concluded if name in names]


def _ids(line: Conclusion) -> set[str]:
    return {f"{line.conclude}:{line.site}", line.id}


def _plan(result: Assessment, expected: Expectation) -> list[str]:
    focus = {name for line in result.focus for name in _places(line)}
    distant = {name for line in result.focus if line.distant for name in _places(line)}
    wrong = [f"{name} is not treated" for name in expected.focus or () if name not in focus]
    wrong += [f"{name} is not distant" for name in expected.distant if name not in distant]
    wrong += [f"{name} is treated" for name in expected.not_treated if name in focus]
    if expected.focus == () and result.focus:
        wrong.append(f"{', '.join(sorted(focus))} is treated")
    return wrong


def _places(line: Focus) -> set[str]:
    return {str(line.site), f"{line.site}:{line.side}"}


def _referrals(result: Assessment, expected: Expectation) -> list[str]:
    raised = {line.flag: line.urgency for line in result.referrals}
    wrong = [
        f"{wanted.flag} is {raised.get(wanted.flag, 'not raised')}, not {wanted.urgency}"
        for wanted in expected.referrals
        if raised.get(wanted.flag) != wanted.urgency
    ]
    if expected.nothing_above:
        most = URGENCIES.index(expected.nothing_above)
        wrong += [f"{f} is {u}" for f, u in raised.items() if URGENCIES.index(u) < most]
    wrong += [f"{flag} is raised" for flag in expected.not_raised if flag in raised]
    return wrong + _not_cleared(result, expected)


def _not_cleared(result: Assessment, expected: Expectation) -> list[str]:
    uncleared = {line.flag: line.urgency for line in result.not_cleared}
    urgent = [flag for flag, urgency in uncleared.items() if urgency in URGENT]
    wrong = [f"{flag} counts as cleared" for flag in expected.uncleared if flag not in uncleared]
    if expected.not_cleared is not None and len(urgent) != expected.not_cleared:
        listed = f": {', '.join(urgent)}" if urgent else ""
        wrong.append(f"{len(urgent)} urgent flags are not cleared{listed}")
    return wrong
