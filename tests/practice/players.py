"""Three scripted students: one asks what is best, one skips the safety screen, one anchors."""

from collections.abc import Callable, Iterable

from nmt_expert.practice.attempt import Attempt, key_of
from nmt_expert.practice.events import NOTHING, Planned, PlannedFocus, PlannedReferral
from nmt_expert.practice.options import Option

Wanted = Callable[[Option], bool]
SAFETY = ("safety", "region_safety")


def asking(attempt: Attempt, wanted: Wanted, most: int = 80) -> Attempt:
    """Ask the best question of those wanted, until none is left or nothing depends on more."""
    for _ in range(most):
        found = [o for o in attempt.options if wanted(o) and o.worth < NOTHING]
        if not found or any(r.urgency == "emergency" for r in attempt.found.referrals):
            break
        attempt = attempt.ask(min(found, key=lambda option: option.worth))
    return attempt


def as_the_engine_sees_it(attempt: Attempt) -> Attempt:
    """Commit to what the asked answers support, with their findings as the reasons."""
    found = attempt.found
    ranking = tuple(f.factor for f in found.factors if f.band != "not_supported")
    return attempt.commit(
        ranking,
        "fairly",
        pro=reasons(attempt),
    )


def reasons(attempt: Attempt) -> tuple[str, ...]:
    """What the rules for the leading factor were met by."""
    leader = attempt.found.factors[0].factor
    return behind(
        attempt,
        (
            one.n
            for one in attempt.found.firings
            if attempt.kb.rules[one.rule].role == "support"
            and leader in {getattr(o, "factor", None) for o in attempt.kb.rules[one.rule].then}
        ),
    )


def behind(attempt: Attempt, firings: Iterable[int]) -> tuple[str, ...]:
    """The findings that firings were met by, named as reasons are."""
    wanted = set(firings)
    fired = [one for one in attempt.found.firings if one.n in wanted]
    met = {name for one in fired for m in one.met for name in m.by}
    known = {(one.finding, one.site) for one in attempt.found.inputs if one.id in met}
    return tuple(key_of(a) for a in attempt.noted if (a.finding, a.site) in known)


def planned(attempt: Attempt) -> Attempt:
    """Treat what the engine treats, and refer what it refers, for the reasons it has."""
    found = attempt.found
    focus = tuple(
        PlannedFocus(site=f.site, side=f.side, technique=f.technique[0])
        for f in found.focus
        if f.site and f.technique
    )
    referrals = tuple(
        PlannedReferral(urgency=one.urgency, because=behind(attempt, one.firings))
        for one in found.referrals
    )
    return attempt.plan(Planned(focus=focus, referrals=referrals))


def oracle(attempt: Attempt) -> Attempt:
    """Asks the best question each time until nothing depends on another."""
    first = attempt.commit(("postural_distortion",), "unsure")
    return planned(as_the_engine_sees_it(asking(first, lambda option: True)))


def skips_safety(attempt: Attempt) -> Attempt:
    """Goes straight to the muscles."""
    first = attempt.commit(("trigger_points",), "fairly")
    done = asking(first, lambda o: o.prompt.question.section not in SAFETY)
    return planned(as_the_engine_sees_it(done))


def anchors(attempt: Attempt) -> Attempt:
    """Believes in the posture from the start, and stays with it whatever is found."""
    first = attempt.commit(("postural_distortion",), "sure")
    asked = asking(first, lambda option: True)
    again = asked.commit(("postural_distortion", "trigger_points"), "sure", pro=reasons(asked)[:1])
    return planned(again)
