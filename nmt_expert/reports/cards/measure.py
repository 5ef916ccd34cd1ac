"""The card of an outcome measure: how it is asked and scored, which change counts, whose it is."""

from nmt_expert.model.finding import Bands
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import threshold_labels
from nmt_expert.model.measure import Measure, Threshold
from nmt_expert.reports.cards.parts import facts, filled, listed, sources, standing
from nmt_expert.reports.document import Line, Node, Report, Section, Tree
from nmt_expert.reports.view import cited

COUNTS = {
    "core": "decides together with the other core measures",
    "alone": "shows a meaningful change by itself",
    "no": "a screen or a yardstick; its change is never judged",
}
SHIPS = {"own_wording": "own wording", "total_only": "the total only, its text stands nowhere here"}


def measure_card(kb: KnowledgeBase, measure: Measure, where: str) -> Report:
    """An outcome measure with every threshold that a source names."""
    told = [
        ("What", measure.what),
        ("Score", _range(kb, measure)),
        ("Better", measure.better),
        ("Change", COUNTS[measure.counts]),
        ("For", ", ".join(kb.label(site) for site in measure.regions) or "any region"),
        ("Minutes", measure.minutes),
        ("Limits", measure.limits),
    ]
    licence = [
        ("Here", SHIPS[measure.licence.ships]),
        ("Note", measure.licence.note),
        ("Attribution", measure.licence.attribution),
    ]
    keys = tuple(dict.fromkeys((*measure.sources, *measure.licence.sources)))
    return Report(
        Line(f"{measure.label} ({measure.id})", labels=_labels(measure)),
        filled(
            facts("What it is", told),
            listed("Asked", measure.wording),
            listed("Replies", measure.replies),
            _thresholds(kb, measure),
            facts("Licence", licence),
            sources(kb, keys),
            facts("Entry", [*standing(measure.grade, measure.basis), ("Written in", where)]),
        ),
    )


def _labels(measure: Measure) -> tuple[str, ...]:
    return threshold_labels(measure.grade, measure.basis, measure.status == "draft")


def _range(kb: KnowledgeBase, measure: Measure) -> str:
    """The finding that holds the score, and how far it goes."""
    finding = kb.findings[measure.score]
    number: Bands | None = finding.number
    span = f", {number.min:g} to {number.max:g} ({number.unit})" if number else ""
    return f"{finding.label}{span}"


def _thresholds(kb: KnowledgeBase, measure: Measure) -> Section:
    nodes = tuple(_threshold(kb, measure, one) for one in measure.thresholds)
    return Section("Change that counts", (Tree(nodes),) if nodes else ())


def _threshold(kb: KnowledgeBase, measure: Measure, one: Threshold) -> Node:
    way = "" if one.way == "both" else f", for the {one.way}"
    told = "decides" if one.decides else "told beside it"
    line = Line(
        f"{one.amount}{way}: {one.means} ({told})",
        labels=threshold_labels(one.grade, one.basis, measure.status == "draft"),
    )
    below = [f"Limits: {one.limits}", *(f"Source: {cited(kb, c)}" for c in one.sources)]
    return Node(line, tuple(Node(Line(text, "quiet")) for text in below))
