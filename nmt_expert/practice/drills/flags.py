"""Spot the flag: a red flag or its near miss among ordinary findings. How urgent?"""

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.rule import Rule
from nmt_expert.practice.drills.item import Item
from nmt_expert.practice.drills.material import Answers, Material, answers_in, reasons

FLAGGED = 0.6
"""The share of items that hold a flag; the others hold its near miss."""
BESIDE = 3
NONE = "No referral for a red flag"
ONE_TOO_URGENT = 0.5


def flag_item(made: Material, id: str) -> Item:
    """Findings of one client: which referral do they call for, if any?"""
    rule = made.chance.choice(made.red_flags())
    flagged = made.chance.random() < FLAGGED
    example = rule.examples.fires if flagged else rule.examples.silent
    answers = answers_in(example)
    answers = (*answers, *made.beside(answers, BESIDE))
    needed = _needed(made, answers)
    return Item(
        id=id,
        kind="flag",
        stem=made.say_all(answers),
        asks="Which referral do these findings call for?",
        options=(*(made.kb.urgencies[one].label for one in URGENCIES), NONE),
        credit=tuple(_credit(n, needed) for n in range(len(URGENCIES) + 1)),
        because=_why(made, rule, answers),
        rules=_behind(made, answers) or (rule.id,),
        topic=made.topic(rule),
    )


def _needed(made: Material, answers: Answers) -> int:
    """The position of the right option: the most urgent red flag that the engine raises."""
    raised = [one.urgency for one in made.found(answers).referrals if one.kind == "red_flag"]
    return min((URGENCIES.index(one) for one in raised), default=len(URGENCIES))


def _credit(n: int, needed: int) -> float:
    """Too late earns nothing; one step too urgent earns half."""
    return 1.0 if n == needed else ONE_TOO_URGENT if n == needed - 1 else 0.0


def _behind(made: Material, answers: Answers) -> tuple[str, ...]:
    found = made.found(answers)
    numbers = {n for one in found.referrals if one.kind == "red_flag" for n in one.firings}
    return tuple(dict.fromkeys(one.rule for one in found.firings if one.n in numbers))


def _why(made: Material, rule: Rule, answers: Answers) -> tuple[str, ...]:
    behind = _behind(made, answers)
    if not behind:
        return (f"It looks like a red flag and is none: {rule.title}.", f"{rule.limits}")
    return tuple(line for name in behind for line in reasons(made.kb.rules[name]))
