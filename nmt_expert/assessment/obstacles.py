"""What stands in the way although a rule fired: opposed, capped, or filtered from the plan."""

from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.filters import takes_away
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.assessment.supposed import Supposed, Target
from nmt_expert.assessment.trace import drawn
from nmt_expert.assessment.weighing import band_of
from nmt_expert.engine import FactToken
from nmt_expert.model.assessment import Withheld
from nmt_expert.model.rule import Rule
from nmt_expert.model.words import BAND_WORDS
from nmt_expert.model.words import drawn as drawn_words


def drawn_now(rule: Rule, target: Target, found: Reasoning) -> bool:
    """Whether a rule fired for what is asked about."""
    return any(
        target.is_(item)
        for raw in found.result.firings
        if raw.rule == rule.id
        for item in drawn(rule, dict(raw.bindings), found.kb)
    )


def obstacle(found: Reasoning, target: Target) -> str | None:
    """Why what is asked about does not stand although a rule fired for it."""
    for line in found.withheld:
        if target.treated in (None, line.focus.site) and _asked_of(line, target):
            return f"The plan had it, but it was withheld: {line.reason}"
    for key, result in found.weighed.items():
        asked = (key.conclude, target.site or key.site) == (target.name, key.site)
        if asked and target.side in (None, key.side) and result.band == "not_supported":
            return _opposed(key, found)
    return None


def not_fired(way: Supposed, after: Reasoning) -> str:
    """Why a rule stays silent with all answers that it needs: a band that is opposed or capped."""
    bands = [token for token in way.needs if token.what == "band"]
    told = [line for token in bands if (line := _held(token, after))]
    return " ".join(told) or "Another answer keeps it from firing; see its conditions."


def _held(token: FactToken, after: Reasoning) -> str | None:
    for key, result in after.weighed.items():
        if (key.conclude, key.site) != (token.name, token.site):
            continue
        if token.side in ("any", key.side):
            name = drawn_words(after.kb, key.id)
            if band_of(result.net, after.kb.certainty) != result.band:
                most = BAND_WORDS[result.band]
                return f"{name} stays {most}: such signs alone reach no more."
            return f"{name} stays {BAND_WORDS[result.band]}. {_opposed(key, after)}"
    return None


def _asked_of(line: Withheld, target: Target) -> bool:
    if target.names_a_technique:
        return takes_away(line, target.name)
    return target.names_a_site


def _opposed(key: Key, found: Reasoning) -> str:
    against = sorted({weight.cause[0] for weight in found.sides[key].opposes})
    titles = "; ".join(found.kb.rules[rule].title for rule in against)
    return f"Supported, but outweighed by: {titles}." if titles else "Supported too weakly."
