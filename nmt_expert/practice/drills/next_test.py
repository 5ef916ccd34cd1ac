"""Which test next: of four, one could change what is concluded, and three could not."""

from nmt_expert.model.case import Answer
from nmt_expert.practice.drills.item import Item
from nmt_expert.practice.drills.material import Answers, Material, reasons

WRONG = 3
HANDS_ON = ("palpation", "test", "movement", "posture")


def next_item(made: Material, id: str) -> Item:
    """All but one finding of a rule is known; the one that is missing is among the options."""
    rule = made.chance.choice(made.rules("support", "oppose"))
    *known, missing = made.fires(rule) or (None,)
    vignette = tuple(one for one in known if one)
    if not missing or not vignette or not _examined(made, missing):
        return next_item(made, id)
    if not made.change(vignette, [missing]):
        return next_item(made, id)
    options = [missing, *_idle(made, vignette)]
    made.chance.shuffle(options)
    return Item(
        id=id,
        kind="next",
        stem=made.say_all(vignette),
        asks="Which of these, if found, could change what is concluded?",
        options=tuple(made.say(one) for one in options),
        credit=tuple(float(one is missing) for one in options),
        because=reasons(rule),
        rules=(rule.id,),
        topic=made.topic(rule),
    )


def _examined(made: Material, one: Answer) -> bool:
    """Whether it is got by examining, and is more than a normal result."""
    finding = made.kb.findings[one.finding]
    return finding.kind in HANDS_ON and one.value != finding.normal


def _idle(made: Material, vignette: Answers) -> list[Answer]:
    """Findings of other rules that the engine says would change nothing here."""
    found: list[Answer] = []
    rules = made.rules("support", "oppose", "candidate")
    while len(found) < WRONG:
        offered = made.fires(made.chance.choice(rules))
        one = made.chance.choice(offered) if offered else None
        new = one and not any(_same(one, other) for other in (*vignette, *found))
        if one and new and _examined(made, one) and made.agree((*vignette, one)):
            found += [one] if not made.change(vignette, [one]) else []
    return found


def _same(one: Answer, other: Answer) -> bool:
    return (one.finding, one.site, one.side) == (other.finding, other.site, other.side)
