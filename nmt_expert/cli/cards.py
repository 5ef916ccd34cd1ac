"""Which entries a name on the command line means, or what it may have meant."""

from typing import TYPE_CHECKING

from nmt_expert.model.errors import Fault, NmtError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmt_expert.kb.lookup import Named
    from nmt_expert.model.knowledge import KnowledgeBase

_SEARCH = "To search: nmt-expert kb findings WORDS, nmt-expert kb rules WORDS."


def meant(kb: "KnowledgeBase", name: str) -> "tuple[Named, ...]":
    """The entries that have this id, or the one entry that has this label or synonym.

    Raises:
        NmtError: nothing is called so, or several things are; it names what may be meant.
    """
    from nmt_expert.kb.lookup import find, near

    found = find(kb, name)
    if found and len({named.id for named in found}) == 1:
        return found
    if found:
        says = f"{name[:80]!r} may mean more than one thing"
        raise NmtError(_fault(says, "Name one of these", found))
    says = f"nothing in the knowledge base is called {name[:80]!r}"
    raise NmtError(_fault(says, "Near it", near(kb, name)))


def _fault(says: str, offer: str, candidates: "Sequence[Named]") -> str:
    told = [f"{offer}:\n  " + "\n  ".join(map(str, candidates))] if candidates else [_SEARCH]
    return str(Fault("kb show", says, "No card is shown.", *told))
