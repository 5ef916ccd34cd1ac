"""How a condition of a rule stands: met, contradicted, not asked, not known, or how much under.

The truth of a condition is the engine's; here the real answers are laid beside what it supposed.
"""

from dataclasses import dataclass
from fractions import Fraction

from nmt_expert.assessment.conclusions import Key
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.assessment.weighing import Weighed, band_of, decimal_text
from nmt_expert.assessment.written import span, value_said
from nmt_expert.engine import FactToken, Token
from nmt_expert.model.assessment import Input
from nmt_expert.model.base import SIDES
from nmt_expert.model.explanation import ConditionState
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.rule import Atom
from nmt_expert.model.words import BAND_WORDS, drawn

NOT_CONSIDERED = "nothing has led to it yet"
NO_SUPPORT = "nothing speaks for it yet"


@dataclass(frozen=True)
class Part:
    """One condition of a way to fire a rule, and how it stands.

    ``by`` names the answers and conclusions that decide it and ``told`` says them; ``short`` is by
    how much it is missed where that is a number, ``need`` the fact that it lacks.
    """

    atom: Atom
    state: ConditionState
    by: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    short: str | None = None
    need: FactToken | None = None


def standing(atom: Atom, token: Token, found: Reasoning) -> Part:
    """How ``atom`` stands when it is to be met by ``token``."""
    if not isinstance(token, FactToken):
        return Part(atom, "met")
    match token.what:
        case "finding":
            return _finding(atom, token, found)
        case "band":
            return _band(atom, token, found)
    if token in found.trace.candidates:
        return Part(atom, "met")
    return Part(atom, "not_asked", told=(NOT_CONSIDERED,), need=token)


def _finding(atom: Atom, token: FactToken, found: Reasoning) -> Part:
    behind = found.evidence.behind.get(token, ())
    if behind:
        return Part(atom, "met", tuple(i.id for i in behind), _said(behind, found))
    about = found.told.get((token.name, token.site), ())
    told = tuple(item for item in about if _is_on_side(item, token))
    by, said = tuple(item.id for item in told), _said(told, found)
    if not told:
        return Part(atom, "not_asked", need=token)
    if all(item.value in NON_ANSWERS for item in told):
        return Part(atom, "unknown", by, said, need=token)
    short = next(filter(None, (_short(item, token, found) for item in told)), None)
    return Part(atom, "below_threshold" if short else "contradicted", by, said, short, token)


def _said(items: tuple[Input, ...], found: Reasoning) -> tuple[str, ...]:
    return tuple(value_said(item, found.kb) for item in items)


def _is_on_side(item: Input, token: FactToken) -> bool:
    return token.side not in SIDES or item.side in (token.side, "both", None)


def _short(item: Input, token: FactToken, found: Reasoning) -> str | None:
    """How far a number is from the band that is asked for."""
    number = found.kb.findings[item.finding].number
    if number is None or item.number is None or token.value not in number.bands:
        return None
    low, high = number.bands[token.value]
    wanted = span(number, token.value)
    if item.number < low:
        return f"{low - item.number:g} too low for {wanted}"
    return f"too high for {wanted}" if item.number >= high else None


def _band(atom: Atom, token: FactToken, found: Reasoning) -> Part:
    if token in found.trace.conclusions:
        return Part(atom, "met")
    stands = [key for key in found.weighed if _is_about(key, token)]
    if not stands:
        return Part(atom, "not_asked", told=(NO_SUPPORT,), need=token)
    best = max(stands, key=lambda key: (found.weighed[key].net, key))
    result, kb = found.weighed[best], found.kb
    said = f"{drawn(kb, found.ids[best])}: {BAND_WORDS[result.band]} ({decimal_text(result.net)})"
    short = _short_of(result, token.value, found)
    return Part(atom, "below_threshold", (found.ids[best],), (said,), short, token)


def _is_about(key: Key, token: FactToken) -> bool:
    return (key.conclude, key.site) == (token.name, token.site) and token.side in ("any", key.side)


def _short_of(result: Weighed, word: str, found: Reasoning) -> str:
    """How far a certainty is from a band, or that a cap holds it below."""
    bands = found.kb.certainty.bands
    least = next((least for band, least in bands.items() if band == word), "0")
    if band_of(result.net, found.kb.certainty) != result.band:
        return f"its signs alone reach {BAND_WORDS[result.band]} at most"
    return f"{decimal_text(Fraction(least) - result.net)} short of {word} ({least})"
