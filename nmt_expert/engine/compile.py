"""Turn rules and the ``ask_when`` of questions into experta rules, one for each branch."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from nmt_expert.engine.branches import branches
from nmt_expert.engine.facts import Anywhere, FactToken, Link, Sided
from nmt_expert.engine.library import AS, MATCH, Fact, L, Rule
from nmt_expert.model.base import BANDS
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Atom,
    BandCondition,
    CandidateCondition,
    Condition,
    FindingCondition,
    RelationCondition,
    atoms,
)
from nmt_expert.model.site import VARIABLE_KINDS

DRAWN = "drawn"
"""The value of a candidate fact."""

RightHandSide = Callable[..., None]


def compiled(name: str, condition: Condition, fire: RightHandSide) -> Iterator[tuple[str, Rule]]:
    """An attribute name and an experta rule for every branch; all of them call ``fire``.

    Branches share the patterns of the atoms they share.
    """
    made: dict[int, Fact] = {}
    for index, branch in enumerate(branches(condition)):
        for number, atom in branch:
            if number not in made:
                made[number] = pattern(number, atom)
        rule = Rule(*[made[number] for number, _ in branch], salience=salience_of(name))
        yield f"{name.replace('.', '__')}__{index:04d}", rule(fire)


def pattern(number: int, atom: Atom) -> Fact:
    """The experta pattern of an atom; the fact it matches reaches the firing as ``f<number>``."""
    bound: Fact = getattr(AS, f"f{number}") << _pattern(atom)
    return bound


def _pattern(atom: Atom) -> Fact:
    match atom:
        case RelationCondition():
            return _link(atom)
        case FindingCondition():
            return _placed("finding", atom.finding, atom.site, atom.side, atom.wanted)
        case CandidateCondition():
            return _placed("candidate", atom.candidate, atom.site, atom.side, (DRAWN,))
        case BandCondition():
            return _placed("band", atom.band, atom.site, atom.side, (atom.at_least,))


def _placed(what: str, name: str, site: str | None, side: str, values: Iterable[str]) -> Fact:
    fields: dict[str, Any] = {"what": L(what), "name": L(name), "value": _one_of(values)}
    fields |= _term("site", "site_kind", site or "")
    if side == "any":
        return Anywhere(**fields)
    if side == "$other":
        return Sided(other=MATCH.side, **fields)
    return Sided(side=MATCH.side if side == "$side" else L(side), **fields)


def _link(atom: RelationCondition) -> Fact:
    fields: dict[str, Any] = {"name": L(atom.relation), "side": L(atom.side)}
    fields |= _term("start", "start_kind", atom.from_)
    fields |= _term("end", "end_kind", atom.to)
    if atom.kind:
        fields["kind"] = L(atom.kind)
    return Link(**fields)


def _term(field: str, kind_field: str, term: str) -> dict[str, Any]:
    """A site id as a literal; a variable as a match of the kind that its name promises."""
    if not term.startswith("$"):
        return {field: L(term)}
    fields = {field: getattr(MATCH, term[1:])}
    kinds = VARIABLE_KINDS[term]
    if len(kinds) == 1:
        fields[kind_field] = L(kinds[0])
    return fields


def _one_of(values: Iterable[str]) -> Any:
    first, *rest = [L(value) for value in values]
    for literal in rest:
        first = first | literal
    return first


EVERYWHERE = None
"""Stands for "at any site" in :func:`mentions`."""


Mentions = Mapping[tuple[str, str, str, bool], frozenset[str] | None]


def mentions(kb: KnowledgeBase) -> Mentions:
    """Which facts some condition could match: what, name, value and whether with a side -> sites.

    An interview declares hundreds of absent findings that no rule asks for; they are left out.
    """
    found: dict[tuple[str, str, str, bool], set[str] | None] = {}
    for _, condition in sources_of_rules(kb):
        for atom in atoms(condition):
            for key, site in _matched(atom):
                if site.startswith("$"):
                    found[key] = EVERYWHERE
                elif (held := found.setdefault(key, set())) is not EVERYWHERE:
                    held.add(site)
    return {key: EVERYWHERE if s is EVERYWHERE else frozenset(s) for key, s in found.items()}


def is_mentioned(token: FactToken, found: Mentions) -> bool:
    """Whether some condition could match this fact."""
    sites = found.get((token.what, token.name, token.value, token.side != "any"), frozenset())
    return sites is EVERYWHERE or token.site in sites


def _matched(atom: Atom) -> Iterator[tuple[tuple[str, str, str, bool], str]]:
    sided = getattr(atom, "side", "any") != "any"
    match atom:
        case FindingCondition():
            for value in atom.wanted:
                yield ("finding", atom.finding, value, sided), atom.site or ""
        case CandidateCondition():
            yield ("candidate", atom.candidate, DRAWN, sided), atom.site
        case BandCondition():
            yield ("band", atom.band, atom.at_least, sided), atom.site


def words_up_to(band: str) -> tuple[str, ...]:
    """The band words that a band satisfies: strong is also moderate and weak."""
    return BANDS[BANDS.index(band) :] if band in BANDS else ()


def sources_of_rules(kb: KnowledgeBase) -> Iterator[tuple[str, Condition]]:
    """What is compiled: every rule that is not retired, and every question that has a condition."""
    for rule in kb.rules.values():
        if rule.status != "retired":
            yield rule.id, rule.when
    for question in kb.questions.values():
        if question.ask_when is not None:
            yield f"{QUESTION}{question.id}", question.ask_when


QUESTION = "question."
"""The prefix that tells a question's opening from a rule's firing."""


def salience_of(name: str) -> int:
    """Below zero for a question: a run may do without them."""
    return -1 if name.startswith(QUESTION) else 0


__all__ = [
    "DRAWN",
    "QUESTION",
    "Mentions",
    "compiled",
    "is_mentioned",
    "mentions",
    "pattern",
    "salience_of",
    "sources_of_rules",
    "words_up_to",
]
