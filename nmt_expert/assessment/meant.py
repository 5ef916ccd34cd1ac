"""Which id a person means: ``upper trapezius right`` is ``upper_trapezius:right``."""

from collections.abc import Collection

from nmt_expert.kb.lookup import find, near
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase

SIDES = {"l": "left", "r": "right", "b": "both", "left": "left", "right": "right", "both": "both"}
ASKED_ABOUT = ("site", "conclusion", "flag", "technique", "advice", "factor", "rule")
"""Kinds of entries that a result can be about."""


def meant(text: str, kb: KnowledgeBase, known: Collection[str] = ()) -> str:
    """The id of what is asked about; each part may be an id, a label, a synonym.

    A name that nothing has is left as it is: whoever looks it up knows best what to say of it.

    Raises:
        InputInvalid: it may mean several things.
    """
    text = " ".join(text.split())
    if text in known or not text:
        return text
    words, _, last = text.rpartition(" ")
    if words and last.lower() in SIDES:
        text = f"{words}:{last}"
    name, *where = (part.strip() for part in text.split(":"))
    parts = [_id(name, kb), *(SIDES.get(part.lower()) or _id(part, kb) for part in where)]
    return ":".join(parts)


def _id(name: str, kb: KnowledgeBase) -> str:
    found = [named for named in find(kb, name) if named.kind in ASKED_ABOUT]
    ids = list(dict.fromkeys(named.id for named in found))
    if len(ids) > 1:
        remedy = f"Write the one that is meant: {', '.join(ids)}."
        raise InputInvalid(
            [Fault(name, "it may mean several things", "Nothing was asked.", remedy)]
        )
    return ids[0] if ids else name


def or_near(name: str, kb: KnowledgeBase) -> str:
    """What may have been meant by a name that nothing has, as a sentence; empty when nothing."""
    found = [each.id for each in near(kb, name.partition(":")[0]) if each.kind in ASKED_ABOUT]
    return f"Did you mean {' or '.join(found[:3])}? " if found else ""
