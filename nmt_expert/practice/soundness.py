"""Whether a practice case can be solved: by the questions there are, to the key it has."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from nmt_expert.assessment import Reasoning
from nmt_expert.assessment.possible import item_key
from nmt_expert.engine import Engine
from nmt_expert.interview.ledger import single_sided
from nmt_expert.interview.replay import Recording
from nmt_expert.model.base import SIDES
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase
from nmt_expert.practice.attempt import Attempt


def unsound(case: PracticeCase, kb: KnowledgeBase, engine: Engine) -> list[str]:
    """What keeps the case from being practised, in words; nothing when it is sound.

    A question must obtain every answer, and the engine, told what asking everything brings, must
    end where the key does, or ``differs`` must say why not. It may raise further routine
    referrals and treat further places.
    """
    found = asked_out(case, kb, engine)
    wrong = [f"no question obtains {name}" for name in _out_of_reach(case, found)]
    parts = [part for compare in COMPARED for part in compare(case, found)]
    if case.differs and not parts:
        return [*wrong, "it says why engine and key part, and they do not"]
    return wrong if case.differs else [*wrong, *parts]


def asked_out(case: PracticeCase, kb: KnowledgeBase, engine: Engine) -> Reasoning:
    """What is known once every question has been asked that opens, from the complaint on."""
    recording = Recording(case, kb)
    interview = replace(Attempt.begin(case, kb, engine).interview, foresight=None)
    while due := interview.open:
        for prompt in due:
            answers = interview.answers(prompt, recording.reply(prompt))
            interview = interview.replied(prompt, answers)
    return interview.reasoning


def _out_of_reach(case: PracticeCase, found: Reasoning) -> Iterator[str]:
    """The answers of the case that no question brought to light."""
    for answer in case.answers:
        for one in single_sided(answer):
            side = one.side if one.side in SIDES else None
            if found.evidence.answered(one.finding, one.site, side) is None:
                yield item_key(one.finding, one.site, one.side)


def _factors(case: PracticeCase, found: Reasoning) -> Iterator[str]:
    """The engine's ranking begins with the groups of the key, in any order within each."""
    ranked = [f.factor for f in found.factors if f.band != "not_supported"]
    begin = 0
    for group in case.key.factors:
        end = begin + len(group)
        if set(ranked[begin:end]) != set(group):
            yield f"the engine ranks {', '.join(ranked) or 'nothing'}"
            return
        begin = end


def _conclusions(case: PracticeCase, found: Reasoning) -> Iterator[str]:
    stands = {(k.conclude, k.site, k.side) for k, w in found.weighed.items()
              if w.band != "not_supported"}  # fmt: skip
    for wanted in case.key.conclusions:
        keys = {(wanted.conclude, wanted.site, side) for side in _both(wanted.side)}
        if not keys <= stands:
            yield f"the engine does not conclude {wanted.conclude} at {wanted.site}"


def _plan(case: PracticeCase, found: Reasoning) -> Iterator[str]:
    """The key's places are treated with one of its techniques; without any, none is."""
    if not case.key.focus:
        treated = sorted({line.site for line in found.focus if line.site})
        yield from (f"the engine treats {site}" for site in treated)
    for wanted in case.key.focus:
        lines = [line for line in found.focus if line.site == wanted.site]
        sides = {side for line in lines for side in _both(line.side)}
        used = {technique: None for line in lines for technique in line.technique}
        if not lines or (wanted.side and not {*_both(wanted.side)} <= sides):
            yield f"the engine does not treat {item_key(wanted.site, None, wanted.side)}"
        elif wanted.technique and (others := [t for t in used if t not in wanted.technique]):
            yield f"the engine treats {wanted.site} with {', '.join(others)}"


def _referrals(case: PracticeCase, found: Reasoning) -> Iterator[str]:
    wanted = {one.flag: one.urgency for one in case.key.referrals}
    raised = {one.flag: one.urgency for one in found.referrals}
    for flag, urgency in wanted.items():
        if raised.get(flag) != urgency:
            yield f"the engine has {flag} {raised.get(flag, 'not raised')}, the key {urgency}"
    for flag, urgency in raised.items():
        if urgency != "routine" and flag not in wanted:
            yield f"the engine raises {flag} ({urgency}), the key does not"
    never = case.expect.not_raised if case.expect else ()
    yield from (f"the engine raises {flag}, a near miss here" for flag in never if flag in raised)


def _both(side: str | None) -> tuple[str, ...]:
    """Each side that is meant; an empty one for what has none."""
    return SIDES if side == "both" else (side or "",)


COMPARED: tuple[Callable[[PracticeCase, Reasoning], Iterator[str]], ...] = (
    _factors,
    _conclusions,
    _plan,
    _referrals,
)
"""What the key and the engine are compared in."""
