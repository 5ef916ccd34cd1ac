"""What the CLIPS program says of facts: their templates, the anatomy, and how a candidate is drawn.

A candidate is a fact without its side and one with it, as in ``nmt_expert/engine/facts.py``; a rule
only says what it draws and where (``draw``), and two rules here see to the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nmt_expert.engine.clips.symbols import string, symbol
from nmt_expert.engine.facts import links
from nmt_expert.model.knowledge import KnowledgeBase

SLOTS = {
    "anywhere": ("what", "name", "site", "site_kind", "value"),
    "sided": ("what", "name", "site", "site_kind", "side", "other", "value"),
    "link": ("name", "start", "start_kind", "end", "end_kind", "kind", "side"),
    "place": ("site", "kind", "sides"),
    "side": ("of", "is", "other"),
    "draw": ("name", "site", "side"),
    "opening": ("what",),
}
"""Every template and its slots."""
_MEAN = {
    "anywhere": "A finding, candidate or band, whatever its side.",
    "sided": "A finding, candidate or band on one side; what has no side is held for both.",
    "link": "A relation of the anatomy; on the same side, or across the mid-line (side other).",
    "place": "A site, and whether it has two sides or none.",
    "side": "A side, and what holds on it: what is of that side, and what is of either.",
    "draw": "What a rule draws, and where.",
    "opening": "While this stands, questions are opened.",
}
_TELLERS = {
    "anywhere": "A fact is stated with its side and without, slot by slot; each gives its number.",
    "sided": "",
    "link": "",
    "opening": "",
}
EITHER = "either"
"""The side of what has none."""
NOTES = "?*notes*"
OPENING = "opening"
"""The template of the fact that opens questions, and the name of the facts that hold it."""
CASE = ("anywhere", "sided", "draw", OPENING)
"""The templates of facts that do not outlive a case."""
LINKS = "links"
"""The name of the facts that hold the anatomy."""
TOLD_OF = "drawn"
"""Opens the line that tells of a candidate's fact: its number, name, site and side."""
_SIDES = (("left", "left", "right"), ("right", "right", "left"),
          (EITHER, "left", "right"), (EITHER, "right", "left"))  # fmt: skip


class Construct(NamedTuple):
    """One definition; ``about`` is what a reader needs to be told of it."""

    about: str
    text: str


def memory(kb: KnowledgeBase) -> Iterator[Construct]:
    """The definitions that rules need, and the facts that stay from case to case."""
    for name, slots in SLOTS.items():
        text = " ".join(f"(slot {slot})" for slot in slots)
        yield Construct("", f"(deftemplate {name} {string(_MEAN[name])}\n  {text})")
    for name, about in _TELLERS.items():
        yield Construct(about, _teller(name))
    yield Construct("Where activations are written: the screen, or a file.", _NOTES)
    yield Construct("A candidate is a fact without its side ...", _DRAWN_ANYWHERE)
    yield Construct("... and a fact on its side, or on both.", _DRAWN_ON_A_SIDE)
    yield _kept(OPENING, "", [f"({OPENING} (what questions))"])
    sides = (filled("side", dict(zip(SLOTS["side"], row, strict=True))) for row in _SIDES)
    yield _kept("sides", "", sides)
    yield _kept("places", "Every site.", _places(kb))
    every = ({name: symbol(value) for name, value in link.items()} for link in links(kb))
    yield _kept(LINKS, "The relations of the anatomy.", (filled("link", one) for one in every))


def teller(template: str) -> str:
    """The function that asserts a fact of a template, given its slots, and returns its number."""
    return f"tell-{template}"


def _teller(template: str) -> str:
    given = {slot: f"?{slot}" for slot in SLOTS[template]}
    told = f"(fact-index (assert {filled(template, given)}))"
    return f"(deffunction {teller(template)} ({' '.join(given.values())})\n  {told})"


def filled(template: str, terms: Mapping[str, str]) -> str:
    """A fact, or the pattern of one: the slots that are given, in the template's order."""
    slots = [f"({slot} {terms[slot]})" for slot in SLOTS[template] if slot in terms]
    return f"({' '.join([template, *slots])})"


def note(*words: str) -> str:
    """The command that writes one line of words."""
    return f"(printout {NOTES} {_BLANK.join(words)} crlf)"


_BLANK = ' " " '
_NOTES = "(defglobal ?*notes* = t)"
_DRAWN_ANYWHERE = f"""\
(defrule drawn-anywhere
  (draw (name ?name) (site ?site))
  (place (site ?site) (kind ?kind))
  =>
  (bind ?fact (assert (anywhere (what candidate) (name ?name) (site ?site) (site_kind ?kind)
    (value drawn))))
  {note(TOLD_OF, "(fact-index ?fact)", "?name", "?site", "any")})"""
_DRAWN_ON_A_SIDE = f"""\
(defrule drawn-on-a-side
  (draw (name ?name) (site ?site) (side ?of))
  (place (site ?site) (kind ?kind) (sides ?sides))
  (side (of ?either&:(eq ?either (if (eq ?sides two) then ?of else {EITHER}))) (is ?side)
    (other ?other))
  =>
  (bind ?fact (assert (sided (what candidate) (name ?name) (site ?site) (site_kind ?kind)
    (side ?side) (other ?other) (value drawn))))
  {note(TOLD_OF, "(fact-index ?fact)", "?name", "?site", "?side")})"""


def _places(kb: KnowledgeBase) -> Iterator[str]:
    for site in kb.sites.values():
        sides = "two" if site.sided else "none"
        yield filled("place", {"site": symbol(site.id), "kind": site.kind, "sides": sides})


def _kept(name: str, about: str, facts: Iterable[str]) -> Construct:
    return Construct(about, "\n  ".join([f"(deffacts {name}", *facts]) + ")")
