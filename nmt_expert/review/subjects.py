"""What can be reviewed of an assessment: its flags, its focus areas, its conclusions."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from nmt_expert.assessment.possible import item_key
from nmt_expert.model.assessment import Assessment, Focus
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.review import Kind
from nmt_expert.model.words import capital, drawn, flag, place_of_key

SESSION = "session"
"""The focus that has no place of its own: what holds for the whole session."""
_MOST_OFFERED = 6


@dataclass(frozen=True)
class Subject:
    """One thing to agree or disagree with.

    ``key`` is ``flag:FLAG``, ``focus:SITE:SIDE``, ``conclusion:NAME:SITE:SIDE``, or for an attempt
    ``heading:NAME`` or ``remark:MATTER``; ``firings`` are what drew it. One that is not ``drawn``
    is what a reviewer misses. ``says`` are its words where the key alone does not tell them.
    """

    key: str
    firings: tuple[int, ...] = ()
    drawn: bool = True
    says: str = ""
    unsafe: bool = False

    @property
    def kind(self) -> Kind:
        """Which kind of thing it is."""
        return kind_of(self.key)

    @property
    def is_grave(self) -> bool:
        """Whether to override it takes words beside the reason."""
        return self.unsafe or self.kind == "flag"

    def words(self, kb: KnowledgeBase) -> str:
        """What a person calls it."""
        return self.says or words(self.key, kb)

    @property
    def name(self) -> str:
        """What it is called in the assessment."""
        return self.key.partition(":")[2]


def kind_of(key: str) -> Kind:
    """Which kind of thing a key names."""
    found: dict[str, Kind] = {"flag": "flag", "focus": "focus"}
    found |= {"remark": "remark", "heading": "remark"}
    return found.get(key.partition(":")[0], "conclusion")


def subjects(assessment: Assessment) -> tuple[Subject, ...]:
    """Everything that was drawn: the most urgent flags first, then the plan, then conclusions."""
    flags = (Subject(f"flag:{line.flag}", line.firings) for line in assessment.referrals)
    conclusions = (
        Subject(f"conclusion:{line.id}", tuple(reason.firing for reason in line.for_))
        for line in assessment.conclusions
    )
    return (*flags, *_places(assessment.focus), *conclusions)


def _places(focus: tuple[Focus, ...]) -> tuple[Subject, ...]:
    """The places of the plan in treatment order; several lines may be about one."""
    firings: dict[str, dict[int, None]] = {}
    for line in focus:
        firings.setdefault(place_key(line), {}).update(dict.fromkeys(line.firings))
    return tuple(Subject(f"focus:{place}", tuple(all_)) for place, all_ in firings.items())


def place_key(line: Focus) -> str:
    """The place of a line of the plan, ``site:side``."""
    return item_key(line.site or SESSION, None, line.side if line.site else None)


def meant(text: str, known: Sequence[Subject], kb: KnowledgeBase) -> Subject:
    """The subject that a person names: by its number, its key, or the part of it that tells it.

    A flag, place or conclusion that was not drawn is meant only by its whole key.

    Raises:
        InputInvalid: nothing or several things are called so; it names the nearest.
    """
    found = named(text, known)
    if len(found) == 1:
        return found[0]
    if not found and _could_be_drawn(text, kb):
        return Subject(text, drawn=False)
    how = "What was not drawn is named in full: flag:NAME, focus:SITE:SIDE or "
    raise InputInvalid([not_found(text, found or known, f"{how}conclusion:NAME:SITE:SIDE.")])


def named(text: str, known: Sequence[Subject]) -> Sequence[Subject]:
    """The subjects that a person may mean: one by its number or key, or all with that part."""
    if text.isdigit() and 1 <= int(text) <= len(known):
        return known[int(text) - 1 : int(text)]
    exact = [one for one in known if text in (one.key, one.name)]
    return exact or [one for one in known if text in one.name.split(":")]


def _could_be_drawn(key: str, kb: KnowledgeBase) -> bool:
    kind, _, name = key.partition(":")
    first, _, where = name.partition(":")
    match kind:
        case "flag":
            return name in kb.flags
        case "focus":
            return is_place(name, kb)
        case "conclusion":
            return first in kb.conclusions and is_place(where, kb)
    return False


def is_place(key: str, kb: KnowledgeBase) -> bool:
    """Whether a key names a site, with a side it may have or without."""
    site, _, side = key.partition(":")
    return site in kb.sites and side in ("", "left", "right", "both")


def not_found(text: str, offered: Sequence[Subject], how: str = "") -> Fault:
    """Say that nothing or too much is called so, and what is."""
    keys = [one.key for one in offered]
    near = get_close_matches(text, keys, _MOST_OFFERED, 0.3) or keys[:_MOST_OFFERED]
    return Fault(
        place=text[:80],
        says="nothing of it that can be remarked on is called so, or several things are",
        consequence="Nothing was remarked.",
        remedy=f"Name one: {', '.join(near)}. {how}".rstrip(),
    )


def words(key: str, kb: KnowledgeBase) -> str:
    """A subject as a person says it."""
    kind, _, name = key.partition(":")
    if kind == "flag":
        return flag(kb, name)
    if kind == "focus":
        return "The whole session" if name == SESSION else capital(place_of_key(kb, name))
    return drawn(kb, name)
