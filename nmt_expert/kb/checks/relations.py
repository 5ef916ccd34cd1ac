"""Relations join what they say they join, and the anatomy has no circles."""

from collections.abc import Iterator

from nmt_expert.kb.anatomy import DERIVED
from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.site import RelationRow, RelationTable


def _rows(survey: Survey) -> Iterator[tuple[RelationTable, int, RelationRow]]:
    for table in survey.tables.values():
        for n, row in enumerate(table.rows):
            yield table, n, row


class RelationEndsFit(Check):
    """Both ends of a row are of the kinds that the relation joins."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        for table, n, row in _rows(survey):
            for key, names, allowed in (("from", row.from_, table.from_), ("to", row.to, table.to)):
                for m, name in enumerate(names):
                    if survey.kinds_of(name) - set(allowed):
                        says = (
                            f"{name} is a {survey.sites[name].kind}, not a {' or '.join(allowed)}"
                        )
                        path = ("rows", n, key, m)
                        yield survey.fault(
                            "relation",
                            table.relation,
                            path,
                            says,
                            "No rule would use the pair.",
                            f"Name a {' or '.join(allowed)}.",
                        )


class RelationKindIsDeclared(Check):
    """A row's kind is one of the relation's; a relation with kinds has one on every row."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a row."""
        for table, n, row in _rows(survey):
            if row.kind is None and table.kinds:
                says = f"the row has no kind; {table.relation} has {', '.join(table.kinds)}"
                yield survey.fault(
                    "relation",
                    table.relation,
                    ("rows", n),
                    says,
                    "Rules that ask for a kind would miss it.",
                    "Add its kind.",
                )
            elif row.kind is not None and row.kind not in table.kinds:
                says = f"unknown kind {row.kind!r}"
                remedy = (
                    did_you_mean(row.kind, table.kinds)
                    or f"Kinds: {', '.join(table.kinds) or 'none'}."
                )
                yield survey.fault(
                    "relation",
                    table.relation,
                    ("rows", n, "kind"),
                    says,
                    "No rule asks for it.",
                    remedy,
                )


class RelationIsNotDerived(Check):
    """``part_of`` stands on the cards and ``remote_from`` is computed: neither has a file."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a file."""
        for one in DERIVED:
            if one.relation in survey.draft.declared("relation"):
                says = f"{one.relation} is worked out by the program"
                yield survey.fault(
                    "relation", one.relation, (), says, "It would stand twice.", "Delete the file."
                )


class PairIsWrittenOnce(Check):
    """A pair stands once in its relation, so that its kind and sources are unambiguous."""

    severity = "warning"

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One warning a repeated pair."""
        seen: set[tuple[str, str, str, str]] = set()
        for table, n, row in _rows(survey):
            for source in row.from_:
                for target in row.to:
                    pair = (table.relation, source, target, row.side)
                    if pair in seen:
                        says = f"{source} to {target} stands in more than one row"
                        yield survey.fault(
                            "relation",
                            table.relation,
                            ("rows", n),
                            says,
                            "Both count.",
                            "Keep one of them.",
                        )
                    seen.add(pair)


class PartOfIsRegionOrGroup(Check):
    """Things are part of regions and groups, and nothing is part of itself."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name."""
        for site in survey.sites.values():
            for n, holder in enumerate(site.part_of):
                if survey.kinds_of(holder) - {"region", "group"}:
                    says = f"{holder} is no region or group, so it holds nothing"
                    yield survey.fault(
                        "site",
                        site.id,
                        ("part_of", n),
                        says,
                        "Nothing would be found there.",
                        "Name a region or a group.",
                    )
                if holder == site.id or site.id in survey.above.get(holder, ()):
                    says = f"{site.id} is part of itself by way of {holder}"
                    yield survey.fault(
                        "site",
                        site.id,
                        ("part_of", n),
                        says,
                        "The anatomy would run in a circle.",
                        "Take one of the steps out.",
                    )
