"""Two versions of the knowledge as a document: what was edited, and which cases end differently."""

from collections import Counter
from collections.abc import Mapping, Sequence

from nmt_expert.model.words import counted
from nmt_expert.reports.document import Block, Bullets, Line, Node, Report, Section, Tree
from nmt_expert.review.entries import EntryChange
from nmt_expert.review.replay import LOST, Difference, Replayed

MOST = 25
"""How many entries and cases are told in full unless all are asked for."""


def diff_report(
    changes: Sequence[EntryChange],
    replayed: Sequence[Replayed] | None,
    places: Mapping[str, str],
    everything: bool = False,
) -> Report:
    """What was edited, then what came of it; None where no case was replayed."""
    sections = [Section("Knowledge", (_entries(changes, everything),))]
    if replayed is None:
        return Report(Line(_edited(changes)), tuple(sections), "Knowledge base diff")
    told = replay_report(replayed, places, everything)
    head = f"{_edited(changes)}. {told.headline.text}"
    return Report(Line(head, told.headline.tone), (*sections, *told.sections), told.title)


def replay_report(
    replayed: Sequence[Replayed], places: Mapping[str, str], everything: bool = False
) -> Report:
    """Every case that ends differently, those that lost a referral first; entries with places."""
    other = sorted(
        (one for one in replayed if one.differences), key=lambda one: (not one.lost, one.case)
    )
    lost = sum(one.lost for one in other)
    head = (
        f"{counted(len(replayed), 'case')} replayed: {len(replayed) - len(other)} unchanged, "
        f"{len(other)} changed, {lost} lost a referral."
    )
    shown = other if everything else other[:MOST]
    roots = tuple(_case(one, places) for one in shown)
    if left := len(other) - len(shown):
        roots = (*roots, Node(Line(f"And {left} more; see all with --all.", "quiet")))
    kinds = Counter(
        what for one in other for what in dict.fromkeys(d.what for d in one.differences)
    )
    counts = Bullets(tuple(Line(f"{what}: {number}") for what, number in kinds.most_common()))
    blocks: tuple[Block, ...] = (counts, Tree(roots)) if roots else ()
    sections = (Section("Cases", blocks),) if blocks else ()
    return Report(Line(head, "alarm" if lost else "normal"), sections, "Replay")


def _case(one: Replayed, places: Mapping[str, str]) -> Node:
    nodes = tuple(_difference(each, places) for each in one.differences)
    return Node(Line(one.case, "alarm" if one.lost else "normal"), nodes)


def _difference(one: Difference, places: Mapping[str, str]) -> Node:
    did_it = "; ".join(_by(entry, places) for entry in one.by)
    told = f" By {did_it}." if did_it else ""
    return Node(Line(f"{one.what}: {one.says}.{told}", "alarm" if one.what in LOST else "normal"))


def _by(entry: str, places: Mapping[str, str]) -> str:
    """``rules/neck.yml:12 (rule:focus.neck.scalenes)``."""
    place = places.get(entry, "")
    return f"{place} ({entry})" if place else entry


def _entries(changes: Sequence[EntryChange], everything: bool) -> Block:
    shown = changes if everything else changes[:MOST]
    roots = tuple(
        Node(
            Line(f"{one.change} {one.entry}{f' at {one.place}' if one.place else ''}"),
            tuple(Node(Line(part)) for part in one.parts),
        )
        for one in shown
    )
    if left := len(changes) - len(shown):
        roots = (*roots, Node(Line(f"And {left} more; see all with --all.", "quiet")))
    return Tree(roots or (Node(Line("Nothing that reasoning uses is different.")),))


def _edited(changes: Sequence[EntryChange]) -> str:
    kinds = Counter(one.change for one in changes)
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in ("added", "removed", "edited"))
    differ = "entry differs" if len(changes) == 1 else "entries differ"
    return f"{len(changes)} {differ}: {told}"
