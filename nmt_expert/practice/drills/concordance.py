"""Script concordance: a vignette, a hypothesis, a new finding; how does the hypothesis now stand?

The engine's own answer is how far the finding moves the hypothesis. Supervisors may answer too:
once one has, the panel alone decides what an answer earns, each as the share that gave it of those
who gave the commonest.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nmt_expert.assessment import Reasoning
from nmt_expert.assessment.conclusions import Key
from nmt_expert.model.base import BANDS
from nmt_expert.model.case import Answer
from nmt_expert.model.practice import PanelAnswer
from nmt_expert.model.rule import Conclude, Rule
from nmt_expert.model.words import BAND_WORDS, drawn
from nmt_expert.practice.drills.item import Item
from nmt_expert.practice.drills.material import Answers, Material, key_and_value, reasons

SHIFTS = (-2, -1, 0, 1, 2)
WORDS = (
    "-2: much less likely, or ruled out",
    "-1: less likely",
    " 0: neither more nor less likely",
    "+1: more likely",
    "+2: much more likely, or all but certain",
)
SAME_WAY = 0.5
"""What an answer that is right in direction and not in size earns, as long as there is no panel."""
SHARES = (40, 40, 20)
"""Of a hundred items, those whose finding speaks for, against, and neither."""
HEIGHT = ("not_supported", *reversed(BANDS))


@dataclass(frozen=True)
class Script:
    """A vignette, a hypothesis, a new finding, and the rule the finding was taken from."""

    vignette: Answers
    hypothesis: Key
    finding: Answer
    rule: Rule


def concordance_item(made: Material, id: str) -> Item:
    """An item of the rules; ``id`` gives way to one that names its content, for the panel."""
    script = _script(made)
    before = made.found(script.vignette)
    after = made.found((*script.vignette, script.finding))
    shift = shift_of(script.hypothesis, before, after)
    named = name_of(script)
    panel = [one for one in made.kb.panel.values() if one.item == named]
    return Item(
        id=named,
        kind="concordance",
        stem=(
            *made.say_all(script.vignette),
            f"You think of: {_hypothesis(made, script)}.",
            f"Then you find: {made.say(script.finding)}.",
        ),
        asks="With this finding your hypothesis becomes:",
        options=WORDS,
        credit=_credit(shift, panel),
        because=(*_why(made, script, before, after), *_said(panel)),
        rules=(script.rule.id,) if shift else (),
        topic=made.topic(script.rule),
        changes_nothing=not shift,
    )


def shift_of(hypothesis: Key, before: Reasoning, after: Reasoning) -> int:
    """How far a hypothesis moved, from -2 to +2: by bands, and by one within its band."""
    was, now = _height(hypothesis, before), _height(hypothesis, after)
    bands = HEIGHT.index(now[0]) - HEIGHT.index(was[0])
    within = (now[1] > was[1]) - (now[1] < was[1])
    return max(-2, min(2, bands or within))


def name_of(script: Script) -> str:
    """The name of an item: the same as long as its content is, in whatever words."""
    vignette = sorted(key_and_value(one) for one in script.vignette)
    parts = (script.hypothesis, key_and_value(script.finding), *vignette)
    content = "|".join(map(str, parts))
    return f"sct-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def _script(made: Material) -> Script:
    """A conclusion that one rule supports, and one finding that moves it as chance has it."""
    wanted = made.chance.choices((1, -1, 0), SHARES)[0]
    while True:
        first = made.chance.choice(made.rules("support"))
        vignette = made.fires(first)
        hypothesis = _concluded(made, first, vignette)
        if hypothesis is None:
            continue
        offered = _moving(made, hypothesis, vignette) if wanted else _idle(made, vignette)
        for rule, finding in offered:
            script = Script(vignette, hypothesis, finding, rule)
            if _direction(made, script) == wanted:
                return script


def _direction(made: Material, script: Script) -> int:
    before = made.found(script.vignette)
    moved = shift_of(script.hypothesis, before, made.found((*script.vignette, script.finding)))
    return (moved > 0) - (moved < 0)


def _concluded(made: Material, rule: Rule, vignette: Answers) -> Key | None:
    """What the rule concludes of the vignette."""
    kinds = {one.conclude for one in rule.then if isinstance(one, Conclude)}
    keys = sorted(key for key in made.found(vignette).weighed if key.conclude in kinds)
    return next(iter(keys), None)


def _moving(made: Material, key: Key, vignette: Answers) -> Iterator[tuple[Rule, Answer]]:
    """Findings by which rules speak for or against the same conclusion at the same place."""
    rules = made.rules("support", "oppose")
    made.chance.shuffle(rules)
    for rule in rules:
        for outcome in rule.then:
            if isinstance(outcome, Conclude) and outcome.conclude == key.conclude:
                new = _new(made, rule, _own(outcome.site, key), vignette)
                if len(new) == 1:
                    yield rule, new[0]


def _own(term: str, key: Key) -> dict[str, str]:
    """The rule's variables as the hypothesis has them."""
    own = {term: key.site} if term.startswith("$") else {}
    return own | ({"$side": key.side} if key.side else {})


def _new(made: Material, rule: Rule, own: dict[str, str], vignette: Answers) -> Answers:
    return tuple(one for one in made.fires(rule, own, vignette) if one not in vignette)


def _idle(made: Material, vignette: Answers) -> Iterator[tuple[Rule, Answer]]:
    """A finding from anywhere."""
    rule = made.chance.choice(made.rules("support"))
    yield from ((rule, one) for one in made.beside(vignette, 1))


def _height(key: Key, found: Reasoning) -> tuple[str, float]:
    weighed = found.weighed.get(key)
    return (weighed.band, float(weighed.net)) if weighed else ("not_supported", 0.0)


def _credit(shift: int, panel: list[PanelAnswer]) -> tuple[float, ...]:
    if panel:
        given = Counter(one.answer for one in panel)
        most = max(given.values())
        return tuple(round(given[one] / most, 2) for one in SHIFTS)
    return tuple(1.0 if one == shift else SAME_WAY if one * shift > 0 else 0.0 for one in SHIFTS)


def _hypothesis(made: Material, script: Script) -> str:
    key = script.hypothesis
    return drawn(made.kb, ":".join(part for part in (key.conclude, key.site, key.side) if part))


def _why(made: Material, script: Script, before: Reasoning, after: Reasoning) -> tuple[str, ...]:
    was, now = (_height(script.hypothesis, one)[0] for one in (before, after))
    moved = f"The engine: {BAND_WORDS[was]} before, {BAND_WORDS[now]} after."
    if not shift_of(script.hypothesis, before, after):
        return (f"{moved} This finding changes nothing about the hypothesis.",)
    return (moved, *reasons(script.rule))


def _said(panel: list[PanelAnswer]) -> tuple[str, ...]:
    signed = {one: f"{one:+d}" if one else "0" for one in SHIFTS}
    return tuple(f"{one.by}: {signed[one.answer]}. {one.because}" for one in panel)
