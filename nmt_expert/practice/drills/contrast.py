"""Contrast pairs: two clients who end differently. Which one finding decides?"""

from nmt_expert.model.case import Answer
from nmt_expert.model.rule import Refer, Rule
from nmt_expert.model.words import URGENCY_WORDS, flag, within
from nmt_expert.practice.drills.item import Item
from nmt_expert.practice.drills.material import Answers, Material, reasons

ONLY_ONE, ONLY_OTHER = 2, 1
"""How many findings that decide nothing the first client has, and the second."""
SPEAKS = {"support": "for", "oppose": "against"}
LEAST = 2
"""A rule that one finding fires makes no riddle."""


def contrast_item(made: Material, id: str) -> Item:
    """What fires a rule, and the same without one finding, each with idle findings of its own."""
    rule = made.chance.choice(made.rules("support", "oppose", "refer"))
    fires = made.fires(rule)
    if len(fires) < LEAST:
        return contrast_item(made, id)
    decider = made.chance.choice(fires)
    shared = tuple(one for one in fires if one is not decider)
    own = made.beside(fires, ONLY_ONE + ONLY_OTHER)
    own_first, own_second = own[:ONLY_ONE], own[ONLY_ONE:]
    first = (*fires, *own_first, *_denied(made, own_second))
    second = (*shared, *_denied(made, (decider, *own_first)), *own_second)
    if not _decides(made, rule, first, second, decider):
        return contrast_item(made, id)
    options = [decider, *own]
    made.chance.shuffle(options)
    return Item(
        id=id,
        kind="contrast",
        stem=(
            "First client:",
            *(f"  {line}" for line in made.say_all(first)),
            "Second client:",
            *(f"  {line}" for line in made.say_all(second)),
        ),
        asks=f"{_ends(made, rule)} Which one finding decides?",
        options=tuple(made.say(one) for one in options),
        credit=tuple(float(one is decider) for one in options),
        because=reasons(rule),
        rules=(rule.id,),
        topic=made.topic(rule),
    )


def _ends(made: Material, rule: Rule) -> str:
    """How the two part, by what the rule draws; its title would name the findings."""
    kb, outcome = made.kb, rule.then[0]
    if isinstance(outcome, Refer):
        word, label = URGENCY_WORDS[outcome.urgency], within(flag(kb, outcome.flag))
        return f"Only the first is referred ({word}): {label}."
    about = getattr(outcome, "conclude", "")
    label = within(kb.conclusions[about].label) if about in kb.conclusions else within(rule.title)
    return f"Only in the first something speaks {SPEAKS[rule.role]}: {label}."


def _denied(made: Material, answers: Answers) -> Answers:
    """The findings as examined and not there, where that can be said of them."""
    return tuple(
        one.model_copy(update={"value": "absent"})
        for one in answers
        if "absent" in made.kb.findings[one.finding].values and one.value != "absent"
    )


def _decides(made: Material, rule: Rule, first: Answers, second: Answers, decider: Answer) -> bool:
    """The engine says so: with it the rule fires, without it, whatever else there is, not."""
    without = tuple(one for one in first if one is not decider)
    return (
        rule.id in _fired(made, first)
        and rule.id not in _fired(made, second)
        and rule.id not in _fired(made, without)
    )


def _fired(made: Material, answers: Answers) -> set[str]:
    return {raw.rule for raw in made.found(answers).result.firings}
