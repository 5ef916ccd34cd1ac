"""A clinic's own entries laid over the knowledge base: see ``docs/overlay.md``.

An entry with a new id is added. One that says ``replaces: true`` takes the place of the entry of
that id. A relation that says ``extends: true`` gives the relation of that name further rows.
"""

from typing import Any

from nmt_expert.kb.draft import Draft, Entry
from nmt_expert.kb.entries import add_entry
from nmt_expert.kb.kinds import FileKind
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.site import RelationTable

REPLACES = "replaces"
EXTENDS = "extends"
_DONE = {REPLACES: "replaced", EXTENDS: "extended"}
OF_EXTENSION = {"relation", "rows"}


def lay_over(data: Any, name: str, entry: Entry, kind: FileKind, draft: Draft) -> None:
    """One entry of the overlay into the draft, or its faults."""
    words = (REPLACES, EXTENDS) if kind.name == "relation" else (REPLACES,)
    said = [word for word in words if isinstance(data, dict) and word in data]
    own = {key: value for key, value in data.items() if key not in said} if said else data
    fault = _objection(data, said, name, entry, kind, draft)
    if fault:
        draft.faults.append(fault)
        return
    draft.laid_over[_DONE[said[0]] if said else "added"][kind.name] += 1
    if EXTENDS in said:
        _extend(own, name, entry, kind, draft)
    else:
        add_entry(own, name, entry, kind, draft)


def _objection(
    data: Any, said: list[str], name: str, entry: Entry, kind: FileKind, draft: Draft
) -> Fault | None:
    """Why the entry cannot be laid over the others, if it cannot."""
    known = draft.declared(kind.name)
    before = known.get(name)
    for word in said:
        if data[word] is not True:
            says = f"'{word}' can only be true"
            return Fault(entry.spot((word,)), says, kind.lost, "Write true, or leave it out.")
    if len(said) > 1:
        says = "both 'replaces' and 'extends' are given"
        return Fault(entry.spot((EXTENDS,)), says, kind.lost, "Keep one of them.")
    if said and before is None:
        says = f"there is no {kind.name} {name!r} that it could be laid over"
        remedy = did_you_mean(name, known) or f"Leave '{said[0]}' out to add it."
        return Fault(entry.spot((kind.key,)), says, kind.lost, remedy)
    if before and (not said or _of_the_overlay(before, draft)):
        says = f"{kind.name} {name!r} is declared twice; the first is at {before.place}"
        remedy = "Write replaces: true to take its place, or give one another id."
        if _of_the_overlay(before, draft):
            remedy = "Keep one of them."
        return Fault(entry.spot((kind.key,) if kind.key else ()), says, kind.lost, remedy)
    return None


def _of_the_overlay(entry: Entry, draft: Draft) -> bool:
    """Whether an entry, or the last rows it was given, stand in the overlay already."""
    last = entry.more[-1][1] if entry.more else entry
    return last.document.name.startswith(f"{draft.overlay}/")


def _extend(own: Any, name: str, entry: Entry, kind: FileKind, draft: Draft) -> None:
    """Give a relation further rows; what it means and joins stays as it is."""
    for key in sorted(set(own) - OF_EXTENSION):
        says = f"'{key}' cannot be changed by 'extends'"
        remedy = "Leave it out, or write replaces: true and the whole relation."
        draft.faults.append(Fault(entry.spot((key,), key=True), says, kind.lost, remedy))
    table = draft.table("relation", RelationTable)
    base, first = table.get(name), draft.declared(kind.name)[name]
    if base is None:
        return
    add_entry(_described_as(base) | own, name, entry, kind, draft)
    if (rows := table.get(name)) is not None:
        merged = rows.model_copy(update={"rows": base.rows + rows.rows})
        table[name] = merged
        draft.declared(kind.name)[name] = first.with_rows_of(entry, len(base.rows))


def _described_as(base: RelationTable) -> dict[str, Any]:
    """A relation as it is written, without its rows."""
    return base.model_dump(by_alias=True, exclude={"rows"})
